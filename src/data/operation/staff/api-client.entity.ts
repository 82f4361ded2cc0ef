import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { ApiClientKind, ApiClientStatus, DocumentMode } from './api-client';

@Entity('api_client')
export class ApiClientEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'apiClient'>;

  @Column('text')
  public code!: string;

  @Column('text')
  public name!: string;

  @Column('text')
  public kind!: ApiClientKind;

  @Column('uuid', { name: 'organisation_id', nullable: true })
  public organisationId!: Id<'organisation'> | null;

  @Column('text', { name: 'secret_hash', nullable: true })
  public secretHash!: string | null;

  @Column('text', { name: 'document_mode' })
  public documentMode!: DocumentMode;

  @Column('integer', { name: 'cost_capacity' })
  public costCapacity!: number;

  @Column('integer', { name: 'cost_restore' })
  public costRestore!: number;

  @Column('text')
  public status!: ApiClientStatus;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;

  /** By the database's clock. */
  @Column(instantColumn({ name: 'access_changed_at', default: () => 'clock_timestamp()' }))
  public accessChangedAt!: Instant;
}
