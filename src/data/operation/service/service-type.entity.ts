import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { ServiceIdentifierKind } from './service-type';

@Entity('service_type')
export class ServiceTypeEntity {
  @PrimaryColumn('text')
  public code!: string;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en' })
  public nameEn!: string;

  @Column('text', { name: 'identifier_kind' })
  public identifierKind!: ServiceIdentifierKind;

  @Column('text', { name: 'identifier_pattern' })
  public identifierPattern!: string;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
