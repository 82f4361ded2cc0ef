import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { ActorKind } from './order-actor';

@Entity('quotation')
export class QuotationEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'quotation'>;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('uuid', { name: 'customer_id' })
  public customerId!: Id<'customer'>;

  @Column('uuid', { name: 'account_id', nullable: true })
  public accountId!: Id<'account'> | null;

  @Column('jsonb')
  public request!: object;

  @Column('jsonb')
  public lines!: object;

  @Column('text')
  public currency!: CurrencyCode;

  @Column('bigint', { name: 'due_minor' })
  public dueMinor!: bigint;

  @Column('boolean', { name: 'approval_needed' })
  public approvalNeeded!: boolean;

  /** Of its items, each once. */
  @Column('text', { name: 'service_types', array: true })
  public serviceTypes!: string[];

  @Column('jsonb')
  public budgets!: object;

  @Column('jsonb', { name: 'given_away' })
  public givenAway!: object;

  @Column(instantColumn({ name: 'valid_until' }))
  public validUntil!: Instant;

  @Column('text', { name: 'actor_kind' })
  public actorKind!: ActorKind;

  @Column('text', { name: 'actor_id' })
  public actorId!: string;

  @Column('uuid', { name: 'used_by_order_id', nullable: true })
  public usedByOrderId!: Id<'order'> | null;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
