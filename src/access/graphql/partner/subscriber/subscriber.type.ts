import { Field, ID, ObjectType } from 'type-graphql';
import { stopReasonsOf, type StopReason, type Subscriber, type SubscriberStatus } from '../../../../business/component/subscriber';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { Node } from '../../server/node-id';
import { StopReasonEnum, SubscriberStatusEnum } from '../../server/party-enum';
import { DateTimeScalar } from '../../server/scalar';

@ObjectType('Subscriber', {
  implements: Node,
  simpleResolvers: true,
  description: 'One instance of a service: a number or a line (TMF637 Product).',
})
export class PartnerSubscriberType {
  public constructor(public readonly value: Subscriber) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('subscriber', this.value.id);
  }
  @Field(() => String, { nullable: true, description: 'The number or login by which the service is reached now.' })
  public get accessNumber(): string | null {
    return this.value.accessNumber;
  }
  @Field(() => String, { description: 'Code of the service type.' })
  public get serviceType(): string {
    return this.value.serviceType;
  }
  @Field(() => SubscriberStatusEnum)
  public get status(): SubscriberStatus {
    return this.value.status;
  }
  @Field(() => [StopReasonEnum])
  public get stopReasons(): StopReason[] {
    return stopReasonsOf(this.value.stopReasons);
  }
  @Field(() => DateTimeScalar)
  public get openedAt(): Instant {
    return this.value.openedAt;
  }
}

export const PartnerSubscriberConnection = connectionType('Subscriber', () => PartnerSubscriberType);
