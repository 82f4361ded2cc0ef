import type { Transaction } from '../../connection/core-database';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { Json } from '../../../kernel/stable-json';

/** A parameter of the operator as it is stored; one that was never changed has no row. */
export interface StoredParameter {
  readonly name: string;
  readonly value: Json;
  readonly version: number;
}

export async function selectOperatorParameters(runner: SqlRunner): Promise<StoredParameter[]> {
  return runner.query<StoredParameter>(sql`SELECT p.name, p.value, p.version FROM operator_parameter p ORDER BY p.name`);
}

/** Stores a parameter when its version is still the expected one (0: never changed); says the version that it then has. */
export async function storeOperatorParameter(
  transaction: Transaction,
  { name, value, version: expectedVersion }: StoredParameter,
  now: Instant,
): Promise<{ readonly stored: boolean; readonly version: number }> {
  const json = JSON.stringify(value);
  const [stored] =
    expectedVersion === 0
      ? await transaction.query<{ version: number }>(sql`
          INSERT INTO operator_parameter (name, value, version, changed_at) VALUES (${name}, ${json}::jsonb, 1, ${now})
          ON CONFLICT DO NOTHING RETURNING version`)
      : await transaction.query<{ version: number }>(sql`
          UPDATE operator_parameter SET value = ${json}::jsonb, version = version + 1, changed_at = ${now}
          WHERE name = ${name} AND version = ${expectedVersion} RETURNING version`);
  if (stored !== undefined) return { stored: true, version: stored.version };
  const [other] = await transaction.query<{ version: number }>(sql`SELECT p.version FROM operator_parameter p WHERE p.name = ${name}`);
  return { stored: false, version: other?.version ?? 0 };
}

/** Whether any account was ever opened: from then on the currency stands. */
export async function accountsExist(transaction: Transaction): Promise<boolean> {
  const [row] = await transaction.query<{ exists: boolean }>(sql`SELECT EXISTS (SELECT FROM account) AS exists`);
  return row?.exists === true;
}
