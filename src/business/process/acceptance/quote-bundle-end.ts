import {
  chargeEarlyTermination,
  endsWithout,
  remainingFeesOf,
  sellable,
  selectStandingProducts,
  termOn,
  type BundleDefinition,
  type ContractTime,
  type LockedBundle,
  type StandingProduct,
  type TermContract,
} from '../../component/product';
import type { BoundProduct } from '../../component/order';
import { localDateOf, startOfDay } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { dateOf, dayNumberAt, dayNumberOf, type DayNumber } from '../../../kernel/day-number';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import { bundleWith, changesPlan, definitionOf, leaversOf, membersAfter, standingAt } from './bundle-members';
import { explainedLeaving } from './contracts';
import type { Accepting } from './order-kind';
import { quotePlan } from './quote-plan';
import { reckoningFrom, type Line } from './quote-products';

/** How many members are told what they cost alone: a bundle may have thousands. */
const MEMBERS_TOLD = 100;

/** What it costs where a bundle ends since members leave: told once, of the first of the order that does. */
export async function quoteBundleLeft(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<Line[]> {
  const bundle = await endedBy(accepting, subscriberId);
  return bundle === undefined ? [] : quoteBundleEnd(accepting, bundle, subscriberId);
}

/** The contract of the bundle that binds a subscriber when the order takes effect: the bundle would end without it. */
export async function boundByBundle(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<BoundProduct[]> {
  const bundle = await endedBy(accepting, subscriberId);
  const binding = bundle === undefined ? undefined : await bindingOf(accepting, bundle);
  const term = binding && termOn(binding.contract, binding.time, binding.day);
  return bundle === undefined || term === undefined ? [] : [{ product: bundle.code, until: String(dateOf(term.to)) }];
}

/** The bundle that ends since a subscriber leaves it by the order, if it is the first of those who do. */
async function endedBy(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<LockedBundle | undefined> {
  const bundle = bundleWith(accepting.parties, subscriberId);
  if (bundle === undefined) return undefined;
  const within = bundle.members;
  const [first = subscriberId] = leaversOf(accepting.items).filter((id) => within.some((member) => member.subscriberId === id));
  const after = membersAfter(accepting, bundle.id).filter((member) => member.subscriberId !== subscriberId);
  const ends = first === subscriberId && endsWithout(await definitionOf(accepting, bundle), { before: within, after });
  return ends ? bundle : undefined;
}

interface Binding {
  readonly contract: TermContract;
  readonly prices: BundleDefinition['prices'];
  readonly time: ContractTime;
  /** On which the order takes effect. */
  readonly day: DayNumber;
}

/** The contract of a bundle when the order takes effect. One that has ended already, or was never complete, binds nobody. */
async function bindingOf(accepting: Accepting, bundle: LockedBundle): Promise<Binding | undefined> {
  const { startAt, timeZone } = accepting;
  const standing = await standingAt(accepting, bundle);
  const { term: contract, prices } = await soldDefinition(accepting, bundle);
  if (contract === null || standing === undefined || standing === 'ENDED') return undefined;
  const [start, day] = [bundle.openedAt, startAt].map((at) => dayNumberAt(at, timeZone)) as [DayNumber, DayNumber];
  return { contract, prices, time: { start, pausedDays: 0 }, day };
}

/**
 * What it costs that a bundle ends when the order takes effect: its contract, and for those who were in it and stay, the stand-alone price of
 * their plans from that day to the end of the period.
 * @param leaver of whom it is told beside
 */
export async function quoteBundleEnd(accepting: Accepting, bundle: LockedBundle, leaver?: Id<'subscriber'>): Promise<Line[]> {
  const leaving = new Set([...leaversOf(accepting.items), leaver]);
  const stay = bundle.members.filter(({ subscriberId }) => !leaving.has(subscriberId));
  return [...(await quoteBundleContract(accepting, bundle)), ...(await quoteMembersAlone(accepting, bundle, stay))];
}

async function quoteMembersAlone(accepting: Accepting, bundle: LockedBundle, members: LockedBundle['members']): Promise<Line[]> {
  const standing = await standingAt(accepting, bundle);
  // They pay it already.
  if (standing === undefined || standing === 'ENDED' || members.length > MEMBERS_TOLD) return [];
  const roles = new Map((await definitionOf(accepting, bundle)).members.map((member) => [member.role, member.name]));
  const lines: Line[] = [];
  for (const { subscriberId, role } of members) {
    const plan = changesPlan(accepting.items, subscriberId) ? undefined : await planOf(accepting, subscriberId);
    const alone = plan === undefined ? [] : await quotePlan(accepting, plan, subscriberId);
    const of = roles.get(role) ?? { zh: role, en: role };
    for (const line of alone) lines.push({ ...line, name: { zh: `${line.name.zh}·${of.zh}`, en: `${line.name.en}: ${of.en}` } });
  }
  return lines;
}

/** The plan that a member holds when the order takes effect; its subscriber need not be locked. */
async function planOf({ wide, startAt }: Accepting, subscriberId: Id<'subscriber'>): Promise<StandingProduct | undefined> {
  const standing = await selectStandingProducts(wide, subscriberId, wide.now);
  return standing.find(
    ({ isPlan, validFrom, validTo }) => isPlan && !isBefore(startAt, validFrom) && (validTo === null || isBefore(startAt, validTo)),
  );
}

/** What it costs to leave the contract of a bundle when the order takes effect 套餐违约金, due at once. */
async function quoteBundleContract(accepting: Accepting, bundle: LockedBundle): Promise<Line[]> {
  const binding = await bindingOf(accepting, bundle);
  return binding === undefined ? [] : quoteBinding(accepting, bundle, binding, accepting.startAt);
}

/** What it costs that a bundle has ended on a day, an ISO date, since its grace was over. It was not charged from that day on. */
export async function quoteLapse(accepting: Accepting, bundle: LockedBundle, lapsedOn: string): Promise<Line[]> {
  const { term: contract, prices } = await soldDefinition(accepting, bundle);
  const date = localDateOf(lapsedOn);
  if (contract === null || date === undefined) return [];
  const { timeZone } = accepting;
  const time = { start: dayNumberAt(bundle.openedAt, timeZone), pausedDays: 0 };
  const binding = { contract, prices, time, day: dayNumberOf(date), unchargedDay: true };
  const lines = await quoteBinding(accepting, bundle, binding, startOfDay(date, timeZone));
  return lines.map((line) => ({
    ...line,
    explanation: {
      zh: `宽限期至 ${lapsedOn} 未补足成员，套餐终止；${line.explanation.zh}`,
      en: `Nobody took the missing member’s place before ${lapsedOn}, and the bundle ended. ${line.explanation.en}`,
    },
  }));
}

async function quoteBinding(
  accepting: Accepting,
  bundle: LockedBundle,
  binding: Binding & { readonly unchargedDay?: boolean },
  at: Instant,
): Promise<Line[]> {
  const { currency } = accepting;
  const { contract, prices, time, day } = binding;
  const { cycles, parameters } = await reckoningFrom(accepting, bundle.accountId, at);
  const instance = { start: time.start, end: null, quantities: [{ from: time.start, quantity: 1 }], negotiated: [], stops: [] };
  const charges = prices.flatMap((price) => (price.kind === 'RECURRING' ? [{ price, instance, cycles, parameters }] : []));
  // A day that is charged though the bundle ends on it is none of those that remain.
  const charged = parameters.terminationDay === 'CHARGED' && binding.unchargedDay !== true ? 1 : 0;
  const charge = chargeEarlyTermination(contract, time, day, (term) => remainingFeesOf(charges, day + charged, term));
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
