import type { Unit } from '../../context';
import { selectNamedProducts, selectNodesBelow, type NamedProduct } from '../../../data/operation/product/known-names';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Refusal, Refuse } from '../../../kernel/result';
import { CHARGE_KIND_WORDS, selectChargeCodes, selectServiceTypes, type ChargeCode } from '../service';
import type { ChargeCodeNaming, NamesInDefinition, Naming } from './model/names-in-definition';
import type { DocumentRefusal } from './model/refusals';

/** Where something that names others stands, and what it is. */
export interface NamedFrom {
  readonly organisationId: Id<'organisation'>;
  /** Null: of every line of business. */
  readonly serviceType: string | null;
  /** The service types of the roles of a bundle. */
  readonly roles?: ReadonlyMap<string, string>;
}

/** The products that a definition names, by code: those that are offered wherever the definition is. */
export async function namedProducts(
  unit: Unit,
  names: Pick<NamesInDefinition, 'products'>,
  { organisationId }: NamedFrom,
): Promise<ReadonlyMap<string, NamedProduct>> {
  const found = await selectNamedProducts(unit, distinctCodes(names.products), organisationId);
  return new Map(found.map((product) => [product.code, product]));
}

/**
 * Whether everything that a definition names is there and fits: charge codes of the right kind and line of business (and in force
 * at the instant, when one is given), products of this node or of one above it, nodes at or below it, usage kinds of the service.
 */
export async function checkNames<Code extends string>(
  unit: Unit,
  names: NamesInDefinition,
  from: NamedFrom,
  inForceAt: Instant | null,
  refuse: Refuse<Code | DocumentRefusal>,
): Promise<readonly Refusal<Code | DocumentRefusal>[]> {
  const products = await namedProducts(unit, names, from);
  const codes = await selectChargeCodes(unit, distinctCodes(names.chargeCodes), { validAt: inForceAt ?? unit.now, knownAt: null });
  const chargeCodes = new Map(codes.map((code) => [code.code, code]));
  const nodes = new Set(await selectNodesBelow(unit, distinctCodes(names.organisations), from.organisationId));
  const usageKinds = await usageKindsOf(unit, from);
  return [
    ...names.chargeCodes.flatMap((naming) => checkChargeCode(naming, chargeCodes.get(naming.code), from, inForceAt !== null, refuse)),
    ...missing(names.products, (code) => products.has(code), 'PRODUCT_UNKNOWN', refuse),
    ...missing(names.organisations, (code) => nodes.has(code), 'ORGANISATION_UNKNOWN', refuse),
    ...names.usageKinds.flatMap(({ code, path }) =>
      usageKinds.has(code) ? [] : refuse('USAGE_KIND_UNKNOWN', path, { kind: code }).refusals,
    ),
  ];
}

function distinctCodes(namings: readonly Naming[]): string[] {
  return [...new Set(namings.map(({ code }) => code))];
}

function missing<Code extends string>(
  namings: readonly Naming[],
  isThere: (code: string) => boolean,
  refusal: 'PRODUCT_UNKNOWN' | 'ORGANISATION_UNKNOWN',
  refuse: Refuse<Code | DocumentRefusal>,
): readonly Refusal<Code | DocumentRefusal>[] {
  return namings.flatMap(({ code, path }) => (isThere(code) ? [] : refuse(refusal, path, { code }).refusals));
}

function checkChargeCode<Code extends string>(
  { code, path, kinds, role }: ChargeCodeNaming,
  known: ChargeCode | undefined,
  from: NamedFrom,
  mustBeInForce: boolean,
  refuse: Refuse<Code | DocumentRefusal>,
): readonly Refusal<Code | DocumentRefusal>[] {
  if (known === undefined) return refuse('CHARGE_CODE_UNKNOWN', path, { code }).refusals;
  if (!kinds.includes(known.kind)) return refuse('CHARGE_CODE_OF_OTHER_KIND', path, { code, kind: CHARGE_KIND_WORDS[known.kind] }).refusals;
  const serviceType = role === null ? from.serviceType : (from.roles?.get(role) ?? null);
  // What is of no line of business may be charged under the code of any: a bundle's price is split before it is billed.
  if (known.serviceType !== null && serviceType !== null && known.serviceType !== serviceType) {
    return refuse('CHARGE_CODE_OF_OTHER_SERVICE', path, { code }).refusals;
  }
  return mustBeInForce && known.terms === null ? refuse('CHARGE_CODE_NOT_IN_FORCE', path, { code }).refusals : [];
}

async function usageKindsOf(unit: Unit, { serviceType, roles }: NamedFrom): Promise<ReadonlySet<string>> {
  const codes = serviceType === null ? [...(roles?.values() ?? [])] : [serviceType];
  return new Set((await selectServiceTypes(unit, codes)).flatMap((type) => type.usageKinds));
}
