import { authorityOf, isWithinAuthority } from '../../component/discount';
import { readGivenAway, refuseOrder, selectQuotationsById, type OrderInHand } from '../../component/order';
import { invariant } from '../../../kernel/failure';
import type { Accepting } from './order-kind';
import type { Refused } from './refusals';

/** Whether the authority of who approves an order covers, by itself, what was given away on it beyond that of who asked. */
export async function checkAuthority({ unit, wide }: Accepting, { order, items }: OrderInHand): Promise<Refused | undefined> {
  const [quotation] = await selectQuotationsById(wide, [order.quotationId]);
  invariant(quotation !== undefined, 'an order has its quotation');
  const needed = readGivenAway(quotation.givenAway).filter(({ needsApproval }) => needsApproval);
  const lines = [...new Set(items.flatMap(({ serviceType }) => serviceType ?? []))];
  const authority = await authorityOf(unit, order.organisationId, lines);
  return needed.every((given) => isWithinAuthority(authority[given.kind], given)) ? undefined : refuseOrder('BEYOND_AUTHORITY', 'orderId');
}
