import { createHash } from 'node:crypto';
import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { LockedNumberPool } from './write-number-pool';

/** A number that comes into stock. */
export interface NewNumber {
  readonly value: string;
  readonly classCode: string | null;
}

/** Two keys of one advisory lock: this one for the stock of numbers, the other a bucket of blocks. */
const STOCK_LOCK = 738_201;
const BUCKETS = 64;

/**
 * Blocks of ten thousand numbers, in few buckets: who opens thousands of subscribers takes no more locks than there are buckets.
 */
function bucketsOf(values: readonly string[]): number[] {
  const blocks = new Set(values.map((value) => value.slice(0, -4)));
  const buckets = new Set([...blocks].map((block) => (createHash('sha256').update(block).digest()[0] as number) % BUCKETS));
  return [...buckets].sort((one, other) => one - other);
}

/**
 * Between what comes into stock and what is opened beside it: a number that is in no pool may be opened, and its range be added, at
 * the same instant; either would not see the other. Whoever adds takes the blocks alone, to the end of the transaction.
 */
export async function lockBlocksToAdd(transaction: Transaction, values: readonly string[]): Promise<void> {
  for (const bucket of bucketsOf(values)) {
    await transaction.query(sql`SELECT pg_advisory_xact_lock(${STOCK_LOCK}::integer, ${bucket}::integer)`);
  }
}

/** As {@link lockBlocksToAdd}, for those who open numbers that are in no pool; they do not wait for one another. */
export async function lockBlocksToOpen(transaction: Transaction, values: readonly string[]): Promise<void> {
  await transaction.query(sql`
    SELECT pg_advisory_xact_lock_shared(${STOCK_LOCK}::integer, bucket) FROM unnest(${bucketsOf(values)}::integer[]) AS bucket`);
}

/**
 * Puts numbers into a locked pool, idle, by one statement. A number that was scrapped comes back into stock. The caller has locked
 * their blocks and looked that no other is there.
 */
export async function insertNumbers(
  transaction: Transaction,
  pool: LockedNumberPool,
  numbers: readonly NewNumber[],
  now: Instant,
): Promise<void> {
  await transaction.query(sql`
    INSERT INTO access_number AS n (id, value, pool_id, organisation_id, service_type, class_code, state, version, changed_at)
    SELECT gen_random_uuid(), r.value, ${pool.id}, ${pool.organisation_id}, ${pool.service_type}, r.class_code, 'idle', 1, ${now}
    FROM unnest(${numbers.map(({ value }) => value)}::text[], ${numbers.map(({ classCode }) => classCode)}::text[]) AS r (value, class_code)
    ON CONFLICT (value) DO UPDATE
      SET pool_id = excluded.pool_id, organisation_id = excluded.organisation_id, service_type = excluded.service_type,
          class_code = excluded.class_code, state = excluded.state, version = n.version + 1, changed_at = excluded.changed_at
      WHERE n.state = 'scrapped'`);
}

/** Numbers that are in stock already, the first of them by value, and how many there are. */
export async function selectInStock(
  transaction: Transaction,
  values: readonly string[],
): Promise<{ readonly count: number; readonly first: string | null }> {
  const [row] = await transaction.query<{ count: number; first: string | null }>(sql`
    SELECT count(*)::integer AS count, min(n.value) AS first FROM access_number n
    WHERE n.value = ANY (${values}::text[]) AND n.state <> 'scrapped'`);
  return row ?? { count: 0, first: null };
}
