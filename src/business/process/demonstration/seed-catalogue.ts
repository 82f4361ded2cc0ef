import {
  createProduct,
  draftProductVersion,
  moveProductVersion,
  releaseProduct,
  type CreateProductInput,
  type ProductDocuments,
} from '../../component/product';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { BUNDLES } from './bundle-plan';
import { CITY_SAYINGS, REPRICING_CITY } from './city-plan';
import { HOME_PRODUCTS } from './home-plan';
import { PRODUCTS } from './product-plan';
import { nodeOf } from './seed-operator';
import type { Seeding } from './seeding';

type Nodes = ReadonlyMap<string, Id<'organisation'>>;

/** The version of a product whose first version went on sale: it was created, and its version drafted, tried and released. */
const RELEASED = 4;

/** What the operator sells, released as a product manager does it, and what one city makes of it. */
export async function seedCatalogue(seeding: Seeding, nodes: Nodes, at: Instant): Promise<void> {
  const products = new Map<string, Id<'product'>>();
  const create = async ({ code, name, nameEn, node, ...what }: Naming): Promise<void> => {
    const input = { code, name, nameEn, organisationId: nodeOf(nodes, node), ...what };
    products.set(code, (await seeding.run(at, createProduct, input, `product:${code}`)).productId);
  };
  const sold = [...PRODUCTS, ...HOME_PRODUCTS];
  for (const { definition: _, ...product } of sold) await create(product);
  for (const { bundle: _, ...bundle } of BUNDLES) await create({ ...bundle, kind: 'BUNDLE' });
  // Products name each other, so all are there before the first of them says anything; bundles are of products that are sold.
  for (const { code, definition } of sold) await sell(seeding, at, { code, productId: productOf(products, code), definition });
  for (const { code, bundle } of BUNDLES) await sell(seeding, at, { code, productId: productOf(products, code), bundle });
  for (const { product, sold = true, ...saying } of CITY_SAYINGS) {
    const of = { productId: productOf(products, product), expectedVersion: RELEASED, organisationId: nodeOf(nodes, REPRICING_CITY) };
    await seeding.run(at, releaseProduct, { ...of, sold, ...saying }, `release:${REPRICING_CITY}:${product}`);
  }
}

type Naming = Omit<CreateProductInput, 'organisationId'> & { readonly node: string };

interface ToSell extends ProductDocuments {
  readonly code: string;
  readonly productId: Id<'product'>;
}

/** Drafts the first version of a product, tries it, and puts it on sale. */
async function sell(seeding: Seeding, at: Instant, { code, ...draft }: ToSell): Promise<void> {
  const { versionId } = await seeding.run(at, draftProductVersion, { ...draft, expectedVersion: 1 }, `version:${code}`);
  await seeding.run(at, moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' }, `test:${code}`);
  await seeding.run(at, moveProductVersion, { versionId, expectedVersion: 2, to: 'active' }, `sale:${code}`);
}

function productOf(products: ReadonlyMap<string, Id<'product'>>, code: string): Id<'product'> {
  const id = products.get(code);
  invariant(id !== undefined, `the demonstration has no product ${code}`);
  return id;
}
