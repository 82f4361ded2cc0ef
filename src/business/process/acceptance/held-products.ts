import { refuseOrder, type ContentOf, type ItemRequest } from '../../component/order';
import {
  HELD_MAX, brokenRules, definitionsOf, heldAt, selectStandingProducts, type HeldInstance, type ProductDefinition, type StandingProduct,
} from '../../component/product'; // prettier-ignore
import type { LockedSubscriber } from '../../component/subscriber';
import type { Unit } from '../../context';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import { refusedBy } from '../../../kernel/result';
import { nextPeriodOf } from './next-period';
import type { Accepting } from './order-kind';
import { subscriberOf } from './party-of';
import { offersFor, told, type Ordered, type Wanted } from './ordered-products';
import type { AcceptanceRefusal, Refused } from './refusals';

/** Kinds of items that change what a subscriber holds. */
type ProductItem = Extract<ItemRequest, { readonly kind: 'ADD_PRODUCT' | 'REMOVE_PRODUCT' | 'CHANGE_QUANTITY' | 'CHANGE_PLAN' }>;

interface HeldAhead extends HeldInstance {
  readonly isPlan: boolean;
}

/** What a subscriber holds when the order takes effect, and what it will hold when all items of the order have been done. */
export interface Holding {
  readonly held: readonly StandingProduct[];
  readonly plan: StandingProduct | undefined;
  /** Plans that are planned to follow. */
  readonly planned: readonly StandingProduct[];
  readonly ahead: readonly HeldAhead[];
  readonly definitions: ReadonlyMap<Id<'productVersion'>, ProductDefinition>;
}

/** The plans that are to follow, of what is held at an instant and after it. */
export function plannedAfter(standing: readonly StandingProduct[], at: Instant): Id<'productInstance'>[] {
  return standing.filter(({ isPlan, validFrom }) => isPlan && isBefore(at, validFrom)).map(({ instanceId }) => instanceId);
}

/** Whether the plans that are to follow are those for which it was quoted: what was paid for leaving with them is part of the price. */
export function checkPlanned(
  { planned }: Holding,
  { plannedIds }: { readonly plannedIds?: readonly Id<'productInstance'>[] | undefined },
  field: string,
): Refused | undefined {
  const same = plannedIds === undefined || planned.map(({ instanceId }) => instanceId).join() === plannedIds.join();
  return same ? undefined : refuseOrder('PLAN_CHANGED', field);
}

/** By the row that was locked: after an effect another is read, and what is held is reckoned again. */
const reckoned = new WeakMap<LockedSubscriber, Promise<Holding>>();

/**
 * What a locked subscriber holds, and what the items of the order make of it. Those that have been done already, and are in what it
 * holds, change nothing more. An order of a hundred items asks once.
 */
