import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { LedgerAccountKind, LedgerAccountStatus } from './ledger-account';

@Entity('ledger_account')
export class LedgerAccountEntity {
  @PrimaryColumn('text')
  public code!: string;

  @Column('uuid')
  public id!: Id<'ledgerAccount'>;

  @Column('text')
  public name!: string;

  @Column('text', { name: 'name_en', nullable: true })
  public nameEn!: string | null;

  @Column('text')
  public kind!: LedgerAccountKind;

  @Column('boolean', { name: 'by_account' })
  public byAccount!: boolean;

  @Column('text')
  public status!: LedgerAccountStatus;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
