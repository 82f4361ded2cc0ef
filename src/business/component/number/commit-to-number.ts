import type { Unit } from '../../context';
import { selectAccessNumbersByValue } from '../../../data/operation/number/select-access-numbers';
import { insertNumberCommitment, type NumberCommitment } from '../../../data/operation/number/number-commitment';
import { selectNumberClassesByCode } from '../../../data/operation/number/select-number-classes';
import type { NumberClass } from '../../../data/operation/number/number-class';
import { localDate, type TimeZone } from '../../../kernel/calendar';
import { notInStock } from './not-in-stock';

/** The classes of numbers of the stock, by number: of those that are of one; `wide` has the system's scope. */
export async function classesOfNumbers(wide: Unit, values: readonly string[]): Promise<ReadonlyMap<string, NumberClass>> {
  const inStock = await selectAccessNumbersByValue(wide, values);
  const [there, absent] = [new Set(inStock.map(({ value }) => value)), await notInStock(wide)];
  for (const value of values) if (!there.has(value) && !absent.has(value)) absent.set(value, 'SEEN');
  const numbers = inStock.filter(({ classCode }) => classCode !== null);
  if (numbers.length === 0) return new Map();
  const classes = await selectNumberClassesByCode(wide, [...new Set(numbers.flatMap(({ classCode }) => classCode ?? []))]);
  return new Map(
    numbers.flatMap(({ value, classCode }) => {
      const found = classes.find(({ code }) => code === classCode);
      return found === undefined ? [] : [[value, found] as const];
    }),
  );
}

/** Records what is undertaken for a number of a class 保底承诺, for so many months from today on. */
export async function commitToNumber(
  unit: Unit,
  { months, ...commitment }: Omit<NumberCommitment, 'from' | 'until'> & { readonly months: number },
  timeZone: TimeZone,
): Promise<void> {
  const today = localDate(unit.now, timeZone);
  const [from, until] = [String(today), String(today.add({ months }))];
  await insertNumberCommitment(unit.transaction, { ...commitment, from, until }, unit.now);
}
