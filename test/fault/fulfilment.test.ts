import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { moveProductVersion } from '../../src/business/component/product';
import { cancelOrder, completeWorkOrder, quoteOrder, submitOrder } from '../../src/business/process/acceptance';
import { execute } from '../../src/business/execute';
import { selectFulfilmentFaults } from '../../src/business/view/fulfilment';
import { selectStockDifferences } from '../../src/business/view/number-stock';
import { CoreDatabase } from '../../src/data/connection/core-database';
import { startEmbeddedPair, type EmbeddedPair } from '../../src/data/connection/embedded-postgres';
import { stopServer } from '../../src/data/connection/embedded/server-process';
import { migrate } from '../../src/data/connection/migrate';
import { systemClock } from '../../src/kernel/clock';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import { FulfilmentWorld } from '../order/fulfilment-world';
import { NumberWorld } from '../support/number-world';
import { newKey } from '../support/party-world';

/*
 * Fulfilment under fire: 500 orders, an element that fails a fifth of its calls, workers that are killed at every boundary of a step, and
 * PostgreSQL killed under them. Each order is carried out or taken back, and nothing is done twice.
 */

jest.setTimeout(240_000);

const PROJECT = resolve(__dirname, '../..');
const ORDERS = 500;
/** Every fifth order opens two subscribers. */
const PAIRS_EVERY = 5;
/** Every eighth cannot take effect: its plan is taken out of sale once it was submitted. */
const HOPELESS_EVERY = 8;
const NUMBERS = ORDERS + ORDERS / PAIRS_EVERY;
const CONCURRENCY = 6;
const TAKEN_WITHIN_MS = 15_000;
const TROUBLE = { slow: 0.04, failBefore: 0.03, failAfter: 0.03, loseCall: 0.03, loseAnswer: 0.03, answerTwice: 0.02, later: 0.02 };

/** Where workers kill themselves: before, in and after each kind of step. */
const KILLS = [
  'before begin 3', 'in begin 3', 'after begin 3', 'before tell 3', 'in tell 3', 'after tell 3', 'in note 3', 'after note 3', 'before activate 3',
  'in activate 3', 'after activate 3', 'before undo 1', 'in undo 1', 'after undo 1', 'before end 1', 'in end 1',
]; // prettier-ignore

let directory: string;
let pair: EmbeddedPair;
let core: CoreDatabase;
let world: FulfilmentWorld;
let orders: Id<'order'>[];
const workers: Worker[] = [];

interface Worker {
  readonly child: ChildProcess;
  readonly lines: string[];
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sanhu-fulfilment-'));
  chmodSync(directory, 0o755); // the server of root runs as another account, which must get in
  pair = await startPostgres(0);
  await migrate(pair.primaryUrl);
  const limits = { poolSize: 6, poolWaitMs: 10_000, statementTimeoutMs: 20_000, lockTimeoutMs: 10_000 };
  core = await CoreDatabase.open(pair.primaryUrl, limits, () => undefined);
  world = new FulfilmentWorld({ url: pair.primaryUrl, core, raw: query });
  await world.found();
  world.clock.set(systemClock.now().toString());
  await world.sellPlan('PLAN');
  const { versionId } = await world.sellPlan('HOPELESS');
  const stock = new NumberWorld({ url: pair.primaryUrl, core, raw: query }, world);
  orders = await submitOrders(await stock.range(await stock.pool(world.hangzhou), NUMBERS));
  await world.run(moveProductVersion, { versionId, expectedVersion: 3, to: 'suspended' });
  world.element.change({ seed: 7, odds: TROUBLE, slowMs: 200, refusals: 0.04 });
});

afterAll(async () => {
  for (const worker of workers) await kill(worker);
  await world.close();
  await core.close();
  await pair.stop();
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

function startPostgres(port: number): Promise<EmbeddedPair> {
  const ports = { primary: port, standby: 0 };
  return startEmbeddedPair({ directory, standby: false, ports, durable: true, databaseName: 'sanhu', maxConnections: 100 });
}

async function query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new Client(pair.primaryUrl);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows as Row[];
  } finally {
    await client.end();
  }
}

