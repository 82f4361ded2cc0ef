import { selectRelationsBetween, type RelationKind } from '../../component/customer';
import { refuseOrder, type BundleToJoin, type ItemRequest, type OrderedProduct } from '../../component/order';
import {
  definitionsOfBundles, endGraces, joinBundles, standingsOfBundle,
  type BundleDefinition, type BundleStanding, type JoiningMember, type LockedBundle, type Offer,
} from '../../component/product'; // prettier-ignore
import { dayNumberAt } from '../../../kernel/day-number';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { refusedBy, type Bilingual } from '../../../kernel/result';
import { offeredVersions } from './offered';
import type { Accepting } from './order-kind';
import { isOffered } from './ordered-products';
import type { AcceptanceRefusal, Refused } from './refusals';

export type BundleOffer = Extract<Offer, { readonly kind: 'BUNDLE' }>;

/** What is offered for a bundle that is ordered: the version that was quoted, even if another is sold by now. */
export async function bundleOffer(
  accepting: Pick<Accepting, 'organisationId' | 'unit' | 'items'>,
  bundle: OrderedProduct,
): Promise<Offer | undefined> {
  const { versionId } = bundle;
  if (versionId === null) return undefined;
  const [offer] = await offeredVersions(accepting, soldAt(bundle, accepting.unit.now), [versionId]);
  return offer !== undefined && isOffered(offer.state) ? offer : undefined;
}

/** When a product was sold: when it was quoted. */
export function soldAt({ soldAt: at }: OrderedProduct, now: Instant): Instant {
  return at === undefined ? now : instantFromDatabase(at);
}

/** A subscriber that joins a bundle by an item of an order. */
export interface Joiner {
  readonly subscriberId: Id<'subscriber'>;
  readonly to: BundleToJoin;
}

/** Who joins by an item, if somebody does. */
function joinerOf(item: ItemRequest): Joiner | undefined {
  if (item.kind !== 'OPEN' && item.kind !== 'JOIN_BUNDLE') return undefined;
  const { subscriberId, bundle: to } = item.content;
  return subscriberId === null || to === undefined ? undefined : { subscriberId, to };
}

/** The item of the order that opens a bundle, where it is named by its number. */
function openingOf(items: readonly ItemRequest[], { itemNo }: BundleToJoin): Extract<ItemRequest, { kind: 'OPEN_BUNDLE' }> | undefined {
  const item = itemNo === null ? undefined : items[itemNo - 1];
  return item?.kind === 'OPEN_BUNDLE' ? item : undefined;
}

function bundleIdOf(items: readonly ItemRequest[], to: BundleToJoin): Id<'bundleInstance'> | null {
  return to.bundleInstanceId ?? openingOf(items, to)?.content.bundleInstanceId ?? null;
}

/** Who joins a bundle by the items of an order, in their order. */
export function joinersOf(items: readonly ItemRequest[], bundleId: Id<'bundleInstance'>): Joiner[] {
  return items.flatMap((item) => {
    const joiner = joinerOf(item);
    return joiner !== undefined && bundleIdOf(items, joiner.to) === bundleId ? [joiner] : [];
  });
}

/** The subscribers that leave the bundles that they are in by the items of an order. */
export function leaversOf(items: readonly ItemRequest[]): Id<'subscriber'>[] {
  return items.flatMap((item) =>
    item.kind === 'TERMINATE' || item.kind === 'PORT_OUT' || item.kind === 'LEAVE_BUNDLE' ? [item.content.subscriberId] : [],
  );
}

/** Whether an item of an order gives a subscriber another plan. */
export function changesPlan(items: readonly ItemRequest[], subscriberId: Id<'subscriber'>): boolean {
  return items.some((item) => item.kind === 'CHANGE_PLAN' && item.content.subscriberId === subscriberId);
}

/** The bundle that a locked subscriber is in, where an item touches it. */
export function bundleWith({ bundles }: Accepting['parties'], subscriberId: Id<'subscriber'>): LockedBundle | undefined {
  return [...bundles.values()].find(({ members }) => members.some((member) => member.subscriberId === subscriberId));
}

/** The bundle and the role in which a subscriber is once all items of the order are done. */
export function roleAfter(
  accepting: Accepting,
  subscriberId: Id<'subscriber'>,
): { readonly bundle: LockedBundle; readonly role: string } | undefined {
  const bundle = bundleWith(accepting.parties, subscriberId);
  const member = bundle && membersAfter(accepting, bundle.id).find((one) => one.subscriberId === subscriberId);
  return bundle && member && { bundle, role: member.role };
}

