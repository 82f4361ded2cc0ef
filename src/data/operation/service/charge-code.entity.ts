import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { ChargeKind } from './charge-code';

@Entity('charge_code')
export class ChargeCodeEntity {
  @PrimaryColumn('text')
  public code!: string;

  @Column('uuid')
  public id!: Id<'chargeCode'>;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en' })
  public nameEn!: string;

  @Column('text', { name: 'service_type', nullable: true })
  public serviceType!: string | null;

  @Column('text')
  public kind!: ChargeKind;

  @Column(instantColumn({ name: 'first_charged_at', nullable: true }))
  public firstChargedAt!: Instant | null;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
