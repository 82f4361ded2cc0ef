import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';

@Entity('discount')
export class DiscountEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'discount'>;

  @Column('text')
  public code!: string;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en' })
  public nameEn!: string;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text', { name: 'service_type', nullable: true })
  public serviceType!: string | null;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
