import type { Unit } from '../../context';
import { toAccessNumber, type NumberHolder } from '../../../data/operation/number/access-number';
import {
  lockHeldBy,
  lockNumbersOf,
  lockNumbersOfMany,
  updateNumbers,
  type LockedNumber,
  type NumberStanding,
} from '../../../data/operation/number/write-access-numbers';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { operatorParameters } from '../organisation';
import { afterUse, mayBecome } from './model/state';
import { isAbsent, notInStock, waitForStock, type Absence } from './not-in-stock';
import { recordStanding } from './record-numbers';

/**
 * Locks the numbers that a subscriber has, and the one that it is to have: before the subscriber itself is locked, as the order of
 * components asks.
 * @returns those of the stock that it has
 */
export async function lockNumbersOfSubscriber(
  unit: Unit,
  subscriberId: Id<'subscriber'>,
  value: string | null = null,
): Promise<readonly string[]> {
  const rows = await lockNumbersOf(unit, subscriberId, value);
  return rows.filter((row) => row.subscriber_id === subscriberId).map((row) => row.value);
}

/**
 * As {@link lockNumbersOfSubscriber}, of many subscribers at once: each with the number that it is to have, or none. Of those that are not
 * in stock the unit knows so from then on. Where nobody is given one yet, it is enough to have seen that one is not there.
 */
export async function lockNumbersOfSubscribers(
  unit: Unit,
  touched: readonly { readonly subscriberId: Id<'subscriber'> | null; readonly next: string | null }[],
  needed: Absence,
): Promise<void> {
  const subscriberIds = touched.flatMap(({ subscriberId }) => subscriberId ?? []);
  const sought = await notInStock(unit);
  const asked = touched.flatMap(({ next }) => (next === null || isAbsent(sought, next, needed) ? [] : [{ value: next }]));
  if (subscriberIds.length + asked.length === 0) return;
  const found = await lockNumbersOfMany(unit, subscriberIds, asked.map(({ value }) => value)); // prettier-ignore
  for (const { value } of found) sought.delete(value);
  const missing = missingAmong(asked, found);
  if (missing.length === 0) return;
  await waitForStock(unit, missing);
  const come = await lockNumbersOfMany(unit, [], missing.map(({ value }) => value)); // prettier-ignore
  for (const { value } of come) sought.delete(value);
  for (const { value } of missingAmong(missing, come)) sought.set(value, 'LOCKED');
}

interface Valued {
  readonly value: string;
}

function missingAmong(asked: readonly Valued[], found: readonly Valued[]): readonly Valued[] {
  const values = new Set(found.map(({ value }) => value));
  return asked.filter(({ value }) => !values.has(value));
}

/**
 * Takes its numbers from a subscriber that ends, or that has another number from now on: ours rest 冷冻 for the operator's days, those
 * of another operator go back to it. `kept` is the number that it has from now on.
 */
export async function freezeNumbersOf(unit: Unit, subscriberId: Id<'subscriber'>, kept: string | null = null): Promise<void> {
  const rows = (await lockNumbersOf(unit, subscriberId, null)).filter(({ value }) => value !== kept);
  if (rows.length === 0) return;
  const { numberFreezeDays } = await operatorParameters(unit);
  await letGo(unit, rows, unit.now.add({ hours: 24 * numberFreezeDays }));
}

/** Takes its numbers from a subscriber that was never in service: they are free at once. */
export async function freeNumbersOf(unit: Unit, subscriberId: Id<'subscriber'>): Promise<void> {
  const rows = await lockNumbersOf(unit, subscriberId, null);
  await change(unit, rows.filter(({ state }) => mayBecome(state, 'idle')), { state: 'idle' }); // prettier-ignore
}

/** As {@link freezeNumbersOf}, of one number until an instant; one that the subscriber does not have is left alone. */
export async function freezeNumber(unit: Unit, value: string, subscriberId: Id<'subscriber'>, until: Instant): Promise<void> {
  const rows = await lockNumbersOf(unit, subscriberId, null);
  await letGo(
    unit,
    rows.filter((row) => row.value === value),
    until,
  );
}

async function letGo(unit: Unit, rows: readonly LockedNumber[], until: Instant): Promise<void> {
  for (const next of ['frozen', 'scrapped'] as const) {
    const standing = next === 'frozen' ? { state: next, until } : { state: next };
    await change(unit, rows.filter(({ state }) => mayBecome(state, next) && afterUse(state) === next), standing); // prettier-ignore
  }
}

/** Gives back whatever somebody holds 释放预占: an order that was cancelled, or has failed. */
export async function releaseHeldBy(unit: Unit, holder: NumberHolder): Promise<void> {
  await change(unit, await lockHeldBy(unit, holder), { state: 'idle' });
}

async function change(unit: Unit, rows: readonly LockedNumber[], standing: NumberStanding): Promise<void> {
  await updateNumbers(unit, rows.map(({ id }) => ({ id })), standing); // prettier-ignore
  for (const row of rows) recordStanding(unit, row, toAccessNumber(row, unit.now).state, standing);
}
