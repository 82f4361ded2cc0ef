import type { Unit } from '../../context';
import type { LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
import { writeStatus } from '../../../data/operation/subscriber/write-subscriber-facts';
import type { Id } from '../../../kernel/id';
import type { Standing } from './model/stopping';
import { stopReasonsOf, type StopReason } from './model/stop-reasons';
import { recordChange } from './record-change';

/** What a change of status answers. */
export type StandingChanged = {
  readonly subscriberId: Id<'subscriber'>;
  readonly status: Standing['status'];
  readonly stopReasons: readonly StopReason[];
};

/** Gives a locked subscriber another status or other stop reasons, from now on, and writes its history. */
export async function changeStanding(unit: Unit, subscriber: LockedSubscriber, next: Standing): Promise<StandingChanged> {
  await writeStatus(unit.transaction, subscriber.id, next, unit.now, unit.now);
  const after = { status: next.status, stopReasons: stopReasonsOf(next.stopReasons) };
  await recordChange(unit, subscriber, {
    columns: next,
    before: { status: subscriber.status, stopReasons: stopReasonsOf(subscriber.stop_reasons) },
    after,
    event: 'SubscriberStateChangeEvent',
    payload: after,
  });
  return { subscriberId: subscriber.id, ...after };
}
