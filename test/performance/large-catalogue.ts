import { Client } from 'pg';
import { newId, type Id } from '../../src/kernel/id';
import { invariant } from '../../src/kernel/failure';
import { CITIES, HALLS_PER_CITY, NODES } from './dataset-organisations';

/** How often the demonstration's catalogue of 31 products and 4 bundles is copied: 5,000 products, and more than 500 bundles. */
const COPIES = 161;

/** Every product was sold by an earlier version until then. */
const SECOND_VERSION_SINCE = '2023-01-01T00:00:00+08:00';

export interface CatalogueSize {
  readonly products: number;
  readonly bundles: number;
  readonly versions: number;
  /** What nodes below a product's own say of it. */
  readonly sayings: number;
}

/** A copy of the demonstration's catalogue: its codes end with `-017`, and it is sold at a node and below. */
export interface CatalogueCopy {
  readonly suffix: string;
  /** The place of the node among the nodes of the data set. */
  readonly node: number;
}

/** At the operator, at the province and at each city in turn. */
export function catalogueCopies(): readonly CatalogueCopy[] {
  return Array.from({ length: COPIES }, (_, nth) => {
    const node = [NODES.operator, NODES.province, NODES.firstCity + (Math.floor(nth / 3) % CITIES)][nth % 3] ?? NODES.province;
    return { suffix: `-${String(nth + 1).padStart(3, '0')}`, node };
  });
}

/** The city that stands for the one that sells the demonstration's catalogue in its own way. */
const REPRICING_CITY = NODES.firstCity + 1;

const hallsOf = (city: number): number => NODES.firstHall + (city - NODES.firstCity) * HALLS_PER_CITY;

/** The nodes that say of products of a copy what the list says anyway: three cities and a hall of each, or two halls of its city. */
function repeatersOf({ node }: CatalogueCopy): number[] {
  if (node === REPRICING_CITY) return [];
  if (node >= NODES.firstCity) return [hallsOf(node), hallsOf(node) + 1];
  return [NODES.firstCity, NODES.firstCity + 4, NODES.firstCity + 5].flatMap((city) => [city, hallsOf(city)]);
}

interface Saying {
  readonly sold: boolean;
  readonly narrowing: object;
  readonly prices: readonly { readonly code: string }[];
}

interface Original {
  readonly code: string;
  readonly name: string;
  readonly name_en: string;
  readonly kind: string;
  readonly service_type: string | null;
  readonly currency: string;
  readonly definition: string;
  readonly charge_codes: readonly string[];
  readonly product_codes: readonly string[];
  readonly saying: Saying | null;
}

const ORIGINALS = `
  SELECT p.code, p.name, p.name_en, p.kind, p.service_type, v.currency, v.definition::text,
         ARRAY(SELECT r.charge_code FROM product_version_charge_code r WHERE r.version_id = v.id) AS charge_codes,
         ARRAY(SELECT r.product_code FROM product_version_product r WHERE r.version_id = v.id) AS product_codes,
         (SELECT json_build_object('sold', f.sold, 'narrowing', f.narrowing, 'prices', f.prices) FROM product_release f
          WHERE f.product_id = p.id AND upper_inf(f.recorded)) AS saying
  FROM product p JOIN product_version v ON v.product_id = p.id AND v.state = 'active' ORDER BY p.code`;

/**
 * Copies the demonstration's catalogue, with an earlier version of everything. All triggers and constraints are in force: versions come as drafts, then
 * what they name, then they are released, as by the product's own use cases.
 */
export async function growCatalogue(url: string): Promise<CatalogueSize> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: originals } = await client.query<Original>(ORIGINALS);
    const { rows: nodes } = await client.query<{ code: string; id: Id<'organisation'> }>('SELECT code, id FROM organisation');
    const ids = new Map(nodes.map(({ code, id }) => [code, id]));
    const idOf = (place: number): Id<'organisation'> => {
      const id = ids.get(`B${place}`);
      invariant(id !== undefined, `the data set has no node ${place}`);
      return id;
    };
    await client.query('BEGIN');
    for (const copy of catalogueCopies()) await insertCopy(client, originals, copy, idOf);
    await client.query('COMMIT');
    await client.query('VACUUM (ANALYZE)');
    return await sizeOfCatalogue(client);
  } finally {
    await client.end();
  }
}

