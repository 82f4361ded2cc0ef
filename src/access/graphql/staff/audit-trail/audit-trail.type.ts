import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import type { AuditSubject } from '../../../../business/context';
import { ACTOR_KINDS, TRAIL_DAYS, type ActorKind, type AuditEntry } from '../../../../business/view/audit-trail';
import { instantToText, type Instant } from '../../../../kernel/clock';
import { encodeId, type Id, type IdKind } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import { connectionType } from '../../server/connection';
import { enumOf } from '../../server/enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';

export const ActorKindEnum = enumOf('ActorKind', ACTOR_KINDS, {
  description: 'Who can change something.',
  meanings: {
    STAFF: { zh: '员工', en: 'A member of staff.' },
    PARTNER: { zh: '合作伙伴', en: 'A partner’s system.' },
    SYSTEM: { zh: '系统', en: 'The system itself.' },
  },
});

const AuditSubjectEnum = {
  ORGANISATION: 'organisation',
  STAFF: 'staff',
  ROLE: 'role',
  API_CLIENT: 'apiClient',
  SESSION: 'session',
  SERVICE_TYPE: 'serviceType',
  PROVISIONING_ADAPTER: 'provisioningAdapter',
  CHARGE_CODE: 'chargeCode',
  TAX_CATEGORY: 'taxCategory',
  PARAMETER: 'parameter',
  NUMBER_POOL: 'numberPool',
  NUMBER_CLASS: 'numberClass',
  ACCESS_NUMBER: 'accessNumber',
  CUSTOMER: 'customer',
  ACCOUNT: 'account',
  SUBSCRIBER: 'subscriber',
  IMPORT_JOB: 'importJob',
  ORDER_BATCH: 'orderBatch',
  LEDGER_ACCOUNT: 'ledgerAccount',
  PRODUCT: 'product',
  BUNDLE_INSTANCE: 'bundleInstance',
  DISCOUNT: 'discount',
  QUOTATION: 'quotation',
  ORDER: 'order',
  WORK_ORDER: 'workOrder',
  ORDER_KIND_RULE: 'orderKindRule',
} as const satisfies Readonly<Record<string, AuditSubject>>;
registerEnumType(AuditSubjectEnum, {
  name: 'AuditSubject',
  description: 'What can be changed.',
  valuesConfig: {
    ORGANISATION: { description: 'An organisation node 组织.' },
    STAFF: { description: 'A member of staff 员工, with grants and log-ins.' },
    ROLE: { description: 'A role 角色.' },
    API_CLIENT: { description: 'An application that calls 接入应用.' },
    SESSION: { description: 'A log-in 登录会话.' },
    SERVICE_TYPE: { description: 'A service type 业务类型.' },
    PROVISIONING_ADAPTER: { description: 'A provisioning adapter 开通接口.' },
    CHARGE_CODE: { description: 'A charge code 账目项, with its terms.' },
    TAX_CATEGORY: { description: 'A tax category 税目, with its rates.' },
    PARAMETER: { description: 'A parameter of the operator 系统参数; its id is that of the root organisation.' },
    NUMBER_POOL: { description: 'A pool of numbers 号池, with what came into stock.' },
    NUMBER_CLASS: { description: 'A class of good numbers 靓号等级.' },
    ACCESS_NUMBER: { description: 'A number of the stock 号码.' },
    CUSTOMER: { description: 'A customer 客户, with documents, contacts and relations.' },
    ACCOUNT: { description: 'An account 账户.' },
    SUBSCRIBER: { description: 'A subscriber 用户, with identifiers, roles and payment relations.' },
    IMPORT_JOB: { description: 'An import 数据导入.' },
    ORDER_BATCH: { description: 'A batch of orders from a file 批量受理.' },
    LEDGER_ACCOUNT: { description: 'A ledger account 会计科目.' },
    PRODUCT: { description: 'A product or a bundle 产品与套餐, with its versions.' },
    BUNDLE_INSTANCE: { description: 'A bundle that was sold 融合套餐, with its members.' },
    DISCOUNT: { description: 'A discount 优惠, with its versions and budget.' },
    QUOTATION: { description: 'A quotation 报价.' },
    ORDER: { description: 'An order 业务受理单, with its items and payments.' },
    WORK_ORDER: { description: 'A work order 工单.' },
    ORDER_KIND_RULE: { description: 'What holds for a kind of order 受理规则.' },
  },
});

