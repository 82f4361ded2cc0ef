import { Field, InputType, Int } from 'type-graphql';
import type { Instant } from '../../../../kernel/clock';
import { MutationInput } from '../../server/mutation';
import { DateTimeScalar } from '../../server/scalar';

@InputType('RegisterTaxCategoryInput')
export class RegisterTaxCategoryInputType extends MutationInput {
  @Field(() => String, { description: '1 to 40 capital letters, digits or underscores; it never changes.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => Int, { description: 'Its first rate, 0 to 10000: 900 is 9 %.' })
  public basisPoints!: number;
  @Field(() => DateTimeScalar, { nullable: true, description: 'From when the rate holds; it may lie in the past. Now, when not given.' })
  public from?: Instant | null;
}

@InputType('SetTaxRateInput')
export class SetTaxRateInputType extends MutationInput {
  @Field(() => String, { description: 'Of the tax category.' })
  public code!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
  @Field(() => Int, { description: '0 to 10000: 900 is 9 %.' })
  public basisPoints!: number;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Now, when not given. It may lie in the past: what was billed keeps its rate.',
  })
  public from?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'No end, when not given: rates planned for later are replaced as well.' })
  public to?: Instant | null;
}