async function insertCopy(
  client: Client,
  originals: readonly Original[],
  copy: CatalogueCopy,
  idOf: (place: number) => Id<'organisation'>,
): Promise<void> {
  const renamed = new Map(originals.map(({ code }) => [code, `${code}${copy.suffix}`]));
  const products = originals.map((original) => ({
    ...original,
    id: newId('product'),
    code: `${original.code}${copy.suffix}`,
    // Codes are whole texts of the document: nothing else in it is written like one.
    definition: original.definition.replace(/"([A-Z0-9-]+)"/g, (text, code: string) =>
      renamed.has(code) ? `"${renamed.get(code)}"` : text,
    ),
    product_codes: original.product_codes.map((code) => renamed.get(code) ?? code),
  }));
  const organisationId = idOf(copy.node);
  await client.query(
    `INSERT INTO product (id, code, name, name_en, kind, organisation_id, service_type, version, created_at)
     SELECT r.id, r.code, r.name, r.name_en, r.kind, $2, r.service_type, 7, '2019-04-02Z'
     FROM json_to_recordset($1) AS r (id uuid, code text, name text, name_en text, kind text, service_type text)`,
    [JSON.stringify(products), organisationId],
  );
  const spans = [
    { number: 1, state: 'retired', from: '2019-04-02T00:00:00Z', to: SECOND_VERSION_SINCE },
    { number: 2, state: 'active', from: SECOND_VERSION_SINCE, to: null },
  ] as const;
  for (const span of spans) await insertVersions(client, products, span);
  const sayings = products.flatMap(({ id: product_id, definition, saying }) => {
    if (saying === null) return [];
    const said = (place: number, what: Saying) => ({ ...what, id: newId('fact'), product_id, organisation_id: idOf(place) });
    const own = copy.node < NODES.firstCity || copy.node === REPRICING_CITY ? [said(REPRICING_CITY, saying)] : [];
    return [...own, ...repeatersOf(copy).map((place) => said(place, asListed(definition, saying)))];
  });
  await client.query(
    `INSERT INTO product_release (id, product_id, organisation_id, sold, narrowing, prices, valid, recorded)
     SELECT r.id, r.product_id, r.organisation_id, r.sold, r.narrowing, r.prices, '[2019-04-02Z,)', '[2019-04-02Z,)'
     FROM json_to_recordset($1) AS r (id uuid, product_id uuid, organisation_id uuid, sold boolean, narrowing jsonb, prices jsonb)`,
    [JSON.stringify(sayings)],
  );
}

/** Says of the same prices what the list says: it is read and reckoned with, and every quotation can be compared with the original's. */
function asListed(definition: string, { prices }: Saying): Saying {
  const { prices: listed } = JSON.parse(definition) as {
    prices: { code: string; amountMinor?: unknown; phases?: { amountMinor: unknown }[] }[];
  };
  const repeated = prices.map(({ code }) => {
    const price = listed.find((one) => one.code === code);
    return { code, amountsMinor: price?.phases?.map(({ amountMinor }) => amountMinor) ?? [price?.amountMinor] };
  });
  return { sold: true, narrowing: {}, prices: repeated };
}

async function insertVersions(
  client: Client,
  products: readonly (Original & { readonly id: Id<'product'> })[],
  { number, state, from, to }: { readonly number: number; readonly state: string; readonly from: string; readonly to: string | null },
): Promise<void> {
  const versions = products.map(({ id, ...product }) => ({ ...product, product_id: id, id: newId('productVersion') }));
  const json = JSON.stringify(versions);
  await client.query(
    `INSERT INTO product_version (id, product_id, number, state, currency, definition, created_at)
     SELECT r.id, r.product_id, $2, 'draft', r.currency, r.definition::jsonb, $3
     FROM json_to_recordset($1) AS r (id uuid, product_id uuid, currency text, definition text)`,
    [json, number, from],
  );
  for (const [table, column, list] of [
    ['product_version_charge_code', 'charge_code', 'charge_codes'],
    ['product_version_product', 'product_code', 'product_codes'],
  ] as const) {
    await client.query(
      `INSERT INTO ${table} (version_id, ${column})
       SELECT r.id, json_array_elements_text(r.${list}) FROM json_to_recordset($1) AS r (id uuid, ${list} json)`,
      [json],
    );
  }
  await client.query(
    `UPDATE product_version SET state = $2, released_at = $3, sold = tstzmultirange(tstzrange($3, $4)), version = 3
     WHERE id = ANY (SELECT r.id FROM json_to_recordset($1) AS r (id uuid))`,
    [json, state, from, to],
  );
}

/** What a catalogue holds. */
export async function sizeOfCatalogue(client: Client): Promise<CatalogueSize> {
  const { rows } = await client.query<CatalogueSize>(`
    SELECT (SELECT count(*) FROM product WHERE kind <> 'BUNDLE')::integer AS products,
           (SELECT count(*) FROM product WHERE kind = 'BUNDLE')::integer AS bundles,
           (SELECT count(*) FROM product_version)::integer AS versions,
           (SELECT count(*) FROM product_release WHERE upper_inf(recorded))::integer AS sayings`);
  return rows[0] as CatalogueSize;
}
