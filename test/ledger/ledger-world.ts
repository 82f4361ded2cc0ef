import {
  feeDue, paymentReceived, postEntries, registerStandardChart, reverseEntry,
  type DueFee, type EntryToPost, type MoneyMethod, type Posting,
} from '../../src/business/component/ledger'; // prettier-ignore
import type { UseCase } from '../../src/business/execute';
import { newId, type Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { ok } from '../../src/kernel/result';
import type { TestDatabase } from '../support/database';
import { usePartyWorld, type PartyWorld } from '../support/party-world';

export const CNY = 'CNY' as CurrencyCode;

/** What another component would do in its own use case: post entries. */
export const post: UseCase<{ readonly entries: () => readonly EntryToPost[] }, { entryIds: Id<'ledgerEntry'>[] }, never> = {
  name: 'postForTest',
  permission: 'account:write',
  run: async (unit, { entries }) => ok({ entryIds: await postEntries(unit, entries()) }),
};

export interface Reversing {
  readonly accountId: Id<'account'>;
  readonly entryId: Id<'ledgerEntry'>;
  readonly thenFail?: boolean;
}

/** What another component would do in its own use case: take an entry back. */
export const takeBack: UseCase<Reversing, { mirrorId: Id<'ledgerEntry'> | null }, never> = {
  name: 'takeBackForTest',
  permission: 'account:write',
  run: async (unit, { accountId, entryId, thenFail = false }) => {
    const mirrorId = await reverseEntry(unit, { accountId, entryId, cause: { kind: 'ORDER', id: newId('fact') } });
    if (thenFail) throw new Error('given up');
    return ok({ mirrorId: mirrorId ?? null });
  },
};

export function sumOf(posting: Posting | undefined): Posting {
  if (posting === undefined) throw new Error('nothing to post');
  return posting;
}

/** A fee of 100.00 with 9 % tax in it. */
export const HUNDRED: DueFee = {
  chargeCode: 'INSTALL',
  subscriberId: null,
  amountMinor: 10_000n,
  taxMinor: 826n,
  discountMinor: 0n,
  accounts: { revenue: '600103', deferred: null, discount: null },
  earned: 'NOW',
};

/** An operator with the standard chart, and short ways to post. */
export class LedgerWorld {
  public constructor(
    private readonly database: TestDatabase,
    public readonly parties: PartyWorld,
  ) {}

  /** An entry of an account, caused in Hangzhou. */
  public entry(accountId: Id<'account'> | null, posting: Posting | undefined, organisationId = this.parties.hangzhou): EntryToPost {
    return { ...sumOf(posting), accountId, organisationId, cause: { kind: 'ORDER', id: newId('fact') } };
  }

  public async post(...entries: readonly EntryToPost[]): Promise<Id<'ledgerEntry'>[]> {
    return (await this.parties.run(post, { entries: () => entries })).entryIds;
  }

  /** 100.00 owed by an account. */
  public async owe(accountId: Id<'account'>, fees: readonly DueFee[] = [HUNDRED]): Promise<Id<'ledgerEntry'>> {
    const [id] = await this.post(this.entry(accountId, feeDue(CNY, fees)));
    return id as Id<'ledgerEntry'>;
  }

  public async pay(
    accountId: Id<'account'>,
    settledMinor: bigint,
    prepaidMinor = 0n,
    method: MoneyMethod = 'CASH',
  ): Promise<Id<'ledgerEntry'>> {
    const [id] = await this.post(this.entry(accountId, paymentReceived({ currency: CNY, method, settledMinor, prepaidMinor })));
    return id as Id<'ledgerEntry'>;
  }

  /** The balances of an account by ledger account, as they are cached. */
  public async balances(accountId: Id<'account'>): Promise<Record<string, string>> {
    const rows = await this.database.raw<{ code: string; amount: string }>(
      'SELECT ledger_account AS code, amount_minor::text AS amount FROM ledger_balance WHERE account_id = $1 ORDER BY 1',
      [accountId],
    );
    return Object.fromEntries(rows.map(({ code, amount }) => [code, amount]));
  }

  /** The lines of an entry as `code amount`, in their order. */
  public async lines(entryId: Id<'ledgerEntry'>): Promise<string[]> {
    const rows = await this.database.raw<{ line: string }>(
      `SELECT ledger_account || ' ' || amount_minor AS line FROM ledger_line WHERE entry_id = $1 ORDER BY line_no`,
      [entryId],
    );
    return rows.map(({ line }) => line);
  }
}

/** A world with a chart of accounts for a test file. */
export function useLedgerWorld(database: TestDatabase): LedgerWorld {
  const parties = usePartyWorld(database);
  beforeAll(() => parties.run(registerStandardChart, {}));
  return new LedgerWorld(database, parties);
}
