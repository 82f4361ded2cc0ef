import { Field, ObjectType } from 'type-graphql';
import { SERVICE_IDENTIFIER_KINDS, type ServiceIdentifierKind, type ServiceType } from '../../../../business/component/service';
import { enumOf } from '../../server/enum';

export const ServiceIdentifierKindEnum = enumOf('ServiceIdentifierKind', SERVICE_IDENTIFIER_KINDS, {
  description: 'What a service is reached by.',
  meanings: { NUMBER: { zh: '号码', en: 'An access number.' }, LOGIN: { zh: '登录名', en: 'A log-in name.' } },
});

@ObjectType('ServiceType', {
  simpleResolvers: true,
  description: 'A service type 业务类型: a line of business, such as mobile or broadband.',
})
export class ServiceTypeType {
  public constructor(private readonly value: ServiceType) {}

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
}
