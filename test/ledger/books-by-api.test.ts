import {
  changeLedgerAccount, depositReceived, feeDue, registerLedgerAccount, registerStandardChart, retireLedgerAccount,
} from '../../src/business/component/ledger'; // prettier-ignore
import { encodeId, type Id } from '../../src/kernel/id';
import { Scope } from '../../src/kernel/scope';
import { useDatabase } from '../support/database';
import { Graph, scopeAt, type Caller } from '../support/graph';
import { CNY, HUNDRED, takeBack, useLedgerWorld } from './ledger-world';

const database = useDatabase();
const world = useLedgerWorld(database);
const { parties } = world;

let graph: Graph;
let finance: Caller;
let accountId: Id<'account'>;
let entryId: Id<'ledgerEntry'>;

beforeAll(async () => {
  graph = new Graph(database.core, parties.clock);
  finance = { scope: scopeAt(parties.hangzhou, ['account:read', 'ledger:read']) };
  ({ accountId } = await parties.payer());
  entryId = await world.owe(accountId);
  parties.clock.advance({ hours: 24 });
  await world.pay(accountId, 10_000n, 50n, 'ONLINE');
  const deposit = { chargeCode: 'DEPOSIT', subscriberId: null, amountMinor: 20_000n };
  await world.post(world.entry(accountId, depositReceived(CNY, 'CASH', [deposit])));
  parties.clock.advance({ hours: 24 });
  await parties.run(takeBack, { accountId, entryId });
});

const BOOKS = `query ($id: ID!, $first: Int = 10, $after: String, $from: Date, $to: Date) { account(id: $id) {
  ledgerEntries(first: $first, after: $after, from: $from, to: $to) {
    nodes { id accountingDate kind causeKind currency reversesId reversedById
            lines { chargeCode debit { amount } credit { amount } ledgerAccount { code name } } }
    pageInfo { hasNextPage endCursor } }
  ledgerBalances { ledgerAccount { code } balance { amount currency } } } }`;

