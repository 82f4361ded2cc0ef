import { Client } from 'pg';
import { createOrganisation } from '../../src/business/component/organisation';
import { depositReceived, feeDue } from '../../src/business/component/ledger';
import { execute } from '../../src/business/execute';
import { changeAccountCurrency } from '../../src/business/process/change-account-currency';
import { newId, type Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { newKey, refusalsIn } from '../support/party-world';
import { CNY, HUNDRED, takeBack, useLedgerWorld } from './ledger-world';

const database = useDatabase();
const world = useLedgerWorld(database);
const { parties } = world;

const anAccount = async (): Promise<Id<'account'>> => (await parties.payer()).accountId;
const one = async <Row>(sql: string, values: readonly unknown[]): Promise<Row> => (await database.raw<Row>(sql, values))[0] as Row;

describe('a posting', () => {
  it('writes the entry, its lines and the balances of the account, to the fen', async () => {
    const accountId = await anAccount();
    const entryId = await world.owe(accountId);
    expect(await world.lines(entryId)).toEqual(['1122 10000', '600103 -9174', '2221 -826']);
    expect(await world.balances(accountId)).toEqual({ 1122: '10000' });
    await world.pay(accountId, 10_000n, 2_500n);
    expect(await world.balances(accountId)).toEqual({ 1122: '0', 2203: '-2500' });
    const deposit = { chargeCode: 'DEPOSIT', subscriberId: null, amountMinor: 20_000n };
    await world.post(world.entry(accountId, depositReceived(CNY, 'CASH', [deposit])));
    expect(await world.balances(accountId)).toEqual({ 1122: '0', 2203: '-2500', 2241: '-20000' });
    expect(await one('SELECT kind, cause_kind, currency, accounting_date::text FROM ledger_entry WHERE id = $1', [entryId])).toEqual({
      kind: 'FEE_DUE', cause_kind: 'ORDER', currency: 'CNY', accounting_date: '2026-11-23',
    }); // prettier-ignore
  });

  it('of many entries at once is one statement for all, each balanced for itself', async () => {
    const accounts = [await anAccount(), await anAccount()];
    const entries = accounts.flatMap((accountId) => Array.from({ length: 50 }, () => world.entry(accountId, feeDue(CNY, [HUNDRED]))));
    expect(new Set(await world.post(...entries)).size).toBe(100);
    for (const accountId of accounts) expect(await world.balances(accountId)).toEqual({ 1122: '500000' });
  });

  it('stands in the books of the legal entity above the node that causes it; of the operator where there is none', async () => {
    const accountId = await anAccount();
    const branch = {
      organisationId: parties.ningbo,
      code: 'NB-1',
      name: '分公司',
      kind: 'DEPARTMENT',
      taxNumber: '91330200000000001X',
    } as const;
    const { organisationId: branchId } = await parties.run(createOrganisation, branch);
    const hall = { organisationId: branchId, code: 'NB-1-1', name: '营业厅', kind: 'HALL' } as const;
    const { organisationId: hallId } = await parties.run(createOrganisation, hall);
    const booksOf = async (node: Id<'organisation'>) => {
      const [id] = await world.post(world.entry(accountId, feeDue(CNY, [HUNDRED]), node));
      return one('SELECT organisation_id AS node, legal_entity_id AS books FROM ledger_entry WHERE id = $1', [id]);
    };
    expect(await booksOf(hallId)).toEqual({ node: hallId, books: branchId });
    expect(await booksOf(branchId)).toEqual({ node: branchId, books: branchId });
    expect(await booksOf(parties.hangzhou)).toEqual({ node: parties.hangzhou, books: parties.root });
    // Without a legal entity anywhere the books are the operator's.
    await database.raw('UPDATE organisation SET legal_entity = false, tax_number = NULL');
    expect(await booksOf(hallId)).toEqual({ node: hallId, books: parties.root });
  });

  it('has the date that the operator’s calendar has then, and lies in the month of UTC', async () => {
    const accountId = await anAccount();
    const before = parties.clock.now().toString();
    const placed = async (at: string) => {
      parties.clock.set(at);
      const entryId = await world.owe(accountId);
      return one(
        `SELECT e.accounting_date::text AS date, e.tableoid::regclass::text AS entry, min(l.tableoid::regclass::text) AS line
         FROM ledger_entry e JOIN ledger_line l ON l.entry_id = e.id WHERE e.id = $1 GROUP BY 1, 2`,
        [entryId],
      );
    };
    const [month] = await database.raw<{ last: string; next: string }>(
      `SELECT to_char(m - interval '1 month', 'YYYY-MM') AS last, to_char(m, 'YYYY-MM') AS next
       FROM (SELECT date_trunc('month', now() AT TIME ZONE 'UTC') + interval '1 month' AS m) AS month`,
    );
    if (month === undefined) throw new Error('no month');
    const suffix = (text: string): string => text.replace('-', '');
    // 16:00 UTC is midnight in Shanghai: the date is the next month's first, the partition is not.
    const { lastDay } = await one<{ lastDay: string }>(
      `SELECT (($1 || '-01')::date + interval '1 month - 1 day')::date::text AS "lastDay"`,
      [month.last],
    );
    expect(await placed(`${lastDay}T15:59:59.999Z`)).toEqual({
      date: lastDay, entry: `ledger_entry_${suffix(month.last)}`, line: `ledger_line_${suffix(month.last)}`,
    }); // prettier-ignore
    expect(await placed(`${lastDay}T16:00:00Z`)).toEqual({
      date: `${month.next}-01`, entry: `ledger_entry_${suffix(month.last)}`, line: `ledger_line_${suffix(month.last)}`,
    }); // prettier-ignore
    expect(await placed(`${month.next}-01T00:00:00Z`)).toEqual({
      date: `${month.next}-01`, entry: `ledger_entry_${suffix(month.next)}`, line: `ledger_line_${suffix(month.next)}`,
    }); // prettier-ignore
    parties.clock.set(before);
  });

  it('marks the account as charged once, which fixes its currency and is nobody’s change', async () => {
    const accountId = await anAccount();
    const version = await parties.versionOf('account', accountId);
    await world.owe(accountId);
    const first = await one<{ at: Date }>('SELECT first_charged_at AS at FROM account WHERE id = $1', [accountId]);
    expect(first.at.toISOString()).toBe(parties.clock.now().toString().replace('Z', '.000Z'));
    parties.clock.advance({ seconds: 1 });
    await world.owe(accountId);
    expect(await one('SELECT first_charged_at AS at FROM account WHERE id = $1', [accountId])).toEqual(first);
    expect(await parties.versionOf('account', accountId)).toBe(version);
    const change = { accountId, expectedVersion: version, currency: 'USD' };
    expect(await parties.refused(changeAccountCurrency, change)).toEqual(['currency CURRENCY_FIXED']);
  });

  it('is a bug in another currency than the account’s, of no account, or at no node: nothing is written', async () => {
    const accountId = await anAccount();
    const dollars = world.entry(accountId, feeDue('USD' as CurrencyCode, [HUNDRED]));
    await expect(world.post(dollars)).rejects.toThrow('charged in its currency: CNY, not USD');
    await expect(world.post(world.entry(newId('account'), feeDue(CNY, [HUNDRED])))).rejects.toThrow('is there and marked');
    await expect(world.post(world.entry(accountId, feeDue(CNY, [HUNDRED]), newId('organisation')))).rejects.toThrow('a node that causes');
    const unbalanced = { ...world.entry(accountId, feeDue(CNY, [HUNDRED])), lines: [] };
    await expect(world.post(unbalanced)).rejects.toThrow('2 to 200 lines');
    expect(await database.raw('SELECT 1 FROM ledger_entry WHERE account_id = $1', [accountId])).toEqual([]);
    expect(await one('SELECT first_charged_at FROM account WHERE id = $1', [accountId])).toEqual({ first_charged_at: null });
  });

  it('of the operator alone has no account and moves no balance', async () => {
    const lines = ['1002', '1001'].map((ledgerAccount, place) => ({
      ledgerAccount, chargeCode: null, subscriberId: null, amountMinor: place === 0 ? 500n : -500n,
    })); // prettier-ignore
    const [id] = await world.post(world.entry(null, { kind: 'PAYMENT_RECEIVED', currency: CNY, lines }));
    expect(await world.lines(id as Id<'ledgerEntry'>)).toEqual(['1002 500', '1001 -500']);
    expect(await database.raw(`SELECT 1 FROM ledger_balance WHERE account_id::text LIKE '00000000-0000-0000%'`)).toEqual([]);
    // What is kept by account is not posted without one.
    await expect(world.post(world.entry(null, feeDue(CNY, [HUNDRED])))).rejects.toMatchObject({ constraint: 'ledger_entry_whole' });
  });
});

describe('two at once', () => {
  it('post on one account, also its first charge: both stand, and the balance is their sum', async () => {
    for (let round = 0; round < 5; round += 1) {
      const accountId = await anAccount();
      await Promise.all(Array.from({ length: 8 }, () => world.owe(accountId)));
      expect(await world.balances(accountId)).toEqual({ 1122: '80000' });
    }
  });

  it('post on the same accounts in opposite orders: nobody waits for ever', async () => {
    const [first, second] = [await anAccount(), await anAccount()];
    const both = (accounts: readonly Id<'account'>[]) =>
      world.post(...accounts.map((accountId) => world.entry(accountId, feeDue(CNY, [HUNDRED]))));
    await Promise.all(Array.from({ length: 10 }, (_, turn) => both(turn % 2 === 0 ? [first, second] : [second, first])));
    expect(await world.balances(first)).toEqual({ 1122: '100000' });
    expect(await world.balances(second)).toEqual({ 1122: '100000' });
  });

  it('a first charge and a change of currency: never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const accountId = await anAccount();
      const [owed, changed] = await Promise.allSettled([
        world.owe(accountId),
        execute(parties.context, changeAccountCurrency, { accountId, expectedVersion: 1, currency: 'USD' }, newKey()),
      ]);
      const refused = changed.status === 'fulfilled' ? refusalsIn(changed.value) : ['failed'];
      expect([owed.status, refused]).toEqual(owed.status === 'fulfilled' ? ['fulfilled', ['currency CURRENCY_FIXED']] : ['rejected', []]);
      const [row] = await database.raw<{ agree: boolean }>(
        'SELECT bool_and(e.currency = a.currency) AS agree FROM ledger_entry e JOIN account a ON a.id = e.account_id WHERE a.id = $1',
        [accountId],
      );
      expect(row?.agree).not.toBe(false);
    }
  });

  it('a deadlock is run again from the start, and the entry stands once', async () => {
    const accountId = await anAccount();
    await world.owe(accountId);
    const other = await anAccount();
    await world.owe(other);
    // Someone with psql locks the balances against the order; whoever is chosen to give way, the posting ends well.
    const someone = new Client(database.url);
    await someone.connect();
    await someone.query("SET deadlock_timeout = '30s'");
    const [low, high] = [accountId, other].sort() as [Id<'account'>, Id<'account'>];
    await someone.query('BEGIN');
    await someone.query('UPDATE ledger_balance SET changed_at = changed_at WHERE account_id = $1', [high]);
    const posting = world.post(...[low, high].map((id) => world.entry(id, feeDue(CNY, [HUNDRED]))));
    await waitUntilSomeoneWaits();
    await someone.query('UPDATE ledger_balance SET changed_at = changed_at WHERE account_id = $1', [low]);
    await someone.query('COMMIT');
    await someone.end();
    expect(await posting).toHaveLength(2);
    for (const id of [low, high]) {
      expect(await world.balances(id)).toEqual({ 1122: '20000' });
      expect(await database.raw('SELECT 1 FROM ledger_entry WHERE account_id = $1', [id])).toHaveLength(2);
    }
  });
});

