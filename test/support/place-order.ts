import type { ItemRequest } from '../../src/business/component/order';
import { setOrderKindRule } from '../../src/business/component/order';
import { quoteOrder, submitOrder } from '../../src/business/process/acceptance';
import type { UseCase } from '../../src/business/execute';
import type { Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import type { Json } from '../../src/kernel/stable-json';

interface Runner {
  run<Input, Output extends Json>(useCase: UseCase<Input, Output, string>, input: Input): Promise<Output>;
  readonly readWorkOrder: (orderId: string) => Promise<Id<'workOrder'> | undefined>;
}

export interface PlacedOrder {
  readonly quotationId: Id<'quotation'>;
  readonly orderId: Id<'order'>;
  /** Of its first item, where people have a step to do. */
  readonly workOrderId: Id<'workOrder'> | undefined;
}

const RULE = {
  feeMinor: 0n, feeChargeCode: null, feeTaxIncluded: true, dueMinutes: 60, monthsInNet: 0, daysInNet: 0, stopReasonsAllowed: 127,
  arrearsRefused: false, workQueue: 'INSTALLATION', paymentHours: 168,
} as const; // prettier-ignore

/** Quotes and submits an order as the system. Relocations and transfers are steps that people do from then on, and so are left under way. */
export async function placeOrder(
  world: Runner,
  {
    organisationId,
    customerId,
    accountId = null,
    items,
  }: {
    readonly organisationId: Id<'organisation'>;
    readonly customerId: Id<'customer'>;
    readonly accountId?: Id<'account'> | null;
    readonly items: readonly ItemRequest[];
  },
): Promise<PlacedOrder> {
  for (const kind of ['RELOCATE', 'TRANSFER'] as const) {
    await world.run(setOrderKindRule, { kind, serviceType: null, rule: RULE, feeCurrency: 'CNY' as CurrencyCode });
  }
  const asked = { organisationId, customerId, accountId, items, requestedStartAt: null, externalId: null, note: null };
  const { quotationId } = await world.run(quoteOrder, asked);
  const { orderId } = await world.run(submitOrder, { quotationId });
  return { quotationId, orderId, workOrderId: await world.readWorkOrder(orderId) };
}
