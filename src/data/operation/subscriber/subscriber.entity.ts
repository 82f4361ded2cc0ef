import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instantColumn } from '../../connection/instant-column';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { SubscriberStatus } from './subscriber';

@Entity('subscriber')
export class SubscriberEntity {
  @PrimaryColumn('uuid')
  public id!: Id<'subscriber'>;

  @Column('text', { name: 'subscriber_no', default: () => "nextval('subscriber_number')::text" })
  public subscriberNo!: string;

  @Column('text', { name: 'service_type' })
  public serviceType!: string;

  @Column('uuid', { name: 'organisation_id' })
  public organisationId!: Id<'organisation'>;

  @Column('text')
  public status!: SubscriberStatus;

  @Column('integer', { name: 'stop_reasons' })
  public stopReasons!: number;

  @Column('jsonb')
  public attributes!: object;

  @Column(instantColumn({ name: 'opened_at' }))
  public openedAt!: Instant;

  @Column(instantColumn({ name: 'closed_at', nullable: true }))
  public closedAt!: Instant | null;

  @Column('integer')
  public version!: number;

  @Column(instantColumn({ name: 'created_at' }))
  public createdAt!: Instant;
}
