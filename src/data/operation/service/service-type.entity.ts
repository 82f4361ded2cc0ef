import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { DefinitionStatus, ServiceIdentifierKind, ServiceResource } from './service-type';

@Entity('service_type')
export class ServiceTypeEntity {
  @PrimaryColumn('text')
  public code!: string;

  @Column('uuid')
  public id!: Id<'serviceType'>;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en' })
  public nameEn!: string;

  @Column('text', { name: 'identifier_kind' })
  public identifierKind!: ServiceIdentifierKind;

  @Column('text', { name: 'identifier_pattern' })
  public identifierPattern!: string;

  @Column('jsonb')
  public characteristics!: object;

  @Column('text', { array: true })
  public resources!: ServiceResource[];

  @Column('text', { name: 'usage_kinds', array: true })
  public usageKinds!: string[];

  @Column('text', { name: 'provisioning_adapter', nullable: true })
  public provisioningAdapter!: string | null;

  @Column('boolean')
  public portable!: boolean;

  @Column('text')
  public status!: DefinitionStatus;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