export function readHolding(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<Holding> {
  const row = subscriberOf(accepting.parties, subscriberId);
  const known = reckoned.get(row) ?? reckon(accepting, subscriberId);
  reckoned.set(row, known);
  return known;
}

async function reckon(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<Holding> {
  const { wide, startAt } = accepting;
  const standing = await selectStandingProducts(wide, subscriberId, wide.now);
  const definitions = (await definitionsOf(wide, standing)) as ReadonlyMap<Id<'productVersion'>, ProductDefinition>;
  const held = heldAt(standing.map(toSpan), startAt).map(({ product }) => product);
  const plan = held.find(({ isPlan }) => isPlan);
  const planned = standing.filter((one) => one.isPlan && isBefore(startAt, one.validFrom));
  const known = standing.flatMap((product): HeldAhead[] => {
    const rules = definitions.get(product.versionId)?.rules;
    const { instanceId, code, isPlan, validFrom: from, validTo: to } = product;
    return rules === undefined ? [] : [{ instanceId, code, rules, isPlan, from, to }];
  });
  return { held, plan, planned, ahead: await aheadOf(accepting, subscriberId, known), definitions };
}

function toSpan(product: StandingProduct): { readonly product: StandingProduct; readonly from: Instant; readonly to: Instant | null } {
  return { product, from: product.validFrom, to: product.validTo };
}

async function aheadOf(accepting: Accepting, subscriberId: Id<'subscriber'>, known: readonly HeldAhead[]): Promise<HeldAhead[]> {
  const items = accepting.items.filter((item): item is ProductItem => isAbout(item, subscriberId));
  const ordered = await offersFor(accepting, items.flatMap(wantedBy));
  let ahead = [...known];
  for (const item of items) ahead = await after(accepting, item, ahead, ordered);
  return ahead;
}

function isAbout(item: ItemRequest, subscriberId: Id<'subscriber'>): item is ProductItem {
  switch (item.kind) {
    case 'ADD_PRODUCT':
    case 'REMOVE_PRODUCT':
    case 'CHANGE_QUANTITY':
    case 'CHANGE_PLAN':
      return item.content.subscriberId === subscriberId;
    default:
      return false;
  }
}

/** What is held after one more item. */
async function after(
  accepting: Accepting,
  item: ProductItem,
  ahead: readonly HeldAhead[],
  ordered: readonly Ordered[],
): Promise<HeldAhead[]> {
  const { startAt } = accepting;
  if (item.kind === 'CHANGE_QUANTITY') return [...ahead];
  if (item.kind === 'REMOVE_PRODUCT') return ahead.filter(({ instanceId }) => instanceId !== item.content.instanceId);
  const instanceId = instanceIn(item.content);
  const offer = ordered.find(({ field }) => field === instanceId)?.offer;
  if (offer === undefined || ahead.some((one) => one.instanceId === instanceId)) return [...ahead];
  const { code } = offer;
  const isPlan = item.kind === 'CHANGE_PLAN';
  const from = isPlan ? await beginOfPlan(accepting, item.content) : startAt;
  const stay = isPlan ? ahead.flatMap((one) => endedAt(one, startAt, from)) : ahead;
  return [...stay, { instanceId, code, rules: offer.definition.rules, isPlan, from, to: null }];
}

/** A plan that is held ends when another begins; one that was planned is taken back. */
function endedAt(one: HeldAhead, startAt: Instant, at: Instant): HeldAhead[] {
  if (!one.isPlan) return [one];
  return isBefore(startAt, one.from) ? [] : [{ ...one, to: at }];
}

function wantedBy(item: ProductItem): Wanted[] {
  if (item.kind === 'ADD_PRODUCT') return [{ product: item.content.product, field: instanceIn(item.content), kind: 'ADD_ON' }];
  if (item.kind === 'CHANGE_PLAN') return [{ product: item.content.plan, field: instanceIn(item.content), kind: 'PLAN' }];
  return [];
}

/** The instance that an item is to make; its id is decided before anything is asked. */
export function instanceIn({ instanceId }: { readonly instanceId: Id<'productInstance'> | null }): Id<'productInstance'> {
  invariant(instanceId !== null, 'a quoted product has the id of its instance');
  return instanceId;
}

/** When the plan of an item is to begin. */
export async function beginOfPlan(accepting: Accepting, { subscriberId, when }: ContentOf<'CHANGE_PLAN'>): Promise<Instant> {
  return when === 'NOW' ? accepting.startAt : nextPeriodOf(accepting, subscriberId);
}

/** What an item brings and takes, by which rules that are broken are laid to it. */
interface Blame {
  readonly instanceId?: Id<'productInstance'>;
  readonly brought?: string;
  readonly taken?: readonly string[];
  readonly field: string;
}

/** Every rule that what is to be held breaks for what one item does. */
export function checkAhead(
  { startAt }: Accepting,
  { ahead }: Holding,
  { instanceId, brought, taken = [], field }: Blame,
): Refused | undefined {
  const blamed = brokenRules(ahead, startAt).filter((broken) => {
    if (broken.instanceId === instanceId) return true;
    const { breach } = broken;
    if (breach.rule === 'AT_MOST') return false;
    return breach.rule === 'EXCLUDES' ? breach.codes.some((code) => code === brought) : breach.codes.some((code) => taken.includes(code));
  });
  return refusedBy<AcceptanceRefusal>(
    ...blamed.map(({ code, breach }) => told(breach, code, field)),
    instanceId !== undefined && ahead.length > HELD_MAX && refuseOrder('PRODUCTS_TOO_MANY', field, { max: HELD_MAX }),
  );
}

/** An instance that an item is to change: held, and changed by no other item of the order. */
export function instanceToChange(
  { items }: Accepting,
  { held }: Holding,
  instanceId: Id<'productInstance'>,
): { readonly product: StandingProduct } | { readonly refused: Refused } {
  const product = held.find((one) => one.instanceId === instanceId);
  if (product === undefined) return { refused: refuseOrder('INSTANCE_NOT_HELD', 'instanceId') };
  return isChangedTwice(items, product) ? { refused: refuseOrder('INSTANCE_TWICE', 'instanceId', { product: product.code }) } : { product };
}

/** Whether more than one item of an order changes an instance: each would be quoted as if the other were not there. */
export function isChangedTwice(items: readonly ItemRequest[], product: StandingProduct): boolean {
  return items.filter((item) => changes(item, product)).length > 1;
}

function changes(item: ItemRequest, { instanceId, subscriberId }: StandingProduct): boolean {
  switch (item.kind) {
    case 'REMOVE_PRODUCT':
    case 'CHANGE_QUANTITY':
      return item.content.instanceId === instanceId;
    case 'CHANGE_PLAN':
      return item.content.replacesId === instanceId;
    case 'TERMINATE':
    case 'PORT_OUT':
      return item.content.subscriberId === subscriberId;
    default:
      return false;
  }
}

/** What a subscriber held just before an effect, of the rows as they are now. */
export async function standingNow(wide: Unit, subscriberId: Id<'subscriber'>): Promise<StandingProduct[]> {
  return selectStandingProducts(wide, subscriberId, wide.now);
}
