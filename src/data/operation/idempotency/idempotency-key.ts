import type { Transaction } from '../../connection/core-database';
import { join, raw, sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Json } from '../../../kernel/stable-json';

export interface IdempotencyPlace {
  readonly clientId: string;
  readonly operation: string;
  readonly key: string;
}

/**
 * Takes the key for this transaction. Where another transaction holds it, waits for that one's end (within the lock
 * timeout); returns the stored outcome when it committed.
 */
export async function claimIdempotencyKey(
  transaction: Transaction,
  row: IdempotencyPlace & { readonly inputHash: Buffer; readonly createdAt: Instant },
): Promise<{ readonly inputHash: Buffer; readonly result: Json } | undefined> {
  const taken = await transaction.query<{ taken: boolean }>(sql`
    INSERT INTO idempotency_key (client_id, operation, key, input_hash, created_at)
    VALUES (${row.clientId}, ${row.operation}, ${row.key}, ${row.inputHash}, ${row.createdAt})
    ON CONFLICT DO NOTHING RETURNING true AS taken`);
  if (taken.length > 0) return undefined;
  const [stored] = await transaction.query<{ input_hash: Buffer; result: Json }>(sql`
    SELECT input_hash, result FROM idempotency_key
    WHERE client_id = ${row.clientId} AND operation = ${row.operation} AND key = ${row.key}`);
  invariant(stored !== undefined, 'an idempotency key conflicts and cannot be read');
  return { inputHash: stored.input_hash, result: stored.result };
}

/** The statement that keeps the outcome with the key that this transaction took, with others that the unit ends with. */
export function storingIdempotentResult(place: IdempotencyPlace, result: Json, together: readonly Sql[]): Sql {
  const stored = sql`
    UPDATE idempotency_key SET result = ${JSON.stringify(result)}::jsonb
    WHERE client_id = ${place.clientId} AND operation = ${place.operation} AND key = ${place.key}`;
  const beside = together.map((statement, nth) => sql`${raw(`beside_${nth}`)} AS (${statement})`);
  return beside.length === 0 ? stored : sql`WITH ${join(beside, ', ')} ${stored}`;
}

/** Deletes at most `limit` keys older than the instant; returns how many went. */
export async function deleteIdempotencyKeysBefore(transaction: Transaction, before: Instant, limit: number): Promise<number> {
  const gone = await transaction.query(sql`
    DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM idempotency_key WHERE created_at < ${before} ORDER BY created_at LIMIT ${limit}
    )) RETURNING 1 AS gone`);
  return gone.length;
}
