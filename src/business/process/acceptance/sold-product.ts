import {
  definitionsOf, readNegotiated, selectInstanceChanges, sellable, stopsOf,
  type InstanceTimeline, type ProductDefinition, type StandingProduct, type StoppedSpan,
} from '../../component/product'; // prettier-ignore
import { selectStopsOf, stopReasonsOf } from '../../component/subscriber';
import type { Unit } from '../../context';
import { dayNumberAt } from '../../../kernel/day-number';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Accepting } from './order-kind';

/** What an instance says, with the prices at which it was sold. */
export async function definitionSold(wide: Unit, { versionId, state, sold }: StandingProduct): Promise<ProductDefinition> {
  const [offer] = sold === null ? [] : await sellable(wide, { ...sold, codes: [], versionIds: [versionId] });
  if (offer !== undefined && offer.kind !== 'BUNDLE') return offer.definition;
  const definition = (await definitionsOf(wide, [{ versionId, state }])).get(versionId);
  invariant(definition !== undefined, 'what is held has a definition');
  return definition as ProductDefinition;
}

/** How an instance came to be what it is, in local days, and for what its subscriber was stopped meanwhile. */
export async function timelineOf(
  accepting: Accepting,
  subscriberId: Id<'subscriber'>,
  { instanceId }: StandingProduct,
): Promise<InstanceTimeline> {
  const { wide, timeZone } = accepting;
  const changes = await selectInstanceChanges(wide, [instanceId]);
  const quantities = changes.map(({ from, quantity }) => ({ from: dayNumberAt(from, timeZone), quantity }));
  const [first] = quantities;
  invariant(first !== undefined, 'what is held has begun');
  return { start: first.from, end: null, quantities, negotiated: [], stops: stopsOf(await stoppedSpans(accepting, subscriberId)) };
}

/** An instance at what was agreed upon for one of its prices; what was agreed holds for all the time that it is held. */
export function asAgreed(instance: InstanceTimeline, { negotiated }: StandingProduct, priceCode: string): InstanceTimeline {
  const amountMinor = readNegotiated(negotiated).get(priceCode);
  return amountMinor === undefined ? instance : { ...instance, negotiated: [{ from: instance.start, amountMinor }] };
}

/** For what a subscriber was stopped 停机, in local days. */
export async function stoppedSpans({ wide, timeZone }: Accepting, subscriberId: Id<'subscriber'>): Promise<StoppedSpan[]> {
  const stops = await selectStopsOf(wide, subscriberId);
  return stops.reverse().map(({ stopReasons, validFrom, validTo }) => ({
    reasons: stopReasonsOf(stopReasons),
    from: dayNumberAt(validFrom, timeZone),
    to: validTo === null ? null : dayNumberAt(validTo, timeZone),
  }));
}
