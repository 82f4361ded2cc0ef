import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  SERVICE_IDENTIFIER_KINDS, SERVICE_RESOURCES, type DefinitionStatus, type ServiceIdentifierKind, type ServiceResource, type ServiceType,
} from '../../../../business/component/service'; // prettier-ignore
import { encodeId } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import { enumOf } from '../../server/enum';
import { FEW_ERRORS, type UserErrorOf } from '../../server/mutation';
import { JsonObjectScalar } from '../../server/scalar';
import { DefinitionStatusEnum } from './provisioning-adapter.type';
import { ServiceUserError } from './service-user-error';

export const ServiceIdentifierKindEnum = enumOf('ServiceIdentifierKind', SERVICE_IDENTIFIER_KINDS, {
  description: 'What a service is reached by.',
  meanings: { NUMBER: { zh: '号码', en: 'An access number.' }, LOGIN: { zh: '登录名', en: 'A log-in name.' } },
});

export const ServiceResourceEnum = enumOf('ServiceResource', SERVICE_RESOURCES, {
  description: 'What a subscriber takes up of the network.',
  meanings: {
    NUMBER: { zh: '号码', en: 'A number of a pool.' },
    SIM: { zh: 'SIM 卡', en: 'A SIM card.' },
    PORT: { zh: '端口', en: 'A port of the access network.' },
  },
});

@ObjectType('ServiceType', {
  simpleResolvers: true,
  description: 'A service type 业务类型: a line of business, such as mobile or broadband.',
})
export class ServiceTypeType {
  public constructor(public readonly value: ServiceType) {}

  @Field(() => ID, { description: 'By which the audit trail names it; everything else names it by its code.' })
  public get id(): string {
    return encodeId('serviceType', this.value.id);
  }
  @Field(() => String, { description: 'Short and unique; `openSubscriber` and grants name the service type by it.' })
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
  @Field(() => ServiceIdentifierKindEnum)
  public get identifierKind(): ServiceIdentifierKind {
    return this.value.identifierKind;
  }
  @Field(() => String, { description: 'An anchored regular expression over the whole identifier, without spaces or hyphens.' })
  public get identifierPattern(): string {
    return this.value.identifierPattern;
  }
  @Field(() => JsonObjectScalar, { description: 'The JSON Schema of a subscriber’s attributes 属性定义; the empty one takes any.' })
  public get characteristics(): Readonly<Record<string, Json>> {
    return this.value.characteristics;
  }
  @Field(() => [ServiceResourceEnum], { description: 'What a subscriber of it takes up of the network 资源.' })
  public get resources(): ServiceResource[] {
    return [...this.value.resources];
  }
  @Field(() => [String], { description: 'What its usage is recorded as 使用量类型.' })
  public get usageKinds(): string[] {
    return [...this.value.usageKinds];
  }
  @Field(() => Boolean, { description: 'Whether a subscriber takes its number along to another operator 携号转网.' })
  public get portable(): boolean {
    return this.value.portable;
  }
  @Field(() => DefinitionStatusEnum, { description: 'Of a retired one no subscriber is opened any more.' })
  public get status(): DefinitionStatus {
    return this.value.status;
  }
  @Field(() => Int, { description: 'Give it as `expectedVersion` with a change.' })
  public get version(): number {
    return this.value.version;
  }
}

@ObjectType({ simpleResolvers: true, description: 'The service type as it is now.' })
export class ServiceTypePayload {
  @Field(() => ServiceTypeType, { nullable: true, description: 'Null when refused.' })
  public serviceType?: ServiceTypeType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [ServiceUserError])
  public userErrors!: UserErrorOf<string>[];
}
