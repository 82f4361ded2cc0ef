import type { FactTime, ReadContext } from '../../context';
import type { ChargeCode } from '../../../data/operation/service/charge-code';
import { selectChargeCodes } from '../../../data/operation/service/select-charge-codes';

/** Charge codes with the terms that held at an instant, for whoever may see them: business that charges asks `selectChargeCodes`. */
export async function findChargeCodes(context: ReadContext, codes: readonly string[], time: FactTime): Promise<ChargeCode[]> {
  return context.scope.permits('service:read') ? selectChargeCodes(context, codes, time) : [];
}
