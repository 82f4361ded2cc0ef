import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { NewAccount } from './write-account';

/** An account of a batch, under the id that its caller gave it, with its first billing day. */
export interface NewAccountWithFacts extends NewAccount {
  readonly id: Id<'account'>;
  readonly billingDay: number;
}

/**
 * Inserts many accounts as `insertAccount` would one by one, by one statement a table.
 * @returns the account numbers, in the order of the input
 */
export async function insertAccountsBatch(
  transaction: Transaction,
  accounts: readonly NewAccountWithFacts[],
  now: Instant,
): Promise<string[]> {
  if (accounts.length === 0) return [];
  const ids = accounts.map((account) => account.id);
  const rows = await transaction.query<{ id: string; account_no: string }>(sql`
    INSERT INTO account (id, customer_id, organisation_id, name, currency, rating_type, payment_method, attributes, created_at)
    SELECT id, customer_id, organisation_id, name, currency, rating_type, payment_method, attributes, ${now}
    FROM unnest(${ids}::uuid[],
                ${accounts.map((account) => account.customerId)}::uuid[],
                ${accounts.map((account) => account.organisationId)}::uuid[],
                ${accounts.map((account) => account.name)}::text[],
                ${accounts.map((account) => account.currency)}::text[],
                ${accounts.map((account) => account.ratingType)}::text[],
                ${accounts.map((account) => account.paymentMethod)}::text[],
                ${accounts.map((account) => JSON.stringify(account.attributes))}::jsonb[])
         AS r (id, customer_id, organisation_id, name, currency, rating_type, payment_method, attributes)
    RETURNING id, account_no`);
  await transaction.query(sql`
    INSERT INTO account_billing_day (id, account_id, day, valid, recorded)
    SELECT id, account_id, day, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
    FROM unnest(${ids.map(() => newId('fact'))}::uuid[], ${ids}::uuid[], ${accounts.map((account) => account.billingDay)}::integer[])
         AS r (id, account_id, day)`);
  const numbers = new Map(rows.map((row) => [row.id, row.account_no]));
  return ids.map((id) => numbers.get(id) as string);
}
