import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CustomerGrade, CustomerKind, CustomerStatus } from './customer';

@Entity('customer')
export class CustomerEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'customer'>;

  @Column('text', { name: 'customer_no', default: () => "nextval('customer_number')::text" })
  public customerNo!: string;

  @Column('text')
  public kind!: CustomerKind;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en', nullable: true })
  public nameEn!: string | null;

  @Column('text')
  public grade!: CustomerGrade;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text')
  public status!: CustomerStatus;

  @Column('uuid', { name: 'merged_into_id', nullable: true })
  public mergedIntoId!: Id<'customer'> | null;

  @Column('jsonb')
  public attributes!: object;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;

  @Column({ type: 'text', name: 'search_grams', array: true, insert: false, update: false, select: false })
  public searchGrams!: string[];
}
