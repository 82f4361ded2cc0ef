import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  API_CLIENT_KINDS, API_CLIENT_STATUSES, DOCUMENT_MODES,
  type ApiClient, type ApiClientKind, type ApiClientStatus, type DocumentMode,
} from '../../../../business/component/staff'; // prettier-ignore
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { enumOf } from '../../server/enum';
import { FEW_ERRORS, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';
import { StaffUserError } from './staff.type';

export const ApiClientKindEnum = enumOf('ApiClientKind', API_CLIENT_KINDS, {
  description: 'Who calls through an application.',
  meanings: {
    STAFF_APPLICATION: { zh: '员工应用', en: 'Staff, who bring their own rights.' },
    PARTNER: { zh: '合作伙伴应用', en: 'A partner’s system, with a secret.' },
  },
});
export const ApiClientStatusEnum = enumOf('ApiClientStatus', API_CLIENT_STATUSES, {
  description: 'Whether an application may call.',
  meanings: { ACTIVE: { zh: '在用', en: 'May call.' }, DISABLED: { zh: '停用', en: 'May not.' } },
});
export const DocumentModeEnum = enumOf('DocumentMode', DOCUMENT_MODES, {
  description: 'What the trusted documents 可信文档 of an application are to it.',
  meanings: {
    off: { zh: '不使用', en: 'Any operation may be sent.' },
    prefer: { zh: '优先', en: 'Operations may be sent by their id, or whole.' },
    require: { zh: '必须', en: 'Only operations that were registered may be sent, by their id.' },
  },
});

@ObjectType('ApiClient', {
  implements: Node,
  simpleResolvers: true,
  description: 'An application that calls 接入应用: one that staff use, or a partner’s system.',
})
export class ApiClientType {
  public constructor(public readonly value: ApiClient) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('apiClient', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique, as log-ins name it; it never changes.' })
  public get code(): string {
    return this.value.code;
  }
  @Field(() => String)
  public get name(): string {
    return this.value.name;
  }
  @Field(() => ApiClientKindEnum)
  public get kind(): ApiClientKind {
    return this.value.kind;
  }
  @Field(() => DocumentModeEnum)
  public get documentMode(): DocumentMode {
    return this.value.documentMode;
  }
  @Field(() => Int, { description: 'How many points of cost a caller may have saved up.' })
  public get costCapacity(): number {
    return this.value.costCapacity;
  }
  @Field(() => Int, { description: 'How many of them come back each second.' })
  public get costRestore(): number {
    return this.value.costRestore;
  }
  @Field(() => ApiClientStatusEnum)
  public get status(): ApiClientStatus {
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

export const ApiClientConnection = connectionType('ApiClient', () => ApiClientType);

@ObjectType({ simpleResolvers: true, description: 'The application as it is now.' })
export class ApiClientPayload {
  @Field(() => ApiClientType, { nullable: true, description: 'Null when refused.' })
  public apiClient?: ApiClientType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [StaffUserError])
  public userErrors!: UserErrorOf<string>[];
}

@ObjectType({ simpleResolvers: true, description: 'The application as it is now, and its secret.' })
export class ApiClientSecretPayload extends ApiClientPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The partner’s secret: in this answer, and to whoever repeats the call with the same key, and never again. ' +
      'Null for an application of the staff.',
  })
  public secret?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'The application as it is now, and how many trusted documents it has.' })
export class RegisterTrustedDocumentsPayload extends ApiClientPayload {
  @Field(() => Int, { nullable: true, description: 'Of the application, old ones included; null when refused.' })
  public documentCount?: number | null;
}
