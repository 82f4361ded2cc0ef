import { changeOperatorParameter } from '../../src/business/component/organisation';
import type { OperatorParameterName } from '../../src/business/component/organisation';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { acc } from './order-world';
import { monthly, price, useProductWorld, type Holder } from './product-world';

/* What the operator decides about charges and contracts holds in quotations from then on. */

const database = useDatabase();
const world = useProductWorld(database);

const at = (time: string) => world.clock.set(time);
const versions = new Map<string, number>();

/** Runs something with a parameter, and puts it back. */
async function during<Value>(parameter: OperatorParameterName, value: Json, initially: Json, run: () => Promise<Value>): Promise<Value> {
  const set = async (to: Json): Promise<void> => {
    const { version } = await world.run(changeOperatorParameter, { parameter, value: to, expectedVersion: versions.get(parameter) ?? 0 });
    versions.set(parameter, version);
  };
  await set(value);
  const result = await run();
  await set(initially);
  return result;
}

async function linesFor({ customerId, accountId }: Holder, items: readonly object[]): Promise<string[]> {
  const { quotationId } = await world.quote(customerId, items as never, { accountId: acc(accountId) });
  return world.linesOf(quotationId);
}
const changePlan = ({ id }: Holder, code: string) => [{ changePlan: { subscriberId: id, plan: { code }, when: 'NOW' } }];
const leave = ({ id }: Holder) => [{ terminate: { subscriberId: id } }];

beforeAll(async () => {
  await world.sell('PLAN-31', { prices: [monthly('31.00')], quantity: { least: 1, most: 2, standard: 1 } });
  await world.sell('PLAN-62', { prices: [monthly('62.00')] });
  const earlyTermination: Json = { kind: 'PERCENTAGE_OF_REMAINING', basisPoints: 10_000, chargeCode: 'PENALTY', taxIncluded: true };
  const phases = { phases: [{ periods: 1, amount: '3.10' }, { amount: '31.00' }] };
  await world.sell('PLAN-BOUND', { prices: [monthly('0', phases)], term: { months: 3, renewal: 'OPEN', earlyTermination } });
  const fees = ['ONE', 'TWO'].map((code) => price('ONE_TIME', code, { chargeCode: 'INSTALLATION', amount: '10.08', taxIncluded: false }));
  await world.sell('ADD-FEES', { prices: fees }, 'ADD_ON');
});

test('tax is rounded once a rate, or once an item', async () => {
  at('2026-01-06T02:00:00Z');
  const holder = await world.holder('PLAN-31');
  const items = [{ addProduct: { subscriberId: holder.id, product: { code: 'ADD-FEES' } } }];
  // 6 % of 20.16 is 1.2096; of 10.08 it is 0.6048.
  const tax = async () => (await linesFor(holder, items)).filter((line) => line.startsWith('TAX')).map((line) => line.slice(4, 8));
  expect(await tax()).toEqual(['1.21']);
  expect(await during('taxRounding', 'PER_ITEM', 'PER_BILL', tax)).toEqual(['1.20']);
});

test('a contract becomes longer by the days of a stop, a partial first period comes before the phases, the day of the end is charged', async () => {
  at('2026-01-22T02:00:00Z');
  const holder = await world.holder('PLAN-BOUND');
  at('2026-02-01T02:00:00Z');
  await world.order(holder.customerId, [{ suspend: { subscriberId: holder.id, reason: 'CUSTOMER_REQUEST' } }]);
  at('2026-02-11T02:00:00Z');
  await world.order(holder.customerId, [{ resume: { subscriberId: holder.id, reason: 'CUSTOMER_REQUEST' } }]);
  at('2026-02-15T02:00:00Z');
  const charge = () => linesFor(holder, leave(holder));
  // 14 of 28 days of February, March, and 21 of 30 days of April, at 31.00.
  const fees = 'remaining fees 68.20 × 100 % = 68.20';
  expect(await charge()).toEqual([`PENALTY 68.20 due: Contract of 2026-01-22 to 2026-04-21, month 1: ${fees}`]);
  // Ten days more of April and one of May.
  const paused = await during('contractsWhileStopped', 'PAUSE', 'RUN_ON', charge);
  expect(paused).toEqual(['PENALTY 78.50 due: Contract of 2026-01-22 to 2026-05-01, month 1: remaining fees 78.50 × 100 % = 78.50']);
  // February is the first period then, at 3.10: 1.55 in place of 15.50.
  expect((await during('partialFirstPeriod', 'COMES_BEFORE', 'COUNTS', charge))[0]).toMatch(/^PENALTY 54\.25 due/);
  // 13 days of February remain: 14.39.
  expect((await during('terminationDay', 'CHARGED', 'FREE', charge))[0]).toMatch(/^PENALTY 67\.09 due/);
});

test('what has been billed in advance follows from when first pieces and changes are billed', async () => {
  at('2026-03-11T02:00:00Z');
  const holder = await world.holder('PLAN-31');
  at('2026-03-21T02:00:00Z');
  const credit = async (of: Holder) => (await linesFor(of, changePlan(of, 'PLAN-62'))).filter((line) => line.startsWith('CREDIT'));
  expect(await credit(holder)).toEqual([]);
  expect(await during('firstPartialPiece', 'AT_ACTIVATION', 'NEXT_BILL', () => credit(holder))).toEqual([
    'CREDIT -11.00: Billed in advance 21.00, used 10.00 (2026-03-11 to 2026-03-20: 31.00 × 10/31 days = 10.00); 11.00 is given back.',
  ]);
  at('2026-05-11T02:00:00Z');
  const instanceId = await world.instanceOf(holder.id, 'PLAN-31');
  await world.order(holder.customerId, [{ changeQuantity: { subscriberId: holder.id, instanceId, quantity: 2 } }]);
  at('2026-05-16T02:00:00Z');
  const used = '(2026-05-01 to 2026-05-10: 31.00 × 10/31 days = 10.00; 2026-05-11 to 2026-05-15: 62.00 × 5/31 days = 10.00)';
  expect(await credit(holder)).toEqual([`CREDIT -11.00: Billed in advance 31.00, used 20.00 ${used}; 11.00 is given back.`]);
  expect(await during('changesWithinPeriod', 'AT_ONCE', 'NEXT_BILL', () => credit(holder))).toEqual([
    `CREDIT -32.00: Billed in advance 52.00, used 20.00 ${used}; 32.00 is given back.`,
  ]);
});

test('a price that does not say how it is prorated says what the operator said when it was drafted', async () => {
  at('2026-01-06T02:00:00Z');
  await during('proration', 'FULL', 'BY_DAY', () => world.sell('PLAN-WHOLE', { prices: [monthly('31.00')] }));
  const holder = await world.holder('PLAN-31');
  at('2026-01-20T02:00:00Z');
  expect(await linesFor(holder, changePlan(holder, 'PLAN-WHOLE'))).toEqual([
    'RECURRING 31.00: 2026-01-20 to 2026-01-31: 31.00 × 1/1 period = 31.00',
  ]);
});
