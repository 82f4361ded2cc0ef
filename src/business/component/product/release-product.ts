import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import { writeRelease } from '../../../data/operation/product/product-release';
import { selectOffers } from '../../../data/operation/product/select-offers';
import { lockOfferedProduct, updateProduct, type LockedProduct } from '../../../data/operation/product/write-product';
import { instantToText, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { currencyOf, formatAmount, type CurrencyCode } from '../../../kernel/money';
import { isBefore, periodOf, type Period } from '../../../kernel/period';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import { invariant } from '../../../kernel/failure';
import type { Json } from '../../../kernel/stable-json';
import { EVERY_LINE, managingNode, operatorParameters, selectAncestorIds } from '../organisation';
import { checkNames } from './check-names';
import { definitionsOf } from './definitions';
import { documentWords } from './document-words';
import type { Eligibility } from './model/definition';
import { namesInEligibility } from './model/names-in-definition';
import { checkNodePrice, type PriceProblem } from './model/node-prices';
import { readDocument } from './model/read-document';
import { refuseProduct, type ProductRefusal } from './model/refusals';
import { releaseSchema, type ReleaseDocument } from './model/release-schema';
import { toStored } from './model/stored-document';

export interface ReleaseProductInput {
  readonly productId: Id<'product'>;
  readonly expectedVersion: number;
  /** The product's own node or one below it: what is said holds there and further below. */
  readonly organisationId: Id<'organisation'>;
  readonly sold: boolean;
  /** An eligibility that must be fulfilled beside the product's own. */
  readonly narrowing?: Json;
  /** Other amounts: `[{code, amounts}]`, one amount, or of a recurring price one for each phase. */
  readonly prices?: Json;
  readonly from?: Instant | null;
  readonly to?: Instant | null;
}

/**
 * Says at a lower node how a product is sold there and below 分级发布: not at all, to fewer, or at other prices within the authority
 * that the product's own node has given.
 */
export const releaseProduct: UseCase<ReleaseProductInput, { productId: Id<'product'> }, ProductRefusal> = {
  name: 'releaseProduct',
  permission: 'catalogue:release',
  async run(unit, input) {
    const product = await lockOfferedProduct(unit, input.productId, 'catalogue:release');
    if (product === undefined) return refuseProduct('NOT_FOUND', 'productId');
    if (product.version !== input.expectedVersion) return refuseProduct('STALE_VERSION', 'expectedVersion', { version: product.version });
    const refused = await managingNode(unit, input.organisationId, 'catalogue:release', refuseProduct, product.service_type ?? EVERY_LINE);
    if (refused !== undefined) return refused;
    if (!(await isOffered(unit, product.organisation_id, input.organisationId))) {
      return refuseProduct('NOT_OFFERED_THERE', 'organisationId');
    }
    const valid = periodOf(input.from, input.to, unit.now);
    if (valid === undefined) return refuseProduct('INVALID_PERIOD', input.to == null ? 'from' : 'to');
    if (isBefore(valid.from, unit.now)) return refuseProduct('IN_THE_PAST', 'from');
    const said = await readRelease(unit, product, input, valid);
    return said.ok ? ok(await record(unit, product, { ...input, ...said.value, valid })) : said;
  },
};

/** Whether what belongs to a node is offered at another: at the node itself and those below it. */
async function isOffered(unit: Unit, ownNode: Id<'organisation'>, atNode: Id<'organisation'>): Promise<boolean> {
  return (await selectAncestorIds(unit, [atNode])).get(atNode)?.has(ownNode) === true;
}

interface Said {
  readonly narrowing: Json;
  readonly prices: Json;
}

async function readRelease(
  unit: Unit,
  product: LockedProduct,
  { organisationId, narrowing = {}, prices = [] }: ReleaseProductInput,
  valid: Period,
): Promise<Result<Said, ProductRefusal>> {
  const { currency } = await operatorParameters(unit);
  const document = readDocument<ReleaseDocument, ProductRefusal>(
    releaseSchema(documentWords(currency)),
    { narrowing, prices },
    refuseProduct,
    '',
  );
  // The two parts stand at the top of the input.
  if (!document.ok) return { ok: false, refusals: document.refusals.map((one) => ({ ...one, field: one.field?.slice(1) ?? null })) };
  const { value } = document;
  const refused = refusedBy(
    await checkNarrowing(unit, value.narrowing, organisationId),
    await checkPrices(unit, product, { organisationId, valid, currency, prices: value.prices }),
  );
  return refused ?? ok({ narrowing: toStored(value.narrowing), prices: toStored(value.prices) });
}

async function checkNarrowing(
  unit: Unit,
  narrowing: Eligibility,
  organisationId: Id<'organisation'>,
): Promise<ReturnType<typeof refusedBy<ProductRefusal>>> {
  const names = { chargeCodes: [], usageKinds: [], ...namesInEligibility(narrowing, 'narrowing') };
  const refusals = await checkNames(unit, names, { organisationId, serviceType: null }, null, refuseProduct);
  return refusals.length === 0 ? undefined : { ok: false, refusals };
}

interface NodePricing {
  readonly organisationId: Id<'organisation'>;
  readonly valid: Period;
  readonly currency: CurrencyCode;
  readonly prices: ReleaseDocument['prices'];
}

/** Prices are changed of what is sold at the beginning of the period: what comes later has an authority of its own. */
async function checkPrices(
  unit: Unit,
  product: LockedProduct,
  { organisationId, valid, currency, prices }: NodePricing,
): Promise<ReturnType<typeof refusedBy<ProductRefusal>>> {
  const asked = { organisationId, at: valid.from, codes: [product.code], versionIds: [] };
  const [offer] = await selectOffers(unit, asked);
  if (offer === undefined) return prices.length === 0 ? undefined : refuseProduct('NOT_IN_SALE', 'productId');
  const definition = (await definitionsOf(unit, [offer])).get(offer.versionId);
  invariant(definition !== undefined, 'a version that is sold has a definition');
  return refusedBy(
    ...prices.map(({ code, amountsMinor }, place) => {
      const problem = checkNodePrice(definition, code, amountsMinor);
      return problem !== undefined && refusePrice(problem, { code, place, currency });
    }),
  );
}

function refusePrice(
  problem: PriceProblem,
  { code, place, currency }: { readonly code: string; readonly place: number; readonly currency: CurrencyCode },
): ReturnType<typeof refuseProduct> {
  const path = ['prices', String(place)];
  const amount = (amountMinor: bigint): string => formatAmount({ amountMinor, currency: currencyOf(currency) ?? currency });
  switch (problem.problem) {
    case 'BEYOND_PRICE_AUTHORITY': {
      const { least, most } = problem;
      return refuseProduct('BEYOND_PRICE_AUTHORITY', [...path, 'amounts', String(problem.place)], {
        code,
        least: amount(least),
        most: amount(most),
      });
    }
    case 'AMOUNTS_MISMATCH':
      return refuseProduct('AMOUNTS_MISMATCH', [...path, 'amounts'], { code, count: problem.count });
    case 'PRICE_UNKNOWN':
    case 'NO_PRICE_AUTHORITY':
      return refuseProduct(problem.problem, [...path, 'code'], { code });
  }
}

async function record(
  unit: Unit,
  product: LockedProduct,
  {
    organisationId,
    sold,
    narrowing,
    prices,
    valid,
  }: Said & Pick<ReleaseProductInput, 'organisationId' | 'sold'> & { readonly valid: Period },
): Promise<{ productId: Id<'product'> }> {
  const { id: productId, code, service_type: serviceType } = product;
  await writeRelease(unit.transaction, { productId, organisationId, sold, narrowing, prices }, valid, unit.now);
  await updateProduct(unit.transaction, product, {});
  const subject = { subjectKind: 'product', subjectId: productId } as const;
  const after = { sold, narrowing, prices, from: instantToText(valid.from), to: valid.to === null ? null : instantToText(valid.to) };
  // The trail of what a node says is the node's own.
  unit.audit({ ...subject, organisationId, ...(serviceType === null ? {} : { serviceType }), before: null, after });
  unit.emit({ type: 'ProductOfferingAttributeValueChangeEvent', ...subject, payload: { code, organisationId, ...after } });
  return { productId };
}