/** Whether a subscriber is a member of some bundle once all items of the order are done: what recurs of its plan is not charged then. */
export function isMemberAfter(accepting: Accepting, subscriberId: Id<'subscriber'>): boolean {
  const joins = accepting.items.some((item) => joinerOf(item)?.subscriberId === subscriberId);
  return joins || roleAfter(accepting, subscriberId) !== undefined;
}

/** Who fills the roles of a bundle once all items of the order are done: who is in it already first. */
export function membersAfter(
  { items, parties }: Accepting,
  bundleId: Id<'bundleInstance'>,
): { readonly subscriberId: Id<'subscriber'>; readonly role: string }[] {
  if (items.some((item) => item.kind === 'CLOSE_BUNDLE' && item.content.bundleInstanceId === bundleId)) return [];
  const leaving = new Set(leaversOf(items));
  const joining = joinersOf(items, bundleId).map(({ subscriberId, to: { role } }) => ({ subscriberId, role }));
  const joins = new Set(joining.map(({ subscriberId }) => subscriberId));
  const within = (parties.bundles.get(bundleId)?.members ?? []).filter(({ subscriberId: id }) => !leaving.has(id) && !joins.has(id));
  return [...within, ...joining];
}

/**
 * Who is in a bundle once a member has left it, of those who are in it at this moment, and those whom the order brings. Who is to leave by
 * another item may do so later, when people have done their step of it, or not at all.
 */
export function membersWithout(
  { items }: Accepting,
  { id, members }: LockedBundle,
  subscriberId: Id<'subscriber'>,
): { readonly subscriberId: Id<'subscriber'>; readonly role: string }[] {
  const stay = members.filter((one) => one.subscriberId !== subscriberId);
  const joining = joinersOf(items, id).filter((one) => stay.every((member) => member.subscriberId !== one.subscriberId));
  return [...stay, ...joining.map(({ subscriberId: joins, to: { role } }) => ({ subscriberId: joins, role }))];
}

/** A bundle that somebody is to join, as the order finds it. */
interface BundleFound {
  readonly id: Id<'bundleInstance'>;
  readonly code: string;
  readonly definition: BundleDefinition;
  readonly holderId: Id<'customer'>;
}

/**
 * The bundle that is named: one that is there, or that an item of the order before this one opens. Undefined: that item cannot be done,
 * and says why itself.
 */
async function bundleFor(accepting: Accepting, { subscriberId, to }: Joiner): Promise<BundleFound | Refused | undefined> {
  const { items, parties, customerId } = accepting;
  if ((to.itemNo === null) === (to.bundleInstanceId === null)) return refuseOrder('BUNDLE_NOT_NAMED', 'bundle');
  const own = items.findIndex((item) => joinerOf(item)?.subscriberId === subscriberId);
  const opening = openingOf(items, to);
  if (opening !== undefined && (to.itemNo ?? 0) <= own) {
    const offer = await bundleOffer(accepting, opening.content.bundle);
    const { bundleInstanceId: id } = opening.content;
    if (id === null || offer?.kind !== 'BUNDLE') return undefined;
    if (parties.bundles.get(id)?.endedAt != null) return refuseOrder('BUNDLE_ENDED', 'bundle.itemNo');
    return { id, code: offer.code, definition: offer.definition, holderId: customerId };
  }
  const found = to.bundleInstanceId === null ? undefined : parties.bundles.get(to.bundleInstanceId);
  if (found === undefined) return refuseOrder('BUNDLE_NOT_FOUND', 'bundle.itemNo');
  // A grace that is over ends it too, though nobody has said so.
  if ((await standingAt(accepting, found)) === 'ENDED') return refuseOrder('BUNDLE_ENDED', 'bundle');
  const definition = await definitionOf(accepting, found);
  return { id: found.id, code: found.code, definition, holderId: found.holderId };
}

/** What the version of a bundle says. */
export async function definitionOf({ wide }: Pick<Accepting, 'wide'>, { versionId }: LockedBundle): Promise<BundleDefinition> {
  const definition = (await definitionsOfBundles(wide, [versionId])).get(versionId);
  invariant(definition !== undefined, 'a bundle is of a version of a bundle');
  return definition;
}

