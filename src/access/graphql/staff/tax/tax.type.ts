import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import { TAX_REFUSALS, type TaxCategory, type TaxRate } from '../../../../business/component/tax';
import { encodeId } from '../../../../kernel/id';
import { Validity } from '../../server/fact-time';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';

@ObjectType('TaxRate', { simpleResolvers: true, description: 'The rate of a tax category 税率 over a time.' })
export class TaxRateType {
  public constructor(private readonly value: TaxRate) {}

  @Field(() => Int, { description: 'Hundredths of a per cent of the amount without tax: 900 is 9 %.' })
  public get basisPoints(): number {
    return this.value.basisPoints;
  }
  @Field(() => Validity)
  public get validity(): Validity {
    return new Validity(this.value);
  }
}

@ObjectType('TaxCategory', { simpleResolvers: true, description: 'A tax category 税目: what is taxed alike.' })
export class TaxCategoryType {
  public constructor(public readonly value: TaxCategory) {}

  @Field(() => ID, { description: 'By which the audit trail names it; everything else names it by its code.' })
  public get id(): string {
    return encodeId('taxCategory', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique; it never changes.' })
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String)
  public get nameEn(): string {
    return this.value.nameEn;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => TaxRateType, { nullable: true, description: 'What held at the instant asked for; null before the first rate.' })
  public get rate(): TaxRateType | null {
    return this.value.rate === null ? null : new TaxRateType(this.value.rate);
  }
}

export const TaxUserError = userErrorType('Tax', TAX_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The tax category as it is now.' })
export class TaxCategoryPayload {
  @Field(() => TaxCategoryType, { nullable: true, description: 'Null when refused.' })
  public taxCategory?: TaxCategoryType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [TaxUserError])
  public userErrors!: UserErrorOf<string>[];
}
