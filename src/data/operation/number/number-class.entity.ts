import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';

/** Amounts travel as text: no number of JavaScript holds every `bigint`. */
const amount = { to: (value?: bigint): string | undefined => value?.toString(), from: (value: string): bigint => BigInt(value) };

@Entity('number_class')
export class NumberClassEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'numberClass'>;

  @Column('text')
  public code!: string;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en', nullable: true })
  public nameEn!: string | null;

  @Column('text')
  public currency!: CurrencyCode;

  @Column('bigint', { name: 'minimum_spend_minor', transformer: amount })
  public minimumSpendMinor!: bigint;

  @Column('integer', { name: 'minimum_spend_months' })
  public minimumSpendMonths!: number;

  @Column('bigint', { name: 'deposit_minor', transformer: amount })
  public depositMinor!: bigint;

  @Column('text', { name: 'deposit_charge_code', nullable: true })
  public depositChargeCode!: string | null;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
