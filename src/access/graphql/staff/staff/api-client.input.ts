import { Field, ID, InputType, Int } from 'type-graphql';
import type { ApiClientKind, ApiClientStatus, DocumentMode } from '../../../../business/component/staff';
import { MutationInput } from '../../server/mutation';
import { ApiClientKindEnum, ApiClientStatusEnum, DocumentModeEnum } from './api-client.type';

@InputType('CreateApiClientInput')
export class CreateApiClientInputType extends MutationInput {
  @Field(() => String, {
    description: '2 to 64 small letters, digits, dots, hyphens or underscores, as log-ins name it; it never changes.',
  })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => ApiClientKindEnum)
  public kind!: ApiClientKind;
  @Field(() => ID, { nullable: true, description: 'Where a partner’s customers are managed; null for an application of the staff.' })
  public organisationId?: string | null;
  @Field(() => DocumentModeEnum, { defaultValue: 'off' })
  public documentMode!: DocumentMode;
  @Field(() => Int, { description: 'How many points of cost a caller may have saved up, 1 to 1,000,000.' })
  public costCapacity!: number;
  @Field(() => Int, { description: 'How many of them come back each second, 1 to 1,000,000.' })
  public costRestore!: number;
}

@InputType()
abstract class ApiClientChangeInput extends MutationInput {
  @Field(() => ID)
  public apiClientId!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
}

@InputType('ChangeApiClientInput', { description: 'What is not given stays as it is.' })
export class ChangeApiClientInputType extends ApiClientChangeInput {
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => DocumentModeEnum, { nullable: true })
  public documentMode?: DocumentMode | null;
  @Field(() => Int, { nullable: true })
  public costCapacity?: number | null;
  @Field(() => Int, { nullable: true })
  public costRestore?: number | null;
  @Field(() => ApiClientStatusEnum, { nullable: true, description: 'DISABLED ends every log-in through it.' })
  public status?: ApiClientStatus | null;
}

@InputType('RotateClientSecretInput')
export class RotateClientSecretInputType extends ApiClientChangeInput {}

@InputType('TrustedDocumentInput', { description: 'An operation that an application was built with 可信文档.' })
export class TrustedDocumentInputType {
  @Field(() => String, { description: '`sha256:` and the digest of the text in hexadecimal digits.' })
  public id!: string;
  @Field(() => String, { description: 'The text of the operation, at most 65,536 characters.' })
  public body!: string;
}

@InputType('RegisterTrustedDocumentsInput')
export class RegisterTrustedDocumentsInputType extends MutationInput {
  @Field(() => ID)
  public apiClientId!: string;
  @Field(() => [TrustedDocumentInputType], { description: 'At most 500 a call.' })
  public documents!: TrustedDocumentInputType[];
}