function startWorker(killAt = ''): Worker {
  const program = [join(PROJECT, 'test/support/fulfilment-program.ts'), pair.primaryUrl, String(CONCURRENCY), killAt];
  const child = spawn(process.execPath, ['-r', join(PROJECT, 'test/support/run-typescript.cjs'), ...program], {
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const take = (chunk: Buffer): void => void lines.push(...chunk.toString().split('\n'));
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const worker = { child, lines };
  workers.push(worker);
  return worker;
}

async function executorOf({ child, lines }: Worker): Promise<string> {
  const ready = (): string | undefined => lines.find((line) => line.startsWith('READY '));
  await until(60_000, () => Promise.resolve(ready() !== undefined || child.exitCode !== null));
  return (ready() ?? '').slice('READY '.length);
}

async function kill({ child }: Worker): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const log = (): string =>
  workers
    .flatMap(({ child, lines }) => lines.map((line) => `${child.pid}: ${line}`))
    .join('\n')
    .slice(-8_000);

async function until(withinMs: number, condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${JSON.stringify(await states())}\n${log()}`);
    await sleep(100);
  }
}

async function states(): Promise<Record<string, number>> {
  const rows = await query<{ state: string; orders: number }>(
    'SELECT state, count(*)::integer AS orders FROM product_order GROUP BY state',
  );
  return Object.fromEntries(rows.map(({ state, orders }) => [state, orders]));
}

async function openOrders(): Promise<number> {
  const { inProgress = 0, pendingCancellation = 0 } = await states();
  return inProgress + pendingCancellation;
}

/** Submits the orders, six at a time; says which they are. */
async function submitOrders(numbers: readonly string[]): Promise<Id<'order'>[]> {
  const payers = await Promise.all(Array.from({ length: 10 }, () => world.payer()));
  const waiting = [...numbers];
  const jobs = Array.from({ length: ORDERS }, (_, place) => {
    const given = waiting.splice(0, place % PAIRS_EVERY === 0 ? 2 : 1);
    return { place, given, code: place % HOPELESS_EVERY === 0 ? 'HOPELESS' : 'PLAN' };
  });
  const orders: Id<'order'>[] = [];
  const submit = async (): Promise<void> => {
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      const { customerId, accountId } = payers[job.place % payers.length] as (typeof payers)[number];
      const items = job.given.map((identifier) => ({ kind: 'OPEN' as const, content: openingOf(accountId, identifier, job.code) }));
      const asked = {
        organisationId: world.hangzhou,
        customerId,
        accountId: null,
        items,
        requestedStartAt: null,
        externalId: null,
        note: null,
      };
      const { quotationId } = await world.run(quoteOrder, asked);
      orders[job.place] = (await world.run(submitOrder, { quotationId })).orderId;
    }
  };
  await Promise.all(Array.from({ length: 6 }, submit));
  return orders;
}

function openingOf(accountId: Id<'account'>, identifier: string, code: string) {
  const plan = { code, quantity: null, versionId: null };
  return {
    subscriberId: newId('subscriber'), serviceType: 'MOBILE', organisationId: world.hangzhou, identifier, sim: null, userId: null, payerId: null,
    accountId, attributes: {}, plan, addOns: [],
  }; // prettier-ignore
}

/** Workers that die one after the other, two at a time, each at a boundary of its own. */
async function dieEverywhere(): Promise<void> {
  const left = [...KILLS];
  const lane = async (): Promise<void> => {
    for (let at = left.shift(); at !== undefined; at = left.shift()) {
      const { child, lines } = startWorker(at);
      await Promise.race([once(child, 'exit'), sleep(60_000, undefined, { ref: false })]);
      if (child.signalCode !== 'SIGKILL') throw new Error(`it did not die ${at}: ${JSON.stringify(await states())}\n${lines.join('\n')}`);
    }
  };
  await Promise.all([lane(), lane()]);
}

/** Asks for the cancellation of orders that are under way; some come too late. */
async function cancelSome(orders: readonly Id<'order'>[]): Promise<void> {
  for (const orderId of orders) {
    const [row] = await query<{ version: number }>('SELECT version FROM product_order WHERE id = $1', [orderId]);
    await execute(world.context, cancelOrder, { orderId, expectedVersion: row?.version ?? 0, note: null }, newKey());
  }
}

it('carries out or takes back each of 500 orders, whoever dies, and tells the network nothing twice', async () => {
  expect(await states()).toEqual({ inProgress: ORDERS });

  await dieEverywhere();
  expect(workers).toHaveLength(KILLS.length);

  const [first, second] = [startWorker(), startWorker()];
  const [, executorId] = await Promise.all([executorOf(first), executorOf(second)]);
  await cancelSome(orders.slice(-20));
  await stopServer(join(directory, 'primary'), 'immediate');
  await pair.stop();
  pair = await startPostgres(Number(new URL(pair.primaryUrl).port));
  await until(60_000, async () => (await openOrders()) < 150);
  await kill(second);
  const killedAt = performance.now();
  const held = `SELECT 1 FROM dbos.workflow_status WHERE executor_id = $1 AND status = 'PENDING'`;
  await until(TAKEN_WITHIN_MS, async () => (await query(held, [executorId])).length === 0);
  const takenMs = performance.now() - killedAt;
  expect(takenMs).toBeLessThan(TAKEN_WITHIN_MS);
  await until(120_000, async () => {
    await answerQuestions();
    return (await openOrders()) === 0;
  });
  await expectEachOnce(orders);
  process.stdout.write(`taken up after ${Math.round(takenMs)} ms; ${JSON.stringify(await states())}\n`);
});

/** What the element refuses to take back, a person takes back by hand, and says so. */
async function answerQuestions(): Promise<void> {
  const asked = await query<{ id: Id<'workOrder'>; version: number }>(`SELECT id, version FROM work_order WHERE state = 'new'`);
  for (const { id: workOrderId, version: expectedVersion } of asked) {
    await world.run(completeWorkOrder, { workOrderId, expectedVersion, note: null });
  }
}

interface Ended {
  readonly order_no: string;
  readonly state: string;
  readonly numbers: readonly string[];
  readonly services: readonly Id<'subscriber'>[];
  readonly by_hand: boolean;
}

async function expectEachOnce(orders: readonly Id<'order'>[]): Promise<void> {
  const ended = await query<Ended>(
    `SELECT o.order_no, o.state, array_agg(i.content->>'identifier' ORDER BY i.item_no) AS numbers,
            array_agg(i.subscriber_id ORDER BY i.item_no) AS services,
            EXISTS (SELECT FROM work_order w WHERE w.order_id = o.id) AS by_hand
     FROM product_order o JOIN order_item i ON i.order_id = o.id GROUP BY o.id`,
  );
  expect(ended).toHaveLength(orders.length);
  const { effects, violations, calls } = world.element.record();
  expect(violations).toEqual([]);
  expect(new Set(effects.map(({ key }) => key)).size).toBe(effects.length);
  const byOrder = new Map<string, (typeof effects)[number][]>();
  for (const effect of effects) byOrder.set(effect.orderNo, [...(byOrder.get(effect.orderNo) ?? []), effect]);
  const keys = new Set(
    orders.flatMap((id) => [1, 2].flatMap((item) => [`fulfil-order/${id}:provision ${item}`, `fulfil-order/${id}:undo ${item}`])),
  );
  expect(Object.keys(calls).filter((key) => !keys.has(key))).toEqual([]);
  const stateOf = new Map(
    (await query<{ value: string; state: string }>('SELECT value, state FROM access_number')).map((row) => [row.value, row.state]),
  );
  const wrong = ended.filter(({ order_no: orderNo, state, numbers, services, by_hand: byHand }) => {
    const told = (action: string) =>
      (byOrder.get(orderNo) ?? [])
        .filter((effect) => effect.action === action)
        .map(({ serviceId }) => serviceId)
        .sort();
    const [up, down] = [told('ACTIVATE'), told('TERMINATE')];
    const done = state === 'completed';
    const opened = services.map((id) => encodeId('subscriber', id)).sort();
    // By hand means that the element did not: what it then still has, a person has taken back.
    const asItIs = done ? up.join() === opened.join() && down.length === 0 : byHand || up.join() === down.join();
    return (
      !asItIs ||
      !['completed', 'failed', 'cancelled'].includes(state) ||
      numbers.some((one) => stateOf.get(one) !== (done ? 'occupied' : 'idle'))
    );
  });
  expect(wrong).toEqual([]);
  const { completed = 0, failed = 0, cancelled = 0 } = await states();
  expect(completed).toBeGreaterThan(ORDERS / 2);
  expect(failed).toBeGreaterThanOrEqual(Math.floor(ORDERS / HOPELESS_EVERY) - 20);
  expect(completed + failed + cancelled).toBe(ORDERS);
  const reader = { sql: core.reader(), now: systemClock.now() };
  expect([await selectFulfilmentFaults(reader, 10), await selectStockDifferences(reader, 10)]).toEqual([[], []]);
}
