import type { Unit } from '../../context';
import type { LockedAccount } from '../../../data/operation/account/write-account';
import { billingDayAt } from '../../../data/operation/account/write-account-facts';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { addAccount } from './create-account';
import { recordChange } from './record-change';

/** Adds an account like a locked one, for the same customer, as part of a process that gives it some of the subscribers. */
export async function splitFromAccount(unit: Unit, source: LockedAccount, { name }: { readonly name: string }): Promise<Id<'account'>> {
  const billingDay = await billingDayAt(unit.transaction, source.id, unit.now);
  invariant(billingDay !== undefined, 'an account has a billing day at any instant');
  const { accountId } = await addAccount(unit, {
    customerId: source.customer_id,
    organisationId: source.organisation_id,
    name,
    currency: source.currency,
    ratingType: source.rating_type,
    paymentMethod: source.payment_method,
    billingDay,
    attributes: {},
  });
  await recordChange(unit, source, {
    before: null,
    after: { splitOff: accountId },
    event: 'AccountAttributeValueChangeEvent',
    payload: { changed: ['subscribers'], splitOff: accountId },
  });
  return accountId;
}
