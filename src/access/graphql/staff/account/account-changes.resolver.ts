import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { changeAccount, changeBillingDay, createAccount, endParentAccount, setParentAccount } from '../../../../business/component/account';
import { operatorParameters } from '../../../../business/component/organisation';
import { changeAccountCurrency } from '../../../../business/process/change-account-currency';
import { closeAccount } from '../../../../business/process/close-account';
import { mergeAccounts } from '../../../../business/process/merge-accounts';
import { splitAccount } from '../../../../business/process/split-account';
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { given } from '../../server/given';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import {
  ChangeAccountCurrencyInputType, ChangeAccountInputType, ChangeBillingDayInputType, CloseAccountInputType, CreateAccountInputType,
  EndParentAccountInputType, MergeAccountsInputType, SetParentAccountInputType, SplitAccountInputType,
} from './account-changes.input'; // prettier-ignore
import { loadAccount } from './account.resolver';
import { AccountPayload, AccountUserError, MergeAccountsPayload, SplitAccountPayload, type AccountType } from './account.type';

@Resolver()
export class AccountChangesResolver {
  @Mutation(() => AccountPayload, {
    description: 'Opens an account 建立账户 of a customer in scope. Needs account:write at the managing node.',
  })
  public async createAccount(
    @Arg('input', () => CreateAccountInputType) { idempotencyKey, ...rest }: CreateAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccountPayload> {
    const input = {
      ...rest,
      customerId: readId('customer', rest.customerId, 'customerId'),
      organisationId: readId('organisation', rest.organisationId, 'organisationId'),
      currency: rest.currency ?? (await operatorParameters(context)).currency,
      attributes: rest.attributes ?? {},
    };
    return mutate(context, createAccount, { input, idempotencyKey }, AccountUserError, payloadOf(context));
  }

  @Mutation(() => AccountPayload, { description: 'Changes what an account is 账户资料变更. Needs account:write.' })
  public async changeAccount(
    @Arg('input', () => ChangeAccountInputType) { idempotencyKey, accountId, expectedVersion, ...changes }: ChangeAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccountPayload> {
    const organisationId = readOptionalId('organisation', changes.organisationId, 'organisationId');
    const input = { ...ofAccount(accountId), ...given({ ...changes, organisationId }), expectedVersion };
    return mutate(context, changeAccount, { input, idempotencyKey }, AccountUserError, payloadOf(context));
  }

  @Mutation(() => AccountPayload, {
    description: 'Gives an account that has never been charged another currency 变更币种. Needs account:write.',
  })
  public async changeAccountCurrency(
    @Arg('input', () => ChangeAccountCurrencyInputType) { idempotencyKey, accountId, ...rest }: ChangeAccountCurrencyInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccountPayload> {
    const input = { ...rest, ...ofAccount(accountId) };
    return mutate(context, changeAccountCurrency, { input, idempotencyKey }, AccountUserError, payloadOf(context));
  }

  @Mutation(() => AccountPayload, {
    description:
      'Gives an account another billing day 变更账期日 from an instant on; a later change that was planned is replaced. Needs account:write.',
  })
  public async changeBillingDay(
    @Arg('input', () => ChangeBillingDayInputType) { idempotencyKey, accountId, ...rest }: ChangeBillingDayInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccountPayload> {
    const input = { ...rest, ...ofAccount(accountId) };
    return mutate(context, changeBillingDay, { input, idempotencyKey }, AccountUserError, payloadOf(context));
  }

  @Mutation(() => AccountPayload, {
    description: 'Puts an account below another of the same currency 设置上级账户 for a time. Needs account:write for both.',
  })
  public async setParentAccount(
    @Arg('input', () => SetParentAccountInputType) { idempotencyKey, accountId, parentAccountId, ...rest }: SetParentAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccountPayload> {
    const input = { ...rest, ...ofAccount(accountId), parentAccountId: readId('account', parentAccountId, 'parentAccountId') };
    return mutate(context, setParentAccount, { input, idempotencyKey }, AccountUserError, payloadOf(context));
  }

  @Mutation(() => AccountPayload, { description: 'From an instant on, an account stands below none 解除上级账户. Needs account:write.' })
  public async endParentAccount(
    @Arg('input', () => EndParentAccountInputType) { idempotencyKey, accountId, ...rest }: EndParentAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccountPayload> {
    const input = { ...rest, ...ofAccount(accountId) };
    return mutate(context, endParentAccount, { input, idempotencyKey }, AccountUserError, payloadOf(context));
  }

  @Mutation(() => AccountPayload, {
    description: 'Closes an account 账户销户 that pays for no subscriber, now or later, and has none below it. Needs account:write.',
  })
  public async closeAccount(
    @Arg('input', () => CloseAccountInputType) { idempotencyKey, accountId, expectedVersion }: CloseAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<AccountPayload> {
    const input = { ...ofAccount(accountId), expectedVersion };
    return mutate(context, closeAccount, { input, idempotencyKey }, AccountUserError, payloadOf(context));
  }

  @Mutation(() => SplitAccountPayload, {
    description:
      'Splits an account 分户: a new one like it pays from now on for the subscribers named. Needs account:write, and ' +
      'subscriber:write for each.',
  })
  public async splitAccount(
    @Arg('input', () => SplitAccountInputType) { idempotencyKey, accountId, subscriberIds, ...rest }: SplitAccountInputType,
    @Ctx() context: GraphContext,
  ): Promise<SplitAccountPayload> {
    const input = {
      ...rest,
      ...ofAccount(accountId),
      subscriberIds: subscriberIds.map((id, place) => readId('subscriber', id, `subscriberIds.${place}`)),
    };
    return mutate(context, splitAccount, { input, idempotencyKey }, AccountUserError, async (output) => {
      const [account, newAccount] = await Promise.all([loadAccount(context, output.accountId), loadAccount(context, output.newAccountId)]);
      return { account, newAccount };
    });
  }

  @Mutation(() => MergeAccountsPayload, {
    description:
      'Makes one account of two 合户, of the same customer, currency and rating type: the survivor pays from now on for whatever ' +
      'the merged ' +
      'one paid for. Needs account:write for both.',
  })
  public async mergeAccounts(
    @Arg('input', () => MergeAccountsInputType) { idempotencyKey, survivorId, mergedId, ...rest }: MergeAccountsInputType,
    @Ctx() context: GraphContext,
  ): Promise<MergeAccountsPayload> {
    const input = { ...rest, survivorId: readId('account', survivorId, 'survivorId'), mergedId: readId('account', mergedId, 'mergedId') };
    return mutate(context, mergeAccounts, { input, idempotencyKey }, AccountUserError, async (output) => {
      const [survivor, merged] = await Promise.all([loadAccount(context, output.survivorId), loadAccount(context, output.mergedId)]);
      return { survivor, merged, subscribersMoved: output.subscribers };
    });
  }
}

function ofAccount(accountId: string): { readonly accountId: Id<'account'> } {
  return { accountId: readId('account', accountId, 'accountId') };
}

function payloadOf(context: GraphContext): (output: { readonly accountId: Id<'account'> }) => Promise<{ account: AccountType | null }> {
  return async ({ accountId }) => ({ account: await loadAccount(context, accountId) });
}
