import type { Unit } from '../../context';
import { refusedBy } from '../../../kernel/result';
import { selectChargeCodes } from '../service';
import { refuseNumber, type NumberRefusal } from './model/refusals';

/** Whether the deposit of a class can be held under a charge code: there is one of that kind. */
export async function checkDepositCode(
  unit: Pick<Unit, 'sql' | 'now'>,
  code: string | null | undefined,
): Promise<ReturnType<typeof refusedBy<NumberRefusal>>> {
  if (code == null) return undefined;
  const [found] = await selectChargeCodes(unit, [code], { validAt: unit.now, knownAt: null });
  return refusedBy<NumberRefusal>(found?.kind !== 'DEPOSIT' && refuseNumber('CHARGE_CODE_NOT_FOUND', 'depositChargeCode'));
}
