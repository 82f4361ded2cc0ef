import { Field, ID, InputType } from 'type-graphql';
import type { SubscriberStatus } from '../../../../business/component/subscriber';
import { SubscriberStatusEnum } from '../../server/party-enum';

@InputType('SubscriberFilter', { description: 'What is known of the subscriber that is looked for; every part given must hold.' })
export class SubscriberFilterType {
  @Field(() => String, { nullable: true, description: 'The beginning of a number, login or SIM that is held now; at least 3 characters.' })
  public identifierPrefix?: string | null;
  @Field(() => String, { nullable: true })
  public subscriberNo?: string | null;
  @Field(() => SubscriberStatusEnum, { nullable: true })
  public status?: SubscriberStatus | null;
  @Field(() => String, { nullable: true, description: 'Code of a service type.' })
  public serviceType?: string | null;
  @Field(() => ID, { nullable: true, description: 'Managed at this organisation node or below it.' })
  public organisationId?: string | null;
}
