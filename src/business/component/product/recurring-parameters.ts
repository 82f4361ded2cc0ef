import type { OperatorParameters } from '../organisation';
import type { RecurringParameters } from './model/charge-recurring';

/** What the operator has decided about recurring charges. */
export function recurringParameters(operator: OperatorParameters): RecurringParameters {
  const { terminationDay, firstPartialPiece, changesWithinPeriod: changes, partialFirstPeriod } = operator;
  return { terminationDay, firstPartialPiece, changes, partialFirstPeriod };
}
