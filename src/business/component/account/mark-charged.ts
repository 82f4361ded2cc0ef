import type { Unit } from '../../context';
import { markFirstCharged, type ChargedAccount } from '../../../data/operation/account/write-account';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';

/**
 * Marks accounts as charged 首次计费, which fixes their currencies, and tells these. Most are marked already: then nothing is
 * locked. The first charge locks the account's row in the place of the account in the order of locks: a process that locks
 * what comes later (subscribers) calls this before.
 */
export async function markCharged(
  unit: Pick<Unit, 'transaction' | 'now'>,
  ids: readonly Id<'account'>[],
): Promise<ReadonlyMap<Id<'account'>, CurrencyCode>> {
  const asked = [...new Set(ids)];
  if (asked.length === 0) return new Map();
  let accounts = await markFirstCharged(unit.transaction, asked, unit.now);
  // Whoever was quicker has marked it, and may have changed the currency before.
  if (!accounts.every(isCharged)) accounts = await markFirstCharged(unit.transaction, asked, unit.now);
  invariant(accounts.length === asked.length && accounts.every(isCharged), 'an account that is charged is there and marked');
  return new Map(accounts.map(({ id, currency }) => [id, currency]));
}

function isCharged({ charged }: ChargedAccount): boolean {
  return charged;
}