interface Books {
  readonly account: {
    readonly ledgerEntries: {
      readonly nodes: readonly { readonly id: string; readonly kind: string; readonly lines: readonly unknown[] }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
    readonly ledgerBalances: readonly unknown[];
  };
}

const books = (variables: object = {}, caller = finance): Promise<Books> =>
  graph.read<Books>(BOOKS, { id: encodeId('account', accountId), ...variables }, caller);

describe('the books of an account', () => {
  it('are shown newest first, entry by entry, with the balances', async () => {
    const { account } = await books();
    expect(account.ledgerEntries.nodes.map(({ kind }) => kind)).toEqual(['REVERSAL', 'DEPOSIT_RECEIVED', 'PAYMENT_RECEIVED', 'FEE_DUE']);
    const [mirror, , payment, fee] = account.ledgerEntries.nodes;
    const line = (code: string, name: string, debit: string | null, credit: string | null, chargeCode: string | null = null) => ({
      chargeCode, debit: debit === null ? null : { amount: debit }, credit: credit === null ? null : { amount: credit }, ledgerAccount: { code, name },
    }); // prettier-ignore
    expect(fee).toEqual({
      id: encodeId('ledgerEntry', entryId), accountingDate: '2026-11-23', kind: 'FEE_DUE', causeKind: 'ORDER', currency: 'CNY',
      reversesId: null, reversedById: mirror?.id,
      lines: [
        line('1122', '应收账款', '100.00', null),
        line('600103', '主营业务收入—一次性费用', null, '91.74', 'INSTALL'),
        line('2221', '应交税费—应交增值税（销项税额）', null, '8.26'),
      ],
    }); // prettier-ignore
    expect(mirror).toMatchObject({ reversesId: fee?.id, reversedById: null, accountingDate: '2026-11-25' });
    expect(payment?.lines).toEqual([
      line('1012', '其他货币资金—第三方支付', '100.50', null), line('1122', '应收账款', null, '100.00'), line('2203', '预收账款', null, '0.50'),
    ]); // prettier-ignore
    expect(account.ledgerBalances).toEqual([
      { ledgerAccount: { code: '1122' }, balance: { amount: '-100.00', currency: 'CNY' } },
      { ledgerAccount: { code: '2203' }, balance: { amount: '-0.50', currency: 'CNY' } },
      { ledgerAccount: { code: '2241' }, balance: { amount: '-200.00', currency: 'CNY' } },
    ]);
  });

  it('are read page by page, each entry once, two of one instant too', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let more = true; more;) {
      const { account }: Books = await books({ first: 1, after });
      seen.push(...account.ledgerEntries.nodes.map(({ kind }) => kind));
      ({ hasNextPage: more, endCursor: after } = account.ledgerEntries.pageInfo);
    }
    expect(seen).toEqual(['REVERSAL', 'DEPOSIT_RECEIVED', 'PAYMENT_RECEIVED', 'FEE_DUE']);
    const forged = Buffer.from('["never","nothing"]').toString('base64url');
    const answer = await graph.send(BOOKS, { id: encodeId('account', accountId), after: forged }, finance);
    expect(answer.errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
  });

  it.each([
    [{ from: '2026-11-24', to: '2026-11-24' }, ['DEPOSIT_RECEIVED', 'PAYMENT_RECEIVED']],
    [{ from: '2026-11-25' }, ['REVERSAL']],
    [{ to: '2026-11-23' }, ['FEE_DUE']],
    [{ from: '2026-11-26', to: '2026-11-20' }, []],
  ])('are cut by accounting dates, both included: %j', async (dates, kinds) => {
    expect((await books(dates)).account.ledgerEntries.nodes.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('are shown to whoever holds ledger:read at the account, and to nobody else', async () => {
    const nothing = { ledgerEntries: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } }, ledgerBalances: [] };
    const clerk = { scope: scopeAt(parties.hangzhou, ['account:read']) };
    expect((await books({}, clerk)).account).toEqual(nothing);
    const elsewhere = Scope.of([
      { permission: 'account:read', node: parties.root, lines: null },
      { permission: 'ledger:read', node: parties.ningbo, lines: null },
    ]);
    expect((await books({}, { scope: elsewhere })).account).toEqual(nothing);
    expect((await books({}, { scope: scopeAt(parties.root, ['account:read', 'ledger:read']) })).account.ledgerEntries.nodes).toHaveLength(
      4,
    );
    expect((await books({}, { scope: scopeAt(parties.ningbo, ['account:read', 'ledger:read']) })).account).toBeNull();
  });

  it('of many accounts take one statement for entries and one for balances', async () => {
    const { accountId: other, customerId } = await parties.payer();
    const third = await parties.account(customerId);
    for (const id of [other, third]) await world.post(world.entry(id, feeDue(CNY, [HUNDRED])));
    const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Account { ledgerEntries(first: 5) { nodes { kind lines { ledgerAccount { code } } } }
      ledgerBalances { balance { amount } } } } }`;
    const answer = await graph.send(document, { ids: [accountId, other, third].map((id) => encodeId('account', id)) }, finance);
    expect(answer.errors).toEqual([]);
    expect(answer.statements).toBe(4); // accounts, entries, balances, ledger accounts
  });
});

describe('the chart of accounts', () => {
  const chart = (variables: Readonly<Record<string, unknown>> = {}, caller = finance) =>
    graph.read<{ ledgerAccounts: { nodes: { code: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } }>(
      `query ($first: Int = 100, $after: String, $filter: LedgerAccountFilter) {
        ledgerAccounts(first: $first, after: $after, filter: $filter) { nodes { code } pageInfo { hasNextPage endCursor } } }`,
      variables,
      caller,
    );
  const codes = async (variables: Readonly<Record<string, unknown>> = {}, caller = finance): Promise<string[]> =>
    (await chart(variables, caller)).ledgerAccounts.nodes.map(({ code }) => code);

  it('is that of the accounting standards, by code, in pages, and cut by what it is asked', async () => {
    const all = await codes();
    expect(all).toEqual([...all].sort());
    expect(all).toEqual(expect.arrayContaining(['1001', '1002', '1122', '2203', '2221', '2241', '6001']));
    const { ledgerAccounts: page } = await chart({ first: 2, after: (await chart({ first: 3 })).ledgerAccounts.pageInfo.endCursor });
    expect(page.nodes.map(({ code }) => code)).toEqual(all.slice(3, 5));
    expect(await codes({ filter: { codePrefix: '6001' } })).toEqual(['6001', '600101', '600102', '600103', '600199']);
    expect(await codes({ filter: { kind: 'EQUITY' } })).toEqual(['4103']);
    expect(await codes({ filter: { status: 'RETIRED' } })).toEqual([]);
    expect(await codes({}, { scope: scopeAt(parties.root, ['account:read']) })).toEqual([]);
  });

  it('is registered once: what is missing is added, what was changed stays', async () => {
    const { version } = (await database.raw<{ version: number }>(`SELECT version FROM ledger_account WHERE code = '6051'`))[0] ?? {
      version: 0,
    };
    await parties.run(changeLedgerAccount, { code: '6051', expectedVersion: version, name: '其他收入' });
    expect(await parties.run(registerStandardChart, {})).toEqual({ registered: [] });
    expect(await database.raw(`SELECT name, version FROM ledger_account WHERE code = '6051'`)).toEqual([{ name: '其他收入', version: 2 }]);
  });

  it('takes changes of who holds ledger:write at the root, and nothing malformed', async () => {
    const fields = { code: '640101', name: '成本', kind: 'EXPENSE', byAccount: false } as const;
    const keeper = parties.as(['ledger:write'], parties.root);
    expect(await parties.refused(registerLedgerAccount, fields, parties.as(['ledger:write'], parties.hangzhou))).toEqual([
      'code OUTSIDE_SCOPE',
    ]);
    expect(await parties.refused(registerLedgerAccount, { ...fields, code: '64A1', name: ' ', nameEn: 'x'.repeat(101) }, keeper)).toEqual([
      'code CODE_INVALID', 'name BLANK', 'nameEn TOO_LONG',
    ]); // prettier-ignore
    expect(await parties.refused(registerLedgerAccount, { ...fields, name: '成\u200b本' }, keeper)).toEqual(['name CHARACTERS_REFUSED']);
    await parties.run(registerLedgerAccount, fields, keeper);
    expect(await parties.refused(registerLedgerAccount, fields, keeper)).toEqual(['code CODE_TAKEN']);
    expect(await parties.refused(changeLedgerAccount, { code: '640101', expectedVersion: 2, name: '费用' }, keeper)).toEqual([
      'expectedVersion STALE_VERSION',
    ]);
    expect(await parties.refused(changeLedgerAccount, { code: '649999', expectedVersion: 1 }, keeper)).toEqual(['code NOT_FOUND']);
    await parties.run(retireLedgerAccount, { code: '640101', expectedVersion: 1 }, keeper);
    expect(await parties.refused(retireLedgerAccount, { code: '640101', expectedVersion: 2 }, keeper)).toEqual(['code ALREADY_RETIRED']);
    expect(await parties.refused(retireLedgerAccount, { code: '1122', expectedVersion: 1 }, keeper)).toEqual(['code CONTROL_ACCOUNT']);
    expect(await codes({ filter: { status: 'RETIRED' } })).toEqual(['640101']);
    const trail = await database.raw<{ operation: string; before: object | null; after: object }>(
      `SELECT t.operation, t.before, t.after FROM audit_entry t JOIN ledger_account g ON g.id = t.subject_id
       WHERE g.code = '640101' AND t.organisation_id = $1 ORDER BY t.id`,
      [parties.root],
    );
    expect(trail.map(({ operation }) => operation)).toEqual(['registerLedgerAccount', 'retireLedgerAccount']);
    expect(trail[1]).toMatchObject({ before: { code: '640101', status: 'ACTIVE' }, after: { code: '640101', status: 'RETIRED' } });
  });

  it('still takes entries on what was retired', async () => {
    const { accountId: another } = await parties.payer();
    const retired = { ...HUNDRED, accounts: { ...HUNDRED.accounts, revenue: '640101' } };
    await world.post(world.entry(another, feeDue(CNY, [retired])));
    expect(await world.balances(another)).toEqual({ 1122: '10000' });
  });

  it('holds no more that is kept by account than an account may have balances', async () => {
    await database.raw(
      `INSERT INTO ledger_account (code, id, name, kind, by_account, created_at)
       SELECT (130000 + n)::text, gen_random_uuid(), '科目', 'ASSET', true, now() FROM generate_series(1, 96) AS n`,
    );
    const more = { code: '131001', name: '科目', kind: 'ASSET', byAccount: true } as const;
    expect(await parties.refused(registerLedgerAccount, more)).toEqual(['byAccount TOO_MANY']);
    await parties.run(registerLedgerAccount, { ...more, byAccount: false });
  });
});
