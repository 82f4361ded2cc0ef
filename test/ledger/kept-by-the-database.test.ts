import { Client } from 'pg';
import { ensurePartitions } from '../../src/data/operation/maintenance/maintenance-task';
import { newId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { useLedgerWorld } from './ledger-world';

/* What the database holds by itself, whoever writes: the tests speak SQL past the program, as an administrator with psql would. */

const database = useDatabase();
const world = useLedgerWorld(database);

let accountId: Id<'account'>;
beforeAll(async () => {
  ({ accountId } = await world.parties.payer());
});

const AT = '2026-11-23T01:00:00Z';
const ENTRY = `INSERT INTO %s (account_id, at, id, accounting_date, kind, cause_kind, cause_id, organisation_id, legal_entity_id, currency)
  VALUES ($1, $2, $3, '2026-11-23', 'FEE_DUE', 'ORDER', $3, $3, $3, 'CNY')`;
const LINE = `INSERT INTO %s (account_id, at, entry_id, line_no, ledger_account, amount_minor)
  SELECT $1, $2, $3, n, ledger_account, amount
  FROM unnest($4::smallint[], $5::text[], $6::bigint[]) AS r (n, ledger_account, amount)`;

type Lines = readonly (readonly [lineNo: number, ledgerAccount: string, amount: number])[];

interface Written {
  readonly lines: Lines;
  readonly at?: string;
  readonly id?: string;
  readonly tables?: { readonly entry: string; readonly line: string };
}

/** Writes an entry with lines, by the one statement that the database asks for. */
async function write({
  lines,
  at = AT,
  id = newId('ledgerEntry'),
  tables = { entry: 'ledger_entry', line: 'ledger_line' },
}: Written): Promise<string> {
  const columns = [0, 1, 2].map((column) => lines.map((line) => line[column]));
  await database.raw(`WITH entry AS (${ENTRY.replace('%s', tables.entry)}) ${LINE.replace('%s', tables.line)}`, [
    accountId,
    at,
    id,
    ...columns,
  ]);
  return id;
}

const BALANCED: Lines = [[1, '1122', 100], [2, '6001', -100]]; // prettier-ignore

const refusal = (told: string) => ({ constraint: 'ledger_entry_whole', message: expect.stringContaining(told) as string });

describe('an entry', () => {
  it('that is whole and balanced is taken', async () => {
    const id = await write({ lines: BALANCED });
    expect(await world.lines(id as Id<'ledgerEntry'>)).toEqual(['1122 100', '6001 -100']);
  });

  it.each<[string, Lines, string]>([
    ['whose lines do not sum to nought', [[1, '1122', 100], [2, '6001', -99]], 'does not balance'],
    ['of one line', [[1, '1122', 100]], 'does not balance'],
    ['with a gap in its lines', [[1, '1122', 100], [3, '6001', -100]], 'is not written whole'],
    ['whose lines begin late', [[2, '1122', 100], [3, '6001', -100]], 'is not written whole'],
    ['on a ledger account that nobody has registered', [[1, '1122', 100], [2, '9999', -100]], 'that does not exist'],
  ])('%s is refused', async (_what, lines, told) => {
    await expect(write({ lines })).rejects.toMatchObject(refusal(told));
  }); // prettier-ignore

  it('without lines is refused, and so are lines without an entry', async () => {
    const id = newId('ledgerEntry');
    await expect(database.raw(ENTRY.replace('%s', 'ledger_entry'), [accountId, AT, id])).rejects.toMatchObject(refusal('has no lines'));
    const columns = [0, 1, 2].map((column) => BALANCED.map((line) => line[column]));
    await expect(database.raw(LINE.replace('%s', 'ledger_line'), [accountId, AT, id, ...columns])).rejects.toMatchObject(
      refusal('is not there'),
    );
  });

  it('with a line of nothing, or with lines of another instant, is refused', async () => {
    await expect(write({ lines: [[1, '1122', 0], [2, '6001', 0]] })).rejects.toMatchObject({ code: '23514' }); // prettier-ignore
    const id = newId('ledgerEntry');
    const columns = [0, 1, 2].map((column) => BALANCED.map((line) => line[column]));
    const later = LINE.replace('%s', 'ledger_line').replace('$2, $3', "$2::timestamptz + interval '1 s', $3");
    const mixed = `WITH entry AS (${ENTRY.replace('%s', 'ledger_entry')}) ${later}`;
    await expect(database.raw(mixed, [accountId, AT, id, ...columns])).rejects.toMatchObject({ constraint: 'ledger_entry_whole' });
  });

  it('takes no line later, balanced or not', async () => {
    const id = await write({ lines: BALANCED });
    const add = (lines: Lines) =>
      database.raw(LINE.replace('%s', 'ledger_line'), [accountId, AT, id, ...[0, 1, 2].map((column) => lines.map((line) => line[column]))]);
    await expect(add([[3, '1122', 5], [4, '6001', -5]])).rejects.toMatchObject(refusal('is not written whole')); // prettier-ignore
    await expect(add([[1, '1122', 5], [2, '6001', -5]])).rejects.toMatchObject({ code: '23505' }); // prettier-ignore
  });
});

describe('what stands in the ledger', () => {
  it.each([
    'UPDATE ledger_entry SET kind = kind',
    'DELETE FROM ledger_entry',
    'TRUNCATE ledger_entry',
    'UPDATE ledger_line SET amount_minor = amount_minor',
    'DELETE FROM ledger_line',
    'TRUNCATE ledger_line',
    'UPDATE ledger_reversal SET at = at',
    'DELETE FROM ledger_reversal',
    'TRUNCATE ledger_reversal',
  ])('is not changed or removed, by its owner neither: %s', async (text) => {
    const entryId = await write({ lines: BALANCED });
    const mirrorId = await write({ lines: BALANCED });
    await database.raw('INSERT INTO ledger_reversal (account_id, entry_id, mirror_id, at) VALUES ($1, $2, $3, $4)', [
      accountId,
      entryId,
      mirrorId,
      AT,
    ]);
    await expect(database.raw(text)).rejects.toMatchObject({ constraint: 'ledger_append_only' });
  });

  it('nor by way of a partition, which is no way past the other rules either', async () => {
    await write({ lines: BALANCED });
    const [parts] = await database.raw<{ entry: string; line: string }>(
      `SELECT (SELECT tableoid::regclass::text FROM ledger_entry LIMIT 1) AS entry, (SELECT tableoid::regclass::text FROM ledger_line LIMIT 1) AS line`,
    );
    if (parts === undefined) throw new Error('no partition');
    expect(parts.line).toMatch(/^ledger_line_\d{6}$/);
    for (const text of [
      `UPDATE ${parts.line} SET amount_minor = 1`,
      `DELETE FROM ${parts.entry}`,
      `TRUNCATE ${parts.line}`,
      `TRUNCATE ledger_entry_rest`,
    ])
      await expect(database.raw(text)).rejects.toMatchObject({ constraint: 'ledger_append_only' });
    await expect(write({ lines: [[1, '1122', 100], [2, '6001', -99]], tables: parts })).rejects.toMatchObject(refusal('does not balance')); // prettier-ignore
    await expect(database.raw(ENTRY.replace('%s', parts.entry), [accountId, AT, newId('ledgerEntry')])).rejects.toMatchObject(
      refusal('has no lines'),
    );
    await write({ lines: BALANCED, tables: parts });
  });

  it('can be taken back once', async () => {
    const [entryId, mirrorId, other] = [
      await write({ lines: BALANCED }),
      await write({ lines: BALANCED }),
      await write({ lines: BALANCED }),
    ];
    const claim = (of: string, by: string) =>
      database.raw('INSERT INTO ledger_reversal (account_id, entry_id, mirror_id, at) VALUES ($1, $2, $3, $4)', [accountId, of, by, AT]);
    await claim(entryId, mirrorId);
    await expect(claim(entryId, other)).rejects.toMatchObject({ constraint: 'ledger_reversal_pkey' });
    await expect(claim(other, mirrorId)).rejects.toMatchObject({ code: '23505' });
    await expect(claim(other, other)).rejects.toMatchObject({ code: '23514' });
  });
});

describe('the months', () => {
  const inTable = async (table: string): Promise<number> =>
    (await database.raw<{ rows: number }>(`SELECT count(*)::integer AS rows FROM ${table}`))[0]?.rows ?? 0;
  const ensure = async (): Promise<number> =>
    (await database.core.transaction(async (transaction) => ({ commit: true, value: await ensurePartitions(transaction, 3) }))).value;

  it('of rows that came before their partition are made with them, and guard them as the others do', async () => {
    const [month] = await database.raw<{ first: string; suffix: string }>(
      `SELECT m::date::text AS first, to_char(m, 'YYYYMM') AS suffix
       FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') - interval '7 months' AS m) AS month`,
    );
    if (month === undefined) throw new Error('no month');
    for (let nth = 0; nth < 3; nth += 1) await write({ lines: BALANCED, at: `${month.first} 00:00:0${nth}+00` });
    expect([await inTable('ledger_entry_rest'), await inTable('ledger_line_rest')]).toEqual([3, 6]);
    while ((await ensure()) > 0);
    expect([await inTable('ledger_entry_rest'), await inTable('ledger_line_rest')]).toEqual([0, 0]);
    expect([await inTable(`ledger_entry_${month.suffix}`), await inTable(`ledger_line_${month.suffix}`)]).toEqual([3, 6]);
    const tables = { entry: `ledger_entry_${month.suffix}`, line: `ledger_line_${month.suffix}` };
    for (const table of [...Object.values(tables), 'ledger_entry_rest', 'ledger_line_rest']) {
      await expect(database.raw(`TRUNCATE ${table}`)).rejects.toMatchObject({ constraint: 'ledger_append_only' });
    }
    for (const table of Object.values(tables)) {
      await expect(database.raw(`DELETE FROM ${table}`)).rejects.toMatchObject({ constraint: 'ledger_append_only' });
    }
    const at = `${month.first} 00:00:09+00`;
    await expect(write({ lines: [[1, '1122', 2], [2, '6001', -1]], at, tables })).rejects.toMatchObject(refusal('does not balance')); // prettier-ignore
    await write({ lines: BALANCED, at, tables });
    // The default partition is back, and refuses what the others do.
    await write({ lines: BALANCED, at: '1999-01-01 00:00:00+00' });
    expect([await inTable('ledger_entry_rest'), await inTable('ledger_line_rest')]).toEqual([1, 2]);
    for (const table of ['ledger_entry_rest', 'ledger_line_rest'])
      await expect(database.raw(`DELETE FROM ${table}`)).rejects.toMatchObject({ constraint: 'ledger_append_only' });
  });

  it.each(['ledger_entry', 'ledger_line'])('of %s are never taken out', async (table) => {
    await expect(database.raw('SELECT detach_partitions($1, 1200)', [table])).rejects.toMatchObject({ code: '22023' });
  });

  it('are made while postings go on, which lose nothing', async () => {
    const before = await inTable('ledger_entry');
    const [next] = await database.raw<{ first: string; suffix: string }>(
      `SELECT m::date::text AS first, to_char(m, 'YYYYMM') AS suffix
       FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + interval '2 months' AS m) AS month`,
    );
    if (next === undefined) throw new Error('no month');
    await database.raw(`DROP TABLE ledger_entry_${next.suffix}, ledger_line_${next.suffix}`);
    await write({ lines: BALANCED, at: `${next.first} 00:00:00+00` });
    let stop = false;
    const writers = [1, 2].map(async (writer) => {
      const client = new Client(database.url);
      await client.connect();
      let written = 0;
      for (; !stop; written += 1) {
        const columns = [0, 1, 2].map((column) => BALANCED.map((line) => line[column]));
        const values = [accountId, `${next.first} 00:00:0${writer}+00`, newId('ledgerEntry'), ...columns];
        await client.query(`WITH entry AS (${ENTRY.replace('%s', 'ledger_entry')}) ${LINE.replace('%s', 'ledger_line')}`, values);
      }
      await client.end();
      return written;
    });
    while ((await ensure()) > 0);
    stop = true;
    const written = (await Promise.all(writers)).reduce((sum, one) => sum + one, 0);
    expect([await inTable(`ledger_entry_${next.suffix}`), await inTable(`ledger_line_${next.suffix}`)]).toEqual([
      1 + written,
      2 * (1 + written),
    ]);
    expect(await inTable('ledger_entry')).toBe(before + 1 + written);
  });
});
