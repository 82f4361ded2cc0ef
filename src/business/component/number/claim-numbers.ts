import type { Unit } from '../../context';
import { toAccessNumber, type NumberHolder } from '../../../data/operation/number/access-number';
import { lockAskedNumbers, updateNumbers, type AskedNumberRow } from '../../../data/operation/number/write-access-numbers';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { holderAtCounter } from './holder-at-counter';
import { mayBecome } from './model/state';
import { isAbsent, notInStock, waitForStock, type Absence } from './not-in-stock';
import { recordStanding } from './record-numbers';

/** A number that a subscriber is to have. */
export interface NumberClaim {
  readonly value: string;
  /** Of the subscriber: a number is of one line of business, and its pool must be used at the subscriber's node. */
  readonly serviceType: string;
  readonly organisationId: Id<'organisation'>;
  /** The order that holds the number, where it is opened by one. */
  readonly holder: NumberHolder | null;
  readonly subscriberId: Id<'subscriber'>;
}

/**
 * What comes of a claim. A number that is not in stock is nobody's business here: it is opened as it is. One that is in use, or that
 * the claimant may not have (reserved by another, frozen, kept back, of another line of business or of a pool elsewhere), is told
 * apart in so far as a clerk acts on it differently.
 */
export type ClaimOutcome = 'AVAILABLE' | 'NOT_IN_STOCK' | 'IN_USE' | 'UNAVAILABLE';

interface Judged {
  readonly claim: NumberClaim;
  readonly row: AskedNumberRow | undefined;
  readonly outcome: ClaimOutcome;
}

/** Locks what is in stock of the claimed numbers, and says what would come of each claim; it changes nothing. */
export async function judgeClaims(unit: Unit, claims: readonly NumberClaim[]): Promise<readonly ClaimOutcome[]> {
  return (await judge(unit, claims, 'SEEN')).map(({ outcome }) => outcome);
}

/**
 * Gives numbers to subscribers 占用, in the unit that opens them or changes their numbers. Locks come before those of customers,
 * accounts and subscribers. Only when all claims can be met is anything changed.
 */
export async function occupyNumbers(unit: Unit, claims: readonly NumberClaim[]): Promise<readonly ClaimOutcome[]> {
  const judged = await judge(unit, claims, 'LOCKED');
  const outcomes = judged.map(({ outcome }) => outcome);
  if (outcomes.some((outcome) => outcome === 'IN_USE' || outcome === 'UNAVAILABLE')) return outcomes;
  const toOccupy = judged.flatMap(({ row, claim }) => (row === undefined || row.subscriber_id !== null ? [] : [{ row, claim }]));
  const numbers = toOccupy.map(({ row, claim }) => ({ id: row.id, subscriberId: claim.subscriberId }));
  await updateNumbers(unit, numbers, { state: 'occupied' });
  for (const { row, claim } of toOccupy) {
    const { state } = toAccessNumber(row, unit.now);
    recordStanding(unit, row, state, { state: 'occupied', subscriberId: claim.subscriberId });
  }
  return outcomes;
}

/** As {@link occupyNumbers}, of one. */
export async function occupyNumber(unit: Unit, claim: NumberClaim): Promise<ClaimOutcome> {
  const [outcome] = await occupyNumbers(unit, [claim]);
  invariant(outcome !== undefined, 'a claim has an outcome');
  return outcome;
}

async function judge(unit: Unit, claims: readonly NumberClaim[], needed: Absence): Promise<readonly Judged[]> {
  if (claims.length === 0) return [];
  const rows = new Map<string, AskedNumberRow>();
  const lock = async (asked: readonly NumberClaim[]): Promise<void> => {
    for (const row of await lockAskedNumbers(unit, asked)) rows.set(`${row.value} ${row.asked_at}`, row);
  };
  const rowOf = ({ value, organisationId }: NumberClaim): AskedNumberRow | undefined => rows.get(`${value} ${organisationId}`);
  const sought = await notInStock(unit);
  const unsought = claims.filter(({ value }) => !isAbsent(sought, value, needed));
  if (unsought.length > 0) await lock(unsought);
  const missing = unsought.filter((claim) => rowOf(claim) === undefined);
  if (missing.length > 0) {
    await waitForStock(unit, missing);
    await lock(missing);
    for (const claim of missing) if (rowOf(claim) === undefined) sought.set(claim.value, 'LOCKED');
  }
  const clerk = holderAtCounter(unit.actor);
  return claims.map((claim) => {
    const row = rowOf(claim);
    return { claim, row, outcome: row === undefined ? 'NOT_IN_STOCK' : outcomeOf(unit, claim, row, clerk) };
  });
}

function outcomeOf(unit: Unit, claim: NumberClaim, row: AskedNumberRow, clerk: NumberHolder | undefined): ClaimOutcome {
  const { state, holder, subscriberId } = toAccessNumber(row, unit.now);
  // It was ported in for this very subscriber, in this unit.
  if (subscriberId !== null) return subscriberId === claim.subscriberId ? 'AVAILABLE' : 'IN_USE';
  if (row.service_type !== claim.serviceType || !row.used_there || !mayBecome(state, 'occupied')) return 'UNAVAILABLE';
  // What the other operator has is not opened as a number of ours, but ported back.
  if (state === 'portedOut') return 'UNAVAILABLE';
  if (state !== 'preOccupied') return 'AVAILABLE';
  const mine = [claim.holder, clerk].some((one) => one != null && one.kind === holder?.kind && one.id === holder.id);
  return mine ? 'AVAILABLE' : 'UNAVAILABLE';
}
