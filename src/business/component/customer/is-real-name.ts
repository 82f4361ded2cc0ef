import type { ReadContext } from '../../context';
import { selectDocuments } from '../../../data/operation/customer/customer-facts';
import type { Id } from '../../../kernel/id';

/** Whether a customer in scope is registered under its real name 实名: an identity document of it is valid now. */
export async function isRealName(context: ReadContext, customerId: Id<'customer'>): Promise<boolean> {
  const documents = await selectDocuments(context, [customerId], { validAt: context.now, knownAt: null });
  return documents.length > 0;
}
