import { Field, ID, InputType } from 'type-graphql';
import type { ProductKind, VersionState } from '../../../../business/component/product';
import type { Instant } from '../../../../kernel/clock';
import { DateTimeScalar } from '../../server/scalar';
import { ProductKindEnum, VersionStateEnum } from './catalogue-enum';

@InputType('SellableAtInput', { description: 'Where and when something must be on sale.' })
export class SellableAtInputType {
  @Field(() => ID, { description: 'The node at which it would be sold.' })
  public organisationId!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given.' })
  public at?: Instant | null;
}

@InputType('ProductFilter', { description: 'Every part given must hold.' })
export class ProductFilterType {
  @Field(() => ProductKindEnum, { nullable: true })
  public kind?: ProductKind | null;
  @Field(() => String, { nullable: true, description: 'Code of the service type; bundles have none.' })
  public serviceType?: string | null;
  @Field(() => VersionStateEnum, { nullable: true, description: 'With a version in this state.' })
  public state?: VersionState | null;
  @Field(() => ID, { nullable: true, description: 'Belonging to this node, or to one below it.' })
  public organisationId?: string | null;
  @Field(() => String, { nullable: true, description: 'Part of the code or of the name in either language.' })
  public text?: string | null;
  @Field(() => SellableAtInputType, { nullable: true, description: 'On sale there and then, and stopped by no node above.' })
  public sellableAt?: SellableAtInputType | null;
}
