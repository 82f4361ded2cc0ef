import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { AccountEntity } from './account.entity';

export type NewAccount = Pick<
  AccountEntity,
  'customerId' | 'organisationId' | 'name' | 'currency' | 'ratingType' | 'paymentMethod' | 'attributes'
>;

/** An account under the id that its caller gave it, with its first billing day. */
export interface NewAccountWithFacts extends NewAccount {
  readonly id: Id<'account'>;
  readonly billingDay: number;
}

/**
 * Inserts active accounts with their first billing days, which hold from now on: one statement for any number of them.
 * @returns the account numbers, in the order of the input
 */
export async function insertAccounts(transaction: Transaction, accounts: readonly NewAccountWithFacts[], now: Instant): Promise<string[]> {
  if (accounts.length === 0) return [];
  const ids = accounts.map(({ id }) => id);
  const rows = await transaction.query<{ id: string; account_no: string }>(sql`
    WITH made AS (
      INSERT INTO account (id, customer_id, organisation_id, name, currency, rating_type, payment_method, attributes, created_at)
      SELECT id, customer_id, organisation_id, name, currency, rating_type, payment_method, attributes, ${now}
      FROM unnest(${ids}::uuid[],
                  ${accounts.map(({ customerId }) => customerId)}::uuid[],
                  ${accounts.map(({ organisationId }) => organisationId)}::uuid[],
                  ${accounts.map(({ name }) => name)}::text[],
                  ${accounts.map(({ currency }) => currency)}::text[],
                  ${accounts.map(({ ratingType }) => ratingType)}::text[],
                  ${accounts.map(({ paymentMethod }) => paymentMethod)}::text[],
                  ${accounts.map(({ attributes }) => JSON.stringify(attributes))}::jsonb[])
           AS r (id, customer_id, organisation_id, name, currency, rating_type, payment_method, attributes)
      RETURNING id, account_no
    ),
    billing_days AS (
      INSERT INTO account_billing_day (id, account_id, day, valid, recorded)
      SELECT id, account_id, day, tstzrange(${now}, NULL), tstzrange(${now}, NULL)
      FROM unnest(${ids.map(() => newId('fact'))}::uuid[], ${ids}::uuid[], ${accounts.map(({ billingDay }) => billingDay)}::integer[])
           AS r (id, account_id, day)
    )
    SELECT id, account_no FROM made`);
  const numbers = new Map(rows.map((row) => [row.id, row.account_no]));
  return ids.map((id) => {
    const number = numbers.get(id);
    invariant(number !== undefined, 'an account is given its number');
    return number;
  });
}
