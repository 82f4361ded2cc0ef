import type { ReadContext } from '../../context';
import { selectAccountsById } from '../../component/account';
import { selectCustomersById } from '../../component/customer';
import { selectDiscountsById } from '../../component/discount';
import { selectNumberPoolsById } from '../../component/number';
import { selectOrdersById } from '../../component/order';
import { selectOrganisationsById } from '../../component/organisation';
import { selectProductsById } from '../../component/product';
import { selectSubscribersById } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';

/** How the version of each kind of thing is read. */
const VERSIONED = {
  organisation: selectOrganisationsById,
  customer: selectCustomersById,
  account: selectAccountsById,
  subscriber: selectSubscribersById,
  numberPool: selectNumberPoolsById,
  product: selectProductsById,
  discount: selectDiscountsById,
  order: selectOrdersById,
} as const;

export type VersionedKind = keyof typeof VERSIONED;

/** The version that a change has to name: in a scenario whoever changes something has just looked at it. */
export async function currentVersion<Kind extends VersionedKind>(context: ReadContext, kind: Kind, id: Id<Kind>): Promise<number> {
  const select = VERSIONED[kind] as (context: ReadContext, ids: readonly Id<Kind>[]) => Promise<readonly { readonly version: number }[]>;
  const [found] = await select(context, [id]);
  return found?.version ?? 0;
}
