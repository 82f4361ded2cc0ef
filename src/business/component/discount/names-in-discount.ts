import { namesInEligibility, type NamesInDefinition } from '../product';
import type { DiscountDefinition } from './model/definition';

/** What a discount may lessen, and what a book of returned money may pay. */
const LESSENED = ['RECURRING', 'USAGE', 'ONE_TIME'];

/** Everything that a discount names and that must be there. */
export function namesInDiscount({ effect, appliesTo, eligibility }: DiscountDefinition): NamesInDefinition {
  const naming = (code: string, path: readonly string[], place: number) => ({ code, path: [...path, String(place)] });
  const all = (codes: readonly string[] | undefined, ...path: readonly string[]) =>
    (codes ?? []).map((code, place) => naming(code, path, place));
  const payable = effect.kind === 'DEPOSIT_RETURN' ? all(effect.returns.chargeCodes, 'effect', 'returns', 'chargeCodes') : [];
  const ofEligibility = namesInEligibility(eligibility, 'eligibility');
  return {
    chargeCodes: [...all(appliesTo.chargeCodes, 'appliesTo', 'chargeCodes'), ...payable].map((one) => ({
      ...one,
      kinds: LESSENED,
      role: null,
    })),
    products: [...all(appliesTo.products, 'appliesTo', 'products'), ...ofEligibility.products],
    organisations: ofEligibility.organisations,
    usageKinds: effect.kind === 'FREE_UNITS' ? all(effect.usageKinds, 'effect', 'usageKinds') : [],
  };
}
