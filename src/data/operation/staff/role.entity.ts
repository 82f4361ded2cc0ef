import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';

@Entity('role')
export class RoleEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'role'>;

  @Column('text')
  public code!: string;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en', nullable: true })
  public nameEn!: string | null;

  @Column('text', { array: true })
  public permissions!: string[];

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;

  /** By the database's clock. */
  @Column(instantColumn({ name: 'access_changed_at', default: () => 'clock_timestamp()' }))
  public accessChangedAt!: Instant;
}
