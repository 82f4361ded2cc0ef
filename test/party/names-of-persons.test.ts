import { readFileSync } from 'node:fs';
import { changeAccount, createAccount, searchAccounts, type NewAccountInput } from '../../src/business/component/account';
import {
  addCustomerContact,
  changeCustomer,
  createCustomer,
  CUSTOMER_KINDS,
  selectCustomersById,
  type CustomerKind,
  type NewCustomerInput,
} from '../../src/business/component/customer';
import { openParties } from '../../src/business/process/bulk-opening';
import { mergeCustomers } from '../../src/business/process/merge-customers';
import { splitAccount } from '../../src/business/process/split-account';
import { newId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
const name = '王小明';
const isPersonal = (kind: CustomerKind) => kind === 'INDIVIDUAL' || kind === 'HOUSEHOLD';

const account = (customerId: Id<'customer'>, called: string) => ({
  customerId,
  organisationId: world.hangzhou,
  name: called,
  currency: 'CNY',
  ratingType: 'POSTPAID' as const,
  paymentMethod: 'CASH' as const,
  billingDay: 1,
  attributes: {},
});

describe('the kind of a customer', () => {
  const pairs = CUSTOMER_KINDS.flatMap((from) => CUSTOMER_KINDS.map((to) => [from, to] as const));

  it.each(pairs)('%s to %s: refused where a person would become a body, or a body a person', async (from, to) => {
    const customerId = await world.customer({ kind: from, name });
    const clerk = world.as(['customer:read', 'customer:write'], world.root);
    const change = { customerId, expectedVersion: 1, kind: to };
    if (isPersonal(from) === isPersonal(to)) await world.run(changeCustomer, change, clerk);
    else expect(await world.refused(changeCustomer, change, clerk)).toEqual(['kind KIND_PERSONAL']);
    const [seen] = await selectCustomersById(clerk, [customerId]);
    expect(seen?.name).toBe(isPersonal(from) ? '王**' : name);
    expect(await world.versionOf('customer', customerId)).toBe(isPersonal(from) === isPersonal(to) ? 2 : 1);
  });

  it.each(pairs.filter(([one, other]) => isPersonal(one) !== isPersonal(other)))(
    'a merge of %s and %s is none either',
    async (one, other) => {
      const [survivorId, mergedId] = [await world.customer({ kind: one, name }), await world.customer({ kind: other, name })];
      const merge = { survivorId, survivorVersion: 1, mergedId, mergedVersion: 1 };
      expect(await world.refused(mergeCustomers, merge)).toEqual(['mergedId KIND_DIFFERS']);
    },
  );
});

describe('the name of an account', () => {
  it.each(['王小明的账户', '王 小 明', '家庭（王小　明）', 'Account of XIAOMING  wang', 'ＸｉａｏｍｉｎｇＷａｎｇ'])(
    '%s does not hold the customer’s, by any way in',
    async (called) => {
      const { customerId, accountId } = await world.payer({ customer: { name, nameEn: 'Xiaoming Wang' } });
      const subscriberId = await world.subscriber(customerId, accountId);
      // Someone who may write accounts, and not even see the customer: the account is told apart all the same.
      const clerk = world.as(['account:read', 'account:write', 'subscriber:write'], world.root);
      expect(await world.refused(createAccount, account(customerId, called))).toEqual(['name NAME_PERSONAL']);
      expect(await world.refused(changeAccount, { accountId, expectedVersion: 1, name: called }, clerk)).toEqual(['name NAME_PERSONAL']);
      const split = { accountId, expectedVersion: 1, name: called, subscriberIds: [subscriberId] };
      expect(await world.refused(splitAccount, split, clerk)).toEqual(['name NAME_PERSONAL']);
      const page = { first: 10, after: null };
      expect((await searchAccounts(clerk, { customerId }, page)).rows.map((row) => row.name)).toEqual(['主账户']);
    },
  );

  it('may be anything else, and a body’s own name', async () => {
    const { customerId, accountId } = await world.payer({ customer: { name, nameEn: null } });
    await world.run(changeAccount, { accountId, expectedVersion: 1, name: '小明的账户' });
    await world.run(createAccount, account(customerId, '家庭账户'));
    const company = await world.customer({ kind: 'ENTERPRISE', name: '杭州公司' });
    await world.run(createAccount, account(company, '杭州公司的账户'));
  });

  it('is judged in a bulk opening too, of customers of the batch and of others, each at its place', async () => {
    const there = await world.customer({ kind: 'HOUSEHOLD', name: '李家' });
    const person: NewCustomerInput = {
      customerId: newId('customer'),
      kind: 'INDIVIDUAL',
      name,
      grade: 'STANDARD',
      organisationId: world.hangzhou,
      documents: [],
      contacts: [],
      attributes: {},
    };
    const one = (customerId: Id<'customer'>, called: string): NewAccountInput => ({
      accountId: newId('account'),
      ...account(customerId, called),
    });
    const accounts = [one(person.customerId, '主账户'), one(person.customerId, '王小明 1'), one(there, '李家账户')];
    expect(await world.refused(openParties, { customers: [person], accounts, subscribers: [] })).toEqual([
      'accounts.1.name NAME_PERSONAL',
      'accounts.2.name NAME_PERSONAL',
    ]);
    await world.run(openParties, { customers: [person], accounts: accounts.slice(0, 1), subscribers: [] });
  });

  it('comes from nothing of the row in the mapping that Sanhu brings along', () => {
    const mapping = JSON.parse(readFileSync('deploy/import/telco-customer-churn.json', 'utf8')) as { account: { name: unknown } };
    expect(mapping.account.name).toEqual({ constant: '主账户' });
  });
});

describe('characters that nobody sees', () => {
  it.each([
    ['a zero-width space', '王\u200b小明'],
    ['a direction override', '王\u202e小明'],
    ['a byte order mark', '\ufeff王小明'],
    ['a line break', '王\n小明'],
    ['a soft hyphen', '王\u00ad小明'],
    ['a C1 control', '王\u0085小明'],
  ])('%s is refused in a name', async (_, hidden) => {
    const { customerId, accountId } = await world.payer();
    const input = {
      kind: 'INDIVIDUAL' as const,
      grade: 'STANDARD' as const,
      organisationId: world.hangzhou,
      documents: [],
      contacts: [],
      attributes: {},
    };
    expect(await world.refused(createCustomer, { ...input, name: hidden, nameEn: hidden })).toEqual([
      'name CHARACTERS_REFUSED',
      'nameEn CHARACTERS_REFUSED',
    ]);
    expect(await world.refused(changeCustomer, { customerId, expectedVersion: 1, name: hidden })).toEqual(['name CHARACTERS_REFUSED']);
    const contact = { kind: 'MOBILE', value: '13811112222', person: hidden } as const;
    expect(await world.refused(addCustomerContact, { customerId, expectedVersion: 1, contact })).toEqual([
      'contact.person CHARACTERS_REFUSED',
    ]);
    expect(await world.refused(createAccount, account(customerId, hidden))).toEqual(['name CHARACTERS_REFUSED']);
    expect(await world.refused(changeAccount, { accountId, expectedVersion: 1, name: hidden })).toEqual(['name CHARACTERS_REFUSED']);
  });
});
