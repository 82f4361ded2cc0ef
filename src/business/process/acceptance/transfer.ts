import { endDiscountsOf } from '../../component/discount';
import { refuseOrder } from '../../component/order';
import { assignCustomerIn, endPartPaymentIn, setDefaultPaymentIn } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { refusedBy } from '../../../kernel/result';
import { bundleWith, definitionOf, isWithin } from './bundle-members';
import { leaveOrdered } from './leave-bundle';
import type { Accepting, OrderKind } from './order-kind';
import { accountOf, subscriberOf } from './party-of';
import { quoteAlone } from './quote-alone';
import { readAgain } from './lock-parties';
import { readHolding } from './held-products';
import { checkWho } from './ordered-products';
import type { AcceptanceRefusal, Refused } from './refusals';

/**
 * 过户: another customer owns, uses and pays for the subscriber from now on, through an account of his own; who paid a
 * part for the old owner does not for the new one, and the subscriber's discounts were personal: they end. Where the new owner is
 * outside the reach of the subscriber's bundle, it leaves that. The old owner's debts stay with him (domain.md §5.3); whether there are
 * any, the rule asks.
 */
export const transfer: OrderKind<'TRANSFER'> = {
  action: 'MODIFY',
  leavesContracts: true,
  touches: ({ subscriberId, customerId, accountId }) => ({
    customers: [{ id: customerId, field: 'customerId' }],
    accounts: [{ id: accountId, field: 'accountId' }],
    subscriber: { id: subscriberId, field: 'subscriberId' },
    inBundle: true,
  }),
  async check(accepting, { subscriberId, customerId, accountId }) {
    const { customerId: ownerId, parties } = accepting;
    return refusedBy<AcceptanceRefusal>(
      customerId === ownerId && refuseOrder('UNCHANGED', 'customerId'),
      accountOf(parties, accountId).customer_id !== customerId && refuseOrder('ACCOUNT_NOT_THEIRS', 'accountId'),
      ...(await mayHold(accepting, subscriberId, customerId)),
    );
  },
  async quote(accepting, { subscriberId, customerId }) {
    return (await staysIn(accepting, subscriberId, customerId)) ? [] : quoteAlone(accepting, { subscriberId });
  },
  async effect(accepting, { subscriberId, customerId, accountId }) {
    const { wide, parties } = accepting;
    const stays = await staysIn(accepting, subscriberId, customerId);
    for (const role of ['OWNER', 'USER', 'PAYER'] as const) {
      const assigned = await assignCustomerIn(wide, subscriberOf(parties, subscriberId), { role, customerId });
      if (!assigned.ok) return assigned;
      await readAgain(wide, parties, { subscriber: { id: subscriberId, field: 'subscriberId' } });
    }
    if (!stays) await leaveOrdered(accepting, subscriberId);
    await endDiscountsOf(wide, subscriberOf(parties, subscriberId));
    await endPartPaymentIn(wide, subscriberOf(parties, subscriberId));
    await readAgain(wide, parties, { subscriber: { id: subscriberId, field: 'subscriberId' } });
    return setDefaultPaymentIn(wide, subscriberOf(parties, subscriberId), accountOf(parties, accountId));
  },
};

/**
 * Why the new owner may not have what goes over to him: products for enterprises alone, or for a grade. When or beside what else a product
 * is to be ordered is not asked again: it has been.
 */
async function mayHold(
  accepting: Accepting,
  subscriberId: Id<'subscriber'>,
  ownerId: Id<'customer'>,
): Promise<readonly (Refused | undefined)[]> {
  const { held, planned, definitions } = await readHolding(accepting, subscriberId);
  const owner = accepting.parties.customers.get(ownerId);
  const facts = { customerKind: owner?.kind ?? '', grade: owner?.grade ?? '', organisations: [], tenureMonths: 0, holds: [] };
  return [...held, ...planned].map(({ code, versionId }) => {
    const { customerKinds, grades } = definitions.get(versionId)?.eligibility ?? {};
    const eligibility = [{ ...(customerKinds && { customerKinds }), ...(grades && { grades }) }];
    return checkWho({ offer: { code, eligibility }, field: 'customerId' }, facts);
  });
}

/** Whether a subscriber is in no bundle, or may stay in it with another owner. */
async function staysIn(accepting: Accepting, subscriberId: Id<'subscriber'>, ownerId: Id<'customer'>): Promise<boolean> {
  const bundle = bundleWith(accepting.parties, subscriberId);
  return bundle === undefined || isWithin(accepting, (await definitionOf(accepting, bundle)).across, bundle.holderId, ownerId);
}
