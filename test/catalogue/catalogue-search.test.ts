import { searchDiscounts } from '../../src/business/component/discount';
import { searchProducts } from '../../src/business/component/product';
import { useDatabase } from '../support/database';
import { systemContext } from '../support/call-context';
import { scopeAt } from '../support/graph';
import { plansOf } from '../support/plans';
import { useCatalogueWorld } from './catalogue-world';

/* Products, bundles and discounts are found by any part of their code or name, by an index, however many there are. */

const database = useDatabase();
const world = useCatalogueWorld(database);
const page = { first: 20, after: null };

/** 5,000 products with 500 bundles among them, and as many discounts, written past the use cases: only their names matter here. */
beforeAll(async () => {
  await database.raw(
    `INSERT INTO product (id, code, name, name_en, kind, organisation_id, service_type, created_at)
     SELECT gen_random_uuid(), 'P-' || n, CASE n % 10 WHEN 0 THEN '智慧家庭' ELSE '畅享套餐' END || n || '元', 'Offer No. ' || n,
            CASE n % 10 WHEN 0 THEN 'BUNDLE' ELSE 'PLAN' END, $1, CASE n % 10 WHEN 0 THEN NULL ELSE 'MOBILE' END, now()
     FROM generate_series(1, 5000) AS n`,
    [world.root],
  );
  await database.raw(
    `INSERT INTO discount (id, code, name, name_en, organisation_id, created_at)
     SELECT gen_random_uuid(), 'D-' || n, '立减' || n || '元', 'Less ' || n, $1, now() FROM generate_series(1, 5000) AS n`,
    [world.root],
  );
  await database.raw('ANALYZE product, discount');
});

const clerk = () => systemContext(database.core, { scope: scopeAt(world.hangzhou, ['catalogue:read']) });

const SEARCHES = [
  ['product', '家庭4990', ['P-4990']],
  ['product', '4990', ['P-4990']],
  ['product', 'p-4990', ['P-4990']],
  ['product', 'offer no. 4990', ['P-4990']],
  ['product', '立减4990', []],
  ['discount', '立减4990', ['D-4990']],
  ['discount', 'LESS 4990', ['D-4990']],
] as const;

test.each(SEARCHES)('of 5,000 a %s is found by %s along the index, without a look at the others', async (table, text, codes) => {
  const search = table === 'product' ? searchProducts : searchDiscounts;
  expect((await search(clerk(), { text }, page)).rows.map(({ code }) => code)).toEqual(codes);
  const plans = await plansOf(database, clerk(), (context) => search(context, { text }, page));
  expect(plans.map((node) => node['Index Name'])).toContain(`${table}_search`);
  const looked = plans.filter((node) => node['Relation Name'] === table);
  expect(looked.map((node) => node['Node Type'])).toEqual(['Bitmap Heap Scan']);
  for (const node of looked) expect((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)).toBeLessThan(50);
});

test('what is found is what has the text, whatever it is: short, with spaces, or in any case', async () => {
  for (const text of ['9', '享', ' ', 'No', 'o. 1', '元 ', '元 O', '%', '_', "'", '\\', 'nothing']) {
    const all = await database.raw<{ code: string }>(
      `SELECT code FROM product WHERE position(lower($1) IN lower(code || ' ' || name || ' ' || name_en)) > 0 ORDER BY code LIMIT 20`,
      [text],
    );
    const found = await searchProducts(world.context, { text }, page);
    expect(found.rows.map(({ code }) => code)).toEqual(all.map(({ code }) => code));
  }
});
