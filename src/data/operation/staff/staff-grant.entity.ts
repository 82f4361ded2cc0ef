import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';

@Entity('staff_grant')
export class StaffGrantEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'grant'>;

  @Column('uuid', { name: 'staff_id' })
  public staffId!: Id<'staff'>;

  @Column('uuid', { name: 'role_id' })
  public roleId!: Id<'role'>;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text', { name: 'lines_of_business', array: true, nullable: true })
  public linesOfBusiness!: string[] | null;

  @Column(instantColumn({ name: 'granted_at' }))
  public grantedAt!: Instant;
}
