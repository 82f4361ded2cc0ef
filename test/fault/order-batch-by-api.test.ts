import { encodeId, type Id } from '../../src/kernel/id';
import { Installation, kill, until, type Program } from '../support/program';

/** Enough rows that a worker is still at them, or at their payment, when it is killed. */
const ROWS = 200;
const DONE_WITHIN_MS = 120_000;
/** Of each: a handset of 1,999.00 and a deposit of 500.00. */
const DUE_FEN = 249_900n;

const BATCH = `orderBatch { id state counts { waiting accepted refused rejected } due { amount } paid { amount }
  payments { reference split paid { amount } } }`;
const SUBMIT = `mutation($input: SubmitOrderBatchInput!) { submitOrderBatch(input: $input) { ${BATCH} userErrors { code message } } }`;
const PAY = `mutation($input: RecordBatchPaymentInput!) { recordBatchPayment(input: $input) { ${BATCH} userErrors { code message } } }`;

interface Batch {
  readonly id: string;
  readonly state: string;
  readonly counts: Readonly<Record<'waiting' | 'accepted' | 'refused' | 'rejected', number>>;
  readonly due: { readonly amount: string };
  readonly paid: { readonly amount: string };
  readonly payments: readonly { readonly reference: string; readonly split: boolean }[];
}

const yuan = (fen: bigint): string => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;

describe('orders from a file by API', () => {
  let installation: Installation;
  let program: Program;
  let token: string;

  beforeAll(async () => {
    installation = await Installation.make();
    program = await installation.serve();
    token = await program.logIn('admin');
  }, 180_000);
  afterAll(() => installation.remove());

  const batchOf = async (id: string): Promise<Batch> => {
    const { data } = await program.ask({ token }, `query($id: ID!) { ${BATCH.replace('orderBatch', 'orderBatch(id: $id)')} }`, { id });
    return (data as { orderBatch: Batch }).orderBatch;
  };
  const asked = async (name: string, document: string, input: object): Promise<Batch> => {
    const { data, codes } = await program.ask({ token }, document, { input });
    expect([name, codes]).toEqual([name, []]);
    const payload = (data as Record<string, { orderBatch: Batch; userErrors: unknown[] }>)[name];
    expect(payload?.userErrors).toEqual([]);
    return payload?.orderBatch as Batch;
  };
  const killWorker = (): void => kill(program.children()[1]);
  const countOf = async (statement: string): Promise<number> => {
    const [row] = await installation.sql<{ n: string }>(`SELECT count(*) AS n FROM ${statement}`);
    return Number(row?.n);
  };

  test('are accepted, and paid as one, by a worker; by another where it is killed, each once', async () => {
    const [party] = await installation.sql<{ customer: Id<'customer'>; account: Id<'account'>; node: Id<'organisation'> }>(
      `SELECT c.id AS customer, a.id AS account, c.organisation_id AS node FROM customer c JOIN account a ON a.customer_id = c.id
       WHERE c.kind = 'INDIVIDUAL' AND c.status = 'ACTIVE' AND a.status = 'ACTIVE' ORDER BY c.customer_no LIMIT 1`,
    );
    if (party === undefined) throw new Error('the demonstration has customers');
    const rows = Array.from({ length: ROWS }, (_, n) => `OPEN,1990777${String(n).padStart(4, '0')},MOBILE,MOBILE-HANDSET-199`);
    const body = ['kind,number,serviceType,plan', ...rows, 'OPEN,1,MOBILE,MOBILE-HANDSET-199', ''].join('\n');
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    const uploaded = await fetch(`${program.url}/import/files`, { method: 'POST', headers, body });
    const { fileDigest } = (await uploaded.json()) as { fileDigest: string };
    const input = {
      organisationId: encodeId('organisation', party.node), customerId: encodeId('customer', party.customer),
      accountId: encodeId('account', party.account), fileDigest, fileName: 'phones.csv',
    }; // prettier-ignore
    const { id } = await asked('submitOrderBatch', SUBMIT, { ...input, idempotencyKey: 'batch-1' });
    let counts = (await batchOf(id)).counts;
    await until(DONE_WITHIN_MS, async () => (counts = (await batchOf(id)).counts).accepted > 3);
    killWorker();
    expect(counts.waiting).toBeGreaterThan(0);
    await until(DONE_WITHIN_MS, async () => (await batchOf(id)).state === 'COMPLETED');
    const due = DUE_FEN * BigInt(ROWS);
    expect(await batchOf(id)).toMatchObject({
      counts: { waiting: 0, accepted: ROWS, refused: 1, rejected: 0 },
      due: { amount: yuan(due) },
      paid: { amount: '0.00' },
    });
    const orders = `product_order WHERE customer_id = '${party.customer}' AND due_minor = ${DUE_FEN}`;
    expect(await countOf(orders)).toBe(ROWS);

    const payment = { orderBatchId: id, method: 'BANK_TRANSFER', amount: { amount: yuan(due), currency: 'CNY' }, reference: 'SLIP-1' };
    await asked('recordBatchPayment', PAY, { ...payment, idempotencyKey: 'payment-1' });
    await until(DONE_WITHIN_MS, async () => (await batchOf(id)).paid.amount !== '0.00');
    killWorker();
    await until(DONE_WITHIN_MS, async () => (await batchOf(id)).payments[0]?.split === true);
    expect(await batchOf(id)).toMatchObject({ paid: { amount: yuan(due) }, payments: [{ reference: 'SLIP-1' }] });
    expect(await countOf(`${orders} AND paid_minor = due_minor AND state = 'completed'`)).toBe(ROWS);
    expect(await countOf(`order_payment p JOIN product_order o ON o.id = p.order_id WHERE o.customer_id = '${party.customer}'`)).toBe(ROWS);
    expect(await countOf(`subscriber_identifier WHERE value LIKE '1990777%' AND upper_inf(recorded)`)).toBe(ROWS);
  }, 400_000);
});
