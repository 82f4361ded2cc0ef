import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  NUMBER_HOLDER_KINDS, NUMBER_POOL_STATUSES, NUMBER_REFUSALS, NUMBER_STATES, NUMBER_STATE_WORDS,
  type AccessNumber, type NumberClass, type NumberHolderKind, type NumberPool, type NumberPoolStatus, type NumberState,
} from '../../../../business/component/number'; // prettier-ignore
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { enumOf, inWords } from '../../server/enum';
import { MoneyType } from '../../server/money.type';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';

export const NumberStateEnum = enumOf('NumberState', NUMBER_STATES, {
  description: '号码状态. A reservation that has expired and a rest that is over count as idle.',
  meanings: inWords(NUMBER_STATE_WORDS, {
    idle: 'Anybody may have it.',
    preOccupied: 'Reserved by a clerk or an order, until a time.',
    occupied: 'A subscriber has it.',
    frozen: 'At rest after its use, until a time.',
    held: 'Kept back.',
    portedOut: 'Gone to another operator with its customer.',
    portedIn: 'Another operator’s, in use here.',
    scrapped: 'Out of stock.',
  }),
});
export const NumberHolderKindEnum = enumOf('NumberHolderKind', NUMBER_HOLDER_KINDS, {
  description: '预占人类型: who reserved a number.',
  meanings: { STAFF: { zh: '员工', en: 'A member of staff, at a counter.' }, ORDER: { zh: '订单', en: 'An order.' } },
});
export const NumberPoolStatusEnum = enumOf('NumberPoolStatus', NUMBER_POOL_STATUSES, {
  description: '号池状态',
  meanings: { ACTIVE: { zh: '在用', en: 'In use.' }, CLOSED: { zh: '已关闭', en: 'Closed: it has no numbers any more.' } },
});

@ObjectType('NumberPool', {
  implements: Node,
  simpleResolvers: true,
  description: 'A pool 号池: the numbers of one line of business that an organisation node has, for itself and those below it.',
})
export class NumberPoolType {
  public constructor(public readonly value: NumberPool) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('numberPool', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique; it never changes.' })
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String, { nullable: true })
  public get nameEn(): string | null {
    return this.value.nameEn;
  }
  @Field(() => NumberPoolStatusEnum)
  public get status(): NumberPoolStatus {
    return this.value.status;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

@ObjectType('NumberClass', {
  implements: Node,
  simpleResolvers: true,
  description: 'A class of good numbers 靓号等级: what whoever takes one undertakes to spend, and deposits.',
})
export class NumberClassType {
  public constructor(public readonly value: NumberClass) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('numberClass', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique; it never changes.' })
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => String, { nullable: true })
  public get nameEn(): string | null {
    return this.value.nameEn;
  }
  @Field(() => MoneyType, { description: 'Spent each month at least 保底消费; zero for none.' })
  public get minimumSpend(): MoneyType {
    return new MoneyType({ amountMinor: this.value.minimumSpendMinor, currency: this.value.currency });
  }
  @Field(() => Int, { description: 'For how many months.' })
  public get minimumSpendMonths(): number {
    return this.value.minimumSpendMonths;
  }
  @Field(() => MoneyType, { description: 'Paid before the number is had 押金; zero for none.' })
  public get deposit(): MoneyType {
    return new MoneyType({ amountMinor: this.value.depositMinor, currency: this.value.currency });
  }
  @Field(() => String, { nullable: true, description: 'The charge code under which the deposit is held 押金账目项.' })
  public get depositChargeCode(): string | null {
    return this.value.depositChargeCode;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar)
  public get createdAt(): Instant {
    return this.value.createdAt;
  }
}

@ObjectType('AccessNumber', { implements: Node, simpleResolvers: true, description: 'A number 号码 of the stock, in exactly one state.' })
export class AccessNumberType {
  public constructor(public readonly value: AccessNumber) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('accessNumber', this.value.id);
  }
  @Field(() => String, { description: 'In the form that its service type demands: digits without spaces or hyphens.' })
  public get number(): string {
    return this.value.value;
  }
  @Field(() => NumberStateEnum, { description: 'As it counts now.' })
  public get state(): NumberState {
    return this.value.state;
  }
  @Field(() => DateTimeScalar, { nullable: true, description: 'The end of its reservation, or of its rest; null in any other state.' })
  public get until(): Instant | null {
    return this.value.until;
  }
  @Field(() => NumberHolderKindEnum, { nullable: true, description: 'Who reserved it; null when nobody did.' })
  public get holderKind(): NumberHolderKind | null {
    return this.value.holder?.kind ?? null;
  }
  @Field(() => Int, { description: 'How often it has changed, and once.' })
  public get version(): number {
    return this.value.version;
  }
  @Field(() => DateTimeScalar, { description: 'When it came into this state, or was put into another class.' })
  public get changedAt(): Instant {
    return this.value.changedAt;
  }
}

export const NumberPoolConnection = connectionType('NumberPool', () => NumberPoolType);
export const NumberClassConnection = connectionType('NumberClass', () => NumberClassType);
export const AccessNumberConnection = connectionType('AccessNumber', () => AccessNumberType);
export const NumberUserError = userErrorType('Number', NUMBER_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The pool as it is now.' })
export class NumberPoolPayload {
  @Field(() => NumberPoolType, { nullable: true, description: 'Null when refused.' })
  public numberPool?: NumberPoolType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [NumberUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The pool as it is now, and how many numbers came into it.' })
export class NumbersAddedPayload extends NumberPoolPayload {
  @Field(() => Int, { nullable: true, description: 'Null when refused.' })
  public added?: number | null;

  @Field(() => Int, { nullable: true, description: 'Of these, those that subscribers have already: they are occupied. Null when refused.' })
  public occupied?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'The class as it is now.' })
export class NumberClassPayload {
  @Field(() => NumberClassType, { nullable: true, description: 'Null when refused.' })
  public numberClass?: NumberClassType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [NumberUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The number as it is now.' })
export class AccessNumberPayload {
  @Field(() => AccessNumberType, { nullable: true, description: 'Null when refused.' })
  public accessNumber?: AccessNumberType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [NumberUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'How many numbers were changed: all that were named, or none.' })
export class NumbersPayload {
  @Field(() => Int, { nullable: true, description: 'Null when refused.' })
  public changed?: number | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [NumberUserError])
  public userErrors!: UserErrorOf<string>[];
}
