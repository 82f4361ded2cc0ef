import { searchAccounts } from '../../business/component/account';
import { searchCustomers } from '../../business/component/customer';
import { searchOrganisations } from '../../business/component/organisation';
import type { CallContext, CoreDatabase } from '../../business/context';
import { execute } from '../../business/execute';
import {
  createOrderBatch, readBatchFile, runOrderBatch, selectOrderBatchesById, stopOrderBatch, summariseOrderBatches, takeOrderBatch,
  type BatchRefusal, type BatchSummary, type OrderBatch,
} from '../../business/process/order-batch'; // prettier-ignore
import { programContext } from '../../business/process/program-context';
import type { Clock } from '../../kernel/clock';
import { newId } from '../../kernel/id';
import { formatAmount } from '../../kernel/money';
import type { Result } from '../../kernel/result';
import { BATCH_FILE, digestFile, RowFile, writeBatchReport } from '../file';
import type { BatchOptions } from './command-line';

export interface BatchFileRequest extends BatchOptions {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly file: string;
  readonly onProgress?: () => void;
  /** Stops the batch behind the row that is under way. */
  readonly signal?: AbortSignal;
}

export interface RunBatch {
  readonly batch: OrderBatch;
  readonly summary: BatchSummary;
  /** Null when every row is an order. */
  readonly refusedFile: string | null;
}

const FIRST = { first: 1, after: null } as const;

/**
 * Accepts the orders of a file from the command line, as the system; a file that was given before goes on where it stands.
 * @throws FileUnreadable, or an Error that names what was refused
 */
export async function runBatchFile(request: BatchFileRequest): Promise<RunBatch> {
  const { database, clock, file, encoding, retry, onProgress, signal } = request;
  const actor = { kind: 'SYSTEM', id: 'sanhu order-batch', clientId: 'sanhu order-batch', address: null } as const;
  const context = programContext(database, clock, actor, newId('event'));
  const parties = await partiesOf(context, request);
  const rows = valueOf(await readBatchFile(await RowFile.open(file, { ...BATCH_FILE, encoding })));
  const { digest } = await digestFile(file);
  const input = { ...parties, fileName: file, fileDigest: digest, rows };
  const { orderBatchId } = valueOf(await execute(context, createOrderBatch, input, newId('event')));
  const runner = `sanhu order-batch:${newId('event')}`;
  const begun = valueOf(await execute(context, takeOrderBatch, { orderBatchId, retryRefused: retry, runner }, newId('event')));
  if (begun.state !== 'COMPLETED') {
    const run = {
      context,
      orderBatchId,
      runner,
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    };
    if (valueOf(await runOrderBatch(run)) === 'RUNNING') valueOf(await execute(context, stopOrderBatch, { orderBatchId }, newId('event')));
  }
  const [batch] = await selectOrderBatchesById(context, [orderBatchId]);
  const [summary] = await summariseOrderBatches(context, [orderBatchId]);
  if (batch === undefined || summary === undefined) throw new Error('The batch cannot be read.');
  const report = request.refused ?? `${file}.refused.csv`;
  return { batch, summary, refusedFile: (await writeBatchReport(report, context, orderBatchId)) === 0 ? null : report };
}

/** What a person is told of a batch. */
export function batchText({ batch, summary: { rows, orders, due, paid }, refusedFile }: RunBatch): string {
  const lines = [
    batch.state === 'COMPLETED'
      ? `The file is worked through: ${orders} orders.`
      : `The batch is ${batch.state}: ${orders} orders, ${rows.WAITING} rows to do. After it was stopped, the same command goes on from here.`,
  ];
  if (due !== null && paid !== null)
    lines.push(`They ask for ${formatAmount(due)} ${due.currency} at once; ${formatAmount(paid)} is paid.`);
  if (refusedFile !== null) lines.push(`${rows.REFUSED + rows.REJECTED} rows are no orders: ${refusedFile} says why.`);
  return `${lines.join('\n')}\n`;
}

async function partiesOf(
  context: CallContext,
  { customer, account, organisation }: BatchOptions,
): Promise<Pick<OrderBatch, 'customerId' | 'accountId' | 'organisationId'>> {
  const [hall] = (await searchOrganisations(context, { code: organisation }, FIRST)).rows;
  const [owner] = (await searchCustomers(context, { customerNo: customer }, FIRST)).rows;
  const [payer] = (await searchAccounts(context, { accountNo: account }, FIRST)).rows;
  if (hall === undefined) throw new Error(`There is no organisation ${organisation}.`);
  if (owner === undefined) throw new Error(`There is no customer ${customer}.`);
  if (payer === undefined) throw new Error(`There is no account ${account}.`);
  return { organisationId: hall.id, customerId: owner.id, accountId: payer.id };
}

function valueOf<Value>(result: Result<Value, BatchRefusal>): Value {
  if (!result.ok) throw new Error(result.refusals.map(({ message }) => `${message.en} ${message.zh}`).join('\n'));
  return result.value;
}
