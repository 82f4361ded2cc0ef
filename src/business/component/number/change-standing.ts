import type { Unit } from '../../context';
import { toAccessNumber } from '../../../data/operation/number/access-number';
import { lockNumbers, updateNumbers, type LockedNumber, type NumberStanding } from '../../../data/operation/number/write-access-numbers';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import { checkNumbers } from './model/checks';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { mayBecome } from './model/state';
import { recordStanding } from './record-numbers';

/** What a change of named numbers answers. */
export type NumbersChanged = { readonly accessNumberIds: readonly Id<'accessNumber'>[] };

export interface NumbersInput {
  /** At most 1,000, of pools that the caller manages. */
  readonly numbers: readonly string[];
}

/** Locks the numbers that a manager of numbers names, in the order in which he names them; all must be there. */
export async function numbersToChange(unit: Unit, { numbers }: NumbersInput): Promise<Result<readonly LockedNumber[], NumberRefusal>> {
  const values = numbers.map((number) => number.trim());
  const refused = checkNumbers(values);
  if (refused !== undefined) return refused;
  const locked = new Map((await lockNumbers(unit, values, 'number:write', 'managed')).map((row) => [row.value, row]));
  const missing = refusedBy(...values.map((value, place) => !locked.has(value) && refuseNumber('NOT_FOUND', `numbers.${place}`)));
  return missing ?? ok([...values.map((value) => locked.get(value) as LockedNumber)]);
}

/** Gives numbers another state by hand; those from whose state none leads there refuse the whole. */
export async function changeStandings(
  unit: Unit,
  input: NumbersInput,
  from: readonly LockedNumber['state'][],
  to: Pick<NumberStanding, 'state' | 'until'>,
): Promise<Result<NumbersChanged, NumberRefusal>> {
  const locked = await numbersToChange(unit, input);
  if (!locked.ok) return locked;
  const numbers = locked.value.map((row) => ({ row, state: toAccessNumber(row, unit.now).state }));
  const refused = refusedBy<NumberRefusal>(
    ...numbers.map(
      ({ row, state }, place) =>
        !(from.includes(state) && mayBecome(state, to.state)) &&
        refuseNumber('STATE_REFUSES', `numbers.${place}`, { number: row.value, state }),
    ),
  );
  if (refused !== undefined) return refused;
  await updateNumbers(unit, locked.value.map(({ id }) => ({ id })), to); // prettier-ignore
  for (const { row, state } of numbers) recordStanding(unit, row, state, to);
  return ok({ accessNumberIds: locked.value.map(({ id }) => id) });
}
