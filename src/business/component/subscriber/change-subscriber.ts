import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { LockedSubscriber, SubscriberChanges } from '../../../data/operation/subscriber/write-subscriber';
import type { Id } from '../../../kernel/id';
import { ok } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { managingNode } from '../organisation';
import { serviceTypeOf } from '../service';
import { checkAttributes } from './check-attributes';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';
import { recordChange } from './record-change';
import { subscriberToChange, type SubscriberChange } from './subscriber-to-change';
import { tellNetwork } from './tell-network';

/** What is not given stays as it is. */
export interface ChangeSubscriberInput extends SubscriberChange {
  /** Another node, at which the caller may write this line of business too. */
  readonly organisationId?: Id<'organisation'> | undefined;
  /** Replaces all of them. */
  readonly attributes?: Readonly<Record<string, Json>> | undefined;
}

/** Changes what a subscriber is 用户资料变更; status, identifiers, roles and payment have use cases of their own. */
export const changeSubscriber: UseCase<ChangeSubscriberInput, { subscriberId: Id<'subscriber'> }, SubscriberRefusal> = {
  name: 'changeSubscriber',
  permission: 'subscriber:write',
  async run(unit, input) {
    const subscriber = await subscriberToChange(unit, input);
    if (!subscriber.ok) return subscriber;
    const { id, service_type: line } = subscriber.value;
    if (input.organisationId !== undefined) {
      const refused = await managingNode(unit, input.organisationId, 'subscriber:write', refuseSubscriber, line);
      if (refused !== undefined) return refused;
    }
    if (input.attributes !== undefined) {
      const refused = checkAttributes(await serviceTypeOf(unit, line), input.attributes);
      if (refused !== undefined) return refused;
    }
    await changeSubscriberIn(unit, subscriber.value, input);
    if (input.attributes !== undefined) await tellNetwork(unit, subscriber.value);
    return ok({ subscriberId: id });
  },
};

/** Changes what a locked subscriber is, as part of a unit that does more and has checked it. */
export async function changeSubscriberIn(
  unit: Unit,
  subscriber: LockedSubscriber,
  input: Pick<ChangeSubscriberInput, 'organisationId' | 'attributes'>,
): Promise<void> {
  const { organisation_id: organisationId, attributes } = subscriber;
  const columns: SubscriberChanges = {};
  if (input.organisationId !== undefined) columns.organisationId = input.organisationId;
  if (input.attributes !== undefined) columns.attributes = input.attributes;
  const now: Record<string, Json> = { organisationId, attributes };
  await recordChange(unit, subscriber, {
    columns,
    before: Object.fromEntries(Object.keys(columns).map((column) => [column, now[column] ?? null])),
    after: columns as Json,
    event: 'SubscriberAttributeValueChangeEvent',
    payload: { changed: Object.keys(columns) },
  });
}
