import type { ReadContext } from '../../context';
import { selectOperatorParameters } from '../../../data/operation/organisation/operator-parameter';
import { invariant } from '../../../kernel/failure';
import type { Bilingual } from '../../../kernel/result';
import { ShortLived } from '../../../kernel/short-lived';
import type { Json } from '../../../kernel/stable-json';
import {
  OPERATOR_PARAMETERS,
  OPERATOR_PARAMETER_NAMES,
  type OperatorParameterName,
  type OperatorParameters,
} from './model/operator-parameter';

const KEPT_MS = 5_000;
const kept = new ShortLived<OperatorParameters>(KEPT_MS);

/**
 * What holds for the whole operator. It is asked everywhere and hardly ever changed: each process keeps it for at most
 * 5 s, so a change takes that long to be in force everywhere.
 */
export function operatorParameters(context: Pick<ReadContext, 'sql'>): Promise<OperatorParameters> {
  return kept.get(async () => {
    const stored = new Map((await selectOperatorParameters(context.sql)).map((row) => [row.name, row.value]));
    return {
      timeZone: valueOf('timeZone', stored),
      currency: valueOf('currency', stored),
      calendar: valueOf('calendar', stored),
      numberReservationMinutes: valueOf('numberReservationMinutes', stored),
      numberFreezeDays: valueOf('numberFreezeDays', stored),
      proration: valueOf('proration', stored),
      terminationDay: valueOf('terminationDay', stored),
      firstPartialPiece: valueOf('firstPartialPiece', stored),
      changesWithinPeriod: valueOf('changesWithinPeriod', stored),
      partialFirstPeriod: valueOf('partialFirstPeriod', stored),
      contractsWhileStopped: valueOf('contractsWhileStopped', stored),
      taxRounding: valueOf('taxRounding', stored),
      name: valueOf('name', stored),
    };
  });
}

export function forgetOperatorParameters(): void {
  kept.forget();
}

function valueOf<Name extends OperatorParameterName>(name: Name, stored: ReadonlyMap<string, Json>): OperatorParameters[Name] {
  const read = OPERATOR_PARAMETERS[name].read(stored.get(name) ?? OPERATOR_PARAMETERS[name].initially);
  invariant('value' in read, `the operator's parameter ${name} cannot be read`);
  return read.value;
}

/** A parameter as it is shown to those who may change it. Version 0: never changed. */
export interface OperatorParameter {
  readonly name: OperatorParameterName;
  readonly meaning: Bilingual;
  readonly value: Json;
  readonly version: number;
}

/** Every parameter with its value in force, read now; none for those who may not see them. */
export async function listOperatorParameters(context: ReadContext): Promise<OperatorParameter[]> {
  if (!context.scope.permits('parameter:read')) return [];
  const stored = new Map((await selectOperatorParameters(context.sql)).map((row) => [row.name, row]));
  return OPERATOR_PARAMETER_NAMES.map((name) => ({
    name,
    meaning: OPERATOR_PARAMETERS[name].meaning,
    value: stored.get(name)?.value ?? OPERATOR_PARAMETERS[name].initially,
    version: stored.get(name)?.version ?? 0,
  }));
}
