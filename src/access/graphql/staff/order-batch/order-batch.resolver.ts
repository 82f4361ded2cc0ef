import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  BATCH_PAYMENTS_MAX, createOrderBatch, readBatchFile, searchOrderBatches, stopOrderBatch, type BatchRowState,
} from '../../../../business/process/order-batch'; // prettier-ignore
import { execute } from '../../../../business/execute';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { BATCH_FILE, FileUnreadable, RowFile, uploadedFile } from '../../../file';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext, ImportServices } from '../../server/context';
import { readMoney } from '../../server/money.input';
import { MoneyType } from '../../server/money.type';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadAccount } from '../account/account.resolver';
import { AccountType } from '../account/account.type';
import { loadCustomer } from '../customer/customer.resolver';
import { CustomerType } from '../customer/customer.type';
import { loadOrder } from '../order/order.resolver';
import { OrderType } from '../order/order.type';
import { loadOrganisation } from '../organisation/organisation.resolver';
import { OrganisationType } from '../organisation/organisation.type';
import { RecordBatchPaymentInputType, StopOrderBatchInputType, SubmitOrderBatchInputType } from './order-batch.input';
import { batchPaymentsLoader, batchRowsLoader, batchSummaryLoader, orderBatchLoader } from './order-batch.loader';
import {
  BatchCountsType, BatchPaymentType, BatchRowStateEnum, BatchUserError, FEW_PAYMENTS, OrderBatchConnection, OrderBatchPayload,
  OrderBatchRowConnection, OrderBatchRowType, OrderBatchType,
} from './order-batch.type'; // prettier-ignore

