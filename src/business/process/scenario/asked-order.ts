import { readRequest, selectQuotationsById, type ItemRequest } from '../../component/order';
import type { QuoteOrderInput } from '../acceptance';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { orderItems, requestsOf, type WrittenItem } from './order-items';
import type { Stage } from './stage';
import { text } from './written/fields';
import { handle, type Handle } from './written/handle';
import { time, type WrittenTime } from './written/written-time';

/** What a file says of an order beside whose it is and where it is accepted. */
export const ASKED_KEYS = {
  account: handle('account').optional(),
  start: time.optional(),
  externalId: text.optional(),
  note: text.optional(),
  items: orderItems,
} as const;

export interface Asked {
  readonly account?: Handle<'account'> | undefined;
  readonly start?: WrittenTime | undefined;
  readonly externalId?: string | undefined;
  readonly note?: string | undefined;
  readonly items: readonly WrittenItem[];
}

/** Whose order it is, and which hall accepts it. */
export interface AskedOf {
  readonly customer: Handle<'customer'>;
  readonly organisation: Handle<'organisation'>;
}

/** An order as it is to be quoted. */
export async function askedOrder(stage: Stage, { customer, organisation }: AskedOf, asked: Asked): Promise<QuoteOrderInput> {
  return {
    organisationId: stage.idOf(organisation),
    customerId: stage.idOf(customer),
    accountId: asked.account === undefined ? null : stage.idOf(asked.account),
    items: await requestsOf(stage, asked.items, organisation),
    requestedStartAt: stage.instantOf(asked.start),
    externalId: asked.externalId ?? null,
    note: asked.note ?? null,
  };
}

/** The items of a quotation, with what was decided when it was made. */
export async function itemsQuoted(stage: Stage, quotationId: Id<'quotation'>): Promise<readonly ItemRequest[]> {
  const [quotation] = await selectQuotationsById(stage.context, [quotationId]);
  invariant(quotation !== undefined, 'a quotation that was made is there');
  return readRequest(quotation.request).items;
}
