import { Field, ID, InputType } from 'type-graphql';
import type { OrderKindName, OrderState, WorkOrderState } from '../../../../business/component/order';
import type { Instant } from '../../../../kernel/clock';
import { DateTimeScalar } from '../../server/scalar';
import { OrderKindEnum, OrderStateEnum, WorkOrderStateEnum } from './order-enum';

@InputType('OrderFilter', { description: 'Every part given must hold.' })
export class OrderFilterType {
  @Field(() => OrderStateEnum, { nullable: true })
  public state?: OrderState | null;
  @Field(() => OrderKindEnum, { nullable: true, description: 'The kind of its first item.' })
  public category?: OrderKindName | null;
  @Field(() => ID, { nullable: true })
  public customerId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Orders with an item about this subscriber.' })
  public subscriberId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Orders that this node and those below it accepted.' })
  public organisationId?: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Open orders that should be done by then.' })
  public dueBefore?: Instant | null;
}

@InputType('WorkQueueFilter', { description: 'Every part given must hold.' })
export class WorkQueueFilterType {
  @Field(() => String, { nullable: true })
  public queue?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of this node and those below it.' })
  public organisationId?: string | null;
  @Field(() => WorkOrderStateEnum, { nullable: true })
  public state?: WorkOrderState | null;
  @Field(() => ID, { nullable: true, description: 'Taken by this member of staff.' })
  public assigneeId?: string | null;
}
