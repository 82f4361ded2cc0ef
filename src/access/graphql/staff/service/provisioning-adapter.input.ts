import { Field, InputType, Int } from 'type-graphql';
import type { AdapterKind, DefinitionStatus } from '../../../../business/component/service';
import { MutationInput } from '../../server/mutation';
import { AdapterKindEnum, DefinitionStatusEnum } from './provisioning-adapter.type';

@InputType('HttpSettingsInput', { description: 'How a system of the network is called. What is not given is the standard.' })
export class HttpSettingsInputType {
  @Field(() => String, { description: 'An http or https URL of at most 500 characters, without user name, password, query or fragment.' })
  public endpoint!: string;
  @Field(() => Int, { nullable: true, description: 'Of one attempt: 100 to 60000 milliseconds; 5000.' })
  public timeoutMs?: number | null;
  @Field(() => Int, { nullable: true, description: 'How often it is tried in all: 1 to 10; 3.' })
  public attemptsMax?: number | null;
  @Field(() => Int, { nullable: true, description: 'Before the second attempt, then doubled: 10 to 60000 milliseconds; 200.' })
  public backoffMs?: number | null;
  @Field(() => Int, { nullable: true, description: 'After so many failures in a row nobody calls for a time 熔断: 1 to 100; 5.' })
  public breakerFailures?: number | null;
  @Field(() => Int, { nullable: true, description: 'For how long: 100 to 600000 milliseconds; 30000.' })
  public breakerOpenMs?: number | null;
}

@InputType('RegisterProvisioningAdapterInput')
export class RegisterProvisioningAdapterInputType extends MutationInput {
  @Field(() => String, { description: '1 to 40 capital letters, digits or underscores; it never changes.' })
  public code!: string;
  @Field(() => String)
  public name!: string;
  @Field(() => String)
  public nameEn!: string;
  @Field(() => AdapterKindEnum)
  public kind!: AdapterKind;
  @Field(() => HttpSettingsInputType, { nullable: true, description: 'Of an HTTP adapter, and of no other.' })
  public http?: HttpSettingsInputType | null;
  @Field(() => String, { nullable: true, description: 'Of a manual one, and of no other: a code of capitals, digits and underscores.' })
  public workQueue?: string | null;
}

@InputType('ChangeProvisioningAdapterInput', { description: 'What is not given stays as it is; the kind stays for good.' })
export class ChangeProvisioningAdapterInputType extends MutationInput {
  @Field(() => String)
  public code!: string;
  @Field(() => Int, { description: 'The `version` that the caller has read; a newer one refuses with STALE_VERSION.' })
  public expectedVersion!: number;
  @Field(() => String, { nullable: true })
  public name?: string | null;
  @Field(() => String, { nullable: true })
  public nameEn?: string | null;
  @Field(() => HttpSettingsInputType, { nullable: true, description: 'All of them: those that are not given become the standard.' })
  public http?: HttpSettingsInputType | null;
  @Field(() => String, { nullable: true })
  public workQueue?: string | null;
  @Field(() => DefinitionStatusEnum, { nullable: true, description: 'It can be retired when no service type in use names it.' })
  public status?: DefinitionStatus | null;
}
