import { Client } from 'pg';
import { COPY, copyTables } from './copied-tables';
import { LatencyHistogram, type SparseCounts } from './load/latency-histogram';
import { markTransaction, readWritten, type PrintedRow, type Written, type WrittenTable, type WrittenUnit } from './written-rows';

/*
 * The reference of the write benches: inserts again the very rows that the product wrote, into empty tables made like its own. One transaction
 * a unit of work, one prepared statement a table, no more round trips than that takes; as many clients as the product had.
 *
 * Started with the database's URL and the number of clients; told by its parent what to do, and ends with it.
 */

export type WriterCommand =
  | { readonly kind: 'mark' }
  /** Writes what has been written since the last mark; `ids` are the UUIDs of each unit. */
  | { readonly kind: 'write'; readonly ids: readonly (readonly string[])[] };

export interface WriterResult {
  readonly units: number;
  readonly seconds: number;
  readonly latency: SparseCounts;
  /** On average of a unit. */
  readonly rowsPerUnit: Readonly<Record<string, number>>;
  readonly bytesPerUnit: number;
}

export interface WriterReply {
  readonly result?: WriterResult;
  readonly error?: string;
}

const [, , url = '', clientCount = '16'] = process.argv;

let control: Client | undefined;
let clients: readonly Client[] = [];
let since = '';
let made = '';

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}

async function obey(command: WriterCommand): Promise<WriterResult | undefined> {
  control ??= await connect();
  if (clients.length === 0) clients = await Promise.all(Array.from({ length: Number(clientCount) }, connect));
  if (command.kind === 'mark') {
    since = await markTransaction(control);
    return undefined;
  }
  const written = await readWritten(control, since, command.ids);
  const names = written.tables.map(({ name }) => name);
  if (made !== names.join()) await copyTables(control, written.tables);
  made = names.join();
  await control.query(`TRUNCATE ${names.map((name) => `${COPY}.${name}`).join(', ')}`);
  await control.query('CHECKPOINT');
  return write(written);
}

async function write(written: Written): Promise<WriterResult> {
  const latency = new LatencyHistogram();
  let next = 0;
  const startMs = performance.now();
  const runClient = async (client: Client): Promise<void> => {
    for (let unit = written.units[next]; unit !== undefined; unit = written.units[next]) {
      next += 1;
      const begunMs = performance.now();
      await writeUnit(client, written.tables, unit);
      latency.record((performance.now() - begunMs) * 1_000);
    }
  };
  await Promise.all(clients.map(runClient));
  const seconds = (performance.now() - startMs) / 1_000;
  const rowsPerUnit = Object.fromEntries(
    written.tables.map((table) => [
      table.name,
      Math.round((written.units.reduce((sum, unit) => sum + (unit.get(table)?.length ?? 0), 0) / written.units.length) * 100) / 100,
    ]),
  );
  const bytesPerUnit = Math.round(written.bytes / written.units.length);
  return { units: written.units.length, seconds, latency: latency.toSparse(), rowsPerUnit, bytesPerUnit };
}

async function writeUnit(client: Client, tables: readonly WrittenTable[], unit: WrittenUnit): Promise<void> {
  await client.query({ name: 'begin', text: 'BEGIN' });
  for (const table of tables) {
    const rows = unit.get(table);
    if (rows !== undefined) await client.query({ ...statement(table, rows.length), values: flat(rows) });
  }
  await client.query({ name: 'commit', text: 'COMMIT' });
}

const statements = new Map<string, { readonly name: string; readonly text: string }>();

function statement({ name, columns }: WrittenTable, rows: number): { readonly name: string; readonly text: string } {
  const key = `${name} ${rows}`;
  let made = statements.get(key);
  if (made === undefined) {
    const tuples = Array.from(
      { length: rows },
      (_, row) => `(${columns.map(({ type }, column) => `$${row * columns.length + column + 1}::${type}`).join(', ')})`,
    );
    made = {
      name: key,
      text: `INSERT INTO ${COPY}.${name} (${columns.map((column) => column.name).join(', ')}) VALUES ${tuples.join(', ')}`,
    };
    statements.set(key, made);
  }
  return made;
}

function flat(rows: readonly PrintedRow[]): (string | null)[] {
  return rows.flatMap((row) => [...row]);
}

async function answer(command: WriterCommand): Promise<WriterReply> {
  try {
    const result = await obey(command);
    return result === undefined ? {} : { result };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', (command: WriterCommand) => void answer(command).then((reply) => process.send?.(reply)));
process.on('disconnect', () => process.exit(0));
