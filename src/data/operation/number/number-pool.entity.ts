import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { NumberPoolStatus } from './number-pool';

@Entity('number_pool')
export class NumberPoolEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'numberPool'>;

  @Column('text')
  public code!: string;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en', nullable: true })
  public nameEn!: string | null;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text', { name: 'service_type' })
  public serviceType!: string;

  @Column('text')
  public status!: NumberPoolStatus;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
