import { linesOf, type OrderChanged } from '../../component/order';
import { markSettled, type BundleToSettle } from '../../component/product';
import type { UseCase } from '../../execute';
import { ok } from '../../../kernel/result';
import { quoteOrderIn } from './quote-order';
import { submitOrderIn } from './submit-order';
import type { AcceptanceRefusal } from './refusals';

/**
 * Charges what it costs that a bundle has ended since its grace was over, once: by an order of its holder's, accepted by the system. Nobody stands
 * at the counter to pay: it is owed by the account of the bundle from then on. Where its contract was over by then, there is no order.
 */
export const settleLapsedBundle: UseCase<BundleToSettle, OrderChanged | { readonly orderId: null }, AcceptanceRefusal> = {
  name: 'settleLapsedBundle',
  permission: 'order:write',
  async run(unit, { bundleInstanceId, organisationId, holderId: customerId, accountId }) {
    const items = [{ kind: 'LAPSE_BUNDLE' as const, content: { bundleInstanceId } }];
    const asked = { requestedStartAt: null, externalId: null, note: null };
    const quoted = await quoteOrderIn(unit, { organisationId, customerId, accountId, items, ...asked });
    if (!quoted.ok) return quoted;
    if (!(await markSettled(unit.transaction, bundleInstanceId, unit.now))) return ok({ orderId: null });
    if ((await linesOf(unit, quoted.value.quotationId)).length === 0) return ok({ orderId: null });
    return submitOrderIn(unit, quoted.value, 'ON_ACCOUNT');
  },
};
