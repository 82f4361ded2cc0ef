import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { searchAccounts, type AccountFilter } from '../../../../business/component/account';
import type { Id } from '../../../../kernel/id';
import { toConnection, type ConnectionOf } from '../../server/connection';
import type { GraphContext } from '../../server/context';
import { FactTimeArgs } from '../../server/fact-time';
import { searchedBy } from '../../server/given';
import { when, type MaybePromise } from '../../../../kernel/maybe-promise';
import { readId, readOptionalId } from '../../server/node-id';
import { PageArgs, pageOf } from '../../server/page-args';
import { loadCustomer } from '../customer/customer.resolver';
import { CustomerType } from '../customer/customer.type';
import { PaymentRelationConnection, PaymentRelationType } from '../subscriber/subscriber.type';
import { AccountFilterType } from './account.input';
import {
  accountLoader, accountParentLoader, accountsOfCustomerLoader, billingDayLoader, childAccountsLoader, relationsOfAccountLoader,
} from './account.loader'; // prettier-ignore
import { AccountConnection, AccountParentConnection, AccountParentType, AccountType, BillingDayType } from './account.type';

@Resolver(() => AccountType)
export class AccountResolver {
  @Query(() => AccountType, { nullable: true, description: 'An account in scope; null when there is none.' })
  public async account(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return loadAccount(context, readId('account', id));
  }

  @Query(() => AccountConnection, { description: 'Accounts in scope, oldest first.' })
  public async accounts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AccountFilterType, { nullable: true }) filter: AccountFilterType | null | undefined,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<AccountType>> {
    const found = await searchAccounts(context, readFilter(filter), pageOf(page));
    return toConnection(AccountConnection, found, (account) => new AccountType(account), (account) => [account.value.id]); // prettier-ignore
  }

  @FieldResolver(() => CustomerType, { nullable: true, description: 'Whose account it is; null when outside scope.' })
  public async customer(@Root() account: AccountType, @Ctx() context: GraphContext): Promise<CustomerType | null> {
    return loadCustomer(context, account.value.customerId);
  }

  @FieldResolver(() => BillingDayType, { nullable: true })
  public async billingDay(
    @Root() account: AccountType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<BillingDayType | null> {
    const [day] = await billingDayLoader(context, time).load(account.value.id);
    return day === undefined ? null : new BillingDayType(day);
  }

  @FieldResolver(() => AccountParentType, { nullable: true, description: 'The account that this one stands below.' })
  public async parent(
    @Root() account: AccountType,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<AccountParentType | null> {
    const [parent] = await accountParentLoader(context, time).load(account.value.id);
    return parent === undefined ? null : new AccountParentType(parent);
  }

  @FieldResolver(() => AccountParentConnection, { description: 'The accounts that stand below this one.' })
  public async children(
    @Root() account: AccountType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): Promise<ConnectionOf<AccountParentType>> {
    const children = await childAccountsLoader(context, time, pageOf(page)).load(account.value.id);
    return toConnection(AccountParentConnection, children, (child) => new AccountParentType(child), (child) => [child.value.accountId]); // prettier-ignore
  }

  @FieldResolver(() => PaymentRelationConnection, { description: 'What the account pays for 付费关系, subscribers in scope only.' })
  public paymentRelations(
    @Root() account: AccountType,
    @Args(() => PageArgs) page: PageArgs,
    @Args(() => FactTimeArgs) time: FactTimeArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<ConnectionOf<PaymentRelationType>> {
    const read = account.ahead?.relations ?? relationsOfAccountLoader(context, time, pageOf(page)).load(account.value.id);
    return when(read, (relations) =>
      toConnection(
        PaymentRelationConnection,
        relations,
        ({ relation, subscriber }) => new PaymentRelationType(relation, subscriber),
        (relation) => [relation.value.id],
      ),
    );
  }

  @FieldResolver(() => AccountType, { nullable: true, description: 'The account that this one was merged into, if it is in scope.' })
  public async mergedInto(@Root() account: AccountType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return account.value.mergedIntoId === null ? null : loadAccount(context, account.value.mergedIntoId);
  }
}

@Resolver(() => AccountParentType)
export class AccountParentResolver {
  @FieldResolver(() => AccountType, { nullable: true, description: 'Null when outside scope.' })
  public async account(@Root() { value }: AccountParentType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return loadAccount(context, value.accountId);
  }

  @FieldResolver(() => AccountType, { nullable: true, description: 'Null when outside scope.' })
  public async parent(@Root() { value }: AccountParentType, @Ctx() context: GraphContext): Promise<AccountType | null> {
    return loadAccount(context, value.parentAccountId);
  }
}

@Resolver(() => CustomerType)
export class CustomerAccountsResolver {
  @FieldResolver(() => AccountConnection, { description: 'Accounts 账户 of the customer, oldest first.' })
  public accounts(
    @Root() customer: CustomerType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() context: GraphContext,
  ): MaybePromise<ConnectionOf<AccountType>> {
    const request = pageOf(page);
    const ahead = customer.ahead?.accounts;
    if (ahead !== undefined && request.after === null) {
      return toConnection(AccountConnection, ahead, (read) => new AccountType(read.account, read), (account) => [account.value.id]); // prettier-ignore
    }
    return when(accountsOfCustomerLoader(context, request).load(customer.value.id), (found) =>
      toConnection(
        AccountConnection,
        found,
        (account) => new AccountType(account),
        (account) => [account.value.id],
      ),
    );
  }
}

export async function loadAccount(context: GraphContext, id: Id<'account'>): Promise<AccountType | null> {
  const account = await accountLoader(context).load(id);
  return account === undefined ? null : new AccountType(account);
}

function readFilter(filter: AccountFilterType | null | undefined): AccountFilter {
  if (filter == null) return {};
  return searchedBy({
    ...filter,
    customerId: readOptionalId('customer', filter.customerId, 'filter.customerId'),
    organisationId: readOptionalId('organisation', filter.organisationId, 'filter.organisationId'),
  });
}
