import { z } from 'zod';
import type { Refusal } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import type { AuthorityKind } from '../../discount';
import { money } from './item-content';
import { refuseOrder, type OrderRefusal } from './refusals';

/** How many charges of one order may be made smaller by hand. */
export const MANUAL_MAX = 20;
const REASON_LENGTH_MAX = 200;
const BASIS_POINTS_MAX = 10_000;

/** What is given away by hand on an order 手工优惠、减免: of the charges of an item under a charge code, or of one price. */
export const manualReduction = z.strictObject({
  itemNo: z.int(),
  kind: z.enum(['MANUAL_DISCOUNT', 'WAIVER'] as const satisfies readonly AuthorityKind[]),
  chargeCode: z.string().nullable(),
  priceCode: z.string().nullable(),
  /** Either an amount, or a part of what discounts leave. */
  amount: money.nullable(),
  basisPoints: z.int().nullable(),
  reason: z.string(),
});
export type ManualReduction = z.infer<typeof manualReduction>;

type Refused = { readonly ok: false; readonly refusals: readonly Refusal<OrderRefusal>[] };

/** What is wrong with what is given away by hand, whatever the order costs. */
export function checkManual(manual: readonly ManualReduction[], items: number): Refused[] {
  if (manual.length > MANUAL_MAX) return [refuseOrder('TOO_MANY', 'manual', { max: MANUAL_MAX })];
  return manual.flatMap((one, place) => {
    const field = `manual.${place}`;
    const { itemNo, chargeCode, priceCode, amount, basisPoints, reason } = one;
    const hasAmount = amount !== null && BigInt(amount.amountMinor) > 0n;
    const hasPart = basisPoints !== null && basisPoints >= 1 && basisPoints <= BASIS_POINTS_MAX;
    return [
      ...(itemNo >= 1 && itemNo <= items ? [] : [refuseOrder('MANUAL_NOT_FOUND', `${field}.itemNo`)]),
      ...((chargeCode === null) === (priceCode === null) ? [refuseOrder('MANUAL_TARGET', field)] : []),
      ...((amount === null) === (basisPoints === null) || !(hasAmount || hasPart) ? [refuseOrder('MANUAL_AMOUNT', field)] : []),
      ...(isBlank(reason) ? [refuseOrder('BLANK', `${field}.reason`)] : []),
      ...(hasHiddenCharacters(reason) ? [refuseOrder('CHARACTERS_REFUSED', `${field}.reason`)] : []),
      ...(lengthOf(reason) > REASON_LENGTH_MAX ? [refuseOrder('TOO_LONG', `${field}.reason`, { max: REASON_LENGTH_MAX })] : []),
    ];
  });
}
