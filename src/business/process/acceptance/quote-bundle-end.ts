import {
  chargeEarlyTermination,
  endsWithout,
  remainingFeesOf,
  sellable,
  type BundleDefinition,
  type LockedBundle,
} from '../../component/product';
import { dayNumberAt } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import { bundleWith, definitionOf, leaversOf, membersAfter, standingAt } from './bundle-members';
import { explainedLeaving } from './contracts';
import type { Accepting } from './order-kind';
import { reckoningFrom, type Line } from './quote-products';

/** What the bundle's contract costs where the bundle ends since members leave: told once, of the first of the order that does. */
export async function quoteBundleLeft(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<Line[]> {
  const bundle = bundleWith(accepting.parties, subscriberId);
  if (bundle === undefined) return [];
  const within = bundle.members;
  const [first = subscriberId] = leaversOf(accepting.items).filter((id) => within.some((member) => member.subscriberId === id));
  const after = membersAfter(accepting, bundle.id).filter((member) => member.subscriberId !== subscriberId);
  const ends = first === subscriberId && endsWithout(await definitionOf(accepting, bundle), { before: within, after });
  return ends ? quoteBundleEnd(accepting, bundle) : [];
}

/**
 * What it costs to leave the contract of a bundle when the order takes effect 套餐违约金, due at once. A bundle that has ended already, or was
 * never complete, binds nobody.
 */
export async function quoteBundleEnd(accepting: Accepting, bundle: LockedBundle): Promise<Line[]> {
  const { startAt, timeZone, currency } = accepting;
  const standing = await standingAt(accepting, bundle);
  const { term: contract, prices } = await soldDefinition(accepting, bundle);
  if (contract === null || standing === undefined || standing === 'ENDED') return [];
  const [start, day] = [bundle.openedAt, startAt].map((at) => dayNumberAt(at, timeZone)) as [number, number];
  const { cycles, parameters } = await reckoningFrom(accepting, bundle.accountId, startAt);
  const instance = { start, end: null, quantities: [{ from: start, quantity: 1 }], negotiated: [], stops: [] };
  const charges = prices.flatMap((price) => (price.kind === 'RECURRING' ? [{ price, instance, cycles, parameters }] : []));
  // A day that is charged though the bundle ends on it is none of those that remain.
  const charged = parameters.terminationDay === 'CHARGED' ? 1 : 0;
  const charge = chargeEarlyTermination(contract, { start, pausedDays: 0 }, day, (term) => remainingFeesOf(charges, day + charged, term));
  if (charge === undefined || charge.amountMinor === 0n) return [];
  const { chargeCode, taxIncluded } = contract.earlyTermination;
  const name = { zh: `违约金：融合套餐 ${bundle.code}`, en: `Early termination: bundle ${bundle.code}` };
  const explanation = explainedLeaving(contract, charge, currency);
  const { amountMinor } = charge;
  const leaves = { id: bundle.id, code: bundle.code };
  return [{ kind: 'PENALTY', name, chargeCode, quantity: 1, amountMinor, dueNow: true, taxIncluded, taxMinor: 0n, leaves, explanation }];
}

/** What a bundle says, with the prices at which it was sold. */
async function soldDefinition(accepting: Accepting, bundle: LockedBundle): Promise<BundleDefinition> {
  const [offer] = await sellable(accepting.wide, { ...bundle.sold, codes: [], versionIds: [bundle.versionId] });
  return offer?.kind === 'BUNDLE' ? offer.definition : definitionOf(accepting, bundle);
}
