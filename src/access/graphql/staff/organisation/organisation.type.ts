import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  OPERATOR_PARAMETER_NAMES, ORGANISATION_KINDS, ORGANISATION_REFUSALS, ORGANISATION_STATUSES,
  type OperatorParameter, type OperatorParameterName, type Organisation, type OrganisationKind, type OrganisationStatus,
} from '../../../../business/component/organisation'; // prettier-ignore
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { enumOf } from '../../server/enum';
import { FEW_ERRORS, userErrorType, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';

export const OrganisationKindEnum = enumOf('OrganisationKind', ORGANISATION_KINDS, {
  description: '组织类型',
  meanings: {
    OPERATOR: { zh: '运营商', en: 'The operator: the root.' },
    PROVINCE: { zh: '省公司', en: 'Province.' },
    CITY: { zh: '市公司', en: 'City.' },
    COUNTY: { zh: '县公司', en: 'County.' },
    DEPARTMENT: { zh: '部门', en: 'Department.' },
    HALL: { zh: '营业厅', en: 'Business hall.' },
    PARTNER: { zh: '合作伙伴', en: 'Partner operator.' },
  },
});
export const OrganisationStatusEnum = enumOf('OrganisationStatus', ORGANISATION_STATUSES, {
  description: '组织状态',
  meanings: { ACTIVE: { zh: '在用', en: 'In use.' }, CLOSED: { zh: '已撤销', en: 'Closed: it manages nothing any more.' } },
});
export const OperatorParameterNameEnum = enumOf('OperatorParameterName', OPERATOR_PARAMETER_NAMES, {
  description: 'The closed list of the operator’s parameters 系统参数.',
  meanings: {
    timeZone: { zh: '时区', en: 'The time zone of dates and billing periods.' },
    currency: { zh: '本位币', en: 'The currency of new accounts.' },
    calendar: { zh: '日历', en: 'The first day of the week and the holidays.' },
    numberReservationMinutes: { zh: '号码预占时长', en: 'For how many minutes a number is reserved at a counter.' },
    numberFreezeDays: { zh: '号码冷冻期', en: 'For how many days a number rests after its use.' },
    proration: { zh: '按比例计费方式', en: 'How a part of a period is charged where a price does not say.' },
    terminationDay: { zh: '终止当日', en: 'Whether the day on which a product ends is charged: FREE or CHARGED.' },
    firstPartialPiece: { zh: '首段零头', en: 'When a first partial piece in advance is billed: NEXT_BILL or AT_ACTIVATION.' },
    changesWithinPeriod: { zh: '账期内变更', en: 'When what a change within a period brings is billed: NEXT_BILL or AT_ONCE.' },
    partialFirstPeriod: { zh: '首个不完整周期', en: 'Whether it is one of the periods of the first phase: COUNTS or COMES_BEFORE.' },
    contractsWhileStopped: { zh: '停机期间合约', en: 'Whether a contract runs on while its subscriber is stopped: RUN_ON or PAUSE.' },
    taxRounding: { zh: '税额舍入', en: 'Where tax is rounded: PER_BILL (once a rate), PER_ITEM or PER_TOTAL.' },
    name: { zh: '运营商名称', en: 'The operator’s name.' },
  },
});

@ObjectType('Organisation', {
  implements: Node,
  simpleResolvers: true,
  description: 'A node of the organisation tree 组织: operator, province, city, department, business hall, …',
})
export class OrganisationType {
  public constructor(public readonly value: Organisation) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('organisation', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique, for people and files.' })
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
  @Field(() => OrganisationKindEnum)
  public get kind(): OrganisationKind {
    return this.value.kind;
  }
  @Field(() => Boolean, { description: 'Whether the node is a legal entity 法人, with invoices and a ledger of its own.' })
  public get legalEntity(): boolean {
    return this.value.legalEntity;
  }
  @Field(() => String, { nullable: true, description: 'Of a legal entity.' })
  public get taxNumber(): string | null {
    return this.value.taxNumber;
  }
  @Field(() => OrganisationStatusEnum)
  public get status(): OrganisationStatus {
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

@ObjectType('OperatorParameter', { simpleResolvers: true, description: 'A parameter of the operator: one database is one operator.' })
export class OperatorParameterType {
  public constructor(private readonly parameter: OperatorParameter) {}

  @Field(() => OperatorParameterNameEnum)
  public get name(): OperatorParameterName {
    return this.parameter.name;
  }
  @Field(() => String)
  public get meaning(): string {
    return `${this.parameter.meaning.zh} / ${this.parameter.meaning.en}`;
  }
  @Field(() => String, { description: 'As JSON.' })
  public get value(): string {
    return JSON.stringify(this.parameter.value);
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.parameter.version;
  }
}

export const OrganisationConnection = connectionType('Organisation', () => OrganisationType);
export const OrganisationUserError = userErrorType('Organisation', ORGANISATION_REFUSALS);

@ObjectType({ simpleResolvers: true, description: 'The node as it is now.' })
export class OrganisationPayload {
  @Field(() => OrganisationType, { nullable: true, description: 'Null when refused.' })
  public organisation?: OrganisationType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [OrganisationUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The parameter as it is now.' })
export class OperatorParameterPayload {
  @Field(() => OperatorParameterType, { nullable: true, description: 'Null when refused.' })
  public parameter?: OperatorParameterType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [OrganisationUserError])
  public userErrors!: UserErrorOf<string>[];
}
