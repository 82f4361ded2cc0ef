import { checkRequest, keepQuotation, refuseOrder, selectOrderFor, type ItemRequest, type ManualReduction } from '../../component/order';
import { managingNode } from '../../component/organisation';
import type { Unit } from '../../context';
import type { UseCase } from '../../execute';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import { ok, refusedBy, type Result } from '../../../kernel/result';
import { beginAccepting } from './accepting';
import { chooseNumbers } from './choose-numbers';
import { checkItems } from './check-items';
import { fixItems } from './fix-items';
import { newItems } from './new-items';
import type { Accepting } from './order-kind';
import { quoteItems } from './quote-items';
import type { AcceptanceRefusal } from './refusals';

export interface QuoteOrderInput {
  /** The hall that accepts the order. */
  readonly organisationId: Id<'organisation'>;
  /** Whose order it is. */
  readonly customerId: Id<'customer'>;
  /** The account of the customer that what is due at once is charged to; needed where something is. */
  readonly accountId: Id<'account'> | null;
  readonly items: readonly ItemRequest[];
  /** Now, when not given. */
  readonly requestedStartAt: Instant | null;
  readonly externalId: string | null;
  readonly note: string | null;
  /** A waiting order of the customer that is to be amended by it: what that order keeps for itself is not in the way. */
  readonly amendsOrderId?: Id<'order'> | null;
  /** What is given away by hand. */
  readonly manual?: readonly ManualReduction[];
  /** Drafts are quoted where there are any 试报价: no order is made of it. */
  readonly trial?: boolean;
}

/** Says whether an order can be accepted 受理报价, what it would cost and why, and keeps the answer: the prices hold for a time. */
export const quoteOrder: UseCase<QuoteOrderInput, { quotationId: Id<'quotation'> }, AcceptanceRefusal> = {
  name: 'quoteOrder',
  permission: 'order:write',
  run: (unit, input) => quoteOrderIn(unit, input, 'ALONE'),
};

/**
 * As `quoteOrder`, within a unit that makes an order of it: that is to give the numbers, and locks them before whatever else it locks.
 */
export async function quoteOrderIn(
  unit: Unit,
  input: QuoteOrderInput,
  purpose: 'ALONE' | 'TO_SUBMIT' = 'TO_SUBMIT',
): Promise<Result<{ quotationId: Id<'quotation'> }, AcceptanceRefusal>> {
  const { organisationId, customerId, accountId, amendsOrderId = null, ...asked } = input;
  const wrong = refusedBy<AcceptanceRefusal>(
    ...checkRequest(asked, unit.now),
    await managingNode(unit, organisationId, 'order:write', refuseOrder),
    asked.trial === true &&
      (await managingNode(unit, organisationId, 'catalogue:test', refuseOrder)) !== undefined &&
      refuseOrder('TRIAL_REFUSED', 'trial'),
  );
  if (wrong !== undefined) return wrong;
  const amended = amendsOrderId === null ? undefined : await selectOrderFor(unit, amendsOrderId, 'order:write');
  if (amendsOrderId !== null && amended?.customerId !== customerId) return refuseOrder('NOT_FOUND', 'amendsOrderId');
  const startAt = asked.requestedStartAt ?? unit.now;
  const chosen = await chooseNumbers(unit, asked.items);
  if (!chosen.ok) return chosen;
  const request = { ...asked, items: await fixItems(unit, chosen.value, { organisationId, startAt, trial: asked.trial === true }) };
  const order = { id: amendsOrderId ?? newId('order'), customerId, organisationId, accountId, requestedStartAt: asked.requestedStartAt };
  const accepting = await beginAccepting(unit, order, request.items, 'CALLER', { quotes: purpose === 'ALONE' });
  const refused = await checkItems(accepting, request.items);
  if (refused !== undefined) return refused;
  const quoted = await quoteItems(accepting, request);
  if (!quoted.ok) return quoted;
  const { items, lines, budgets, givenAway } = quoted.value;
  if (accountId === null && lines.some(({ dueNow }) => dueNow)) return refuseOrder('ACCOUNT_NEEDED', 'accountId');
  const { currency, parties } = accepting;
  const ofAccount = accountId === null ? undefined : parties.accounts.get(accountId)?.currency;
  if (ofAccount !== undefined && ofAccount !== currency && lines.some(({ dueNow }) => dueNow)) {
    return refuseOrder('CURRENCY_DIFFERS', 'accountId');
  }
  const quotation = {
    organisationId,
    customerId,
    accountId,
    request: { ...request, items },
    serviceTypes: linesOf(accepting, items),
    lines,
    currency,
    givenAway,
    budgets,
  };
  return ok({ quotationId: await keepQuotation(unit, quotation) });
}

/** The lines of business that items are about, each once. */
function linesOf(accepting: Accepting, items: readonly ItemRequest[]): string[] {
  return [...new Set(newItems(accepting, accepting.orderId, items).flatMap(({ serviceType }) => serviceType ?? []))];
}