async function waitUntilSomeoneWaits(): Promise<void> {
  for (;;) {
    const [row] = await database.raw<{ waits: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS waits`,
    );
    if (row?.waits === true) return;
    await new Promise((go) => setTimeout(go, 20));
  }
}

describe('a reversal', () => {
  it('mirrors the entry line by line, in its books, and brings the balances back', async () => {
    const accountId = await anAccount();
    const entryId = await world.owe(accountId);
    const { mirrorId } = await parties.run(takeBack, { accountId, entryId });
    expect(await world.lines(mirrorId as Id<'ledgerEntry'>)).toEqual(['1122 -10000', '600103 9174', '2221 826']);
    expect(await world.balances(accountId)).toEqual({ 1122: '0' });
    expect(await one('SELECT mirror_id FROM ledger_reversal WHERE entry_id = $1', [entryId])).toEqual({ mirror_id: mirrorId });
    expect(await one('SELECT kind FROM ledger_entry WHERE id = $1', [mirrorId])).toEqual({ kind: 'REVERSAL' });
    await expect(parties.run(takeBack, { accountId, entryId: mirrorId as Id<'ledgerEntry'> })).rejects.toThrow(
      'a mirror is not taken back',
    );
  });

  it('stays in the books of the entry when the tree has changed since', async () => {
    const accountId = await anAccount();
    await database.raw(`UPDATE organisation SET legal_entity = true, tax_number = '913301000000000011' WHERE id = $1`, [parties.hangzhou]);
    const entryId = await world.owe(accountId);
    await database.raw('UPDATE organisation SET legal_entity = false, tax_number = NULL WHERE id = $1', [parties.hangzhou]);
    const { mirrorId } = await parties.run(takeBack, { accountId, entryId });
    expect(await one('SELECT legal_entity_id AS books FROM ledger_entry WHERE id = $1', [mirrorId])).toEqual({ books: parties.hangzhou });
  });

  it('is done once: of six at once one does it, the others are told', async () => {
    const accountId = await anAccount();
    const entryId = await world.owe(accountId);
    const ends = await Promise.all(Array.from({ length: 6 }, () => parties.run(takeBack, { accountId, entryId })));
    expect(ends.filter(({ mirrorId }) => mirrorId !== null)).toHaveLength(1);
    expect(await world.balances(accountId)).toEqual({ 1122: '0' });
    expect(await database.raw('SELECT 1 FROM ledger_entry WHERE account_id = $1', [accountId])).toHaveLength(2);
  });

  it('leaves nothing when the unit of work that asks for it is given up', async () => {
    const accountId = await anAccount();
    const entryId = await world.owe(accountId);
    await expect(parties.run(takeBack, { accountId, entryId, thenFail: true })).rejects.toThrow('given up');
    expect(await world.balances(accountId)).toEqual({ 1122: '10000' });
    expect((await parties.run(takeBack, { accountId, entryId })).mirrorId).not.toBeNull();
  });
});
