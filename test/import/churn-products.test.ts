import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { importFile, importText, type ImportedFile } from '../../src/access/cli/import-file';
import { rejectsOf } from '../../src/access/file';
import { quoteOrder } from '../../src/business/process/acceptance';
import type { ImportReject } from '../../src/business/process/party-import';
import type { CallContext } from '../../src/business/context';
import { execute } from '../../src/business/execute';
import { PERMISSION_CODES } from '../../src/business/component/staff';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { Graph, scopeAt } from '../support/graph';
import { sellHomeProducts } from './home-catalogue';
import { SetClock, contextOn, foundTestOperator, type Operator } from './operator-fixture';

const CHURN = resolve(__dirname, '../../../shared/data/telco-customer-churn.csv');
const database = useDatabase();
const clock = new SetClock();
let context: CallContext;
let operator: Operator;
let directory: string;

beforeAll(async () => {
  context = contextOn(database, clock);
  operator = await foundTestOperator(context);
  await sellHomeProducts(context, operator.rootId);
  directory = await mkdtemp(join(tmpdir(), 'sanhu-products-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function count(what: string): Promise<number> {
  const [row] = await database.raw<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`);
  return row?.n ?? 0;
}

/** How many rows every table holds. */
async function rowsOfAllTables(): Promise<unknown> {
  const tables = await database.raw<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return database.raw(tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`).join(' UNION ALL '));
}

const LINE = { serviceType: { constant: 'FIXED_LINE' }, identifier: { column: 'number' } };
const MAPPING = {
  source: 'homes',
  file: { format: 'csv' },
  rowKey: ['id'],
  columns: {
    id: {},
    number: {},
    months: { as: 'integer' },
    plan: {},
    extra: { optional: true },
    extras: { as: 'integer', optional: true },
    paid: { optional: true },
    currency: { optional: true },
  },
  customer: { kind: { constant: 'INDIVIDUAL' }, name: { column: 'id' } },
  account: {
    name: { constant: '账户' },
    ratingType: { constant: 'POSTPAID' },
    paymentMethod: { constant: 'CASH' },
    billingDay: { constant: 1 },
    currency: { column: 'currency', default: 'CNY' },
  },
  subscribers: [
    {
      ...LINE,
      monthsInNet: { column: 'months' },
      products: [
        { code: { column: 'plan' } },
        { when: [{ column: 'extra', filled: true }], code: { column: 'extra' }, quantity: { column: 'extras', default: 1 } },
      ],
    },
  ],
  monthlyCharge: { column: 'paid' },
};

async function imported(name: string, rows: readonly string[], mapping: Json = MAPPING): Promise<ImportedFile> {
  const [file, mappingFile] = [join(directory, `${name}.csv`), join(directory, `${name}.json`)];
  await writeFile(file, `id,number,months,plan,extra,extras,paid,currency\n${rows.join('\n')}\n`);
  await writeFile(mappingFile, JSON.stringify(mapping));
  return importFile({ database: database.core, clock, file, mapping: mappingFile });
}

async function rejectsIn({ job }: ImportedFile): Promise<ImportReject[]> {
  const rejects: ImportReject[] = [];
  for await (const reject of rejectsOf(context, job.id)) rejects.push(reject);
  return rejects;
}

/** What subscribers of a source hold, with the order by which they do. */
async function heldBy(source: string): Promise<unknown> {
  return database.raw(
    `SELECT r.row_key AS key, p.code, f.quantity, f.is_plan AS plan, lower(f.valid)::text AS since, lower(f.recorded)::text AS known,
            s.opened_at = lower(f.valid) AS "asOpened", t.from_day::text AS "from", t.until_day::text AS "until", t.renewal,
            o.category, o.state, o.external_id AS "externalId", o.customer_id = r.customer_id AS theirs, i.effective_at = lower(f.valid) AS "asOrdered"
     FROM import_row r JOIN subscriber_customer c ON c.customer_id = r.customer_id AND c.role = 'OWNER' JOIN subscriber s ON s.id = c.subscriber_id
     JOIN subscriber_product f ON f.subscriber_id = s.id JOIN product_instance h ON h.id = f.instance_id JOIN product p ON p.id = h.product_id
     LEFT JOIN contract_term t ON t.instance_id = h.id
     JOIN product_order o ON o.id = f.order_id JOIN order_item i ON i.order_id = o.id AND i.item_no = f.item_no AND i.subscriber_id = s.id
     WHERE r.source = '${source}' ORDER BY r.row_key, f.is_plan DESC, p.code`,
  );
}

describe('products in a file of parties', () => {
  it('are held since the months that the row says, each by an order of its customer', async () => {
    const done = await imported('held', [
      'h1,057166000001,34,HOME-LINE-20-24M,HOME-LINE-MULTI,1,25.40,',
      'h2,057166000002,0,HOME-LINE-20,,,20.00,',
    ]);
    const same = {
      known: '2026-11-01 08:00:00+00',
      asOpened: true,
      category: 'MIGRATE',
      state: 'completed',
      theirs: true,
      asOrdered: true,
    };
    const h1 = { key: 'h1', externalId: 'h1', quantity: 1, since: '2023-12-31 16:00:00+00' };
    const unbound = { from: null, until: null, renewal: null };
    expect(await heldBy('homes')).toEqual([
      { ...same, ...h1, code: 'HOME-LINE-20-24M', plan: true, from: '2024-01-01', until: '2026-01-01', renewal: 'SAME_TERM' },
      { ...same, ...h1, ...unbound, code: 'HOME-LINE-MULTI', plan: false },
      { ...same, ...unbound, key: 'h2', externalId: 'h2', code: 'HOME-LINE-20', quantity: 1, plan: true, since: same.known },
    ]);
    expect(importText(done)).toBe(
      'Imported 2 customers, 2 accounts, 2 subscribers.\nTheir subscribers hold 3 products, by their list prices 45.00 CNY a month; ' +
        'the file says 45.40 (difference -0.40, 1 of 2 rows differ).\n',
    );
  });

  it('are read by API as of any instant, with the order that they lead to', async () => {
    const [row] = await database.raw<{ subscriberId: Id<'subscriber'> }>(
      `SELECT subscriber_id AS "subscriberId" FROM subscriber_identifier WHERE value = '057166000001'`,
    );
    const subscriberId = encodeId('subscriber', row?.subscriberId as Id<'subscriber'>);
    const caller = { scope: scopeAt(operator.rootId, PERMISSION_CODES) };
    const document = `query ($id: ID!, $at: DateTime) { subscriber(id: $id) { openedAt products(validAt: $at) {
      isPlan product { code } order { state category externalId customer { name }
        items { kind action state effectiveAt content } history(first: 20) { nodes { itemNo to reason } } } } } }`;
    const graph = new Graph(database.core, clock);
    const before = await graph.read<unknown>(document, { id: subscriberId, at: '2023-12-31T15:59:59Z' }, caller);
    expect(before).toEqual({ subscriber: { openedAt: '2023-12-31T16:00:00.000Z', products: [] } });
    const after = await graph.read<{ subscriber: { products: unknown[] } }>(
      document,
      { id: subscriberId, at: '2025-06-01T00:00:00Z' },
      caller,
    );
    expect(after.subscriber.products).toHaveLength(2);
    expect(after.subscriber.products[0]).toMatchObject({
      isPlan: true,
      product: { code: 'HOME-LINE-20-24M' },
      order: {
        state: 'completed',
        category: 'MIGRATE',
        externalId: 'h1',
        customer: { name: 'h*' },
        items: [
          {
            kind: 'MIGRATE',
            action: 'ADD',
            state: 'completed',
            effectiveAt: '2023-12-31T16:00:00.000Z',
            content: {
              since: '2023-12-31T16:00:00.000Z',
              products: [
                { code: 'HOME-LINE-20-24M', quantity: 1 },
                { code: 'HOME-LINE-MULTI', quantity: 1 },
              ],
            },
          },
        ],
      },
    });
    const [{ order }] = after.subscriber.products as [
      { order: { history: { nodes: { itemNo: number | null; to: string; reason: string }[] } } },
    ];
    expect(order.history.nodes.map(({ itemNo, to, reason }) => `${itemNo ?? 'order'} ${to} ${reason}`)).toEqual([
      'order acknowledged SUBMITTED', '1 acknowledged SUBMITTED', 'order inProgress STARTED', '1 inProgress STARTED', '1 completed DONE',
      'order completed DONE',
    ]); // prettier-ignore
  });

  it('that cannot be held reject their rows, by the column that names them and in both languages', async () => {
    const done = await imported('rejected', [
      'r1,057166000011,1,NO-SUCH,,,,',
      'r2,057166000012,1,HOME-DSL-25,,,,',
      'r3,057166000013,1,HOME-LINE-MULTI,,,,',
      'r4,057166000014,1,HOME-LINE-20,HOME-LINE-20-12M,1,,',
      'r5,057166000015,1,HOME-LINE-20,HOME-LINE-MULTI,9,,',
      'r6,057166000016,1,HOME-LINE-20,,,,USD',
      'r7,057166000017,1201,HOME-LINE-20,,,,',
      'r8,057166000018,1,HOME-LINE-20,HOME-LINE-MULTI,0,,',
      'r9,057166000019,1,HOME-LINE-20,,,20.001,',
    ]);
    expect(done.job).toMatchObject({ state: 'COMPLETED', customers: 0, products: 0, rejectedRows: 9, charges: null });
    const rejects = await rejectsIn(done);
    expect(rejects.map(({ row, field, code }) => `${row} ${field ?? ''} ${code}`)).toEqual([
      '1 plan PRODUCT_NOT_SOLD',
      '2 plan PRODUCT_OF_ANOTHER_LINE',
      '3 subscribers.0.products ONE_PLAN',
      '4 subscribers.0.products ONE_PLAN',
      '5 extras QUANTITY_REFUSED',
      '6 plan CURRENCY_DIFFERS',
      '7 months NOT_A_NUMBER',
      '8 extras NOT_A_NUMBER',
      '9 paid NOT_A_NUMBER',
    ]);
    expect(rejects.slice(2, 3).map(({ message }) => message)).toEqual([
      { zh: '用户须有且仅有一个主套餐', en: 'A subscriber has exactly one plan.' },
    ]);
  });

  it('are taken over by an import alone', async () => {
    const [row] = await database.raw<{ subscriberId: Id<'subscriber'>; customerId: Id<'customer'> }>(
      `SELECT c.subscriber_id AS "subscriberId", c.customer_id AS "customerId" FROM subscriber_customer c JOIN customer k ON k.id = c.customer_id
       WHERE k.name = 'h2' AND c.role = 'OWNER'`,
    );
    const { subscriberId, customerId } = row as NonNullable<typeof row>;
    const content = { subscriberId, since: '2020-01-01T00:00:00Z', products: [{ code: 'HOME-LINE-20', quantity: 1, versionId: null }] };
    const order = { organisationId: operator.cityId, customerId, accountId: null, requestedStartAt: null, externalId: null, note: null };
    const refused = await execute(context, quoteOrder, { ...order, items: [{ kind: 'MIGRATE', content }] }, newId('event'));
    expect(refused).toMatchObject({
      refusals: [
        {
          code: 'ONLY_BY_IMPORT',
          field: ['items', '0', 'migrate', 'products'],
          message: { zh: '存量迁移只能由资料导入产生', en: 'Only an import takes over what a subscriber holds elsewhere.' },
        },
      ],
    });
  });

  it('are misread by a mapping that misspells them, which is told with its place', async () => {
    const products = [{ code: { column: 'nowhere' }, when: [{ column: 'nothing', filled: true }] }];
    const wrong = { ...MAPPING, source: 'wrong', subscribers: [{ ...LINE, products }], monthlyCharge: { column: 'free' } };
    await expect(imported('wrong', [], wrong)).rejects.toThrow(
      [
        'The mapping is wrong at subscribers.0.products.0.code.column: column nowhere is not declared in columns.',
        'The mapping is wrong at monthlyCharge.column: column free is not declared in columns.',
        'The mapping is wrong at subscribers.0.products.0.when.0.column: column nothing is not declared in columns.',
      ].join('\n'),
    );
  });
});

const ifChurn = existsSync(CHURN) ? describe : describe.skip;
const NEEDED = existsSync(CHURN) ? '' : ' (skipped: needs ../shared/data/telco-customer-churn.csv)';

ifChurn(`the churn file${NEEDED}`, () => {
  it('becomes 7,043 customers and accounts, 6,361 phone and 5,517 internet subscribers, with 29,202 products bound as their contracts say', async () => {
    const startedMs = performance.now();
    const done = await importFile({ database: database.core, clock, file: CHURN, mapping: 'telco-customer-churn' });
    process.stderr.write(`${Math.round((7_043 / (performance.now() - startedMs)) * 1_000)} customers/s\n`);
    const counts = { customers: 7_043, accounts: 7_043, subscribers: 11_878, products: 29_202, rejectedRows: 0, skippedRows: 0 };
    expect(done.job).toMatchObject({ state: 'COMPLETED', ...counts });
    const imported = `import_row r JOIN subscriber_customer f ON f.customer_id = r.customer_id AND f.role = 'OWNER'
      JOIN subscriber s ON s.id = f.subscriber_id WHERE r.source = 'telco-customer-churn' AND s.status = 'active'`;
    expect(await count(`${imported} AND s.service_type = 'FIXED_LINE'`)).toBe(6_361);
    expect(await count(`${imported} AND s.service_type = 'BROADBAND'`)).toBe(5_517);
    const churned = await database.raw(
      `SELECT c.attributes->>'churn' AS churn, count(*)::int AS n FROM import_row r JOIN customer c ON c.id = r.customer_id
       WHERE r.source = 'telco-customer-churn' GROUP BY 1 ORDER BY 1`,
    );
    expect(churned).toEqual([
      { churn: 'false', n: 5_174 },
      { churn: 'true', n: 1_869 },
    ]);
    expect(importText(done)).toContain(
      'hold 29,202 products, by their list prices 456360.00 CNY a month; the file says 456116.60 (difference 243.40, 6,862 of 7,043 rows differ).',
    );
    const ofChurn = `JOIN import_row r ON r.customer_id = o.customer_id AND r.source = 'telco-customer-churn'`;
    expect(await count(`product_order o ${ofChurn} WHERE o.category = 'MIGRATE' AND o.state = 'completed'`)).toBe(7_043);
    expect(await count(`contract_term t JOIN product_order o ON o.id = t.order_id ${ofChurn}`)).toBe(5_028);
    const held = await database.raw<{ code: string; n: number }>(
      `SELECT p.code, count(*)::int AS n FROM product_instance h JOIN product p ON p.id = h.product_id JOIN product_order o ON o.id = h.order_id ${ofChurn}
       GROUP BY 1 ORDER BY 1`,
    );
    expect(Object.fromEntries(held.map(({ code, n }) => [code, n]))).toEqual({
      'HOME-LINE-20': 3_499, 'HOME-LINE-20-12M': 1_328, 'HOME-LINE-20-24M': 1_534, 'HOME-LINE-MULTI': 2_971,
      'HOME-DSL-25': 1_223, 'HOME-DSL-25-12M': 570, 'HOME-DSL-25-24M': 628,
      'HOME-FIBRE-50': 2_128, 'HOME-FIBRE-50-12M': 539, 'HOME-FIBRE-50-24M': 429,
      'HOME-SECURITY': 2_019, 'HOME-BACKUP': 2_429, 'HOME-DEVICE': 2_422, 'HOME-SUPPORT': 2_044, 'HOME-TV': 2_707, 'HOME-MOVIES': 2_732,
    }); // prettier-ignore
  }, 120_000);

  it('changes nothing the second time, nor as a copy', async () => {
    const before = await rowsOfAllTables();
    const again = await importFile({ database: database.core, clock, file: CHURN, mapping: 'telco-customer-churn' });
    expect(again).toMatchObject({ before: true, job: { products: 29_202 } });
    const copy = join(directory, 'copy.csv');
    await writeFile(copy, `${await readFile(CHURN, 'utf8')}\n`);
    const { job } = await importFile({ database: database.core, clock, file: copy, mapping: 'telco-customer-churn' });
    expect(job).toMatchObject({ state: 'COMPLETED', skippedRows: 7_043, customers: 0, products: 0, charges: null });
    const without = (rows: unknown): unknown =>
      (rows as { name: string }[]).filter(({ name }) => !/^(import_job|idempotency_key|audit_entry|outbox_event)/.test(name));
    expect(without(await rowsOfAllTables())).toEqual(without(before));
  }, 120_000);
});
