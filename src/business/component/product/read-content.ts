import type { z } from 'zod';
import type { Unit } from '../../context';
import type { LockedProduct } from '../../../data/operation/product/write-product';
import type { ReleasedVersion } from '../../../data/operation/released-version/version';
import type { Instant } from '../../../kernel/clock';
import { ok, type Refusal, type Refuse, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { operatorParameters, type OperatorParameters } from '../organisation';
import { checkNames, namedProducts, type NamedFrom } from './check-names';
import { documentWords } from './document-words';
import type { BundleDefinition, ProductDefinition } from './model/definition';
import { bundleSchema, productSchema } from './model/definition-schema';
import { namesInBundle, namesInProduct, type NamesInDefinition } from './model/names-in-definition';
import { readDocument } from './model/read-document';
import { refuseProduct, type ProductRefusal } from './model/refusals';
import { fromStored, toStored } from './model/stored-document';
import type { VersionContent } from './version-changes';

/** What a product manager writes: the one or the other, as the kind of the product demands. */
export interface ProductDocuments {
  /** Of a plan or an add-on. */
  readonly definition?: Json | undefined;
  /** Of a bundle. */
  readonly bundle?: Json | undefined;
}

/** What holds where a document does not say. */
type Defaults = Pick<OperatorParameters, 'currency' | 'proration'>;

const schemas = new Map<string, { product: z.ZodType<ProductDefinition>; bundle: z.ZodType<BundleDefinition> }>();

function schemasOf({ currency, proration }: Defaults): { product: z.ZodType<ProductDefinition>; bundle: z.ZodType<BundleDefinition> } {
  const words = documentWords(currency, proration);
  const made = schemas.get(`${currency} ${proration}`) ?? {
    product: productSchema(words),
    bundle: bundleSchema(words),
  };
  schemas.set(`${currency} ${proration}`, made);
  return made;
}

/** Whether a document was given at all; none asks for a copy. */
export function isGiven({ definition, bundle }: ProductDocuments): boolean {
  return definition != null || bundle != null;
}

/** Reads what a version of a locked product is to say, and checks what it names. */
export async function readContent(
  unit: Unit,
  product: LockedProduct,
  { definition, bundle }: ProductDocuments,
): Promise<Result<VersionContent, ProductRefusal>> {
  const isBundle = product.kind === 'BUNDLE';
  const [given, other] = isBundle ? [bundle, definition] : [definition, bundle];
  const field = isBundle ? 'bundle' : 'definition';
  if (given == null || other != null) return refuseProduct('DEFINITION_OF_OTHER_KIND', isBundle ? 'definition' : 'bundle');
  const parameters = await operatorParameters(unit);
  const { currency } = parameters;
  const { product: ofProduct, bundle: ofBundle } = schemasOf(parameters);
  if (isBundle) {
    const read = readDocument<BundleDefinition, ProductRefusal>(ofBundle, given, refuseProduct, field);
    return read.ok ? checkContent(unit, product, read.value, { currency, inForceAt: null }) : read;
  }
  const read = readDocument<ProductDefinition, ProductRefusal>(ofProduct, given, refuseProduct, field);
  return read.ok ? checkContent(unit, product, read.value, { currency, inForceAt: null }) : read;
}

/** Checks again what a stored version names: when it is copied, and when it is released. */
export function checkStored(
  unit: Unit,
  product: LockedProduct,
  { definition, currency }: ReleasedVersion<'product'>,
  inForceAt: Instant | null,
): Promise<Result<VersionContent, ProductRefusal>> {
  const read = fromStored<ProductDefinition | BundleDefinition>(definition);
  return checkContent(unit, product, read, { currency, inForceAt });
}

interface Circumstances {
  readonly currency: string;
  /** Given when the version is to be sold from then on. */
  readonly inForceAt: Instant | null;
}

async function checkContent(
  unit: Unit,
  product: LockedProduct,
  definition: ProductDefinition | BundleDefinition,
  { currency, inForceAt }: Circumstances,
): Promise<Result<VersionContent, ProductRefusal>> {
  const isBundle = 'members' in definition;
  const field = isBundle ? 'bundle' : 'definition';
  const below: Refuse<ProductRefusal> = (code, path = [], values) => refuseProduct(code, [field, ...[path].flat()], values);
  const names = isBundle ? namesInBundle(definition) : namesInProduct(definition);
  const from: NamedFrom = { organisationId: product.organisation_id, serviceType: product.service_type };
  const members = isBundle ? await checkMembers(unit, definition, names, { from, inForceAt, below }) : undefined;
  const refusals = await checkNames(unit, names, { ...from, ...(members && { roles: members.roles }) }, inForceAt, below);
  const all: readonly Refusal<ProductRefusal>[] = [...(members?.refusals ?? []), ...refusals];
  if (all.length > 0) return { ok: false, refusals: all.slice(0, 20) };
  const codes = (list: readonly { readonly code: string }[]): string[] => [...new Set(list.map(({ code }) => code))];
  return ok({
    currency,
    definition: toStored(definition),
    names: { chargeCodes: codes(names.chargeCodes), products: codes(names.products) },
  });
}

interface MemberCheck {
  readonly from: NamedFrom;
  readonly inForceAt: Instant | null;
  readonly below: Refuse<ProductRefusal>;
}

/** The service type of each role, and what is wrong with the products that fill it. */
async function checkMembers(
  unit: Unit,
  { members }: BundleDefinition,
  names: NamesInDefinition,
  { from, inForceAt, below }: MemberCheck,
): Promise<{ readonly roles: ReadonlyMap<string, string>; readonly refusals: readonly Refusal<ProductRefusal>[] }> {
  const products = await namedProducts(unit, names, from);
  const roles = new Map<string, string>();
  const refusals: Refusal<ProductRefusal>[] = [];
  for (const [place, { role, products: codes }] of members.entries()) {
    for (const [nth, code] of codes.entries()) {
      const path = ['members', String(place), 'products', String(nth)];
      const product = products.get(code);
      if (product === undefined) continue; // told with all other names that are not known
      if (product.serviceType === null) refusals.push(...below('MEMBER_IS_BUNDLE', path, { code }).refusals);
      else if ((roles.get(role) ?? product.serviceType) !== product.serviceType)
        refusals.push(...below('MEMBER_OF_SEVERAL_SERVICES', path).refusals);
      else roles.set(role, product.serviceType);
      if (inForceAt !== null && !product.sold) refusals.push(...below('MEMBER_NOT_SOLD', path, { code }).refusals);
    }
  }
  return { roles, refusals };
}
