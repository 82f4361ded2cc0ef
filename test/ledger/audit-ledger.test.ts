import { auditLedger, LEDGER_FAULTS, type LedgerFault } from '../../src/business/component/ledger';
import { newId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { takeBack, useLedgerWorld } from './ledger-world';

const database = useDatabase();
const world = useLedgerWorld(database);

let accountId: Id<'account'>;
let entryId: Id<'ledgerEntry'>;
let mirrorId: Id<'ledgerEntry'>;
let paymentId: Id<'ledgerEntry'>;

beforeEach(async () => {
  ({ accountId } = await world.parties.payer());
  entryId = await world.owe(accountId);
  ({ mirrorId } = (await world.parties.run(takeBack, { accountId, entryId })) as { mirrorId: Id<'ledgerEntry'> });
  await world.owe(accountId);
  paymentId = await world.pay(accountId, 10_000n, 50n);
});

const audit = (): Promise<readonly LedgerFault[]> => auditLedger({ sql: database.core.reader() });

/** What a superuser can do who has switched the triggers off; it is undone afterwards. */
async function corrupt(...texts: readonly string[]): Promise<readonly LedgerFault[]> {
  await database.raw('SET session_replication_role = replica');
  for (const text of texts) {
    const $ = (name: string, value: string): string => `'${value}'::uuid /* ${name} */`;
    const filled = text
      .replaceAll(':account', $('account', accountId))
      .replaceAll(':entry', $('entry', entryId))
      .replaceAll(':mirror', $('mirror', mirrorId))
      .replaceAll(':payment', $('payment', paymentId));
    await database.raw(filled);
  }
  const faults = await audit();
  for (const table of ['ledger_entry', 'ledger_line', 'ledger_reversal', 'ledger_balance']) await database.raw(`DELETE FROM ${table}`);
  await database.raw('SET session_replication_role = origin');
  await database.raw(`UPDATE account SET first_charged_at = NULL`);
  return faults;
}

const shown = (faults: readonly LedgerFault[]) =>
  faults.map(({ fault, entryId: of, key, found, expected }) => [fault, of, key, found, expected]);

it('finds nothing in books that were kept through the program', async () => {
  expect(await audit()).toEqual([]);
  expect(await corrupt()).toEqual([]);
});

describe('finds, by its row,', () => {
  it('an entry that does not balance', async () => {
    const found = await corrupt('UPDATE ledger_line SET amount_minor = 9999 WHERE entry_id = :payment AND line_no = 1');
    expect(shown(found)).toEqual([['ENTRY_UNBALANCED', paymentId, '3 lines, the last is 3', '-51', '0']]);
    expect(found[0]?.accountId).toBe(accountId);
  });

  it('a balance that was changed', async () => {
    expect(
      shown(await corrupt(`UPDATE ledger_balance SET amount_minor = 7 WHERE account_id = :account AND ledger_account = '1122'`)),
    ).toEqual([['BALANCE_DIFFERS', null, '1122 CNY', '7', '0']]);
  });

  it('a missing balance', async () => {
    expect(shown(await corrupt(`DELETE FROM ledger_balance WHERE account_id = :account`))).toEqual([
      ['BALANCE_DIFFERS', null, '2203 CNY', '0', '-50'],
    ]);
  });

  it('an entry without lines', async () => {
    expect(shown(await corrupt('DELETE FROM ledger_line WHERE entry_id = :payment'))).toEqual([
      ['ENTRY_WITHOUT_LINES', paymentId, 'PAYMENT_RECEIVED', 'no line', 'two or more'],
      ['BALANCE_DIFFERS', null, '1122 CNY', '0', '10000'],
      ['BALANCE_DIFFERS', null, '2203 CNY', '-50', '0'],
    ]);
  });

  it('lines without an entry', async () => {
    const found = await corrupt('DELETE FROM ledger_entry WHERE id = :payment');
    expect(shown(found).slice(0, 3)).toEqual([1, 2, 3].map((line) => ['LINE_WITHOUT_ENTRY', paymentId, `line ${line}`, 'no entry', 'one']));
  });

  it('a line on a ledger account that is not there', async () => {
    const found = await corrupt(`UPDATE ledger_line SET ledger_account = '9999' WHERE entry_id = :payment AND line_no = 1`);
    expect(shown(found)).toEqual([['LINE_MISPLACED', paymentId, 'line 1', '9999', 'a ledger account']]);
  });

  it('a line that is kept by account, of none', async () => {
    const none = `'00000000-0000-0000-0000-000000000000'`;
    const found = await corrupt(
      `UPDATE ledger_line SET account_id = ${none} WHERE entry_id = :payment`,
      `UPDATE ledger_entry SET account_id = ${none} WHERE id = :payment`,
    );
    expect(shown(found).filter(([fault]) => fault === 'LINE_MISPLACED')).toEqual([
      ['LINE_MISPLACED', paymentId, 'line 2', '1122', 'an account'],
      ['LINE_MISPLACED', paymentId, 'line 3', '2203', 'an account'],
    ]);
  });

  it('a mirror that is not exact', async () => {
    const found = await corrupt(`UPDATE ledger_line SET ledger_account = '6001' WHERE entry_id = :mirror AND line_no = 2`);
    expect(shown(found)).toEqual([['MIRROR_DIFFERS', mirrorId, 'line 2', '6001 9174 INSTALL', '600103 9174 INSTALL']]);
  });

  it('a mirror of nothing', async () => {
    const [row] = await database.raw<{ books: string }>('SELECT legal_entity_id AS books FROM ledger_entry WHERE id = $1', [entryId]);
    expect(shown(await corrupt('DELETE FROM ledger_reversal WHERE entry_id = :entry'))).toEqual([
      ['MIRROR_OF_NOTHING', mirrorId, 'REVERSAL', 'takes nothing back', `REVERSAL CNY ${row?.books}`],
    ]);
  });

  it('a mirror in other books', async () => {
    const other = newId('organisation');
    const found = await corrupt(`UPDATE ledger_entry SET legal_entity_id = '${other}' WHERE id = :mirror`);
    expect(shown(found)).toMatchObject([
      ['MIRROR_OF_NOTHING', mirrorId, 'REVERSAL', expect.stringContaining('FEE_DUE CNY'), `REVERSAL CNY ${other}`],
    ]);
  });

  it('an account that was never marked as charged', async () => {
    const found = await corrupt(`UPDATE account SET first_charged_at = NULL WHERE id = :account`);
    expect(found.map(({ fault, expected }) => [fault, expected])).toEqual(Array(4).fill(['ACCOUNT_DIFFERS', 'CNY charged since never']));
  });

  it('an entry in another currency, and an account that is not there', async () => {
    const stranger = newId('account');
    const found = await corrupt(
      `UPDATE ledger_entry SET currency = 'USD' WHERE id = :payment`,
      `UPDATE ledger_entry SET account_id = '${stranger}' WHERE id = :entry`,
      `UPDATE ledger_line SET account_id = '${stranger}' WHERE entry_id = :entry`,
    );
    const of = (fault: string) =>
      found.filter((one) => one.fault === fault).map((one) => [one.entryId, one.found.slice(0, 3), one.expected.slice(0, 10)]);
    expect(of('ACCOUNT_DIFFERS').sort()).toEqual([[entryId, 'CNY', 'an account'], [paymentId, 'USD', 'CNY charge']].sort()); // prettier-ignore
    expect(of('MIRROR_OF_NOTHING')).toEqual([[mirrorId, 'tak', 'REVERSAL C']]);
  });
});

it('has a test for each kind of fault', () => {
  expect([...LEDGER_FAULTS].sort()).toEqual([
    'ACCOUNT_DIFFERS', 'BALANCE_DIFFERS', 'ENTRY_UNBALANCED', 'ENTRY_WITHOUT_LINES', 'LINE_MISPLACED', 'LINE_WITHOUT_ENTRY', 'MIRROR_DIFFERS',
    'MIRROR_OF_NOTHING',
  ]); // prettier-ignore
});
