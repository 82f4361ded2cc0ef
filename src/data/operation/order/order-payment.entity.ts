import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { ActorKind } from './order-actor';
import type { OrderPaymentKind, OrderPaymentMethod } from './order-payment-kind';

@Entity('order_payment')
export class OrderPaymentEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'orderPayment'>;

  @Column('uuid', { name: 'order_id' })
  public orderId!: Id<'order'>;

  @Column('text')
  public kind!: OrderPaymentKind;

  @Column('text')
  public method!: OrderPaymentMethod;

  @Column('bigint', { name: 'amount_minor' })
  public amountMinor!: bigint;

  @Column('text')
  public currency!: CurrencyCode;

  @Column('text', { nullable: true })
  public reference!: string | null;

  @Column('uuid', { name: 'refunds_id', nullable: true })
  public refundsId!: Id<'orderPayment'> | null;

  @Column('uuid', { name: 'ledger_entry_id', nullable: true })
  public ledgerEntryId!: string | null;

  @Column('text', { name: 'actor_kind' })
  public actorKind!: ActorKind;

  @Column('text', { name: 'actor_id' })
  public actorId!: string;

  @Column(instantColumn())
  public at!: Instant;
}
