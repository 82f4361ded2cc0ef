import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  ADAPTER_KINDS, DEFINITION_STATUSES, type AdapterKind, type DefinitionStatus, type HttpSettings, type ProvisioningAdapter,
} from '../../../../business/component/service'; // prettier-ignore
import { encodeId } from '../../../../kernel/id';
import { enumOf } from '../../server/enum';
import { FEW_ERRORS, type UserErrorOf } from '../../server/mutation';
import { ServiceUserError } from './service-user-error';

export const AdapterKindEnum = enumOf('AdapterKind', ADAPTER_KINDS, {
  description: 'How the network is reached.',
  meanings: {
    HTTP: { zh: '系统接口', en: 'By idempotent calls over HTTP.' },
    MANUAL: { zh: '人工工单', en: 'By work orders that people do.' },
  },
});

export const DefinitionStatusEnum = enumOf('DefinitionStatus', DEFINITION_STATUSES, {
  description: 'Whether something new may still be made of a definition.',
  meanings: {
    ACTIVE: { zh: '在用', en: 'In use.' },
    RETIRED: { zh: '停用', en: 'Nothing new is made of it; what was made of it goes on.' },
  },
});

@ObjectType('HttpSettings', { simpleResolvers: true, description: 'How a system of the network is called.' })
export class HttpSettingsType {
  public constructor(private readonly value: HttpSettings) {}

  @Field(() => String, { description: 'An http or https URL.' })
  public get endpoint(): string {
    return this.value.endpoint;
  }
  @Field(() => Int, { description: 'Of one attempt, in milliseconds.' })
  public get timeoutMs(): number {
    return this.value.timeoutMs;
  }
  @Field(() => Int, { description: 'How often it is tried in all.' })
  public get attemptsMax(): number {
    return this.value.attemptsMax;
  }
  @Field(() => Int, { description: 'Before the second attempt, in milliseconds; it doubles from one to the next.' })
  public get backoffMs(): number {
    return this.value.backoffMs;
  }
  @Field(() => Int, { description: 'After so many failures in a row the breaker opens 熔断: nobody calls for a time.' })
  public get breakerFailures(): number {
    return this.value.breakerFailures;
  }
  @Field(() => Int, { description: 'For how long, in milliseconds.' })
  public get breakerOpenMs(): number {
    return this.value.breakerOpenMs;
  }
}

@ObjectType('ProvisioningAdapter', { simpleResolvers: true, description: 'What provisions services 开通接口.' })
export class ProvisioningAdapterType {
  public constructor(private readonly value: ProvisioningAdapter) {}

  @Field(() => ID, { description: 'By which the audit trail names it; everything else names it by its code.' })
  public get id(): string {
    return encodeId('provisioningAdapter', this.value.id);
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
  @Field(() => AdapterKindEnum)
  public get kind(): AdapterKind {
    return this.value.kind;
  }
  @Field(() => HttpSettingsType, { nullable: true, description: 'Of an HTTP adapter.' })
  public get http(): HttpSettingsType | null {
    return this.value.http === null ? null : new HttpSettingsType(this.value.http);
  }
  @Field(() => String, { nullable: true, description: 'Of a manual one: the queue in which its work orders wait 工单队列.' })
  public get workQueue(): string | null {
    return this.value.workQueue;
  }
  @Field(() => DefinitionStatusEnum)
  public get status(): DefinitionStatus {
    return this.value.status;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
}

@ObjectType({ simpleResolvers: true, description: 'The provisioning adapter as it is now.' })
export class ProvisioningAdapterPayload {
  @Field(() => ProvisioningAdapterType, { nullable: true, description: 'Null when refused.' })
  public provisioningAdapter?: ProvisioningAdapterType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [ServiceUserError])
  public userErrors!: UserErrorOf<string>[];
}
