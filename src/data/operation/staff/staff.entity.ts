import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { StaffStatus } from './staff';

@Entity('staff')
export class StaffEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'staff'>;

  @Column('text', { name: 'login_name' })
  public loginName!: string;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en', nullable: true })
  public nameEn!: string | null;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text', { name: 'password_hash', nullable: true })
  public passwordHash!: string | null;

  @Column('text', { name: 'oidc_issuer', nullable: true })
  public oidcIssuer!: string | null;

  @Column('text', { name: 'oidc_subject', nullable: true })
  public oidcSubject!: string | null;

  @Column('text')
  public status!: StaffStatus;

  @Column('integer', { name: 'failed_log_ins', default: 0 })
  public failedLogIns!: number;

  @Column(instantColumn({ name: 'locked_until', nullable: true }))
  public lockedUntil!: Instant | null;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;

  /** By the database's clock. */
  @Column(instantColumn({ name: 'access_changed_at', default: () => 'clock_timestamp()' }))
  public accessChangedAt!: Instant;
}
