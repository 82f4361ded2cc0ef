import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { batchText, runBatchFile } from '../../src/access/cli/order-batch-file';
import { BATCH_FILE, digestFile, RowFile } from '../../src/access/file';
import { PERMISSION_CODES } from '../../src/business/component/staff';
import type { CallContext } from '../../src/business/context';
import { execute } from '../../src/business/execute';
import { cancelOrder } from '../../src/business/process/acceptance';
import {
  batchPaymentWorkflow, createOrderBatch, orderBatchWorkflow, readBatchFile, recordBatchPayment, runOrderBatch, searchOrderBatches,
  selectBatchPayments, selectBatchRows, selectOrderBatchesById, startOrderBatch, stopOrderBatch, summariseOrderBatches, takeOrderBatch,
  type RecordBatchPaymentInput,
} from '../../src/business/process/order-batch'; // prettier-ignore
import type { ProcessEngine } from '../../src/data/engine/process-engine';
import type { Step } from '../../src/data/engine/workflow';
import { encodeId, type Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { newKey, newNumber } from '../support/party-world';
import { monthly, price, useProductWorld } from './product-world';

/* Orders from a file: what its rows become, what they are refused for, one payment for all, and that nothing is done twice. */

const database = useDatabase();
const world = useProductWorld(database);
let directory: string;
let clerk: CallContext;

/** An engine that remembers what was enqueued, for a test to run it. */
const enqueued: { workflow: string; input: unknown; workflowId: string }[] = [];
const engine = {
  enqueue: (_transaction: unknown, { name: workflow }: { name: string }, input: unknown, { workflowId }: { workflowId: string }) => {
    enqueued.push({ workflow, input, workflowId });
    return Promise.resolve();
  },
} as unknown as ProcessEngine;
const workflows = () => ({ database: database.core, clock: world.clock });
const stepOf = (workflowId: string): Step =>
  ({ workflowId, run: (_name: string, work: (key: string) => Promise<unknown>) => work(newKey()) }) as unknown as Step;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sanhu-batch-'));
  clerk = world.as(PERMISSION_CODES, world.hangzhou);
  await world.sell('PLAN-30', { prices: [monthly('31.00')] });
  await world.sell('PLAN-60', { prices: [monthly('62.00')] });
  await world.sell('ADD-10', { prices: [monthly('10.00')] }, 'ADD_ON');
  await world.sell('PLAN-FEES', {
    prices: [
      monthly('31.00'),
      price('ONE_TIME', 'SETUP', { chargeCode: 'INSTALLATION', amount: '53.00' }),
      price('DEPOSIT', 'HELD', { chargeCode: 'DEPOSIT', amount: '100.00' }),
    ],
  });
  await world.sell('LINE-50', { prices: [monthly('50.00')] }, 'PLAN', 'BROADBAND');
  const member = { chargeCode: 'MONTHLY_FEE', least: 1, standard: 1, share: 50 };
  await world.sell(
    'TOGETHER',
    {
      across: 'CUSTOMER',
      members: [
        { ...member, role: 'PHONE', name: '手机', nameEn: 'Phone', products: ['PLAN-30'], most: 3 },
        { ...member, role: 'LINE', name: '宽带', nameEn: 'Line', products: ['LINE-50'], most: 1 },
      ],
      prices: [price('ONE_TIME', 'SETUP', { chargeCode: 'INSTALLATION', amount: '30.01' })],
      allowances: [],
      whenMemberLeaves: { kind: 'END' },
    },
    'BUNDLE',
    null,
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

type BatchId = Id<'orderBatch'>;

async function fileOf(content: string): Promise<string> {
  const file = join(directory, `${newKey()}.csv`);
  await writeFile(file, content);
  return file;
}

async function create(
  content: string,
  { customerId, accountId }: { customerId: Id<'customer'>; accountId: Id<'account'> },
  by = clerk,
): Promise<{ orderBatchId: BatchId; known: boolean }> {
  const file = await fileOf(content);
  const rows = await readBatchFile(await RowFile.open(file, BATCH_FILE));
  if (!rows.ok) throw new Error(JSON.stringify(rows.refusals));
  const { digest: fileDigest } = await digestFile(file);
  const input = { organisationId: world.hangzhou, customerId, accountId, fileName: 'orders.csv', fileDigest, rows: rows.value };
  return world.run(createOrderBatch, input, by);
}

/** Starts a batch as the caller, and lets a worker run it. */
async function work(orderBatchId: BatchId, { by = clerk, retryRefused = false } = {}): Promise<string> {
  const workflow = orderBatchWorkflow(workflows());
  const before = enqueued.length;
  const { state } = await world.run(startOrderBatch(engine, workflow), { orderBatchId, retryRefused }, by);
  const asked = enqueued[before];
  return asked === undefined ? state : workflow.run(stepOf(asked.workflowId), { orderBatchId });
}

async function rowsOf(orderBatchId: BatchId): Promise<string[]> {
  const found = await selectBatchRows(clerk, [orderBatchId], null, { first: 100, after: null });
  return (found.get(orderBatchId)?.rows ?? []).map(({ row, line, state, kind, refusals }) => {
    return `${row}/${line} ${kind ?? '?'} ${state} ${refusals.map(({ code, field }) => `${field?.join('.') ?? ''} ${code}`).join('; ')}`.trim();
  });
}

async function ordersOf(orderBatchId: BatchId): Promise<{ id: Id<'order'>; state: string; version: number; due: number; paid: number }[]> {
  return database.raw(
    `SELECT o.id, o.state, o.version, o.due_minor::int AS due, o.paid_minor::int AS paid
     FROM order_batch_row r JOIN product_order o ON o.id = r.order_id WHERE r.batch_id = $1 ORDER BY r.row_number`,
    [orderBatchId],
  );
}

const openings = (numbers: readonly string[], plan = 'PLAN-30'): string =>
  `kind,number,serviceType,plan\n${numbers.map((number) => `OPEN,${number},MOBILE,${plan}`).join('\n')}\n`;

test('each row is an order of its own, by either language’s heads, and what is no order is told by its column in both', async () => {
  const party = await world.payer({ account: { billingDay: 1 } });
  const other = await world.holder('PLAN-30');
  const numbers = Array.from({ length: 6 }, () => newNumber());
  const [a, b, c, d, e, f] = numbers as [string, string, string, string, string, string];
  const first = await create(openings([a, b, c, d]), party);
  expect(await work(first.orderBatchId)).toBe('COMPLETED');
  const [held] = await database.raw<{ value: string }>(
    `SELECT f.value FROM subscriber_identifier f JOIN subscriber_customer c ON c.subscriber_id = f.subscriber_id WHERE c.customer_id = $1 LIMIT 1`,
    [other.customerId],
  );
  const { orderBatchId } = await create(
    [
      '\ufeff受理类型,号码,业务类型,主套餐,附加产品,停机原因,新号码,备注,变更时间,生效日期',
      `开户,${e},MOBILE,PLAN-30,ADD-10,,,新员工,,`,
      `停机,${a},,,,挂失,,,,`,
      '',
      `改号,${b},,,,,${f},,,`,
      `增订产品,${c},,,ADD-10,,,,,`,
      `变更套餐,${d},,PLAN-60,,,,,立即,`,
      `销户,${d},,,,,,,,`,
      `销户,${held?.value ?? ''},,,,,,,,`,
      `开户,13899999999,MOBILE,NO-SUCH,,,,,,`,
      '停机,13800099999,,,,,,,,2020-01-01',
      '停机,13800099998,,,,,,,,',
      '复机',
      '搬家,1,,,,,,,,',
    ].join('\r\n'),
    party,
  );
  expect(await work(orderBatchId)).toBe('COMPLETED');
  expect(await rowsOf(orderBatchId)).toEqual([
    '1/2 OPEN ACCEPTED',
    '2/3 SUSPEND ACCEPTED',
    '3/5 CHANGE_NUMBER ACCEPTED',
    '4/6 ADD_PRODUCT ACCEPTED',
    '5/7 CHANGE_PLAN ACCEPTED',
    '6/8 TERMINATE REJECTED number NUMBER_TWICE',
    '7/9 TERMINATE REFUSED number NOT_THEIRS',
    '8/10 OPEN REFUSED plan PRODUCT_NOT_SOLD',
    '9/11 SUSPEND REFUSED number SUBSCRIBER_NOT_FOUND',
    '10/12 SUSPEND REFUSED number SUBSCRIBER_NOT_FOUND',
    '11/13 RESUME REJECTED number CELL_NEEDED',
    '12/14 ? REJECTED kind KIND_UNKNOWN',
  ]);
  const shown = await world.read<{
    orderBatch: { rows: { nodes: { refusals: { column: string; message: string }[]; order: object | null }[] } };
  }>(
    `query ($id: ID!) { orderBatch(id: $id) { state fileName counts { waiting accepted refused rejected } due { amount } paid { amount }
       customer { id } account { id } organisation { code }
       rows(first: 3, state: REFUSED) { nodes { row refusals { column code message } order { id } } } } }`,
    { id: encodeId('orderBatch', orderBatchId) },
    { ...world.clerk, language: 'zh' },
  );
  expect(shown.orderBatch).toMatchObject({
    state: 'COMPLETED',
    counts: { waiting: 0, accepted: 5, refused: 4, rejected: 3 },
    due: { amount: '0.00' },
    customer: { id: encodeId('customer', party.customerId) },
    organisation: { code: 'HZ' },
  });
  expect(shown.orderBatch.rows.nodes.map(({ refusals, order }) => [refusals[0]?.column, refusals[0]?.message, order])).toEqual([
    ['number', '该用户不属于此客户', null],
    ['plan', '产品 NO-SUCH 现在不在该组织销售', null],
    ['number', '用户不存在，或不在您的管理范围内', null],
  ]);
  expect((await ordersOf(orderBatchId)).map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'completed'));
});

test('rows of one group are one order of a bundle, with one sum to pay; where one cannot be had, none is', async () => {
  const party = await world.payer({ account: { billingDay: 1 } });
  const [a, b, c, d, e, f, g, h] = Array.from({ length: 8 }, () => newNumber());
  const { orderBatchId } = await create(
    [
      '受理类型,号码,业务类型,主套餐,组号,融合套餐,成员角色,备注,生效日期',
      `开户,${a},MOBILE,PLAN-30,H1,TOGETHER,PHONE,总部,`,
      `开户,${b},MOBILE,PLAN-FEES,,,,,`,
      `开户,line-${a},BROADBAND,LINE-50,H1,TOGETHER,LINE,,`,
      `开户,${c},MOBILE,PLAN-30,H1,TOGETHER,PHONE,总部,`,
      // No line, and a number that is taken by then.
      `开户,${d},MOBILE,PLAN-30,H2,TOGETHER,PHONE,,`,
      `开户,line-${a},BROADBAND,LINE-50,H3,TOGETHER,LINE,,`,
      `开户,${e},MOBILE,PLAN-30,H4,TOGETHER,PHONE,,`,
      `开户,line-${e},BROADBAND,LINE-50,H4,TOGETHER,LINE,分部,`,
      `开户,${f},MOBILE,PLAN-30,H5,TOGETHER,,,`,
      `停机,${g},,,H5,,,,`,
      `开户,${h},MOBILE,PLAN-60,H6,TOGETHER,PHONE,,`,
      `开户,line-${h},BROADBAND,LINE-50,H6,TOGETHER,LINE,,`,
    ].join('\n'),
    party,
  );
  expect(await work(orderBatchId)).toBe('COMPLETED');
  expect(await rowsOf(orderBatchId)).toEqual([
    '1/2 OPEN ACCEPTED',
    '2/3 OPEN ACCEPTED',
    '3/4 OPEN ACCEPTED',
    '4/5 OPEN ACCEPTED',
    '5/6 OPEN REFUSED bundle BUNDLE_INCOMPLETE',
    '6/7 OPEN REJECTED number NUMBER_TWICE',
    '7/8 OPEN REJECTED group GROUP_REFUSED',
    '8/9 OPEN REJECTED note GROUP_DIFFERS',
    '9/10 OPEN REJECTED role GROUP_INCOMPLETE',
    '10/11 SUSPEND REJECTED group CELL_NOT_ALLOWED; bundle GROUP_INCOMPLETE; role GROUP_INCOMPLETE',
    '11/12 OPEN REFUSED plan PLAN_NOT_OF_ROLE',
    '12/13 OPEN REFUSED group GROUP_REFUSED',
  ]);
  const [first] = await ordersOf(orderBatchId);
  const orders = await database.raw('SELECT DISTINCT order_id FROM order_batch_row WHERE batch_id = $1 AND group_row = 1', [orderBatchId]);
  expect(orders).toEqual([{ order_id: first?.id }]);
  expect(first).toMatchObject({ state: 'pending', due: 3_001 });
  const [summary] = await summariseOrderBatches(clerk, [orderBatchId]);
  // 30.01 of the bundle once, and 53.00 and 100.00 of the line that stands alone.
  expect(summary).toMatchObject({ orders: 2, rows: { ACCEPTED: 4, REFUSED: 3, REJECTED: 5 }, due: { amountMinor: 18_301n } });
  const workflow = batchPaymentWorkflow(workflows());
  const input = {
    orderBatchId,
    method: 'CASH' as const,
    amount: { amountMinor: 18_301n, currency: 'CNY' as CurrencyCode },
    reference: newKey(),
  };
  const { orderBatchPaymentId } = await world.run(recordBatchPayment(engine, workflow), input, clerk);
  await workflow.run(stepOf(newKey()), { orderBatchPaymentId });
  const done = await database.raw<{ paid: number; state: string }>(
    `SELECT DISTINCT o.paid_minor::int AS paid, o.state FROM order_batch_row r JOIN product_order o ON o.id = r.order_id
     WHERE r.batch_id = $1 ORDER BY 1`,
    [orderBatchId],
  );
  expect(done).toEqual([{ paid: 3_001, state: 'completed' }, { paid: 15_300, state: 'completed' }]); // prettier-ignore
  const members = await database.raw(
    `SELECT DISTINCT m.role, f.value FROM bundle_membership m JOIN bundle_state s ON s.bundle_instance_id = m.bundle_instance_id
     JOIN subscriber_identifier f ON f.subscriber_id = m.subscriber_id WHERE s.holder_id = $1 ORDER BY 1, 2`,
    [party.customerId],
  );
  const phones = [a, c].sort().map((value) => ({ role: 'PHONE', value }));
  expect(members).toEqual([{ role: 'LINE', value: `line-${a}` }, ...phones]);
  const told = await world.read<{ orderBatch: { rows: { nodes: { groupRow: number | null; refusals: { message: string }[] }[] } } }>(
    'query ($id: ID!) { orderBatch(id: $id) { rows(first: 100) { nodes { groupRow refusals { message } } } } }',
    { id: encodeId('orderBatch', orderBatchId) },
    { ...world.clerk, language: 'zh' },
  );
  const { nodes } = told.orderBatch.rows;
  expect(nodes.map(({ groupRow }) => groupRow)).toEqual([1, null, 1, 1, 5, 6, 7, 7, 9, 9, 11, 11]);
  expect(nodes[11]?.refusals).toEqual([{ message: '同组第 11 行不能受理，整组均未受理' }]);
  // Tried again they are tried together.
  expect(await work(orderBatchId, { retryRefused: true })).toBe('COMPLETED');
  expect((await rowsOf(orderBatchId)).slice(10)).toEqual([
    '11/12 OPEN REFUSED plan PLAN_NOT_OF_ROLE',
    '12/13 OPEN REFUSED group GROUP_REFUSED',
  ]);
});

test('a batch is there only for who may accept those of all its lines of business', async () => {
  const party = await world.payer();
  const ofMobile = (): CallContext => world.as(PERMISSION_CODES, world.hangzhou, ['MOBILE']);
  const [a, b] = [newNumber(), newNumber()];
  const head = 'kind,number,serviceType,plan';
  const mobile = await create(`${head}\nOPEN,${a},MOBILE,PLAN-30\n`, party, ofMobile());
  const line = await create(`${head}\nOPEN,lines-${a},BROADBAND,LINE-50\n`, party);
  const both = await create(`${head}\nOPEN,${b},MOBILE,PLAN-30\nOPEN,lines-${b},BROADBAND,LINE-50\n`, party);
  const ids = [mobile.orderBatchId, line.orderBatchId, both.orderBatchId];
  expect(await work(line.orderBatchId)).toBe('COMPLETED');
  // What names a line that is there is about it too.
  const stopping = await create(`kind,number\nSUSPEND,lines-${a}\n`, party);
  ids.push(stopping.orderBatchId);
  expect((await selectOrderBatchesById(ofMobile(), ids)).map(({ id }) => id)).toEqual([mobile.orderBatchId]);
  expect(await selectOrderBatchesById(clerk, ids)).toHaveLength(4);
  const listed = await searchOrderBatches(ofMobile(), { customerId: party.customerId }, { first: 10, after: null });
  expect(listed.rows.map(({ id }) => id)).toEqual([mobile.orderBatchId]);
  const rows = await selectBatchRows(ofMobile(), ids, null, { first: 10, after: null });
  expect(ids.map((id) => rows.get(id)?.rows.length ?? 0)).toEqual([1, 0, 0, 0]);
  expect((await summariseOrderBatches(ofMobile(), ids)).map(({ batchId }) => batchId)).toEqual([mobile.orderBatchId]);
  expect(await selectBatchPayments(ofMobile(), ids)).toEqual([]);
  const refused = async (useCase: Parameters<typeof execute>[1], input: object): Promise<string[]> => {
    const result = await execute(ofMobile(), useCase, input as never, newKey());
    return result.ok ? [] : result.refusals.map(({ code }) => code);
  };
  const orderBatchId = both.orderBatchId;
  expect(await refused(stopOrderBatch as never, { orderBatchId })).toEqual(['NOT_FOUND']);
  const begin = startOrderBatch(engine, orderBatchWorkflow(workflows()));
  expect(await refused(begin as never, { orderBatchId, retryRefused: false })).toEqual(['NOT_FOUND']);
  // Nor does he make one that he would not see.
  const file = { organisationId: world.hangzhou, ...party, fileName: 'x', fileDigest: '1'.repeat(64) };
  const made = await readBatchFile(await RowFile.open(await fileOf(`${head}\nOPEN,${newNumber()},BROADBAND,LINE-50\n`), BATCH_FILE));
  expect(await refused(createOrderBatch as never, { ...file, rows: made.ok ? made.value : [] })).toEqual(['LINES_REFUSED']);
  // A number that is of no line when the file is given is of the line that its order is about.
  const later = newNumber();
  const unknown = await create(`kind,number\nSUSPEND,late-${later}\n`, party, ofMobile());
  expect(await selectOrderBatchesById(ofMobile(), [unknown.orderBatchId])).toHaveLength(1);
  await work((await create(`${head}\nOPEN,late-${later},BROADBAND,LINE-50\n`, party)).orderBatchId);
  expect(await work(unknown.orderBatchId)).toBe('COMPLETED');
  expect(await rowsOf(unknown.orderBatchId)).toEqual(['1/2 SUSPEND ACCEPTED']);
  expect(await selectOrderBatchesById(ofMobile(), [unknown.orderBatchId])).toEqual([]);
});

test('the same file is the same batch: nothing is accepted twice, and what was refused can be tried again', async () => {
  const party = await world.payer();
  const [a, b] = [newNumber(), newNumber()];
  await world.subscriber((await world.payer()).customerId, party.accountId, { identifier: b });
  const content = openings([a, b]);
  const { orderBatchId } = await create(content, party);
  await work(orderBatchId);
  expect(await rowsOf(orderBatchId)).toEqual(['1/2 OPEN ACCEPTED', '2/3 OPEN REFUSED number NUMBER_TAKEN']);
  const again = await create(content, party);
  expect(again).toEqual({ orderBatchId, known: true });
  expect(await work(orderBatchId)).toBe('COMPLETED');
  expect(await ordersOf(orderBatchId)).toHaveLength(1);
  await database.raw(`UPDATE subscriber_identifier SET value = value || 'X' WHERE value = $1`, [b]);
  expect(await work(orderBatchId, { retryRefused: true })).toBe('COMPLETED');
  expect(await rowsOf(orderBatchId)).toEqual(['1/2 OPEN ACCEPTED', '2/3 OPEN ACCEPTED']);
  // For another account of theirs it is another batch, whose numbers are taken by now.
  const elsewhere = await create(content, { ...party, accountId: await world.account(party.customerId) });
  expect(elsewhere.known).toBe(false);
  await work(elsewhere.orderBatchId);
  expect((await rowsOf(elsewhere.orderBatchId)).map((row) => row.split(' ').at(-1))).toEqual(['NUMBER_TAKEN', 'NUMBER_TAKEN']);
});

test('a batch is refused for what it names, and to who may not have it', async () => {
  const party = await world.payer();
  const another = await world.payer();
  const refusal = async (input: object, by = clerk): Promise<string[]> => {
    const rows = [{ row: 1, line: 2, kind: 'TERMINATE', number: '1', groupRow: null, asked: null, refusals: [] }];
    const whole = { organisationId: world.hangzhou, ...party, fileName: 'x', fileDigest: '0'.repeat(64), rows, ...input };
    const result = await execute(by, createOrderBatch, whole, newKey());
    return result.ok ? [] : result.refusals.map(({ code, field }) => `${field?.join('.') ?? ''} ${code}`);
  };
  expect(await refusal({ accountId: another.accountId })).toEqual(['accountId ACCOUNT_NOT_THEIRS']);
  expect(await refusal({ rows: [] })).toEqual(['file ROWS_NEEDED']);
  expect(await refusal({ organisationId: world.ningbo })).toEqual([
    'organisationId ORGANISATION_NOT_FOUND',
    'organisationId ORGANISATION_NOT_FOUND',
  ]);
  const inNingbo = world.as(PERMISSION_CODES, world.ningbo);
  expect(await refusal({ organisationId: world.ningbo }, inNingbo)).toEqual([
    'customerId CUSTOMER_NOT_FOUND',
    'accountId ACCOUNT_NOT_FOUND',
  ]);
  const { orderBatchId } = await create(openings([newNumber()]), party);
  expect(await selectOrderBatchesById(inNingbo, [orderBatchId])).toEqual([]);
  expect((await searchOrderBatches(inNingbo, { customerId: party.customerId }, { first: 10, after: null })).rows).toEqual([]);
  expect(await execute(inNingbo, stopOrderBatch, { orderBatchId }, newKey())).toMatchObject({ refusals: [{ code: 'NOT_FOUND' }] });
  // What a worker does is what he may do who had it begun: here he may not open subscribers.
  const narrow = world.as(PERMISSION_CODES.filter((permission) => permission !== 'subscriber:write'), world.hangzhou); // prettier-ignore
  await work(orderBatchId, { by: narrow });
  expect(await rowsOf(orderBatchId)).toEqual(['1/2 OPEN REFUSED  ORGANISATION_NOT_FOUND']);
  const many = await fileOf(openings(Array.from({ length: 10_001 }, (_, n) => String(n))));
  expect(await readBatchFile(await RowFile.open(many, BATCH_FILE))).toMatchObject({ refusals: [{ code: 'TOO_MANY' }] });
});

test('it stops behind the row under way, goes on where it stood, and two that are at it do each row once', async () => {
  const party = await world.payer();
  const { orderBatchId } = await create(openings(Array.from({ length: 12 }, () => newNumber())), party);
  const take = async (runner: string) => world.run(takeOrderBatch, { orderBatchId, retryRefused: false, runner }, clerk);
  await take('one');
  let rows = 0;
  let stopping: Promise<unknown> | undefined;
  const onProgress = (): void => {
    rows += 1;
    if (rows === 3) stopping ??= execute(clerk, stopOrderBatch, { orderBatchId }, newKey());
  };
  expect(await runOrderBatch({ context: clerk, orderBatchId, runner: 'one', onProgress })).toEqual({ ok: true, value: 'STOPPED' });
  await stopping;
  const done = (await ordersOf(orderBatchId)).length;
  expect(done).toBeGreaterThanOrEqual(3);
  expect(done).toBeLessThan(12);
  // Another takes it from whoever had it: he is told at his next row.
  await take('two');
  const two = runOrderBatch({ context: clerk, orderBatchId, runner: 'two' });
  const same = runOrderBatch({ context: world.as(PERMISSION_CODES, world.hangzhou), orderBatchId, runner: 'two' });
  const ended = await Promise.all([two, same, runOrderBatch({ context: clerk, orderBatchId, runner: 'one' })]);
  expect(ended.filter((result) => result.ok && result.value === 'COMPLETED').length).toBeGreaterThanOrEqual(1);
  expect(await ordersOf(orderBatchId)).toHaveLength(12);
  const [orders] = await database.raw('SELECT count(*)::int AS n FROM product_order WHERE customer_id = $1', [party.customerId]);
  expect(orders).toEqual({ n: 12 });
  expect(await execute(clerk, stopOrderBatch, { orderBatchId }, newKey())).toMatchObject({ refusals: [{ code: 'BATCH_ENDED' }] });
});

test('one payment is split over its orders to the fen, each part once, and what an order no longer takes is told', async () => {
  const party = await world.payer();
  const { orderBatchId } = await create(openings([newNumber(), newNumber(), newNumber()], 'PLAN-FEES'), party);
  await work(orderBatchId);
  expect(await ordersOf(orderBatchId)).toMatchObject([{ state: 'pending', due: 15_300 }, { due: 15_300 }, { due: 15_300 }]);
  expect((await summariseOrderBatches(clerk, [orderBatchId]))[0]).toMatchObject({
    due: { amountMinor: 45_900n },
    paid: { amountMinor: 0n },
  });
  const workflow = batchPaymentWorkflow(workflows());
  const pay = recordBatchPayment(engine, workflow);
  const asking = (fen: bigint, reference: string): RecordBatchPaymentInput => {
    return { orderBatchId, method: 'BANK_TRANSFER', amount: { amountMinor: fen, currency: 'CNY' as CurrencyCode }, reference };
  };
  const refused = async (input: RecordBatchPaymentInput): Promise<string> => {
    const result = await execute(clerk, pay, input, newKey());
    return result.ok ? '' : result.refusals.map(({ code, message }) => `${code} ${message.en}`).join();
  };
  const splitAll = async (): Promise<void> => {
    const last = enqueued.at(-1) as { workflowId: string; input: { orderBatchPaymentId: string } };
    await workflow.run(stepOf(last.workflowId), last.input);
    await workflow.run(stepOf(last.workflowId), last.input);
  };
  expect(await refused(asking(45_901n, 'T1'))).toBe('AMOUNT_WRONG The amount must lie above zero, and be 459.00 CNY at most.');
  expect(await refused(asking(0n, 'T1'))).toContain('AMOUNT_WRONG');
  expect(await refused(asking(1n, ' '))).toContain('BLANK');
  await world.run(pay, asking(20_000n, 'T1'), clerk);
  expect(await refused(asking(1n, 'T2'))).toContain('PAYMENT_UNDER_WAY');
  await splitAll();
  expect(await ordersOf(orderBatchId)).toMatchObject([
    { state: 'completed', paid: 15_300 },
    { state: 'pending', paid: 4_700 },
    { paid: 0 },
  ]);
  expect(await refused(asking(1n, 'T1'))).toContain('REFERENCE_TAKEN');
  // 53.00 of each are fees with their tax, 100.00 a deposit: of the second order 47.00 of its fee are paid.
  expect(await world.booksOf(party.accountId)).toMatchObject({ '2241': -10_000 });
  await world.run(pay, asking(25_900n, 'T2'), clerk);
  const [, , third] = await ordersOf(orderBatchId);
  await world.run(cancelOrder, { orderId: third?.id as Id<'order'>, expectedVersion: third?.version ?? 0, note: null }, clerk);
  await splitAll();
  expect(await ordersOf(orderBatchId)).toMatchObject([
    { paid: 15_300 },
    { state: 'completed', paid: 15_300 },
    { state: 'cancelled', paid: 0 },
  ]);
  const payments = await selectBatchPayments(clerk, [orderBatchId]);
  expect(payments.map(({ reference, state, paid, refused: back }) => [reference, state, paid.amountMinor, back.amountMinor])).toEqual([
    ['T1', 'COMPLETED', 20_000n, 0n],
    ['T2', 'COMPLETED', 10_600n, 15_300n],
  ]);
  expect(await refused(asking(1n, 'T3'))).toContain('NOTHING_TO_PAY');
});

test('add-ons are given up, lines moved and lines given to others; what is named and is not there is told by its column', async () => {
  const party = await world.payer();
  const [heir, stranger] = [await world.payer(), await world.payer()];
  const [a, b, c, d] = [newNumber(), newNumber(), newNumber(), newNumber()];
  const heads = 'kind,number,serviceType,plan,products';
  const openings = [a, b, c, d].map((number) => `OPEN,${number},MOBILE,PLAN-30,ADD-10`);
  await work((await create([heads, ...openings].join('\n'), party)).orderBatchId);
  const noOf = async (name: 'customer' | 'account', id: string): Promise<string> => {
    const [row] = await database.raw<{ no: string }>(`SELECT ${name}_no AS no FROM ${name} WHERE id = $1`, [id]);
    return row?.no ?? '';
  };
  const [to, paying] = [await noOf('customer', heir.customerId), await noOf('account', heir.accountId)];
  const theirs = await noOf('account', stranger.accountId);
  // In net for three months, as a transfer asks.
  world.clock.advance({ hours: 24 * 93 });
  const { orderBatchId } = await create(
    [
      '受理类型,号码,附加产品,新装机地址,过入客户编号,过入账户编号',
      `退订产品,${a},ADD-10,,,`,
      `移机,${b},,西湖区文三路 9 号,,`,
      `过户,${c},,,${to},${paying}`,
      `过户,${d},,,${to},${theirs}`,
    ].join('\n'),
    party,
  );
  expect(await work(orderBatchId)).toBe('COMPLETED');
  expect(await rowsOf(orderBatchId)).toEqual([
    '1/2 REMOVE_PRODUCT ACCEPTED',
    '2/3 RELOCATE ACCEPTED',
    '3/4 TRANSFER ACCEPTED',
    '4/5 TRANSFER REFUSED toAccount ACCOUNT_NOT_THEIRS',
  ]);
  expect((await ordersOf(orderBatchId)).map(({ state }) => state)).toEqual(['completed', 'completed', 'completed']);
  const stands = await database.raw<{ value: string; address: string | null; owner: string; held: string }>(
    `SELECT f.value, s.attributes ->> 'address' AS address, c.customer_id AS owner,
            (SELECT string_agg(p.code, ' ' ORDER BY p.code) FROM subscriber_product h JOIN product_instance i ON i.id = h.instance_id
             JOIN product p ON p.id = i.product_id
             WHERE h.subscriber_id = s.id AND upper_inf(h.recorded) AND h.valid @> $2::timestamptz) AS held
     FROM subscriber_identifier f JOIN subscriber s ON s.id = f.subscriber_id
     JOIN subscriber_customer c ON c.subscriber_id = s.id AND c.role = 'OWNER' AND upper_inf(c.recorded) AND c.valid @> $2::timestamptz
     WHERE f.value = ANY ($1) AND upper_inf(f.recorded) ORDER BY array_position($1, f.value)`,
    [[a, b, c, d], world.clock.now().toString()],
  );
  expect(stands).toEqual([
    { value: a, address: null, owner: party.customerId, held: 'PLAN-30' },
    { value: b, address: '西湖区文三路 9 号', owner: party.customerId, held: 'ADD-10 PLAN-30' },
    { value: c, address: null, owner: heir.customerId, held: 'ADD-10 PLAN-30' },
    { value: d, address: null, owner: party.customerId, held: 'ADD-10 PLAN-30' },
  ]);
  const missing = await create(
    ['kind,number,products,toCustomer,toAccount', `REMOVE_PRODUCT,${a},ADD-10,,`, `TRANSFER,${d},,0,0`].join('\n'),
    party,
  );
  await work(missing.orderBatchId);
  expect(await rowsOf(missing.orderBatchId)).toEqual([
    '1/2 REMOVE_PRODUCT REFUSED products INSTANCE_NOT_HELD',
    '2/3 TRANSFER REFUSED toCustomer CUSTOMER_NOT_FOUND; toAccount ACCOUNT_NOT_FOUND',
  ]);
});

test('the command line accepts a file, and names what is no order in a report that no spreadsheet runs', async () => {
  const { customerId, accountId } = await world.payer();
  const [numbers] = await database.raw<{ customer: string; account: string }>(
    'SELECT c.customer_no AS customer, a.account_no AS account FROM customer c JOIN account a ON a.customer_id = c.id WHERE c.id = $1 AND a.id = $2',
    [customerId, accountId],
  );
  const file = await fileOf(`${openings([newNumber()])}OPEN,=cmd|' /C calc'!A0,MOBILE,PLAN-30\n`);
  const options = {
    customer: numbers?.customer ?? '',
    account: numbers?.account ?? '',
    organisation: 'HZ',
    encoding: 'utf-8',
    retry: false,
  } as const;
  const done = await runBatchFile({ database: database.core, clock: world.clock, file, ...options });
  expect(batchText(done)).toBe(
    `The file is worked through: 1 orders.\nThey ask for 0.00 CNY at once; 0.00 is paid.\n1 rows are no orders: ${file}.refused.csv says why.\n`,
  );
  expect(await readFile(`${file}.refused.csv`, 'utf8')).toMatch(
    /^row,line,state,kind,number,column,code,message_zh,message_en\n2,3,REFUSED,OPEN,'=cmd\|' \/C calc'!A0,number,IDENTIFIER_INVALID,/,
  );
  const again = await runBatchFile({ database: database.core, clock: world.clock, file, ...options });
  expect(again.batch.id).toBe(done.batch.id);
  expect(again.summary.rows).toMatchObject({ ACCEPTED: 1, REFUSED: 1 });
});

test('killed at any instant it goes on: every row is one order, and none is two', async () => {
  const party = await world.payer();
  const rows = 60;
  const { orderBatchId } = await create(openings(Array.from({ length: rows }, () => newNumber())), party);
  const program = [
    '-r',
    resolve(__dirname, '../support/run-typescript.cjs'),
    resolve(__dirname, 'batch-child.ts'),
    database.url,
    orderBatchId,
  ];
  const begin = (): ReturnType<typeof spawn> => spawn(process.execPath, program, { stdio: ['ignore', 'pipe', 'inherit'] });
  for (const [seenMax, moreMs] of [[2, 0], [5, 9], [9, 17]] as const) {
    const child = begin();
    let seen = 0;
    for await (const _line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
      seen += 1;
      if (seen === seenMax) setTimeout(() => child.kill('SIGKILL'), moreMs);
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const [facts] = await database.raw(
      `SELECT (SELECT count(*) FROM product_order WHERE customer_id = $1)::int AS orders,
              (SELECT count(*) FROM order_batch_row WHERE batch_id = $2 AND state = 'ACCEPTED')::int AS accepted`,
      [party.customerId, orderBatchId],
    );
    expect(facts?.['orders']).toBe(facts?.['accepted']);
  } // prettier-ignore
  expect((await ordersOf(orderBatchId)).length).toBeLessThan(rows);
  const last = begin();
  await once(last, 'exit');
  expect(last.exitCode).toBe(0);
  expect(await ordersOf(orderBatchId)).toHaveLength(rows);
  const [batch] = await selectOrderBatchesById(clerk, [orderBatchId]);
  expect(batch?.state).toBe('COMPLETED');
  const [opened] = await database.raw(
    `SELECT count(*)::int AS n FROM subscriber_customer WHERE customer_id = $1 AND role = 'OWNER'`,
    [party.customerId],
  ); // prettier-ignore
  expect(opened).toEqual({ n: rows });
}, 120_000);