@Resolver(() => OrderBatchType)
export class OrderBatchResolver {
  @Query(() => OrderBatchType, { nullable: true, description: 'A batch of orders in scope; null when there is none. Needs order:batch.' })
  public async orderBatch(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<OrderBatchType | null> {
    return loadOrderBatch(context, readId('orderBatch', id));
  }

  @Query(() => OrderBatchConnection, { description: 'Batches of orders in scope, newest first. Needs order:batch.' })
  public async orderBatches(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('customerId', () => ID, { nullable: true, description: 'Of this customer.' }) customerId: string | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<OrderBatchType>> {
    const id = readOptionalId('customer', customerId, 'customerId');
    const found = await searchOrderBatches(context, id == null ? {} : { customerId: id }, pageOf(page));
    return toConnection(OrderBatchConnection, found, (batch) => new OrderBatchType(batch), (batch) => [batch.value.id]); // prettier-ignore
  }

  @FieldResolver(() => OrderBatchRowConnection, { description: 'The rows of the file in their order, or those in one state.' })
  public async rows(
    @Root() { value }: OrderBatchType,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => BatchRowStateEnum, { nullable: true }) state: BatchRowState | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<OrderBatchRowType>> {
    const found = await batchRowsLoader(context, state ?? null, pageOf(page)).load(value.id);
    return toConnection(
      OrderBatchRowConnection,
      found,
      (row) => new OrderBatchRowType(row, context.language),
      (row) => [String(row.value.row)],
    );
  }

  @FieldResolver(() => BatchCountsType, { description: 'How far it is.' })
  public async counts(@Root() { value }: OrderBatchType, @Ctx() context: GraphContext): Promise<BatchCountsType> {
    const summary = await batchSummaryLoader(context).load(value.id);
    return new BatchCountsType(summary?.rows ?? { WAITING: 0, ACCEPTED: 0, REFUSED: 0, REJECTED: 0 });
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'What its orders ask for at once 应缴合计; null while there is none.' })
  public async due(@Root() { value }: OrderBatchType, @Ctx() context: GraphContext): Promise<MoneyType | null> {
    const due = (await batchSummaryLoader(context).load(value.id))?.due ?? null;
    return due === null ? null : new MoneyType(due);
  }

  @FieldResolver(() => MoneyType, { nullable: true, description: 'What has been paid of `due`.' })
  public async paid(@Root() { value }: OrderBatchType, @Ctx() context: GraphContext): Promise<MoneyType | null> {
    const paid = (await batchSummaryLoader(context).load(value.id))?.paid ?? null;
    return paid === null ? null : new MoneyType(paid);
  }

  @Extensions(FEW_PAYMENTS)
  @FieldResolver(() => [BatchPaymentType], { description: `Payments for all of it, at most ${BATCH_PAYMENTS_MAX}, oldest first.` })
  public async payments(@Root() { value }: OrderBatchType, @Ctx() context: GraphContext): Promise<BatchPaymentType[]> {
    return (await batchPaymentsLoader(context).load(value.id)).map((payment) => new BatchPaymentType(payment));
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose orders they are; null when outside scope.' })
  public async customer(@Root() { value }: OrderBatchType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, value.customerId);
  }

  @FieldResolver(() => AccountType, { nullable: true, description: 'To which what is due is charged; null when outside scope.' })
  public async account(@Root() { value }: OrderBatchType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return loadAccount(context, value.accountId);
  }

  @FieldResolver(() => OrganisationType, { nullable: true, description: 'The hall that accepts them.' })
  public async organisation(@Root() { value }: OrderBatchType, @Ctx() context: GraphContext): Promise<OrganisationType | null> {
    return loadOrganisation(context, value.organisationId);
  }

  @Mutation(() => OrderBatchPayload, {
    description:
      'Accepts the orders of a file that was sent to POST /import/files 批量受理: one row, or the rows of one group, is one order, for one ' +
      'customer. Every row is judged before anything is written; a worker then quotes and submits each by itself, and `orderBatch` tells ' +
      'how far it is. The same file for the same customer, account and hall is the same batch: with a new idempotencyKey it goes on where ' +
      'it stopped, or changes nothing. Needs order:batch and order:write at the hall, for all lines of business of the file; each row needs ' +
      'what its order would need.',
  })
  public async submitOrderBatch(
    @Arg('input', () => SubmitOrderBatchInputType) { idempotencyKey, ...rest }: SubmitOrderBatchInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderBatchPayload> {
    const { batches, directory } = servicesOf(context);
    const parties = {
      organisationId: readId('organisation', rest.organisationId, 'organisationId'),
      customerId: readId('customer', rest.customerId, 'customerId'),
      accountId: readId('account', rest.accountId, 'accountId'),
    };
    const { fileName, fileDigest, encoding } = rest;
    const rows = await readUpload(uploadedFile(directory, fileDigest), { ...BATCH_FILE, encoding: encoding ?? 'utf-8' });
    if (!rows.ok) return { userErrors: rows.refusals.map((refusal) => new BatchUserError(refusal, context)) };
    const created = await execute(context, createOrderBatch, { ...parties, fileName, fileDigest, rows: rows.value }, idempotencyKey);
    if (!created.ok) return { userErrors: created.refusals.map((refusal) => new BatchUserError(refusal, context)) };
    const { orderBatchId } = created.value;
    // With the same key both use cases give their first answers again; a new one goes on with a batch that has stopped since.
    const call = { input: { orderBatchId, retryRefused: rest.retryRefused ?? false }, idempotencyKey };
    return mutate(context, batches.start, call, BatchUserError, () => payloadOf(context, orderBatchId));
  }

  @Mutation(() => OrderBatchPayload, {
    description:
      'Stops a batch 停止批量受理 behind the row that is under way; what was accepted stays. `submitOrderBatch` with a new idempotencyKey goes on ' +
      'from there. Needs order:batch at its hall.',
  })
  public async stopOrderBatch(
    @Arg('input', () => StopOrderBatchInputType) { idempotencyKey, orderBatchId }: StopOrderBatchInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderBatchPayload> {
    const id = readId('orderBatch', orderBatchId, 'orderBatchId');
    return mutate(context, stopOrderBatch, { input: { orderBatchId: id }, idempotencyKey }, BatchUserError, () => payloadOf(context, id));
  }

  @Mutation(() => OrderBatchPayload, {
    description:
      'Records one payment for the orders of a batch 批量缴费: in the order of the file each that waits gets what is left of it to pay, until the ' +
      'amount is split. A worker records the parts, each once; `payments` tells what has been. Needs order:batch at its hall, and ' +
      'order:write for the orders.',
  })
  public async recordBatchPayment(
    @Arg('input', () => RecordBatchPaymentInputType) { idempotencyKey, orderBatchId, ...rest }: RecordBatchPaymentInputType,
    @Ctx() context: GraphContext,
  ): Promise<OrderBatchPayload> {
    const { batches } = servicesOf(context);
    const id = readId('orderBatch', orderBatchId, 'orderBatchId');
    const input = () => ({ orderBatchId: id, method: rest.method, amount: readMoney(rest.amount, 'amount'), reference: rest.reference });
    return mutate(context, batches.pay, { input, idempotencyKey }, BatchUserError, () => payloadOf(context, id));
  }
}

@Resolver(() => OrderBatchRowType)
export class OrderBatchRowResolver {
  @FieldResolver(() => OrderType, { nullable: true, description: 'What it became; null while it is no order, or when outside scope.' })
  public async order(@Root() { value }: OrderBatchRowType, @Ctx() context: GraphContext): Promise<OrderType | null> {
    return value.orderId === null ? null : loadOrder(context, value.orderId);
  }
}

export async function loadOrderBatch(context: GraphContext, id: Id<'orderBatch'>): Promise<OrderBatchType | null> {
  const batch = await orderBatchLoader(context).load(id);
  return batch === undefined ? null : new OrderBatchType(batch);
}

async function payloadOf(context: GraphContext, id: Id<'orderBatch'>): Promise<{ orderBatch: OrderBatchType | null }> {
  return { orderBatch: await loadOrderBatch(context, id) };
}

function servicesOf({ imports }: GraphContext): ImportServices {
  if (imports === undefined) throw new Failure('DEPENDENCY_UNAVAILABLE', 'This process takes no files.');
  return imports;
}

async function readUpload(path: string, form: Parameters<typeof RowFile.open>[1]): ReturnType<typeof readBatchFile> {
  try {
    return await readBatchFile(await RowFile.open(path, form));
  } catch (error) {
    // Its message names a path of this machine, which is nobody's business outside.
    if (error instanceof FileUnreadable) throw new Failure('BAD_USER_INPUT', 'There is no such uploaded file, or its head cannot be read.');
    throw error;
  }
}
