import { Extensions, Field, ID, Int, ObjectType } from 'type-graphql';
import type { WorkOrder, WorkOrderState } from '../../../../business/component/order';
import type { Instant } from '../../../../kernel/clock';
import { encodeId } from '../../../../kernel/id';
import { connectionType } from '../../server/connection';
import { FEW_ERRORS, type UserErrorOf } from '../../server/mutation';
import { Node } from '../../server/node-id';
import { DateTimeScalar } from '../../server/scalar';
import { WorkOrderStateEnum } from './order-enum';
import { OrderUserError } from './order.type';

@ObjectType('WorkOrder', {
  implements: Node,
  simpleResolvers: true,
  description: 'A step of an order that people do 工单, in the queue of a node.',
})
export class WorkOrderType {
  public constructor(public readonly value: WorkOrder) {}

  @Field(() => ID)
  public get id(): string {
    return encodeId('workOrder', this.value.id);
  }
  @Field(() => Int, { description: 'The item of the order that it is a step of.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
  @Field(() => String, { description: 'The kind of work, as the rule of the item’s kind names it.' })
  public get queue(): string {
    return this.value.queue;
  }
  @Field(() => WorkOrderStateEnum)
  public get state(): WorkOrderState {
    return this.value.state;
  }
  @Field(() => Int, { description: 'That of its order: 1 is served first.' })
  public get priority(): number {
    return this.value.priority;
  }
  @Field(() => DateTimeScalar)
  public get dueAt(): Instant {
    return this.value.dueAt;
  }
  @Field(() => String, { nullable: true, description: 'What was said at its end.' })
  public get note(): string | null {
    return this.value.note;
  }
  @Field(() => DateTimeScalar, { nullable: true })
  public get endedAt(): Instant | null {
    return this.value.endedAt;
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

export const WorkOrderConnection = connectionType('WorkOrder', () => WorkOrderType);

@ObjectType({ simpleResolvers: true, description: 'The work order as it is now.' })
export class WorkOrderPayload {
  @Field(() => WorkOrderType, { nullable: true, description: 'Null when refused.' })
  public workOrder?: WorkOrderType | null;

  @Extensions(FEW_ERRORS)
  @Field(() => [OrderUserError])
  public userErrors!: UserErrorOf<string>[];
}
