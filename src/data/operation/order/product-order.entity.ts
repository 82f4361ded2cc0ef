import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { ActorKind } from './order-actor';
import type { Approval, OrderState } from './order-state';

@Entity('product_order')
export class ProductOrderEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'order'>;

  @Column('text', { name: 'order_no', default: () => "nextval('order_number')::text" })
  public orderNo!: string;

  @Column('text')
  public state!: OrderState;

  @Column('text')
  public category!: string;

  @Column('uuid', { name: 'customer_id' })
  public customerId!: Id<'customer'>;

  @Column('uuid', { name: 'account_id', nullable: true })
  public accountId!: Id<'account'> | null;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text', { name: 'actor_kind' })
  public actorKind!: ActorKind;

  @Column('text', { name: 'actor_id' })
  public actorId!: string;

  @Column('uuid', { name: 'quotation_id' })
  public quotationId!: Id<'quotation'>;

  @Column('integer')
  public priority!: number;

  @Column(instantColumn({ name: 'requested_start_at', nullable: true }))
  public requestedStartAt!: Instant | null;

  @Column(instantColumn({ name: 'due_at' }))
  public dueAt!: Instant;

  @Column(instantColumn({ name: 'expires_at', nullable: true }))
  public expiresAt!: Instant | null;

  @Column(instantColumn({ name: 'started_at', nullable: true }))
  public startedAt!: Instant | null;

  @Column(instantColumn({ name: 'completed_at', nullable: true }))
  public completedAt!: Instant | null;

  @Column(instantColumn({ name: 'cancelled_at', nullable: true }))
  public cancelledAt!: Instant | null;

  @Column('boolean', { name: 'point_of_no_return' })
  public pointOfNoReturn!: boolean;

  @Column('text')
  public approval!: Approval;

  @Column('text')
  public currency!: CurrencyCode;

  @Column('bigint', { name: 'due_minor' })
  public dueMinor!: bigint;

  @Column('bigint', { name: 'paid_minor' })
  public paidMinor!: bigint;

  @Column('uuid', { name: 'fee_entry_id', nullable: true })
  public feeEntryId!: string | null;

  @Column('text', { name: 'external_id', nullable: true })
  public externalId!: string | null;

  @Column('text', { nullable: true })
  public note!: string | null;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