/** What kind of id a subject has; null: none that is published. */
const ID_KINDS: Readonly<Record<AuditSubject, IdKind | null>> = {
  organisation: 'organisation',
  staff: 'staff',
  role: 'role',
  apiClient: 'apiClient',
  session: 'session',
  serviceType: 'serviceType',
  provisioningAdapter: 'provisioningAdapter',
  chargeCode: 'chargeCode',
  taxCategory: 'taxCategory',
  parameter: 'organisation',
  numberPool: 'numberPool',
  numberClass: 'numberClass',
  accessNumber: 'accessNumber',
  customer: 'customer',
  account: 'account',
  subscriber: 'subscriber',
  importJob: 'importJob',
  orderBatch: 'orderBatch',
  ledgerAccount: 'ledgerAccount',
  product: 'product',
  bundleInstance: 'bundleInstance',
  discount: 'discount',
  quotation: 'quotation',
  order: 'order',
  workOrder: 'workOrder',
  orderKindRule: 'fact',
};

/** The subject of what happened to nobody that is known: a log-in under a name that nobody has. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

@ObjectType('AuditActor', { simpleResolvers: true, description: 'Who did it 操作者.' })
export class AuditActorType {
  public constructor(public readonly entry: Pick<AuditEntry, 'actorKind' | 'actorId'>) {}

  @Field(() => ActorKindEnum)
  public get kind(): ActorKind {
    return this.entry.actorKind;
  }
  @Field(() => String, { description: 'The id of the member of staff or of the partner’s client; for the system, the name of what ran.' })
  public get id(): string {
    return this.entry.actorId;
  }
}

@ObjectType('AuditEntry', {
  simpleResolvers: true,
  description: 'One change of one thing 审计记录. What is personal in `before` and `after` is masked; ids in them are internal.',
})
export class AuditEntryType {
  public constructor(public readonly value: AuditEntry) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('audit', this.value.id);
  }
  @Field(() => DateTimeScalar)
  public get at(): Instant {
    return this.value.at;
  }
  @Field(() => AuditActorType)
  public get actor(): AuditActorType {
    return new AuditActorType(this.value);
  }
  @Field(() => String, { nullable: true, description: 'The network address that the call came from, where there was one.' })
  public get address(): string | null {
    return this.value.address;
  }
  @Field(() => String, { description: 'Of the request, by which its log lines are found.' })
  public get traceId(): string {
    return this.value.traceId;
  }
  @Field(() => String, { description: 'The use case, named as its mutation is: `changeCustomer`.' })
  public get operation(): string {
    return this.value.operation;
  }
  @Field(() => AuditSubjectEnum, { description: 'What was changed.' })
  public get subjectKind(): string {
    return this.value.subjectKind;
  }
  @Field(() => ID, { nullable: true, description: 'Null for a log-in under a name that nobody has.' })
  public get subjectId(): string | null {
    const { idKind, value } = this;
    return idKind === null ? null : encodeId(idKind, value.subjectId as Id<IdKind>);
  }
  @Field(() => String, { nullable: true, description: 'Code of the service type, for what is of one line of business.' })
  public get serviceType(): string | null {
    return this.value.serviceType;
  }
  @Field(() => JsonObjectScalar, { nullable: true, description: 'What the change concerned, as it was; null for what is new.' })
  public get before(): Readonly<Record<string, Json | undefined>> | null {
    return this.value.before;
  }
  @Field(() => JsonObjectScalar, { nullable: true, description: 'The same as it became; null for what is gone.' })
  public get after(): Readonly<Record<string, Json | undefined>> | null {
    return this.value.after;
  }

  /** What kind of id the subject has; null when it has none. */
  public get idKind(): IdKind | null {
    return this.value.subjectId === NOBODY ? null : ID_KINDS[this.value.subjectKind as AuditSubject];
  }
}

export const AuditEntryConnection = connectionType('AuditEntry', () => AuditEntryType);

/** The place of an entry in the trail. */
export function cursorOfEntry({ value }: AuditEntryType): readonly [string, string] {
  return [instantToText(value.at), value.id];
}

@InputType('AuditTrailFilter', { description: 'Every part given must hold.' })
export class AuditTrailFilterType {
  @Field(() => ID, { nullable: true, description: 'Of what was changed: any id.' })
  public subjectId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The id of a member of staff or of a partner’s client, or the name of what the system ran.',
  })
  public actorId?: string | null;
  @Field(() => String, { nullable: true, description: 'The name of a use case, such as `changeCustomer`.' })
  public operation?: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: `Not before this instant. Not given: ${TRAIL_DAYS} days before the end, or the whole trail of one subject or actor.`,
  })
  public from?: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Before this instant.' })
  public to?: Instant | null;
}
