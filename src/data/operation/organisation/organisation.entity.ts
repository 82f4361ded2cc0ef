import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { OrganisationKind, OrganisationStatus } from './organisation';

@Entity('organisation')
export class OrganisationEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'organisation'>;

  @Column('text')
  public code!: string;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en', nullable: true })
  public nameEn!: string | null;

  @Column('text')
  public kind!: OrganisationKind;

  @Column('uuid', { name: 'parent_id', nullable: true })
  public parentId!: Id<'organisation'> | null;

  @Column('boolean', { name: 'legal_entity' })
  public legalEntity!: boolean;

  @Column('text', { name: 'tax_number', nullable: true })
  public taxNumber!: string | null;

  @Column('text')
  public status!: OrganisationStatus;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
