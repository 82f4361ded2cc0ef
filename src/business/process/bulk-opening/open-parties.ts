import type { UseCase } from '../../execute';
import type { Unit } from '../../context';
import { createAccounts } from '../../component/account';
import { createCustomers } from '../../component/customer';
import { openSubscribers, refuseSubscriber } from '../../component/subscriber';
import { invariant } from '../../../kernel/failure';
import { ok } from '../../../kernel/result';
import type { BulkOpeningRefusal, Parties, PartyNoun } from './parties';
import { partyProblems } from './party-problems';

/** How many parties of one kind one unit may open: a transaction of about a second. */
export const BATCH_MAX = 5_000;

export type Opened = Readonly<Record<PartyNoun, number>>;

/** Writes parties that {@link partyProblems} has found nothing wrong with, in the same unit: one statement a table. */
export async function writeParties(unit: Unit, { customers, accounts, subscribers }: Parties): Promise<Opened> {
  await createCustomers(unit, customers);
  await createAccounts(unit, accounts);
  const refused = await openSubscribers(unit, subscribers);
  invariant(refused.size === 0, 'the numbers of a batch have been checked');
  return { customers: customers.length, accounts: accounts.length, subscribers: subscribers.length };
}

/**
 * Opens many customers, accounts and subscribers 批量开户 in one transaction: all of them, or none. The refusal's field begins with
 * the list and the place in it, as in `subscribers.17.identifier`.
 */
export const openParties: UseCase<Parties, Opened, BulkOpeningRefusal> = {
  name: 'openParties',
  permission: 'import:run',
  constraints: { subscriber_identifier_taken: () => refuseSubscriber('NUMBER_TAKEN', 'subscribers') },
  async run(unit, parties) {
    const oversized = Object.entries(parties).find(([, list]: [string, readonly unknown[]]) => list.length > BATCH_MAX);
    if (oversized !== undefined) return refuseSubscriber('TOO_MANY', oversized[0], { max: BATCH_MAX });
    const problems = await partyProblems(unit, parties, 'import:run');
    if (problems.length > 0) {
      const refusals = problems.map(({ noun, place, refusal }) => ({ ...refusal, field: [noun, String(place), ...(refusal.field ?? [])] }));
      return { ok: false, refusals };
    }
    return ok(await writeParties(unit, parties));
  },
};
