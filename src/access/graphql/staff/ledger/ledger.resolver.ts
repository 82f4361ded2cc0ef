import { Arg, Args, Ctx, Extensions, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { changeLedgerAccount, listLedgerAccounts, registerLedgerAccount, retireLedgerAccount } from '../../../../business/component/ledger';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { given, searchedBy } from '../../server/given';
import { cost } from '../../server/guard/cost-hint';
import { mutate } from '../../server/mutation';
import { PageArgs, pageOf } from '../../server/page-args';
import { AccountType } from '../account/account.type';
import {
  AccountingDatesArgs, ChangeLedgerAccountInputType, LedgerAccountFilterType, RegisterLedgerAccountInputType, RetireLedgerAccountInputType,
} from './ledger.input'; // prettier-ignore
import { ledgerAccountLoader, ledgerBalancesLoader, ledgerEntriesLoader } from './ledger.loader';
import {
  LedgerAccountConnection, LedgerAccountPayload, LedgerAccountType, LedgerBalanceType, LedgerEntryConnection, LedgerEntryType, LedgerLineType,
  LedgerUserError, cursorOfEntry,
} from './ledger.type'; // prettier-ignore

@Resolver(() => LedgerAccountType)
export class LedgerAccountResolver {
  @Query(() => LedgerAccountConnection, { description: 'The chart of accounts 会计科目表, by code; none without ledger:read.' })
  public async ledgerAccounts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => LedgerAccountFilterType, { nullable: true }) filter: LedgerAccountFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<LedgerAccountType>> {
    const found = await listLedgerAccounts(context, searchedBy({ ...filter }), pageOf(page));
    return toConnection(LedgerAccountConnection, found, (account) => new LedgerAccountType(account), (account) => [account.value.code]); // prettier-ignore
  }

  @Mutation(() => LedgerAccountPayload, {
    description: 'Adds a ledger account to the chart 新增会计科目. Needs ledger:write at the root, for every line of business.',
  })
  public async registerLedgerAccount(
    @Arg('input', () => RegisterLedgerAccountInputType) { idempotencyKey, ...input }: RegisterLedgerAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<LedgerAccountPayload> {
    return mutate(context, registerLedgerAccount, { input, idempotencyKey }, LedgerUserError, payloadOf(context));
  }

  @Mutation(() => LedgerAccountPayload, {
    description: 'Renames a ledger account 修改会计科目. Needs ledger:write at the root, for every line of business.',
  })
  public async changeLedgerAccount(
    @Arg('input', () => ChangeLedgerAccountInputType)
    { idempotencyKey, code, expectedVersion, name, nameEn }: ChangeLedgerAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<LedgerAccountPayload> {
    const clearable = nameEn === undefined ? {} : { nameEn };
    const input = { code, expectedVersion, ...given({ name }), ...clearable };
    return mutate(context, changeLedgerAccount, { input, idempotencyKey }, LedgerUserError, payloadOf(context));
  }

  @Mutation(() => LedgerAccountPayload, {
    description:
      'Retires a ledger account 停用会计科目: it is not to be chosen any more. Needs ledger:write at the root, for every line of business.',
  })
  public async retireLedgerAccount(
    @Arg('input', () => RetireLedgerAccountInputType) { idempotencyKey, code, expectedVersion }: RetireLedgerAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<LedgerAccountPayload> {
    return mutate(context, retireLedgerAccount, { input: { code, expectedVersion }, idempotencyKey }, LedgerUserError, payloadOf(context));
  }
}

@Resolver(() => AccountType)
export class AccountLedgerResolver {
  @FieldResolver(() => LedgerEntryConnection, {
    description: 'The entries of the ledger 分录明细 that concern the account, newest first; none without ledger:read at the account.',
  })
  public async ledgerEntries(
    @Root() account: AccountType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => AccountingDatesArgs) dates: AccountingDatesArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<LedgerEntryType>> {
    const found = await ledgerEntriesLoader(context, dates, pageOf(page, 2)).load(account.value.id);
    return toConnection(LedgerEntryConnection, found, (entry) => new LedgerEntryType(entry), cursorOfEntry);
  }

  @Extensions(cost({ listSize: 4 }))
  @FieldResolver(() => [LedgerBalanceType], {
    description:
      'What stands on each ledger account for the account 科目余额, by code, at most 100; none without ledger:read at the account.',
  })
  public async ledgerBalances(@Root() account: AccountType, @Ctx() context: GraphContext): Promise<LedgerBalanceType[]> {
    return (await ledgerBalancesLoader(context).load(account.value.id)).map((balance) => new LedgerBalanceType(balance));
  }
}

@Resolver(() => LedgerLineType)
export class LedgerLineResolver {
  @FieldResolver(() => LedgerAccountType, { nullable: true, description: 'The ledger account 会计科目 that it moves.' })
  public async ledgerAccount(@Root() { value }: LedgerLineType, @Ctx() context: GraphContext): Promise<LedgerAccountType | null> {
    return loadLedgerAccount(context, value.ledgerAccount);
  }
}

@Resolver(() => LedgerBalanceType)
export class LedgerBalanceResolver {
  @FieldResolver(() => LedgerAccountType, { nullable: true, description: 'The ledger account 会计科目 that it stands on.' })
  public async ledgerAccount(@Root() { value }: LedgerBalanceType, @Ctx() context: GraphContext): Promise<LedgerAccountType | null> {
    return loadLedgerAccount(context, value.ledgerAccount);
  }
}

async function loadLedgerAccount(context: GraphContext, code: string): Promise<LedgerAccountType | null> {
  const account = await ledgerAccountLoader(context).load(code);
  return account === undefined ? null : new LedgerAccountType(account);
}

function payloadOf(context: GraphContext): (output: { readonly code: string }) => Promise<{ ledgerAccount: LedgerAccountType | null }> {
  return async ({ code }) => ({ ledgerAccount: await loadLedgerAccount(context, code) });
}
