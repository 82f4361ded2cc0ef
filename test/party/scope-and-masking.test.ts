import {
  changeAccount,
  createAccount,
  searchAccounts,
  selectAccountsById,
  selectAccountsOfCustomers,
  selectBillingDays,
  selectChildAccounts,
  setParentAccount,
} from '../../src/business/component/account';
import {
  changeCustomer,
  createCustomer,
  searchCustomers,
  selectContacts,
  selectCustomersById,
  selectDocuments,
} from '../../src/business/component/customer';
import {
  addPaymentRelation,
  changeSubscriber,
  openSubscriber,
  searchSubscribers,
  selectIdentifiers,
  selectPaymentRelations,
  selectStatuses,
  selectSubscriberByIdentifier,
  selectSubscriberCustomers,
  selectSubscribersById,
  selectSubscribersOfAccounts,
  selectSubscribersOfCustomers,
  stopSubscriber,
} from '../../src/business/component/subscriber';
import { assignSubscriberCustomer } from '../../src/business/process/beside-orders';
import type { CallContext } from '../../src/business/context';
import { revealPersonalData } from '../../src/business/process/reveal-personal-data';
import type { Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { Scope } from '../../src/kernel/scope';
import { systemContext } from '../support/call-context';
import { useDatabase } from '../support/database';
import { newKey, newNumber, refusalsIn, usePartyWorld, valueOf } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
const page = { first: 100, after: null };
const READ = ['customer:read', 'account:read', 'subscriber:read'] as const;
const WRITE = [...READ, 'customer:write', 'account:write', 'subscriber:write'] as const;

const mobile = newNumber();
const login = 'nb88880001';
const passport = 'E98765432';
let theirs: { customerId: Id<'customer'>; accountId: Id<'account'>; subscriberId: Id<'subscriber'>; broadbandId: Id<'subscriber'> };

beforeAll(async () => {
  const customer = {
    organisationId: world.ningbo,
    name: '陈小明',
    documents: [{ kind: 'PASSPORT', number: passport }],
    contacts: [{ kind: 'MOBILE', value: '13899990000' }],
  } as const;
  const { customerId, accountId } = await world.payer({ customer, account: { organisationId: world.ningbo } });
  const subscriberId = await world.subscriber(customerId, accountId, { organisationId: world.ningbo, identifier: mobile });
  const broadbandId = await world.subscriber(customerId, accountId, {
    organisationId: world.ningbo,
    serviceType: 'BROADBAND',
    identifier: login,
  });
  theirs = { customerId, accountId, subscriberId, broadbandId };
});

/** Everything that can be read of the other city's customer, by whatever way in. */
async function everythingReadable(context: CallContext): Promise<Record<string, unknown>> {
  const { customerId, accountId, subscriberId, broadbandId } = theirs;
  const time = { validAt: world.clock.now(), knownAt: null };
  const subscribers = [subscriberId, broadbandId];
  const parties = {
    customersById: (await selectCustomersById(context, [customerId])).length,
    documents: (await selectDocuments(context, [customerId], time)).length,
    contacts: (await selectContacts(context, [customerId], time)).length,
    byName: (await searchCustomers(context, { nameContains: '小明' }, page)).rows.length,
    byDocument: (await searchCustomers(context, { documentNumber: passport }, page)).rows.length,
    accountsById: (await selectAccountsById(context, [accountId])).length,
    accountsOfCustomer: (await selectAccountsOfCustomers(context, [customerId], page)).get(customerId)?.rows.length,
    accountsFound: (await searchAccounts(context, { customerId }, page)).rows.length,
    accountsUnderRoot: (await searchAccounts(context, { organisationId: world.ningbo, status: 'ACTIVE', ratingType: 'POSTPAID' }, page))
      .rows.length,
    billingDays: (await selectBillingDays(context, [accountId], time)).length,
  };
  return {
    ...parties,
    subscribersById: (await selectSubscribersById(context, subscribers)).length,
    byNumber: (await selectSubscriberByIdentifier(context, mobile, null, time)) !== undefined,
    byLogin: (await selectSubscriberByIdentifier(context, login, 'LOGIN', time)) !== undefined,
    subscribersOfCustomer: (await selectSubscribersOfCustomers(context, [customerId], null, time, page)).get(customerId)?.rows.length,
    subscribersOfAccount: (await selectSubscribersOfAccounts(context, [accountId], time, page)).get(accountId)?.rows.length,
    byPrefix: (await searchSubscribers(context, { identifierPrefix: 'nb8' }, page)).rows.length,
    inNingbo: (await searchSubscribers(context, { organisationId: world.ningbo, status: 'active' }, page)).rows.length,
    identifiers: (await selectIdentifiers(context, subscribers, time)).length,
    roles: (await selectSubscriberCustomers(context, subscribers, time)).length,
    statuses: (await selectStatuses(context, subscribers, time)).length,
    relations: (await selectPaymentRelations(context, subscribers, time)).length,
  };
}

describe('what a caller sees', () => {
  it('at the root: all of it', async () => {
    expect(await everythingReadable(world.as(READ, world.root))).toEqual({
      customersById: 1,
      documents: 1,
      contacts: 1,
      byName: 1,
      byDocument: 1,
      accountsById: 1,
      accountsOfCustomer: 1,
      accountsFound: 1,
      accountsUnderRoot: 1,
      billingDays: 1,
      subscribersById: 2,
      byNumber: true,
      byLogin: true,
      subscribersOfCustomer: 2,
      subscribersOfAccount: 2,
      byPrefix: 1,
      inNingbo: 2,
      identifiers: 2,
      roles: 6,
      statuses: 2,
      relations: 2,
    });
  });

  it('in another city, or without the permission: nothing, by any way in', async () => {
    const none = Object.fromEntries(
      Object.entries(await everythingReadable(world.as(READ, world.ningbo))).map(([way, seen]) => [
        way,
        typeof seen === 'boolean' ? false : 0,
      ]),
    );
    expect(await everythingReadable(world.as(READ, world.hangzhou))).toEqual(none);
    expect(await everythingReadable(world.as(['report:read'], world.root))).toEqual(none);
  });

  it('of one line of business: the customer and the account, and no subscriber of another line', async () => {
    expect(await everythingReadable(world.as(READ, world.ningbo, ['BROADBAND']))).toMatchObject({
      customersById: 1,
      accountsById: 1,
      subscribersById: 1,
      byNumber: false,
      byLogin: true,
      subscribersOfCustomer: 1,
      subscribersOfAccount: 1,
      inNingbo: 1,
      identifiers: 1,
      roles: 3,
      statuses: 1,
      relations: 1,
    });
  });
});

describe('what a caller may write', () => {
  it('nothing of another city', async () => {
    const clerk = world.as(WRITE, world.hangzhou);
    const { customerId, accountId, subscriberId } = theirs;
    const own = await world.payer();
    const ownSubscriber = await world.subscriber(own.customerId, own.accountId);
    const open = { serviceType: 'MOBILE', organisationId: world.hangzhou, identifier: newNumber(), attributes: {} };
    const account = { name: '账户', currency: 'CNY', ratingType: 'PREPAID', paymentMethod: 'CASH', billingDay: 1, attributes: {} } as const;
    const cap = { amountMinor: 1n, currency: 'CNY' as CurrencyCode };
    expect(await world.refused(changeCustomer, { customerId, expectedVersion: 1, grade: 'GOLD' }, clerk)).toEqual(['customerId NOT_FOUND']);
    expect(
      await world.refused(changeCustomer, { customerId: own.customerId, expectedVersion: 1, organisationId: world.ningbo }, clerk),
    ).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
    expect(await world.refused(createAccount, { ...account, customerId, organisationId: world.hangzhou }, clerk)).toEqual([
      'customerId CUSTOMER_NOT_FOUND',
    ]);
    expect(await world.refused(createAccount, { ...account, customerId: own.customerId, organisationId: world.ningbo }, clerk)).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
    expect(await world.refused(changeAccount, { accountId, expectedVersion: 1, name: '改' }, clerk)).toEqual(['accountId NOT_FOUND']);
    const parent = {
      accountId: own.accountId,
      expectedVersion: 1,
      parentAccountId: accountId,
      payer: 'SELF',
      consolidatedBill: false,
    } as const;
    expect(await world.refused(setParentAccount, parent, clerk)).toEqual(['parentAccountId ACCOUNT_NOT_FOUND']);
    expect(await world.refused(openSubscriber, { ...open, ownerId: customerId, accountId: own.accountId }, clerk)).toEqual([
      'ownerId CUSTOMER_NOT_FOUND',
    ]);
    expect(await world.refused(openSubscriber, { ...open, ownerId: own.customerId, accountId }, clerk)).toEqual([
      'accountId ACCOUNT_NOT_FOUND',
    ]);
    expect(await world.refused(stopSubscriber, { subscriberId, expectedVersion: 1, reason: 'LOSS' }, clerk)).toEqual([
      'subscriberId NOT_FOUND',
    ]);
    expect(
      await world.refused(addPaymentRelation, { subscriberId: ownSubscriber, expectedVersion: 1, accountId, cap, priority: 1 }, clerk),
    ).toEqual(['accountId ACCOUNT_NOT_FOUND']);
    expect(
      await world.refused(assignSubscriberCustomer, { subscriberId: ownSubscriber, expectedVersion: 1, role: 'USER', customerId }, clerk),
    ).toEqual(['customerId CUSTOMER_NOT_FOUND']);
    await expect(world.run(createCustomer, {} as never, world.as(READ, world.root))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('nothing of another line of business', async () => {
    const clerk = world.as(WRITE, world.root, ['BROADBAND']);
    const { customerId, accountId, subscriberId, broadbandId } = theirs;
    const open = { organisationId: world.ningbo, ownerId: customerId, accountId, attributes: {} };
    expect(await world.refused(changeSubscriber, { subscriberId, expectedVersion: 1, attributes: {} }, clerk)).toEqual([
      'subscriberId NOT_FOUND',
    ]);
    expect(await world.refused(openSubscriber, { ...open, serviceType: 'MOBILE', identifier: newNumber() }, clerk)).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
    await world.run(openSubscriber, { ...open, serviceType: 'BROADBAND', identifier: 'nb88880002' }, clerk);
    await world.run(changeSubscriber, { subscriberId: broadbandId, expectedVersion: 1, attributes: { speed: '1000M' } }, clerk);
  });

  it('a line held at one node and another line at another node do not add up', async () => {
    const grants = [
      { permission: 'subscriber:read', node: world.hangzhou, lines: null },
      { permission: 'subscriber:read', node: world.ningbo, lines: ['BROADBAND'] },
    ] as const;
    const context = systemContext(database.core, { clock: world.clock, scope: Scope.of(grants) });
    const seen = (await selectSubscribersById(context, [theirs.subscriberId, theirs.broadbandId])).map(({ id }) => id);
    expect(seen).toEqual([theirs.broadbandId]);
  });
});

describe('children of an account', () => {
  it('are shown only where the caller may see the parent and the child', async () => {
    const customerId = await world.customer();
    const parentId = await world.account(customerId);
    const child = await world.account(customerId, { organisationId: world.ningbo });
    await world.run(setParentAccount, {
      accountId: child,
      expectedVersion: 1,
      parentAccountId: parentId,
      payer: 'SELF',
      consolidatedBill: false,
    });
    const time = { validAt: world.clock.now(), knownAt: null };
    const shown = async (context: CallContext) => (await selectChildAccounts(context, [parentId], time, page)).get(parentId)?.rows.length;
    expect([
      await shown(world.as(READ, world.root)),
      await shown(world.as(READ, world.hangzhou)),
      await shown(world.as(READ, world.ningbo)),
    ]).toEqual([1, 0, 0]);
  });
});

describe('personal data', () => {
  const reveal = { fields: ['NAME', 'DOCUMENTS'] as const, reason: '客户本人到厅核验身份' };

  it('is masked where a row becomes a value, for persons only', async () => {
    const company = await world.customer({ kind: 'ENTERPRISE', name: '杭州公司', nameEn: 'Hangzhou Co' });
    const names = (await selectCustomersById(world.context, [theirs.customerId, company])).map(({ name }) => name);
    expect(names.sort()).toEqual(['杭州公司', '陈**'].sort());
  });

  it('is shown in clear to who may see it there, after that is on record with its reason', async () => {
    const { customerId } = theirs;
    const supervisor = world.as([...READ, 'personal-data:unmask'], world.ningbo);
    const data = valueOf(await revealPersonalData(supervisor, { customerId, ...reveal }, newKey()));
    expect(data).toMatchObject({ customerId, name: '陈小明', nameEn: null, contacts: null });
    expect(data.documents?.map(({ kind, number }) => [kind, number])).toEqual([['PASSPORT', passport]]);
    const trail = await database.raw(`SELECT organisation_id, before, after FROM audit_entry WHERE operation = 'revealPersonalData'`);
    expect(trail).toEqual([{ organisation_id: world.ningbo, before: null, after: { seen: ['DOCUMENTS', 'NAME'], reason: reveal.reason } }]);
    const [stored] = await database.raw<{ result: object }>(`SELECT result FROM idempotency_key WHERE operation = 'revealPersonalData'`);
    expect(Object.keys(stored?.result ?? {}).sort()).toEqual(['customerId', 'recordedAt']);
  });

  it('is shown again for the same key within a minute only: a key is no standing permission', async () => {
    const supervisor = world.as([...READ, 'personal-data:unmask'], world.ningbo);
    const [input, key] = [{ customerId: theirs.customerId, ...reveal }, newKey()];
    expect(refusalsIn(await revealPersonalData(supervisor, input, key))).toEqual([]);
    world.clock.advance({ seconds: 60 });
    expect(refusalsIn(await revealPersonalData(supervisor, input, key))).toEqual([]);
    world.clock.advance({ seconds: 1 });
    expect(refusalsIn(await revealPersonalData(supervisor, input, key))).toEqual(['REVEAL_EXPIRED']);
  });

  it('needs a reason, something to see, and the permission at the customer’s own node', async () => {
    const { customerId } = theirs;
    const supervisor = world.as([...READ, 'personal-data:unmask'], world.ningbo);
    expect(refusalsIn(await revealPersonalData(supervisor, { customerId, fields: [], reason: ' ' }, newKey()))).toEqual([
      'fields FIELDS_NEEDED',
      'reason REASON_NEEDED',
    ]);
    const elsewhere = systemContext(database.core, {
      clock: world.clock,
      scope: Scope.of([
        { permission: 'customer:read', node: world.root, lines: null },
        { permission: 'personal-data:unmask', node: world.hangzhou, lines: null },
      ]),
    });
    expect(refusalsIn(await revealPersonalData(elsewhere, { customerId, ...reveal }, newKey()))).toEqual(['customerId NOT_FOUND']);
    await expect(revealPersonalData(world.as(READ, world.root), { customerId, ...reveal }, newKey())).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
