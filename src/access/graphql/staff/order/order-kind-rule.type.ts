import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import type { OrderKindName, OrderKindRule } from '../../../../business/component/order';
import { stopReasonsOf, type StopReason } from '../../../../business/component/subscriber';
import type { CurrencyCode } from '../../../../kernel/money';
import { Validity } from '../../server/fact-time';
import { MoneyType } from '../../server/money.type';
import { FEW_ERRORS, type UserErrorOf } from '../../server/mutation';
import { StopReasonEnum } from '../../server/party-enum';
import { OrderKindEnum } from './order-enum';
import { OrderUserError } from './order.type';

interface RuleOfKind extends OrderKindRule {
  readonly kind: OrderKindName;
  readonly serviceType: string | null;
}

@ObjectType('OrderKindRule', { simpleResolvers: true, description: 'What holds for one kind of order 受理规则.' })
export class OrderKindRuleType {
  public constructor(
    private readonly value: RuleOfKind,
    private readonly currency: CurrencyCode,
    private readonly held: Validity | null,
  ) {}

  @Field(() => OrderKindEnum)
  public get kind(): OrderKindName {
    return this.value.kind;
  }
  @Field(() => String, { nullable: true, description: 'For this line of business alone; null: for every line that has none of its own.' })
  public get serviceType(): string | null {
    return this.value.serviceType;
  }
  @Field(() => MoneyType, { description: 'The fee 手续费; 0: free.' })
  public get fee(): MoneyType {
    return new MoneyType({ amountMinor: this.value.feeMinor, currency: this.currency });
  }
  @Field(() => String, { nullable: true, description: 'Under which the fee is billed.' })
  public get feeChargeCode(): string | null {
    return this.value.feeChargeCode;
  }
  @Field(() => Boolean)
  public get feeTaxIncluded(): boolean {
    return this.value.feeTaxIncluded;
  }
  @Field(() => Int, { description: 'How long it may take.' })
  public get dueMinutes(): number {
    return this.value.dueMinutes;
  }
  @Field(() => Int, { description: 'Whole months that must have passed since the opening.' })
  public get monthsInNet(): number {
    return this.value.monthsInNet;
  }
  @Field(() => Int, { description: 'Days that must have passed since the opening.' })
  public get daysInNet(): number {
    return this.value.daysInNet;
  }
  @Field(() => [StopReasonEnum], { description: 'Stop reasons that do not stand in the way.' })
  public get stopReasonsAllowed(): StopReason[] {
    return stopReasonsOf(this.value.stopReasonsAllowed);
  }
  @Field(() => Boolean, { description: 'Whether arrears stand in the way.' })
  public get arrearsRefused(): boolean {
    return this.value.arrearsRefused;
  }
  @Field(() => Boolean, { description: 'Whether a contract 合约 that binds one of the subscriber’s products stands in the way.' })
  public get contractRefused(): boolean {
    return this.value.contractRefused;
  }
  @Field(() => String, { nullable: true, description: 'The queue of work orders for its manual step; null: none is done by hand.' })
  public get workQueue(): string | null {
    return this.value.workQueue;
  }
  @Field(() => Int, { description: 'For how many hours it waits for its payment, or for approval; then it is cancelled.' })
  public get paymentHours(): number {
    return this.value.paymentHours;
  }
  @Field(() => Validity, { nullable: true, description: 'Null: the program’s own rule, which holds where none was set.' })
  public get validity(): Validity | null {
    return this.held;
  }
}

@ObjectType({ simpleResolvers: true, description: 'The rule that was set.' })
export class OrderKindRulePayload {
  @Field(() => ID, { nullable: true, description: 'Of what was recorded; null when refused.' })
  public ruleId?: string | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [OrderUserError])
  public userErrors!: UserErrorOf<string>[];
}
