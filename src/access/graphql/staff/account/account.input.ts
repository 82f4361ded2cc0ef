import { Field, ID, InputType } from 'type-graphql';
import type { AccountStatus, RatingType } from '../../../../business/component/account';
import { AccountStatusEnum, RatingTypeEnum } from '../../server/party-enum';

@InputType('AccountFilter', { description: 'What is known of the account that is looked for; every part given must hold.' })
export class AccountFilterType {
  @Field(() => String, { nullable: true })
  public accountNo?: string | null;
  @Field(() => ID, { nullable: true })
  public customerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Managed at this organisation node or below it.' })
  public organisationId?: string | null;
  @Field(() => AccountStatusEnum, { nullable: true })
  public status?: AccountStatus | null;
  @Field(() => RatingTypeEnum, { nullable: true })
  public ratingType?: RatingType | null;
}
