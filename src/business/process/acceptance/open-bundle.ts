import { refuseAccount } from '../../component/account';
import { refuseOrder } from '../../component/order';
import { managingNode } from '../../component/organisation';
import { openBundle } from '../../component/product';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import type { ContentOf } from '../../component/order';
import { bundleOffer, membersAfter, soldAt, type BundleOffer } from './bundle-members';
import { offeredVersions, soldNow } from './offered';
import { fixDiscounts, wantedDiscounts } from './fix-discounts';
import { productsOnTrial } from './on-trial';
import type { Accepting, OrderKind } from './order-kind';
import { KINDS_TOLD, checkWho, factsOf } from './ordered-products';
import { accountOf } from './party-of';
import type { AcceptanceRefusal, Refused } from './refusals';

type Opening = ContentOf<'OPEN_BUNDLE'>;

/**
 * 办理融合套餐: the customer of the order holds a bundle, which is charged to an account of its own. Who is in it is said by other items
 * of the order, each about one subscriber: all that the bundle needs at least must be among them.
 */
export const openBundleKind: OrderKind<'OPEN_BUNDLE'> = {
  action: 'ADD',
  async fix(unit, content, where) {
    const { bundle } = content;
    const tried = [...(await productsOnTrial(unit, [bundle.code], where)).values()];
    const { organisationId } = where;
    const [offer] =
      tried.length > 0
        ? await offeredVersions({ unit, organisationId, items: [] }, unit.now, tried)
        : await soldNow(unit, organisationId, [bundle.code]);
    const fixed = { ...bundle, quantity: 1, versionId: offer?.versionId ?? null, soldAt: unit.now.toString() };
    const discounts = await fixDiscounts(unit, content.discounts, where);
    return { ...content, bundleInstanceId: content.bundleInstanceId ?? newId('bundleInstance'), bundle: fixed, ...discounts };
  },
  touches: (content) => ({ accounts: [{ id: content.accountId, field: 'accountId' }], opensBundle: bundleIn(content) }),
  async check(accepting, content) {
    const { unit, parties, customerId } = accepting;
    const account = accountOf(parties, content.accountId);
    return refusedBy<AcceptanceRefusal>(
      await managingNode(unit, content.organisationId, 'account:write', refuseAccount),
      account.customer_id !== customerId && refuseOrder('ACCOUNT_NOT_THEIRS', 'accountId'),
      account.currency !== accepting.currency && refuseOrder('CURRENCY_DIFFERS', 'accountId'),
      await checkOffer(accepting, content),
    );
  },
  asks: (content) => ({
    discounts: wantedDiscounts(content.discounts, {
      subscriberId: null,
      bundleInstanceId: bundleIn(content),
      accountId: content.accountId,
    }),
    products: [content.bundle.code],
  }),
  async effect(accepting, content, itemNo) {
    const { wide, orderId, customerId } = accepting;
    const offer = await bundleOffer({ ...accepting, unit: wide }, content.bundle);
    invariant(offer?.kind === 'BUNDLE', 'a bundle that is opened has been checked');
    const { productId, versionId, code } = offer;
    const { organisationId, accountId } = content;
    const id = bundleIn(content);
    const sold = { organisationId: accepting.organisationId, at: soldAt(content.bundle, wide.now) };
    const bundle = { id, code, productId, versionId, organisationId, holderId: customerId, accountId, orderId, itemNo, sold };
    accepting.parties.bundles.set(id, await openBundle(wide, bundle));
    return ok({ bundleInstanceId: id });
  },
};

/** The bundle that is to be opened; its id is decided before anything is asked. */
function bundleIn({ bundleInstanceId }: Opening): Id<'bundleInstance'> {
  invariant(bundleInstanceId !== null, 'a quoted bundle has its id');
  return bundleInstanceId;
}

/** Whether the bundle is sold here, to this customer, and to as many members as it needs. */
async function checkOffer(accepting: Accepting, content: Opening): Promise<Refused | undefined> {
  const { code: product } = content.bundle;
  const offer = await bundleOffer(accepting, content.bundle);
  if (offer === undefined) return refuseOrder('PRODUCT_NOT_SOLD', 'bundle', { product });
  if (offer.kind !== 'BUNDLE') return refuseOrder('PRODUCT_KIND_WRONG', 'bundle', { product, wanted: KINDS_TOLD.BUNDLE });
  const demanding = { offer, field: 'bundle' };
  return refusedBy<AcceptanceRefusal>(
    offer.currency !== accepting.currency && refuseOrder('CURRENCY_DIFFERS', 'bundle'),
    checkWho(demanding, await factsOf(accepting, offer.eligibility, [])),
    ...checkFilled(accepting, content, offer),
  );
}

function checkFilled(accepting: Accepting, content: Opening, { code: bundle, definition }: BundleOffer): (Refused | false)[] {
  const members = membersAfter(accepting, bundleIn(content));
  return definition.members.map(
    ({ role, least }) =>
      members.filter((one) => one.role === role).length < least && refuseOrder('BUNDLE_INCOMPLETE', 'bundle', { bundle, role, least }),
  );
}
