import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { insertBatchRows, insertOrderBatch, lockOrderBatch } from '../../../data/operation/order-batch/write-order-batch';
import { lockAccounts } from '../../component/account';
import { lockCustomers } from '../../component/customer';
import { managingNode } from '../../component/organisation';
import { selectLinesOfIdentifiers } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { hasHiddenCharacters } from '../../../kernel/text';
import { ok, refusedBy } from '../../../kernel/result';
import type { JudgedBatchRow } from './group-rows';
import { BATCH_ROWS_MAX } from './read-batch-file';
import { refuseBatch, type BatchRefusal } from './refusals';

export interface CreateOrderBatchInput {
  /** The hall that accepts the orders, and manages what they open. */
  readonly organisationId: Id<'organisation'>;
  readonly customerId: Id<'customer'>;
  /** That what is due is charged to, and that pays for what is opened. */
  readonly accountId: Id<'account'>;
  readonly fileName: string;
  /** SHA-256 of the file, in hexadecimal. */
  readonly fileDigest: string;
  /** As `readBatchFile` judged them. */
  readonly rows: readonly JudgedBatchRow[];
}

/** `known`: the same file was given before, for the same customer, account and hall. */
export type CreatedOrderBatch = { readonly orderBatchId: Id<'orderBatch'>; readonly known: boolean };

/** Keeps the orders of a file 批量受理 for one customer, row by row; or finds the batch that there is. Nothing is accepted yet. */
export const createOrderBatch: UseCase<CreateOrderBatchInput, CreatedOrderBatch, BatchRefusal> = {
  name: 'createOrderBatch',
  permission: 'order:batch',
  async run(unit, { rows, ...input }) {
    const { organisationId, fileName, fileDigest } = input;
    const refused = refusedBy<BatchRefusal>(
      rows.length > BATCH_ROWS_MAX && refuseBatch('TOO_MANY', 'file', { max: BATCH_ROWS_MAX }),
      rows.length === 0 && refuseBatch('ROWS_NEEDED', 'file'),
      hasHiddenCharacters(fileName) && refuseBatch('CHARACTERS_REFUSED', 'fileName'),
      await managingNode(unit, organisationId, 'order:batch', refuseBatch),
      await managingNode(unit, organisationId, 'order:write', refuseBatch),
      await checkParties(unit, input),
    );
    if (refused !== undefined) return refused;
    const batch = { ...input, fileName: fileName.slice(0, 200), actor: unit.actor, serviceTypes: await linesOf(unit, rows) };
    const { id, inserted } = await insertOrderBatch(unit.transaction, batch, unit.now);
    // A batch is seen by its lines: whoever would not see this one does not make it.
    if ((await lockOrderBatch(unit, id)) === undefined) return refuseBatch('LINES_REFUSED', 'file');
    if (inserted) {
      await insertBatchRows(unit.transaction, id, rows);
      const rejected = rows.filter(({ asked }) => asked === null).length;
      const after = { customerId: input.customerId, accountId: input.accountId, fileDigest, rows: rows.length, rejected };
      unit.audit({ subjectKind: 'orderBatch', subjectId: id, organisationId, before: null, after: { ...after, fileName: batch.fileName } });
      unit.emit({ type: 'OrderBatchCreateEvent', subjectKind: 'orderBatch', subjectId: id, payload: after });
    }
    return ok({ orderBatchId: id, known: !inserted });
  },
};

/** The lines of business that rows are about: of what they open, and of the subscribers in the caller's scope that they name. */
async function linesOf(unit: Unit, rows: readonly JudgedBatchRow[]): Promise<string[]> {
  const asked = rows.flatMap((row) => row.asked ?? []);
  const opened = asked.flatMap(({ kind, serviceType }) => (kind === 'OPEN' && serviceType !== null ? [serviceType] : []));
  const named = asked.flatMap(({ kind, number }) => (kind === 'OPEN' ? [] : [number]));
  const held = named.length === 0 ? [] : await selectLinesOfIdentifiers(unit, named, { validAt: unit.now, knownAt: null });
  return [...new Set([...opened, ...held])].sort();
}

async function checkParties(
  unit: Unit,
  { customerId, accountId }: Pick<CreateOrderBatchInput, 'customerId' | 'accountId'>,
): Promise<ReturnType<typeof refusedBy<BatchRefusal>>> {
  const [customer] = await lockCustomers(unit, [customerId], 'customer:read', 'hold');
  const [account] = await lockAccounts(unit, [accountId], 'account:write', 'hold');
  return refusedBy<BatchRefusal>(
    customer === undefined && refuseBatch('CUSTOMER_NOT_FOUND', 'customerId'),
    customer !== undefined && customer.status !== 'ACTIVE' && refuseBatch('CUSTOMER_NOT_ACTIVE', 'customerId'),
    account === undefined && refuseBatch('ACCOUNT_NOT_FOUND', 'accountId'),
    account !== undefined && account.status !== 'ACTIVE' && refuseBatch('ACCOUNT_NOT_ACTIVE', 'accountId'),
    account !== undefined && account.customer_id !== customerId && refuseBatch('ACCOUNT_NOT_THEIRS', 'accountId'),
  );
}
