import type { AccountRefusal, NewAccountInput } from '../../component/account';
import type { CustomerRefusal, NewCustomerInput } from '../../component/customer';
import type { NewSubscriberInput, SubscriberRefusal } from '../../component/subscriber';
import type { Refusal } from '../../../kernel/result';

/**
 * Customers, accounts and subscribers to open together. Each has an id that the caller made (`newId`), by which the others name
 * it; an account or subscriber may also name customers and accounts that exist.
 */
export interface Parties {
  readonly customers: readonly NewCustomerInput[];
  readonly accounts: readonly NewAccountInput[];
  readonly subscribers: readonly NewSubscriberInput[];
}

export type PartyNoun = keyof Parties;

export type BulkOpeningRefusal = CustomerRefusal | AccountRefusal | SubscriberRefusal;

/** Why one of the parties cannot be opened; the refusal's field is a path inside that one. */
export interface PartyProblem {
  readonly noun: PartyNoun;
  /** Its place in the list. */
  readonly place: number;
  readonly refusal: Refusal<BulkOpeningRefusal>;
}
