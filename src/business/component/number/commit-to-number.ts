import type { Unit } from '../../context';
import { selectAccessNumberByValue } from '../../../data/operation/number/select-access-numbers';
import { insertNumberCommitment, type NumberCommitment } from '../../../data/operation/number/number-commitment';
import { selectNumberClassesByCode } from '../../../data/operation/number/select-number-classes';
import type { NumberClass } from '../../../data/operation/number/number-class';
import { localDate, type TimeZone } from '../../../kernel/calendar';

/** The class of a number of the stock, where it is of one; `wide` has the system's scope. */
export async function classOfNumber(wide: Unit, value: string): Promise<NumberClass | undefined> {
  const number = await selectAccessNumberByValue(wide, value);
  if (number?.classCode == null) return undefined;
  const [found] = await selectNumberClassesByCode(wide, [number.classCode]);
  return found;
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
