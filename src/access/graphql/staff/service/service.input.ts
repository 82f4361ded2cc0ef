import { Field, InputType, Int } from 'type-graphql';
import type { ServiceIdentifierKind, ServiceResource } from '../../../../business/component/service';
import type { Json } from '../../../../kernel/stable-json';
import { MutationInput } from '../../server/mutation';
import { JsonObjectScalar } from '../../server/scalar';
import { ServiceIdentifierKindEnum, ServiceResourceEnum } from './service.type';

const PATTERN =
  'A regular expression over the whole identifier, without spaces or hyphens: anchored at both ends, of bounded repetitions, at most 200 ' +
  'characters, with nothing nested.';
const CHARACTERISTICS =
  'The JSON Schema of a subscriber’s attributes 属性定义, of a small part of it: `{}` takes any; else an object of at most 50 `properties` ' +
  'of type string (enum, minLength, maxLength, pattern, format date | date-time | email | ipv4 | ipv6), integer or number (enum, minimum, ' +
  'maximum) or boolean, each with title, titleEn, description and descriptionEn; `required`, `additionalProperties`.';

@InputType('RegisterServiceTypeInput')
export class RegisterServiceTypeInputType extends MutationInput {
  @Field(() => String, { description: '1 to 40 capital letters, digits or underscores; it never changes.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => ServiceIdentifierKindEnum, { description: 'It never changes.' })
  public identifierKind!: ServiceIdentifierKind;
  @Field(() => String, { description: PATTERN })
  public identifierPattern!: string;
  @Field(() => JsonObjectScalar, { nullable: true, description: CHARACTERISTICS })
  public characteristics?: Readonly<Record<string, Json>> | null;
  @Field(() => [ServiceResourceEnum], { description: 'What a subscriber of it takes up of the network 资源.' })
  public resources!: ServiceResource[];
  @Field(() => [String], { description: 'What its usage is recorded as 使用量类型: at most 20 codes such as VOICE.' })
  public usageKinds!: string[];
  @Field(() => String, {
    nullable: true,
    description: 'Code of the provisioning adapter 开通接口; null: nothing outside Sanhu is to be done.',
  })
  public provisioningAdapter?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a subscriber takes its number along to another operator 携号转网; not, when not given.',
  })
  public portable?: boolean | null;
}

@InputType()
abstract class ServiceTypeChangeInput extends MutationInput {
  @Field(() => String)
  public code!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeServiceTypeInput', { description: 'What is not given stays as it is.' })
export class ChangeServiceTypeInputType extends ServiceTypeChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => String, { nullable: true, description: PATTERN })
  public identifierPattern?: string | null;
  @Field(() => JsonObjectScalar, { nullable: true, description: CHARACTERISTICS })
  public characteristics?: Readonly<Record<string, Json>> | null;
  @Field(() => [ServiceResourceEnum], { nullable: true, description: 'The whole set, not what is added.' })
  public resources?: ServiceResource[] | null;
  @Field(() => [String], { nullable: true, description: 'The whole set, not what is added.' })
  public usageKinds?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Null takes it away.' })
  public provisioningAdapter?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether a subscriber takes its number along to another operator 携号转网.' })
  public portable?: boolean | null;
}

@InputType('RetireServiceTypeInput')
export class RetireServiceTypeInputType extends ServiceTypeChangeInput {}
