import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';

@Entity('operator_parameter')
export class OperatorParameterEntity {
  @PrimaryColumn('text')
  public name!: string;

  @Column('jsonb')
  public value!: object;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'changed_at' }))
  public changedAt!: Instant;
}
