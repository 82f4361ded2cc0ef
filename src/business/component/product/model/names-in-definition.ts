import type { BundleDefinition, Eligibility, Price, ProductDefinition, TermContract } from './definition';

/** Something that a definition names, and the path at which it does. */
export interface Naming {
  readonly code: string;
  readonly path: readonly string[];
}

/** A charge code that is named, with the kinds of charge that it may be of. */
export interface ChargeCodeNaming extends Naming {
  readonly kinds: readonly string[];
  /** The role of a bundle whose service type it must fit; null: that of the product itself, or any. */
  readonly role: string | null;
}

/** Everything that a definition names and that must be there. */
export interface NamesInDefinition {
  readonly chargeCodes: readonly ChargeCodeNaming[];
  readonly products: readonly Naming[];
  readonly organisations: readonly Naming[];
  readonly usageKinds: readonly Naming[];
}

const naming = (code: string, ...path: readonly (string | number)[]): Naming => ({ code, path: path.map(String) });
const each = (codes: readonly string[] | undefined, ...path: readonly (string | number)[]): Naming[] =>
  (codes ?? []).map((code, place) => naming(code, ...path, place));

function ofPrices(prices: readonly Price[]): ChargeCodeNaming[] {
  return prices.map(({ chargeCode, kind }, place) => ({ ...naming(chargeCode, 'prices', place, 'chargeCode'), kinds: [kind], role: null }));
}

function ofTerm(term: TermContract | null): ChargeCodeNaming[] {
  if (term === null) return [];
  return [{ ...naming(term.earlyTermination.chargeCode, 'term', 'earlyTermination', 'chargeCode'), kinds: ['PENALTY'], role: null }];
}

/** What an eligibility names. */
export function namesInEligibility(
  { organisations, holdsAnyOf, holdsNoneOf }: Eligibility,
  ...path: readonly string[]
): Pick<NamesInDefinition, 'products' | 'organisations'> {
  return {
    products: [...each(holdsAnyOf, ...path, 'holdsAnyOf'), ...each(holdsNoneOf, ...path, 'holdsNoneOf')],
    organisations: each(organisations, ...path, 'organisations'),
  };
}

export function namesInProduct({ prices, rules, eligibility, term }: ProductDefinition): NamesInDefinition {
  const ofEligibility = namesInEligibility(eligibility, 'eligibility');
  return {
    chargeCodes: [...ofPrices(prices), ...ofTerm(term)],
    products: [
      ...rules.requires.flatMap((any, place) => each(any, 'rules', 'requires', place)),
      ...each(rules.excludes, 'rules', 'excludes'),
      ...ofEligibility.products,
    ],
    organisations: ofEligibility.organisations,
    usageKinds: prices.flatMap((price, place) => (price.kind === 'USAGE' ? naming(price.usageKind, 'prices', place, 'usageKind') : [])),
  };
}

export function namesInBundle({ members, prices, allowances, eligibility, term }: BundleDefinition): NamesInDefinition {
  const ofEligibility = namesInEligibility(eligibility, 'eligibility');
  return {
    chargeCodes: [
      ...members.map(({ chargeCode, role }, place) => ({
        ...naming(chargeCode, 'members', place, 'chargeCode'),
        kinds: ['RECURRING', 'ONE_TIME'],
        role,
      })),
      ...ofPrices(prices),
      ...ofTerm(term),
    ],
    products: [...members.flatMap(({ products }, place) => each(products, 'members', place, 'products')), ...ofEligibility.products],
    organisations: ofEligibility.organisations,
    usageKinds: allowances.flatMap(({ usageKinds }, place) => each(usageKinds, 'allowances', place, 'usageKinds')),
  };
}
