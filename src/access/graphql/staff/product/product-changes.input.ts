import { Field, ID, InputType, Int } from 'type-graphql';
import type { ProductKind, VersionState } from '../../../../business/component/product';
import type { Instant } from '../../../../kernel/clock';
import { MoneyInputType } from '../../server/money.input';
import { MutationInput } from '../../server/mutation';
import { DateTimeScalar } from '../../server/scalar';
import { ProductKindEnum, VersionStateEnum } from './catalogue-enum';
import { BundleDefinitionInputType, EligibilityInputType, ProductDefinitionInputType } from './catalogue.input';

@InputType('CreateProductInput')
export class CreateProductInputType extends MutationInput {
  @Field(() => String, { description: '1 to 40 capital letters, digits, dots, hyphens or underscores; never used twice.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => ProductKindEnum)
  public kind!: ProductKind;
  @Field(() => ID, { description: 'The node to which it belongs: it is sold there and below.' })
  public organisationId!: string;
  @Field(() => String, { nullable: true, description: 'Code of the service type; none for a bundle.' })
  public serviceType?: string | null;
}

@InputType()
abstract class ProductChangeInput extends MutationInput {
  @Field(() => ID)
  public productId!: string;
  @Field(() => Int, { description: 'The `version` of the product that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeProductInput', { description: 'What is not given stays as it is.' })
export class ChangeProductInputType extends ProductChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
}

@InputType('DraftProductVersionInput', { description: 'With neither `definition` nor `bundle` the draft is a copy of the latest version.' })
export class DraftProductVersionInputType extends ProductChangeInput {
  @Field(() => ProductDefinitionInputType, { nullable: true, description: 'Of a plan or an add-on.' })
  public definition?: ProductDefinitionInputType | null;
  @Field(() => BundleDefinitionInputType, { nullable: true, description: 'Of a bundle.' })
  public bundle?: BundleDefinitionInputType | null;
}

@InputType()
abstract class ProductVersionChangeInput extends MutationInput {
  @Field(() => ID)
  public versionId!: string;
  @Field(() => Int, {
    description: 'The `version` of the product’s version that the caller has read; a newer one refuses with STALE_VERSION.',
  })
  public expectedVersion!: number;
}

@InputType('ChangeProductDraftInput', { description: 'Exactly one of `definition` and `bundle` is given, and says everything.' })
export class ChangeProductDraftInputType extends ProductVersionChangeInput {
  @Field(() => ProductDefinitionInputType, { nullable: true, description: 'Of a plan or an add-on.' })
  public definition?: ProductDefinitionInputType | null;
  @Field(() => BundleDefinitionInputType, { nullable: true, description: 'Of a bundle.' })
  public bundle?: BundleDefinitionInputType | null;
}

@InputType('MoveProductVersionInput')
export class MoveProductVersionInputType extends ProductVersionChangeInput {
  @Field(() => VersionStateEnum)
  public to!: VersionState;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Of active and retired: when it takes effect; now, when not given.' })
  public from?: Instant | null;
}

@InputType('NodePriceInput', { description: 'Other amounts of a price, within the authority that the version gives.' })
export class NodePriceInputType {
  @Field(() => String, { description: 'Code of the price.' })
  public code!: string;
  @Field(() => [MoneyInputType], { description: 'One, or of a recurring price one for each phase.' })
  public amounts!: MoneyInputType[];
}

@InputType('ReleaseProductInput', { description: 'What the node said before over that time is replaced, whole.' })
export class ReleaseProductInputType extends ProductChangeInput {
  @Field(() => ID, { description: 'The product’s own node or one below it: what is said holds there and below.' })
  public organisationId!: string;
  @Field(() => Boolean, { description: 'Whether it is sold there at all. What a node stops, none below it sells.' })
  public sold!: boolean;
  @Field(() => EligibilityInputType, { nullable: true, description: 'Must be fulfilled beside what the product and the nodes above say.' })
  public narrowing?: EligibilityInputType | null;
  @Field(() => [NodePriceInputType], { nullable: true, description: 'At most 50. The nearest node that names a price decides it.' })
  public prices?: NodePriceInputType[] | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, when not given; not in the past.' })
  public from?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'No end, when not given.' })
  public to?: Instant | null;
}
