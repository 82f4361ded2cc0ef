import type { LockedAccount } from '../../component/account';
import type { LockedSubscriber } from '../../component/subscriber';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Parties } from './order-kind';

/** The locked row of a subscriber that an item names. */
export function subscriberOf({ subscribers }: Parties, id: Id<'subscriber'>): LockedSubscriber {
  const subscriber = subscribers.get(id);
  invariant(subscriber !== undefined, 'the subscribers of an order are locked');
  return subscriber;
}

/** The locked row of an account that an item names. */
export function accountOf({ accounts }: Parties, id: Id<'account'>): LockedAccount {
  const account = accounts.get(id);
  invariant(account !== undefined, 'the accounts of an order are locked');
  return account;
}
