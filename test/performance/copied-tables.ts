import type { Client } from 'pg';
import type { WrittenTable } from './written-rows';

/** The schema that the reference writes into. */
export const COPY = 'bare';

/**
 * Makes empty copies of tables: the same columns, defaults, checks, indexes, exclusion constraints, partitions and foreign keys. A key to a table that is
 * copied too refers to the copy; one to any other refers to the product's. What triggers do the reference is spared.
 */
export async function copyTables(client: Client, tables: readonly WrittenTable[]): Promise<void> {
  await client.query(`DROP SCHEMA IF EXISTS ${COPY} CASCADE; CREATE SCHEMA ${COPY}`);
  const copied = new Set(tables.map(({ name }) => name));
  for (const { name } of tables) {
    const { rows } = await client.query<{ key: string | null }>(`SELECT pg_get_partkeydef('public.${name}'::regclass) AS key`);
    const key = rows[0]?.key ?? null;
    await client.query(`CREATE TABLE ${COPY}.${name} (LIKE public.${name} INCLUDING ALL) ${key === null ? '' : `PARTITION BY ${key}`}`);
    if (key !== null) await copyPartitions(client, name);
  }
  for (const { name } of tables) {
    for (const { definition, target } of await foreignKeys(client, name)) {
      const place = copied.has(target) ? COPY : 'public';
      await client.query(`ALTER TABLE ${COPY}.${name} ADD ${definition.replace(/REFERENCES (?:public\.)?/, `REFERENCES ${place}.`)}`);
    }
  }
}

async function copyPartitions(client: Client, name: string): Promise<void> {
  const { rows } = await client.query<{ partition: string; bound: string }>(`
    SELECT c.relname AS partition, pg_get_expr(c.relpartbound, c.oid) AS bound
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'public.${name}'::regclass`);
  for (const { partition, bound } of rows) await client.query(`CREATE TABLE ${COPY}.${partition} PARTITION OF ${COPY}.${name} ${bound}`);
}

async function foreignKeys(client: Client, name: string): Promise<{ readonly definition: string; readonly target: string }[]> {
  const { rows } = await client.query<{ definition: string; target: string }>(`
    SELECT pg_get_constraintdef(oid) AS definition, (SELECT relname FROM pg_class WHERE oid = confrelid) AS target
    FROM pg_constraint WHERE conrelid = 'public.${name}'::regclass AND contype = 'f' AND conparentid = 0`);
  return rows;
}
