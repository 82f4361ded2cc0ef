import type { z } from 'zod';
import type { Unit } from '../../context';
import type { LockedDiscount } from '../../../data/operation/discount/write-discount';
import type { ReleasedVersion } from '../../../data/operation/released-version/version';
import type { Instant } from '../../../kernel/clock';
import type { CurrencyCode } from '../../../kernel/money';
import { ok, type Refusal, type Refuse, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { operatorParameters } from '../organisation';
import {
  checkNames, documentWords, fromStored, namedProducts, readDocument, sellable, toStored, type NamedFrom, type VersionContent,
} from '../product'; // prettier-ignore
import { selectChargeCodes } from '../service';
import type { DiscountDefinition } from './model/definition';
import { discountSchema } from './discount-schema';
import { namesInDiscount } from './names-in-discount';
import { refuseDiscount, type DiscountRefusal } from './refusals';

/** How many of the things that are wrong with a document are told. */
const REFUSALS_MAX = 20;

const schemas = new Map<CurrencyCode, z.ZodType<DiscountDefinition>>();

function schemaOf(currency: CurrencyCode): z.ZodType<DiscountDefinition> {
  const made = schemas.get(currency) ?? discountSchema(documentWords(currency));
  schemas.set(currency, made);
  return made;
}

/** Reads what a version of a locked discount is to say, and checks what it names. */
export async function readDefinition(
  unit: Unit,
  discount: LockedDiscount,
  definition: Json,
): Promise<Result<VersionContent, DiscountRefusal>> {
  const { currency } = await operatorParameters(unit);
  const read = readDocument<DiscountDefinition, DiscountRefusal>(schemaOf(currency), definition, refuseDiscount, 'definition');
  return read.ok ? checkContent(unit, discount, read.value, { currency, inForceAt: null }) : read;
}

/** Checks again what a stored version names: when it is copied, and when it is released. */
export function checkStored(
  unit: Unit,
  discount: LockedDiscount,
  { definition, currency }: ReleasedVersion<'discount'>,
  inForceAt: Instant | null,
): Promise<Result<VersionContent, DiscountRefusal>> {
  return checkContent(unit, discount, fromStored<DiscountDefinition>(definition), { currency, inForceAt });
}

interface Circumstances {
  readonly currency: string;
  /** Given when the version is to be granted from then on. */
  readonly inForceAt: Instant | null;
}

type Refusals = readonly Refusal<DiscountRefusal>[];

const below: Refuse<DiscountRefusal> = (code, path = [], values) => refuseDiscount(code, ['definition', ...[path].flat()], values);

async function checkContent(
  unit: Unit,
  discount: LockedDiscount,
  definition: DiscountDefinition,
  { currency, inForceAt }: Circumstances,
): Promise<Result<VersionContent, DiscountRefusal>> {
  const { organisation_id: organisationId, service_type: serviceType } = discount;
  const names = namesInDiscount(definition);
  const from: NamedFrom = { organisationId, serviceType };
  const hasNoLine = serviceType === null && names.usageKinds.length > 0;
  const refusals: Refusals = [
    ...(hasNoLine ? below('SERVICE_TYPE_NEEDED', ['effect', 'usageKinds']).refusals : []),
    ...(await checkNames(unit, hasNoLine ? { ...names, usageKinds: [] } : names, from, inForceAt, below)),
    ...(await checkLine(unit, definition, from)),
    ...(await checkDiscountable(unit, definition, inForceAt ?? unit.now)),
    ...(inForceAt === null ? [] : await checkOtherPrice(unit, definition, organisationId, inForceAt)),
  ];
  if (refusals.length > 0) return { ok: false, refusals: refusals.slice(0, REFUSALS_MAX) };
  const codes = (list: readonly { readonly code: string }[]): string[] => [...new Set(list.map(({ code }) => code))];
  return ok({
    currency,
    definition: toStored(definition),
    names: { chargeCodes: codes(names.chargeCodes), products: codes(names.products) },
  });
}

/**
 * A discount of one line of business acts on that line alone, since who holds the permission for it may write it: at a subscriber of
 * that line, or on products of it.
 */
async function checkLine(unit: Unit, { appliesTo, level }: DiscountDefinition, from: NamedFrom): Promise<Refusals> {
  if (from.serviceType === null) return [];
  if (appliesTo.products === undefined) {
    return level === 'SUBSCRIBER' ? [] : below('PRODUCTS_NEEDED', ['appliesTo', 'products']).refusals;
  }
  const named = appliesTo.products.map((code, place) => ({ code, path: ['appliesTo', 'products', String(place)] }));
  const products = await namedProducts(unit, { products: named }, from);
  return named.flatMap(({ code, path }) => {
    const product = products.get(code);
    if (product === undefined || product.serviceType === from.serviceType) return [];
    return below('PRODUCT_OF_OTHER_SERVICE', path, { code }).refusals;
  });
}

/** What is named but cannot be discounted would never be lessened, and nobody would be told. */
async function checkDiscountable(unit: Unit, { appliesTo: { chargeCodes = [] } }: DiscountDefinition, validAt: Instant): Promise<Refusals> {
  if (chargeCodes.length === 0) return [];
  const known = await selectChargeCodes(unit, [...chargeCodes], { validAt, knownAt: null });
  const barred = new Set(known.filter(({ terms }) => terms?.discountable === false).map(({ code }) => code));
  return chargeCodes.flatMap((code, place) =>
    barred.has(code) ? below('CHARGE_CODE_NOT_DISCOUNTABLE', ['appliesTo', 'chargeCodes', String(place)], { code }).refusals : [],
  );
}

/** Another price takes the place of one that is on sale by then: before its release, the product may yet be a draft too. */
async function checkOtherPrice(
  unit: Unit,
  { effect, appliesTo }: DiscountDefinition,
  organisationId: LockedDiscount['organisation_id'],
  at: Instant,
): Promise<Refusals> {
  if (effect.kind !== 'PRICE_OVERRIDE') return [];
  const offers = await sellable(unit, { organisationId, at, codes: appliesTo.products ?? [] });
  const isThere = offers.some(({ definition: { prices } }) => [...prices].some(({ code }) => code === effect.priceCode));
  return isThere ? [] : below('PRICE_UNKNOWN', ['effect', 'priceCode'], { code: effect.priceCode }).refusals;
}