/** How a bundle stands on the day on which the order takes effect; undefined where it has never been complete. */
export async function standingAt(
  { wide, timeZone, startAt }: Pick<Accepting, 'wide' | 'timeZone' | 'startAt'>,
  { id: bundleInstanceId, versionId }: LockedBundle,
): Promise<BundleStanding['state'] | undefined> {
  const day = dayNumberAt(startAt, timeZone);
  const [standing] = await standingsOfBundle(wide, { bundleInstanceId, versionId }, { from: day, to: day + 1 }, timeZone);
  return standing?.state;
}

/** Who holds the bundle that is named; undefined where there is none. */
export function holderOfBundle({ parties, customerId, items }: Accepting, to: BundleToJoin): Id<'customer'> | undefined {
  if (to.bundleInstanceId !== null) return parties.bundles.get(to.bundleInstanceId)?.holderId;
  return openingOf(items, to) === undefined ? undefined : customerId;
}

/** Every reason why a subscriber cannot join a bundle: with its owner, on the plans that it will hold, in a role. */
export async function checkJoining(
  accepting: Accepting,
  joiner: Joiner,
  { ownerId, plans, field }: { readonly ownerId: Id<'customer'>; readonly plans: readonly string[]; readonly field: string },
): Promise<Refused | undefined> {
  const found = await bundleFor(accepting, joiner);
  if (found === undefined || 'ok' in found) return found;
  const { id, code: bundle, definition, holderId } = found;
  const { role } = joiner.to;
  const member = definition.members.find((one) => one.role === role);
  if (member === undefined) return refuseOrder('BUNDLE_ROLE_UNKNOWN', 'bundle.role', { bundle, role });
  const inRole = membersAfter(accepting, id).filter((one) => one.role === role);
  const place = inRole.findIndex(({ subscriberId }) => subscriberId === joiner.subscriberId);
  const { most } = member;
  const related = await isWithin(accepting, definition.across, holderId, ownerId);
  return refusedBy<AcceptanceRefusal>(
    place >= most && refuseOrder('BUNDLE_FULL', 'bundle.role', { bundle, role, most }),
    ...plans.map((product) => !member.products.includes(product) && refuseOrder('PLAN_NOT_OF_ROLE', field, { product, bundle, role })),
    !related && refuseOrder('MEMBER_NOT_RELATED', 'bundle', { bundle, across: REACH_TOLD[definition.across] }),
  );
}

/** How the owner of a member must be related to the holder 成员范围, where it is not the holder: one to the other, either way. */
const RELATED_BY: Readonly<Record<BundleDefinition['across'], readonly RelationKind[]>> = {
  CUSTOMER: [],
  FAMILY: ['FAMILY', 'PARENT'],
  ENTERPRISE: ['EMPLOYER', 'PARENT'],
};

/** Who may be in a bundle, in the words of the clerk. */
const REACH_TOLD = {
  CUSTOMER: { zh: '同一客户', en: 'the same customer' },
  FAMILY: { zh: '家庭', en: 'the family' },
  ENTERPRISE: { zh: '企业', en: 'the enterprise' },
} as const satisfies Readonly<Record<BundleDefinition['across'], Bilingual>>;

/** Whether subscribers of a customer may be in a bundle of the holder. */
export async function isWithin(
  { wide }: Pick<Accepting, 'wide'>,
  across: BundleDefinition['across'],
  holderId: Id<'customer'>,
  ownerId: Id<'customer'>,
): Promise<boolean> {
  if (holderId === ownerId) return true;
  const kinds = RELATED_BY[across];
  if (kinds.length === 0) return false;
  const relations = await selectRelationsBetween(wide, holderId, [ownerId], { validAt: wide.now, knownAt: null });
  return relations.some(({ kind }) => kinds.includes(kind));
}

/** Takes subscribers into the bundles that their items name; it has been checked. */
export async function joinOrdered(
  { wide, orderId, items, parties: { bundles } }: Accepting,
  joiners: readonly (Joiner & { readonly itemNo: number })[],
): Promise<void> {
  const members = joiners.map(({ subscriberId, to, itemNo }): JoiningMember => {
    const id = bundleIdOf(items, to);
    const bundle = id === null ? undefined : bundles.get(id);
    invariant(bundle !== undefined, 'a bundle is there before it is joined');
    const { role } = to;
    bundles.set(bundle.id, { ...bundle, members: [...bundle.members, { subscriberId, role }] });
    return { bundleId: bundle.id, subscriberId, role, orderId, itemNo, organisationId: bundle.organisationId };
  });
  await joinBundles(wide, members);
  const joined = new Set(members.map(({ bundleId }) => bundleId));
  await endGraces(wide, [...bundles.values()].filter(({ id }) => joined.has(id))); // prettier-ignore
}
