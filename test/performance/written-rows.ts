import type { Client } from 'pg';

/** A row as PostgreSQL prints it, by the columns that an insert may name. */
export type PrintedRow = readonly (string | null)[];

/** A table that the product wrote to. */
export interface WrittenTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What one unit of work wrote, table by table, those that others refer to first. */
export type WrittenUnit = ReadonlyMap<WrittenTable, readonly PrintedRow[]>;

export interface Written {
  readonly tables: readonly WrittenTable[];
  readonly units: readonly WrittenUnit[];
  readonly bytes: number;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** The transaction that comes next: everything from it on was written after now. */
export async function markTransaction(client: Client): Promise<string> {
  const { rows } = await client.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
  return rows[0]?.xid ?? '';
}

/**
 * Reads the rows that transactions since a mark have written, and groups them by unit: a transaction belongs to the unit whose
 * ids its rows hold. `ids` are the UUIDs of each unit.
 * @throws Error when a transaction belongs to none, or to two
 */
export async function readWritten(client: Client, sinceXid: string, ids: readonly (readonly string[])[]): Promise<Written> {
  const tables = await listTables(client);
  const unitOf = new Map(ids.flatMap((own, unit) => own.map((id) => [id, unit] as const)));
  const found: { readonly table: WrittenTable; readonly xid: string; readonly row: PrintedRow }[] = [];
  const owner = new Map<string, number>();
  let bytes = 0;
  for (const table of tables) {
    const columns = table.columns.map(({ name }) => `t.${name}::text`).join(', ');
    const { rows } = await client.query<unknown[]>({
      text: `SELECT t.xmin::text, pg_column_size(t.*), ${columns} FROM ${table.name} t WHERE t.xmin::text::bigint >= $1::bigint`,
      values: [sinceXid],
      rowMode: 'array',
    });
    for (const [xid, size, ...row] of rows as [string, number, ...(string | null)[]][]) {
      bytes += size;
      found.push({ table, xid, row });
      for (const [id] of row.join(' ').matchAll(UUID)) {
        const unit = unitOf.get(id);
        if (unit === undefined) continue;
        if ((owner.get(xid) ?? unit) !== unit) {
          throw new Error(`transaction ${xid} belongs to two units, by a row of ${table.name}: ${row.join(' | ').slice(0, 300)}`);
        }
        owner.set(xid, unit);
      }
    }
  }
  const units = ids.map(() => new Map<WrittenTable, PrintedRow[]>());
  for (const { table, xid, row } of found) {
    const unit = units[owner.get(xid) ?? -1];
    if (unit === undefined) throw new Error(`a row of ${table.name} belongs to no unit: ${row.join(' | ').slice(0, 300)}`);
    const rows = unit.get(table) ?? [];
    rows.push(row);
    unit.set(table, rows);
  }
  const written = tables.filter((table) => found.some((one) => one.table === table));
  return { tables: written, units, bytes };
}

/** Every table of the product, partitioned ones as one, in an order in which they can be written. */
async function listTables(client: Client): Promise<WrittenTable[]> {
  const { rows } = await client.query<{ name: string; columns: WrittenTable['columns']; refers: string[] }>(`
    SELECT c.relname AS name,
      (SELECT json_agg(json_build_object('name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
       FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
      ARRAY(SELECT DISTINCT f.confrelid::regclass::text FROM pg_constraint f
            WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid AND NOT f.condeferrable) AS refers
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migrations'
    ORDER BY c.relname`);
  const ordered: WrittenTable[] = [];
  const placed = new Set<string>();
  for (let left = rows; left.length > 0; left = left.filter(({ name }) => !placed.has(name))) {
    const ready = left.filter(({ refers }) => refers.every((name) => placed.has(name)));
    if (ready.length === 0) throw new Error(`tables refer to each other: ${left.map(({ name }) => name).join(', ')}`);
    for (const { name, columns } of ready) {
      placed.add(name);
      ordered.push({ name, columns });
    }
  }
  return ordered;
}
