import type { Unit } from '../../context';
import { updateSubscriber, type LockedSubscriber, type SubscriberChanges } from '../../../data/operation/subscriber/write-subscriber';
import type { Json } from '../../../kernel/stable-json';

interface Change {
  /** The subscriber's own columns that change; none when a fact of it changes. */
  readonly columns?: SubscriberChanges;
  readonly before: Json;
  readonly after: Json;
  readonly event: 'SubscriberAttributeValueChangeEvent' | 'SubscriberStateChangeEvent';
  readonly payload: Json;
}

/** Changes a locked subscriber and moves its version on, with its line in the audit trail and its event. */
export async function recordChange(
  unit: Unit,
  subscriber: LockedSubscriber,
  { columns = {}, before, after, event, payload }: Change,
): Promise<void> {
  await updateSubscriber(unit.transaction, subscriber, columns);
  unit.audit({
    subjectKind: 'subscriber',
    subjectId: subscriber.id,
    organisationId: columns.organisationId ?? subscriber.organisation_id,
    serviceType: subscriber.service_type,
    before,
    after,
  });
  unit.emit({ type: event, subjectKind: 'subscriber', subjectId: subscriber.id, payload });
}
