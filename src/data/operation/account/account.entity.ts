import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { AccountStatus, PaymentMethod, RatingType } from './account';

@Entity('account')
export class AccountEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'account'>;

  @Column('text', { name: 'account_no', default: () => "nextval('account_number')::text" })
  public accountNo!: string;

  @Column('uuid', { name: 'customer_id' })
  public customerId!: Id<'customer'>;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text')
  public name!: string;

  @Column('text')
  public currency!: CurrencyCode;

  @Column('text', { name: 'rating_type' })
  public ratingType!: RatingType;

  @Column('text', { name: 'payment_method' })
  public paymentMethod!: PaymentMethod;

  @Column('text')
  public status!: AccountStatus;

  @Column('uuid', { name: 'merged_into_id', nullable: true })
  public mergedIntoId!: Id<'account'> | null;

  @Column(instantColumn({ name: 'first_charged_at', nullable: true }))
  public firstChargedAt!: Instant | null;

  @Column('jsonb')
  public attributes!: object;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
