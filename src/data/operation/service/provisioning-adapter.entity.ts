import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { AdapterKind } from './provisioning-adapter';
import type { DefinitionStatus } from './service-type';

@Entity('provisioning_adapter')
export class ProvisioningAdapterEntity {
  @PrimaryColumn('text')
  public code!: string;

  @Column('uuid')
  public id!: Id<'provisioningAdapter'>;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en' })
  public nameEn!: string;

  @Column('text')
  public kind!: AdapterKind;

  @Column('text', { nullable: true })
  public endpoint!: string | null;

  @Column('integer', { name: 'timeout_ms', nullable: true })
  public timeoutMs!: number | null;

  @Column('integer', { name: 'attempts_max', nullable: true })
  public attemptsMax!: number | null;

  @Column('integer', { name: 'backoff_ms', nullable: true })
  public backoffMs!: number | null;

  @Column('integer', { name: 'breaker_failures', nullable: true })
  public breakerFailures!: number | null;

  @Column('integer', { name: 'breaker_open_ms', nullable: true })
  public breakerOpenMs!: number | null;

  @Column('text', { name: 'work_queue', nullable: true })
  public workQueue!: string | null;

  @Column('text')
  public status!: DefinitionStatus;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
