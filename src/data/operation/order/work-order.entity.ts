import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { WorkOrderState } from './work-order-state';

@Entity('work_order')
export class WorkOrderEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'workOrder'>;

  @Column('uuid', { name: 'order_id' })
  public orderId!: Id<'order'>;

  @Column('integer', { name: 'item_no' })
  public itemNo!: number;

  @Column('text')
  public queue!: string;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text')
  public state!: WorkOrderState;

  @Column('integer')
  public priority!: number;

  @Column('uuid', { name: 'assignee_id', nullable: true })
  public assigneeId!: Id<'staff'> | null;

  @Column(instantColumn({ name: 'due_at' }))
  public dueAt!: Instant;

  @Column('text', { nullable: true })
  public note!: string | null;

  @Column(instantColumn({ name: 'ended_at', nullable: true }))
  public endedAt!: Instant | null;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
