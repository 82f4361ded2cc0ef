import { Field, ID, InputType } from 'type-graphql';
import type { StaffStatus } from '../../../../business/component/staff';
import { StaffStatusEnum } from './staff.type';

@InputType('StaffFilter', { description: 'Every part given must hold.' })
export class StaffFilterType {
  @Field(() => String, { nullable: true })
  public loginName?: string | null;
  @Field(() => String, { nullable: true, description: 'Any part of the name, in either language.' })
  public nameContains?: string | null;
  @Field(() => ID, { nullable: true, description: 'Managed at this organisation node or below it.' })
  public organisationId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Has this role somewhere.' })
  public roleId?: string | null;
  @Field(() => StaffStatusEnum, { nullable: true })
  public status?: StaffStatus | null;
}
