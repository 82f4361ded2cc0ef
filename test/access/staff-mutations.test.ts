import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLObjectType } from 'graphql';
import { addNumbers } from '../../src/business/process/stock-numbers';
import { createOrderBatch } from '../../src/business/process/order-batch';
import { createImportJob } from '../../src/business/process/party-import';
import { quoteOrder, submitOrder } from '../../src/business/process/acceptance';
import { closeCustomer } from '../../src/business/process/close-customer';
import { addCustomerContact, addCustomerDocument, relateCustomers } from '../../src/business/component/customer';
import { setParentAccount } from '../../src/business/component/account';
import { createOrganisation } from '../../src/business/component/organisation';
import {
  PERMISSION_CODES, SELF_PERMISSION, createApiClient, createRole, createStaff, documentIdOf, grantRole,
} from '../../src/business/component/staff'; // prettier-ignore
import { createDiscount, draftDiscountVersion, moveDiscountVersion } from '../../src/business/component/discount';
import { createProduct, draftProductVersion, moveProductVersion } from '../../src/business/component/product';
import { createNumberPool, holdNumbers } from '../../src/business/component/number';
import { registerChargeCode, registerProvisioningAdapter, registerServiceType } from '../../src/business/component/service';
import { registerLedgerAccount } from '../../src/business/component/ledger';
import { registerTaxCategory } from '../../src/business/component/tax';
import { addPaymentRelation, stopSubscriber } from '../../src/business/component/subscriber';
import { encodeId, newId, type Id, type IdKind } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { Graph, scopeAt, type Caller } from '../support/graph';
import { placeOrder, type PlacedOrder } from '../support/place-order';
import { newKey, newNumber, usePartyWorld } from '../support/party-world';

/*
 * Each mutation of the contract once with success and once refused, in both languages: the table below has a row for each, and
 * a mutation without a row fails.
 */

const database = useDatabase();
const world = usePartyWorld(database);
let graph: Graph;
let everybody: Caller;
beforeAll(() => {
  graph = new Graph(database.core, world.clock);
  everybody = { scope: scopeAt(world.root, [...PERMISSION_CODES, SELF_PERMISSION]) };
});

type Input = Readonly<Record<string, unknown>>;

interface Row {
  /** What is asked of the payload beside its errors. */
  readonly select: string;
  readonly good: () => Promise<Input>;
  /** What the payload then holds. */
  readonly shows: object;
  readonly bad: () => Promise<Input>;
  readonly code: string;
  /** Who calls, when it matters who; `good` and `bad` have been called before. */
  readonly caller?: () => Caller;
}

const text = <Kind extends IdKind>(kind: Kind, id: Id<Kind>): string => encodeId(kind, id);
const node = (id: Id<'organisation'> = world.hangzhou): string => text('organisation', id);
const nowhere = encodeId('organisation', newId('organisation'));

async function customerInput(): Promise<{ customerId: string; expectedVersion: number; id: Id<'customer'> }> {
  const id = await world.customer();
  return { customerId: text('customer', id), expectedVersion: 1, id };
}
async function accountInput(): Promise<{ accountId: string; expectedVersion: number; id: Id<'account'>; ownerId: Id<'customer'> }> {
  const { customerId, accountId } = await world.payer();
  return { accountId: text('account', accountId), expectedVersion: 1, id: accountId, ownerId: customerId };
}
async function subscriberInput(): Promise<{
  subscriberId: string;
  expectedVersion: number;
  id: Id<'subscriber'>;
  accountId: Id<'account'>;
  ownerId: Id<'customer'>;
}> {
  const { customerId, accountId } = await world.payer();
  const id = await world.subscriber(customerId, accountId);
  return { subscriberId: text('subscriber', id), expectedVersion: 1, id, accountId, ownerId: customerId };
}
/** The same without what only the test needs. */
const bare = <Whole extends { id: unknown }>({ id: _, ...rest }: Whole): Input =>
  Object.fromEntries(
    Object.entries(rest).filter(([name]) => !['ownerId', 'accountId'].includes(name) || !('subscriberId' in rest || name === 'ownerId')),
  );
const stale = (input: Input): Input => ({ ...input, expectedVersion: 99 });

let names = 0;
const newName = (): string => `staff.${(names += 1)}`;
const newCode = (): string => `CODE-${(names += 1)}`;

const organisationRows: Readonly<Record<string, Row>> = {
  createOrganisation: {
    select: 'organisation { code kind parent { code } }',
    good: async () => ({ parentId: node(), code: 'HZ-1', name: '一厅', kind: 'HALL' }),
    shows: { organisation: { code: 'HZ-1', kind: 'HALL', parent: { code: 'HZ' } } },
    bad: async () => ({ parentId: nowhere, code: 'HZ-2', name: '二厅', kind: 'HALL' }),
    code: 'ORGANISATION_NOT_FOUND',
  },
  changeOrganisation: {
    select: 'organisation { nameEn version }',
    good: async () => ({ organisationId: node(await newHall()), expectedVersion: 1, nameEn: 'Hall' }),
    shows: { organisation: { nameEn: 'Hall', version: 2 } },
    bad: async () => stale({ organisationId: node(await newHall()), name: '厅' }),
    code: 'STALE_VERSION',
  },
  moveOrganisation: {
    select: 'organisation { parent { code } }',
    good: async () => ({ organisationId: node(await newHall()), expectedVersion: 1, parentId: node(world.ningbo) }),
    shows: { organisation: { parent: { code: 'NB' } } },
    bad: async () => ({ organisationId: node(world.root), expectedVersion: 1, parentId: node(world.ningbo) }),
    code: 'ROOT_FIXED',
  },
  closeOrganisation: {
    select: 'organisation { status }',
    good: async () => ({ organisationId: node(await newHall()), expectedVersion: 1 }),
    shows: { organisation: { status: 'CLOSED' } },
    bad: async () => {
      const hall = await newHall();
      await world.customer({ organisationId: hall });
      return { organisationId: node(hall), expectedVersion: 1 };
    },
    code: 'STILL_IN_USE',
  },
  changeOperatorParameter: {
    select: 'parameter { name value version }',
    good: async () => ({ parameter: 'timeZone', value: '"Asia/Tokyo"', expectedVersion: 0 }),
    shows: { parameter: { name: 'timeZone', value: '"Asia/Tokyo"', version: 1 } },
    bad: async () => ({ parameter: 'timeZone', value: '"Asia/Atlantis"', expectedVersion: 0 }),
    code: 'PARAMETER_INVALID',
  },
};

async function newHall(): Promise<Id<'organisation'>> {
  return (await world.run(createOrganisation, { organisationId: world.hangzhou, code: newCode(), name: '厅', kind: 'HALL' as const }))
    .organisationId;
}

const DOCUMENT = { kind: 'PASSPORT', number: 'E12345678' } as const;

const customerRows: Readonly<Record<string, Row>> = {
  createCustomer: {
    select: 'customer { name kind documents { number } contacts { value } attributes organisation { code } }',
    good: async () => ({
      kind: 'INDIVIDUAL', name: '张伟', organisationId: node(), documents: [DOCUMENT], contacts: [{ kind: 'MOBILE', value: '13812345678' }],
      attributes: { vip: true },
    }), // prettier-ignore
    shows: {
      customer: {
        name: '张*', kind: 'INDIVIDUAL', documents: [{ number: '*****5678' }], contacts: [{ value: '138****5678' }], attributes: { vip: true },
        organisation: { code: 'HZ' },
      },
    }, // prettier-ignore
    bad: async () => ({ kind: 'INDIVIDUAL', name: ' ', organisationId: node() }),
    code: 'BLANK',
  },
  changeCustomer: {
    select: 'customer { grade nameEn version }',
    good: async () => ({ ...bare(await customerInput()), grade: 'GOLD', nameEn: 'Zhang Wei', name: null }),
    shows: { customer: { grade: 'GOLD', nameEn: 'Z**** W**', version: 2 } },
    bad: async () => stale(bare(await customerInput())),
    code: 'STALE_VERSION',
  },
  addCustomerDocument: {
    select: 'customer { documents { number } } documentId',
    good: async () => ({ ...bare(await customerInput()), document: DOCUMENT }),
    shows: { customer: { documents: [{ number: '*****5678' }] }, documentId: expect.stringMatching(/^fct_/) as string },
    bad: async () => ({ ...bare(await customerInput()), document: { kind: 'RESIDENT_ID', number: '330106199001011234' } }),
    code: 'DOCUMENT_INVALID',
  },
  endCustomerDocument: {
    select: 'customer { documents { id } }',
    good: async () => {
      const { id, ...input } = await customerInput();
      const { documentId } = await world.run(addCustomerDocument, { customerId: id, expectedVersion: 1, document: DOCUMENT });
      return { ...input, expectedVersion: 2, documentId: text('fact', documentId) };
    },
    shows: { customer: { documents: [] } },
    bad: async () => ({ ...bare(await customerInput()), documentId: text('fact', newId('fact')) }),
    code: 'FACT_NOT_FOUND',
  },
  addCustomerContact: {
    select: 'customer { contacts { value person } } contactId',
    good: async () => ({ ...bare(await customerInput()), contact: { kind: 'EMAIL', value: 'zhangwei@example.com', person: '李娜' } }),
    shows: { customer: { contacts: [{ value: 'z***@example.com', person: '李*' }] }, contactId: expect.stringMatching(/^fct_/) as string },
    bad: async () => ({ ...bare(await customerInput()), contact: { kind: 'EMAIL', value: 'nowhere' } }),
    code: 'CONTACT_INVALID',
  },
  endCustomerContact: {
    select: 'customer { contacts { id } }',
    good: async () => {
      const { id, ...input } = await customerInput();
      const contact = { kind: 'MOBILE', value: '13812345678' } as const;
      const { contactId } = await world.run(addCustomerContact, { customerId: id, expectedVersion: 1, contact });
      return { ...input, expectedVersion: 2, contactId: text('fact', contactId) };
    },
    shows: { customer: { contacts: [] } },
    bad: async () => ({ ...bare(await customerInput()), contactId: text('fact', newId('fact')) }),
    code: 'FACT_NOT_FOUND',
  },
  relateCustomers: {
    select: 'customer { relations { kind relatedCustomer { name } } } relationId',
    good: async () => ({ ...bare(await customerInput()), relatedCustomerId: (await customerInput()).customerId, kind: 'FAMILY' }),
    shows: {
      customer: { relations: [{ kind: 'FAMILY', relatedCustomer: { name: '张*' } }] },
      relationId: expect.stringMatching(/^fct_/) as string,
    },
    bad: async () => {
      const input = bare(await customerInput());
      return { ...input, relatedCustomerId: input['customerId'], kind: 'FAMILY' };
    },
    code: 'RELATION_TO_ITSELF',
  },
  endCustomerRelation: {
    select: 'customer { relations { id } }',
    good: async () => {
      const { id, ...input } = await customerInput();
      const related = { relatedCustomerId: await world.customer(), kind: 'FAMILY' as const };
      const { relationId } = await world.run(relateCustomers, { customerId: id, expectedVersion: 1, ...related });
      return { ...input, expectedVersion: 2, relationId: text('fact', relationId) };
    },
    shows: { customer: { relations: [] } },
    bad: async () => ({ ...bare(await customerInput()), relationId: text('fact', newId('fact')) }),
    code: 'FACT_NOT_FOUND',
  },
  assignCustomerManager: {
    select: 'customer { manager { staff { name } } }',
    good: async () => ({ ...bare(await customerInput()), staffId: text('staff', await newStaff()) }),
    shows: { customer: { manager: { staff: { name: '王芳' } } } },
    bad: async () => ({ ...bare(await customerInput()), staffId: text('staff', newId('staff')) }),
    code: 'MANAGER_NOT_FOUND',
  },
  closeCustomer: {
    select: 'customer { status }',
    good: async () => bare(await customerInput()),
    shows: { customer: { status: 'CLOSED' } },
    bad: async () => ({ customerId: text('customer', (await world.payer()).customerId), expectedVersion: 1 }),
    code: 'STILL_IN_USE',
  },
  mergeCustomers: {
    select: 'survivor { status } merged { status mergedInto { status } } accountsMoved subscribersMoved',
    good: async () => {
      const { ownerId: mergedId } = await subscriberInput();
      return { survivorId: (await customerInput()).customerId, survivorVersion: 1, mergedId: text('customer', mergedId), mergedVersion: 1 };
    },
    shows: {
      survivor: { status: 'ACTIVE' },
      merged: { status: 'MERGED', mergedInto: { status: 'ACTIVE' } },
      accountsMoved: 1,
      subscribersMoved: 1,
    },
    bad: async () => {
      const { customerId } = await customerInput();
      return { survivorId: customerId, survivorVersion: 1, mergedId: customerId, mergedVersion: 1 };
    },
    code: 'MERGED_WITH_ITSELF',
  },
  revealPersonalData: {
    select: 'personalData { name nameEn documents { number } contacts { value } }',
    good: async () => {
      const id = await world.customer({ documents: [DOCUMENT], contacts: [{ kind: 'MOBILE', value: '13812345678' }] });
      return { customerId: text('customer', id), fields: ['NAME', 'DOCUMENTS'], reason: '核对证件' };
    },
    shows: { personalData: { name: '张伟', nameEn: null, documents: [{ number: 'E12345678' }], contacts: null } },
    bad: async () => ({ customerId: (await customerInput()).customerId, fields: ['NAME'], reason: ' ' }),
    code: 'REASON_NEEDED',
  },
};

const accountRows: Readonly<Record<string, Row>> = {
  createAccount: {
    select: 'account { currency billingDay { day } customer { name } attributes }',
    good: async () => ({
      customerId: (await customerInput()).customerId, organisationId: node(), name: '家庭账户', ratingType: 'POSTPAID', paymentMethod: 'CASH',
    }), // prettier-ignore
    shows: { account: { currency: 'CNY', billingDay: { day: 1 }, customer: { name: '张*' }, attributes: {} } },
    bad: async () => ({
      customerId: (await customerInput()).customerId, organisationId: node(), name: '账户', ratingType: 'POSTPAID', paymentMethod: 'CASH',
      billingDay: 32,
    }), // prettier-ignore
    code: 'BILLING_DAY_INVALID',
  },
  changeAccount: {
    select: 'account { paymentMethod name version }',
    good: async () => ({ ...bare(await accountInput()), paymentMethod: 'CARD' }),
    shows: { account: { paymentMethod: 'CARD', name: '主账户', version: 2 } },
    bad: async () => ({ ...bare(await accountInput()), organisationId: nowhere }),
    code: 'ORGANISATION_NOT_FOUND',
  },
  changeAccountCurrency: {
    select: 'account { currency }',
    good: async () => ({ ...bare(await accountInput()), currency: 'HKD' }),
    shows: { account: { currency: 'HKD' } },
    bad: async () => ({ ...bare(await accountInput()), currency: 'XXX' }),
    code: 'CURRENCY_UNKNOWN',
  },
  changeBillingDay: {
    select: 'account { billingDay { day } }',
    good: async () => ({ ...bare(await accountInput()), day: 20 }),
    shows: { account: { billingDay: { day: 20 } } },
    bad: async () => ({ ...bare(await accountInput()), day: 20, from: '2020-01-01T00:00:00Z' }),
    code: 'IN_THE_PAST',
  },
  setParentAccount: {
    select: 'account { parent { payer consolidatedBill parent { accountNo } } }',
    good: async () => ({ ...bare(await accountInput()), parentAccountId: (await accountInput()).accountId, payer: 'PARENT' }),
    shows: { account: { parent: { payer: 'PARENT', consolidatedBill: false } } },
    bad: async () => {
      const input = bare(await accountInput());
      return { ...input, parentAccountId: input['accountId'], payer: 'SELF' };
    },
    code: 'PARENT_IS_ITSELF',
  },
  endParentAccount: {
    select: 'account { parent { payer } }',
    good: async () => {
      const { id, accountId } = await accountInput();
      const above = { parentAccountId: (await accountInput()).id, payer: 'SELF' as const, consolidatedBill: true };
      await world.run(setParentAccount, { accountId: id, expectedVersion: 1, ...above });
      return { accountId, expectedVersion: 2 };
    },
    shows: { account: { parent: null } },
    bad: async () => bare(await accountInput()),
    code: 'NO_PARENT',
  },
  closeAccount: {
    select: 'account { status }',
    good: async () => bare(await accountInput()),
    shows: { account: { status: 'CLOSED' } },
    bad: async () => ({ accountId: text('account', (await subscriberInput()).accountId), expectedVersion: 1 }),
    code: 'STILL_PAYING',
  },
  splitAccount: {
    select: 'account { name } newAccount { name paymentRelations(first: 5) { nodes { isDefault } } }',
    good: async () => {
      const { accountId, subscriberId } = await subscriberInput();
      return { accountId: text('account', accountId), expectedVersion: 1, name: '分出账户', subscriberIds: [subscriberId] };
    },
    shows: { account: { name: '主账户' }, newAccount: { name: '分出账户', paymentRelations: { nodes: [{ isDefault: true }] } } },
    bad: async () => ({ ...bare(await accountInput()), name: '分出账户', subscriberIds: [(await subscriberInput()).subscriberId] }),
    code: 'NOT_PAID_THROUGH',
  },
  mergeAccounts: {
    select: 'survivor { status } merged { status } subscribersMoved',
    good: async () => {
      const { accountId, ownerId } = await subscriberInput();
      const survivorId = text('account', await world.account(ownerId));
      return { survivorId, survivorVersion: 1, mergedId: text('account', accountId), mergedVersion: 1 };
    },
    shows: { survivor: { status: 'ACTIVE' }, merged: { status: 'MERGED' }, subscribersMoved: 1 },
    bad: async () => ({
      survivorId: (await accountInput()).accountId, survivorVersion: 1, mergedId: (await accountInput()).accountId, mergedVersion: 1,
    }), // prettier-ignore
    code: 'CUSTOMER_DIFFERS',
  },
};

async function openInput(identifier: string): Promise<Input> {
  const { customerId, accountId } = await world.payer();
  return {
    serviceType: 'MOBILE', organisationId: node(), ownerId: text('customer', customerId), accountId: text('account', accountId), identifier,
  }; // prettier-ignore
}

const subscriberRows: Readonly<Record<string, Row>> = {
  openSubscriber: {
    select: 'subscriber { accessNumber status serviceType { code } customers { role } }',
    good: () => openInput(' 13900000001 '),
    shows: { subscriber: { accessNumber: '13900000001', status: 'active', serviceType: { code: 'MOBILE' } } },
    bad: () => openInput('12345'),
    code: 'IDENTIFIER_INVALID',
  },
  changeSubscriber: {
    select: 'subscriber { organisation { code } attributes }',
    good: async () => ({ ...bare(await subscriberInput()), organisationId: node(world.ningbo) }),
    shows: { subscriber: { organisation: { code: 'NB' }, attributes: {} } },
    bad: async () => stale(bare(await subscriberInput())),
    code: 'STALE_VERSION',
  },
  changeIdentifier: {
    select: 'subscriber { accessNumber }',
    good: async () => ({ ...bare(await subscriberInput()), kind: 'NUMBER', value: '13900000002' }),
    shows: { subscriber: { accessNumber: '13900000002' } },
    bad: async () => {
      const number = newNumber();
      const { customerId, accountId } = await world.payer();
      await world.subscriber(customerId, accountId, { identifier: number });
      return { ...bare(await subscriberInput()), kind: 'NUMBER', value: number };
    },
    code: 'NUMBER_TAKEN',
  },
  assignSubscriberCustomer: {
    select: 'subscriber { customer { name } }',
    good: async () => {
      const customerId = text('customer', await world.customer({ kind: 'ENTERPRISE', name: '华光公司' }));
      return { ...bare(await subscriberInput()), role: 'OWNER', customerId };
    },
    shows: { subscriber: { customer: { name: '华光公司' } } },
    bad: async () => {
      const { id, customerId } = await customerInput();
      await world.run(closeCustomer, { customerId: id, expectedVersion: 1 });
      return { ...bare(await subscriberInput()), role: 'USER', customerId };
    },
    code: 'CUSTOMER_NOT_ACTIVE',
  },
  stopSubscriber: {
    select: 'subscriber { status stopReasons }',
    good: async () => ({ ...bare(await subscriberInput()), reason: 'LOSS' }),
    shows: { subscriber: { status: 'suspended', stopReasons: ['LOSS'] } },
    bad: async () => {
      const { id, ...input } = await subscriberInput();
      await world.run(stopSubscriber, { subscriberId: id, expectedVersion: 1, reason: 'LOSS' as const });
      return { subscriberId: input.subscriberId, expectedVersion: 2, reason: 'LOSS' };
    },
    code: 'ALREADY_STOPPED',
  },
  resumeSubscriber: {
    select: 'subscriber { status stopReasons }',
    good: async () => {
      const { id, subscriberId } = await subscriberInput();
      await world.run(stopSubscriber, { subscriberId: id, expectedVersion: 1, reason: 'LOSS' as const });
      return { subscriberId, expectedVersion: 2, reason: 'LOSS' };
    },
    shows: { subscriber: { status: 'active', stopReasons: [] } },
    bad: async () => ({ ...bare(await subscriberInput()), reason: 'LOSS' }),
    code: 'STATUS_REFUSES',
  },
  terminateSubscriber: {
    select: 'subscriber { status accessNumber }',
    good: async () => bare(await subscriberInput()),
    shows: { subscriber: { status: 'terminated', accessNumber: null } },
    bad: async () => ({ subscriberId: text('subscriber', newId('subscriber')), expectedVersion: 1 }),
    code: 'NOT_FOUND',
  },
  addPaymentRelation: {
    select: 'subscriber { paymentRelations { chargeGroup isDefault cap { amount currency } } } paymentRelationId',
    good: async () => ({
      ...bare(await subscriberInput()), accountId: (await accountInput()).accountId, chargeGroup: 'VOICE', priority: 1,
      cap: { amount: '12.30', currency: 'CNY' },
    }), // prettier-ignore
    shows: {
      subscriber: {
        paymentRelations: expect.arrayContaining([
          { chargeGroup: 'VOICE', isDefault: false, cap: { amount: '12.30', currency: 'CNY' } },
          { chargeGroup: null, isDefault: true, cap: null },
        ]) as unknown[],
      },
      paymentRelationId: expect.stringMatching(/^fct_/) as string,
    },
    bad: async () => ({
      ...bare(await subscriberInput()),
      accountId: (await accountInput()).accountId,
      cap: { amount: '0', currency: 'CNY' },
      priority: 1,
    }),
    code: 'CAP_INVALID',
  },
  changePaymentRelation: {
    select: 'subscriber { paymentRelations { priority isDefault cap { amount } } } paymentRelationId',
    good: async () => ({ ...(await cappedInput()), priority: 7, cap: null }),
    shows: {
      subscriber: {
        paymentRelations: expect.arrayContaining([{ priority: 7, isDefault: false, cap: null }]) as unknown[],
      },
      paymentRelationId: expect.stringMatching(/^fct_/) as string,
    },
    bad: async () => ({ ...(await cappedInput()), priority: 1_000 }),
    code: 'PRIORITY_INVALID',
  },
  endPaymentRelation: {
    select: 'subscriber { paymentRelations { isDefault } }',
    good: () => cappedInput(),
    shows: { subscriber: { paymentRelations: [{ isDefault: true }] } },
    bad: async () => ({ ...bare(await subscriberInput()), paymentRelationId: text('fact', newId('fact')) }),
    code: 'RELATION_NOT_FOUND',
  },
  setDefaultPaymentRelation: {
    select: 'subscriber { paymentRelations { account { name } } } paymentRelationId',
    good: async () => ({
      ...bare(await subscriberInput()),
      accountId: text('account', (await world.payer({ account: { name: '父母账户' } })).accountId),
    }),
    shows: { subscriber: { paymentRelations: [{ account: { name: '父母账户' } }] } },
    bad: async () => ({ ...bare(await subscriberInput()), accountId: text('account', newId('account')) }),
    code: 'ACCOUNT_NOT_FOUND',
  },
};

/** A subscriber for one of whose charge groups another account pays, up to a cap. */
async function cappedInput(): Promise<Input> {
  const { id, subscriberId } = await subscriberInput();
  const { accountId } = await world.payer();
  const relation = { accountId, chargeGroup: 'VOICE', cap: { amountMinor: 1_000n, currency: 'CNY' as never }, priority: 1 };
  const { paymentRelationId } = await world.run(addPaymentRelation, { subscriberId: id, expectedVersion: 1, ...relation });
  return { subscriberId, expectedVersion: 2, paymentRelationId: text('fact', paymentRelationId) };
}

const PASSWORD = 'correct horse battery';
let oneself: Id<'staff'>;

async function newStaff(password: string | null = null): Promise<Id<'staff'>> {
  const prepared = password === null ? null : await graph.credentials.preparePassword(password);
  const input = { loginName: newName(), name: '王芳', organisationId: world.hangzhou, password: prepared };
  return (await world.run(createStaff, input)).staffId;
}
async function staffInput(): Promise<{ staffId: string; expectedVersion: number; id: Id<'staff'> }> {
  const id = await newStaff();
  return { staffId: text('staff', id), expectedVersion: 1, id };
}
async function newRole(): Promise<Id<'role'>> {
  return (await world.run(createRole, { code: newCode(), name: '营业员', permissions: ['customer:read'] })).roleId;
}
async function clientInput(kind: 'PARTNER' | 'STAFF_APPLICATION' = 'PARTNER'): Promise<{ apiClientId: string; expectedVersion: number }> {
  const { apiClientId } = await world.run(createApiClient, {
    code: newName(), name: '应用', kind, organisationId: kind === 'PARTNER' ? world.hangzhou : null, documentMode: 'off',
    costCapacity: 100, costRestore: 10, secret: graph.credentials.draftClientSecret(),
  }); // prettier-ignore
  return { apiClientId: text('apiClient', apiClientId), expectedVersion: 1 };
}

const staffRows: Readonly<Record<string, Row>> = {
  createStaff: {
    select: 'staff { loginName status hasPassword organisation { code } }',
    good: async () => ({ loginName: 'Li.Wei', name: '李伟', organisationId: node(), password: PASSWORD }),
    shows: { staff: { loginName: 'li.wei', status: 'ACTIVE', hasPassword: true, organisation: { code: 'HZ' } } },
    bad: async () => ({ loginName: 'li.na', name: '李娜', organisationId: node(), password: 'short' }),
    code: 'PASSWORD_TOO_SHORT',
  },
  changeStaff: {
    select: 'staff { name nameEn status version }',
    good: async () => ({ ...bare(await staffInput()), nameEn: 'Wang Fang', status: 'DISABLED' }),
    shows: { staff: { name: '王芳', nameEn: 'Wang Fang', status: 'DISABLED', version: 2 } },
    bad: async () => stale(bare(await staffInput())),
    code: 'STALE_VERSION',
  },
  setStaffPassword: {
    select: 'staff { hasPassword } sessionsEnded',
    good: async () => ({ ...bare(await staffInput()), password: PASSWORD }),
    shows: { staff: { hasPassword: true }, sessionsEnded: 0 },
    bad: async () => ({ ...bare(await staffInput()), password: '1234567890' }),
    code: 'PASSWORD_TOO_SIMPLE',
  },
  changeOwnPassword: {
    select: 'staff { hasPassword } sessionsEnded',
    good: async () => {
      oneself = await newStaff(PASSWORD);
      return { oldPassword: PASSWORD, password: 'another horse battery' };
    },
    shows: { staff: { hasPassword: true }, sessionsEnded: 0 },
    bad: async () => {
      oneself = await newStaff(PASSWORD);
      return { oldPassword: 'wrong horse battery', password: 'another horse battery' };
    },
    code: 'PASSWORD_WRONG',
    caller: () => ({ ...everybody, staffId: oneself }),
  },
  linkOidcIdentity: {
    select: 'staff { oidcIssuer oidcSubject }',
    good: async () => ({ ...bare(await staffInput()), identity: { issuer: 'https://id.example.com', subject: 'wang.fang' } }),
    shows: { staff: { oidcIssuer: 'https://id.example.com', oidcSubject: 'wang.fang' } },
    bad: async () => ({ ...bare(await staffInput()), identity: { issuer: 'https://id.example.com', subject: ' ' } }),
    code: 'BLANK',
  },
  revokeSessions: {
    select: 'staff { id } sessionsEnded',
    good: async () => ({ staffId: (await staffInput()).staffId }),
    shows: { sessionsEnded: 0 },
    bad: async () => ({ staffId: text('staff', newId('staff')) }),
    code: 'NOT_FOUND',
  },
  grantRole: {
    select: 'staff { grants { id role { name } organisation { code } linesOfBusiness } } grantId',
    good: async () => ({
      staffId: (await staffInput()).staffId, roleId: text('role', await newRole()), organisationId: node(), linesOfBusiness: ['MOBILE'],
    }), // prettier-ignore
    shows: { staff: { grants: [{ role: { name: '营业员' }, organisation: { code: 'HZ' }, linesOfBusiness: ['MOBILE'] }] } },
    bad: async () => ({
      staffId: (await staffInput()).staffId, roleId: text('role', newId('role')), organisationId: node(), linesOfBusiness: null,
    }), // prettier-ignore
    code: 'ROLE_NOT_FOUND',
  },
  revokeGrant: {
    select: 'staff { grants { id } }',
    good: async () => {
      const grant = { staffId: await newStaff(), roleId: await newRole(), organisationId: world.hangzhou, linesOfBusiness: null };
      return { grantId: text('grant', (await world.run(grantRole, grant)).grantId) };
    },
    shows: { staff: { grants: [] } },
    bad: async () => ({ grantId: text('grant', newId('grant')) }),
    code: 'NOT_FOUND',
  },
  createRole: {
    select: 'role { code permissions { code } }',
    good: async () => ({ code: 'READER', name: '查询员', permissions: ['customer:read', 'account:read'] }),
    shows: { role: { code: 'READER', permissions: [{ code: 'account:read' }, { code: 'customer:read' }] } },
    bad: async () => ({ code: 'DREAMER', name: '梦想家', permissions: ['moon:fly'] }),
    code: 'PERMISSION_UNKNOWN',
  },
  changeRole: {
    select: 'role { name nameEn permissions { code } version }',
    good: async () => ({ roleId: text('role', await newRole()), expectedVersion: 1, permissions: ['account:read'] }),
    shows: { role: { name: '营业员', nameEn: null, permissions: [{ code: 'account:read' }], version: 2 } },
    bad: async () => stale({ roleId: text('role', await newRole()), name: '角色' }),
    code: 'STALE_VERSION',
  },
};

const BODY = 'query Whoever { __typename }';

const clientRows: Readonly<Record<string, Row>> = {
  createApiClient: {
    select: 'apiClient { code documentMode organisation { code } } secret',
    good: async () => ({
      code: 'partner.two',
      name: '合作伙伴',
      kind: 'PARTNER',
      organisationId: node(),
      costCapacity: 100,
      costRestore: 10,
    }),
    shows: {
      apiClient: { code: 'partner.two', documentMode: 'off', organisation: { code: 'HZ' } },
      secret: expect.stringMatching(/^sk_/) as string,
    },
    bad: async () => ({ code: 'partner.three', name: '合作伙伴', kind: 'PARTNER', costCapacity: 100, costRestore: 10 }),
    code: 'KIND_NEEDS_ORGANISATION',
  },
  changeApiClient: {
    select: 'apiClient { costCapacity costRestore documentMode }',
    good: async () => ({ ...(await clientInput()), costCapacity: 500, documentMode: 'require' }),
    shows: { apiClient: { costCapacity: 500, costRestore: 10, documentMode: 'require' } },
    bad: async () => ({ ...(await clientInput()), costRestore: 0 }),
    code: 'LIMIT_INVALID',
  },
  rotateClientSecret: {
    select: 'apiClient { version } secret',
    good: () => clientInput(),
    shows: { apiClient: { version: 2 }, secret: expect.stringMatching(/^sk_/) as string },
    bad: () => clientInput('STAFF_APPLICATION'),
    code: 'NO_SECRET',
  },
  registerTrustedDocuments: {
    select: 'apiClient { code } documentCount',
    good: async () => ({ apiClientId: (await clientInput()).apiClientId, documents: [{ id: documentIdOf(BODY), body: BODY }] }),
    shows: { documentCount: 1 },
    bad: async () => ({ apiClientId: (await clientInput()).apiClientId, documents: [{ id: documentIdOf(BODY), body: `${BODY} ` }] }),
    code: 'DOCUMENT_INVALID',
  },
};

const CHURN_MAPPING = JSON.parse(
  readFileSync(join(__dirname, '..', '..', 'deploy', 'import', 'telco-customer-churn.json'), 'utf8'),
) as Json;

/** An import that nobody has begun. */
async function newImport(): Promise<Id<'importJob'>> {
  const fileDigest = createHash('sha256').update(newKey()).digest('hex');
  const file = { fileName: 'churn.csv', fileDigest, fileBytes: 1, columns: null };
  return (await world.run(createImportJob, { ...file, organisationId: world.hangzhou, mapping: CHURN_MAPPING })).importJobId;
}

const PRODUCT = { kind: 'PLAN', serviceType: 'MOBILE', name: '套餐', nameEn: 'Plan' } as const;

async function newProduct(): Promise<{ productId: string; expectedVersion: number; id: Id<'product'> }> {
  const { productId: id } = await world.run(createProduct, { ...PRODUCT, code: newCode(), organisationId: world.hangzhou });
  return { productId: text('product', id), expectedVersion: 1, id };
}
/** A draft whose one price may be changed by lower nodes. */
async function newDraft(): Promise<{ versionId: string; expectedVersion: number; id: Id<'productVersion'>; productId: Id<'product'> }> {
  const { id: productId } = await newProduct();
  const charge = await newChargeCode();
  const definition = { prices: [{ ...price(charge), phases: [{ amount: '30.00' }] }] };
  const { versionId: id } = await world.run(draftProductVersion, { productId, expectedVersion: 1, definition });
  return { versionId: text('productVersion', id), expectedVersion: 1, id, productId };
}
async function draftInput(): Promise<Input> {
  const { versionId, expectedVersion } = await newDraft();
  return { versionId, expectedVersion };
}
const price = (chargeCode: string) => ({
  kind: 'RECURRING', code: 'FEE', name: '月租', nameEn: 'Fee', chargeCode, taxIncluded: true, timing: 'ARREARS',
  authority: { reductionBasisPoints: 2_000, increaseBasisPoints: 0 },
}); // prettier-ignore
const yuan = (amount: string) => ({ amount, currency: 'CNY' });

const productRows: Readonly<Record<string, Row>> = {
  createProduct: {
    select: 'product { code name nameEn kind serviceType { code } organisation { code } version versions(first: 1) { nodes { id } } }',
    good: async () => ({ ...PRODUCT, code: 'PLAN-1', organisationId: node() }),
    shows: {
      product: {
        code: 'PLAN-1', name: '套餐', nameEn: 'Plan', kind: 'PLAN', serviceType: { code: 'MOBILE' }, organisation: { code: 'HZ' }, version: 1,
        versions: { nodes: [] },
      },
    }, // prettier-ignore
    bad: async () => ({ ...PRODUCT, code: 'PLAN-2', organisationId: nowhere }),
    code: 'ORGANISATION_NOT_FOUND',
  },
  changeProduct: {
    select: 'product { name nameEn version }',
    good: async () => ({ ...bare(await newProduct()), name: '新名' }),
    shows: { product: { name: '新名', nameEn: 'Plan', version: 2 } },
    bad: async () => stale(bare(await newProduct())),
    code: 'STALE_VERSION',
  },
  draftProductVersion: {
    select: `productVersion { number state sold { from } definition { prices { __typename code ... on RecurringPrice { proration
      phases { periods amount { amount currency } } } } quantity { standard } rules { atMost } } bundle { across } product { version } }`,
    good: async () => ({
      ...bare(await newProduct()),
      definition: {
        prices: [{ ...price(await newChargeCode()), phases: [{ periods: 3, amount: yuan('0.00') }, { amount: yuan('29.90') }] }],
      },
    }),
    shows: {
      productVersion: {
        number: 1,
        state: 'draft',
        sold: [],
        definition: {
          prices: [
            {
              __typename: 'RecurringPrice', code: 'FEE', proration: 'BY_DAY',
              phases: [{ periods: 3, amount: yuan('0.00') }, { periods: null, amount: yuan('29.90') }],
            },
          ],
          quantity: { standard: 1 },
          rules: { atMost: 1 },
        },
        bundle: null,
        product: { version: 2 },
      },
    }, // prettier-ignore
    bad: async () => ({
      ...bare(await newProduct()),
      definition: { prices: [{ ...price('NOTHING'), phases: [{ amount: yuan('1.00') }] }] },
    }),
    code: 'CHARGE_CODE_UNKNOWN',
  },
  changeProductDraft: {
    select: 'productVersion { version definition { prices { code } term { months earlyTermination { kind } } } }',
    good: async () => ({ ...(await draftInput()), definition: { prices: [] } }),
    shows: { productVersion: { version: 2, definition: { prices: [], term: null } } },
    bad: async () => ({ ...(await draftInput()), bundle: BUNDLE }),
    code: 'DEFINITION_OF_OTHER_KIND',
  },
  moveProductVersion: {
    select: 'productVersion { state version }',
    good: async () => ({ ...(await draftInput()), to: 'inTest' }),
    shows: { productVersion: { state: 'inTest', version: 2 } },
    bad: async () => ({ ...(await draftInput()), to: 'active' }),
    code: 'MOVE_REFUSED',
  },
  releaseProduct: {
    select: `product { versionOnSale { number } releases(first: 5) { nodes { sold organisation { code } narrowing { grades }
      prices { code amounts { amount } } } } }`,
    good: async () => ({
      ...(await onSale()),
      sold: true,
      narrowing: { grades: ['GOLD'] },
      prices: [{ code: 'FEE', amounts: [yuan('24.00')] }],
    }),
    shows: {
      product: {
        versionOnSale: { number: 1 },
        releases: {
          nodes: [
            {
              sold: true,
              organisation: { code: 'HZ' },
              narrowing: { grades: ['GOLD'] },
              prices: [{ code: 'FEE', amounts: [{ amount: '24.00' }] }],
            },
          ],
        },
      },
    },
    bad: async () => ({ ...(await onSale()), sold: true, prices: [{ code: 'FEE', amounts: [yuan('23.99')] }] }),
    code: 'BEYOND_PRICE_AUTHORITY',
  },
};

const BUNDLE = {
  across: 'CUSTOMER', prices: [], whenMemberLeaves: { kind: 'END' },
  members: [{ role: 'A', name: '甲', nameEn: 'A', products: ['X'], least: 1, most: 1, standard: 1, share: 1, chargeCode: 'X' }],
}; // prettier-ignore

async function onSale(): Promise<Input> {
  const { id: versionId, productId } = await newDraft();
  await world.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' });
  return { productId: text('product', productId), expectedVersion: await world.versionOf('product', productId), organisationId: node() };
}

const DISCOUNT = { name: '优惠', nameEn: 'Discount', serviceType: null } as const;
const WAIVER = { name: '减免', nameEn: 'Waiver', effect: { kind: 'WAIVER' }, level: 'SUBSCRIBER' } as const;

async function newDiscount(): Promise<{ discountId: string; expectedVersion: number; id: Id<'discount'> }> {
  const { discountId: id } = await world.run(createDiscount, { ...DISCOUNT, code: newCode(), organisationId: world.hangzhou });
  return { discountId: text('discount', id), expectedVersion: 1, id };
}
async function discountDraft(): Promise<Input> {
  const { id: discountId } = await newDiscount();
  const { versionId } = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: WAIVER });
  return { versionId: text('discountVersion', versionId), expectedVersion: 1 };
}
/** In life: the discount is at version 4. */
async function discountGranted(): Promise<Input> {
  const { id, discountId } = await newDiscount();
  const { versionId } = await world.run(draftDiscountVersion, { discountId: id, expectedVersion: 1, definition: WAIVER });
  await world.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
  await world.run(moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' });
  return { discountId, expectedVersion: 4 };
}

const discountRows: Readonly<Record<string, Row>> = {
  createDiscount: {
    select:
      'discount { code name nameEn serviceType { code } organisation { code } version versions(first: 1) { nodes { id } } budget { limit { amount } } }',
    good: async () => ({ ...DISCOUNT, code: 'OFF-1', organisationId: node() }),
    shows: {
      discount: {
        code: 'OFF-1', name: '优惠', nameEn: 'Discount', serviceType: null, organisation: { code: 'HZ' }, version: 1, versions: { nodes: [] },
        budget: null,
      },
    }, // prettier-ignore
    bad: async () => ({ ...DISCOUNT, code: 'OFF-2', organisationId: nowhere }),
    code: 'ORGANISATION_NOT_FOUND',
  },
  changeDiscount: {
    select: 'discount { name nameEn version }',
    good: async () => ({ ...bare(await newDiscount()), name: '新名' }),
    shows: { discount: { name: '新名', nameEn: 'Discount', version: 2 } },
    bad: async () => stale(bare(await newDiscount())),
    code: 'STALE_VERSION',
  },
  draftDiscountVersion: {
    select: `discountVersion { number state granted { from } discount { version } definition { name nameEn level priority exclusionGroup
      cap { amount } lasts { periods amount { amount } } appliesTo { chargeCodes products oneTime } eligibility { grades }
      effect { kind basisPoints of amount { amount } deposit { amount } returns { afterMonths months total { amount currency } book chargeCodes } } } }`,
    good: async () => ({
      ...bare(await newDiscount()),
      definition: {
        ...WAIVER,
        level: 'ACCOUNT',
        effect: {
          kind: 'DEPOSIT_RETURN',
          deposit: yuan('200.00'),
          returns: { months: 12, total: yuan('240.00'), book: 'GIFT' },
        },
        eligibility: { grades: ['GOLD'] },
        lasts: { periods: 12 },
      },
    }),
    shows: {
      discountVersion: {
        number: 1, state: 'draft', granted: [], discount: { version: 2 },
        definition: {
          name: '减免', nameEn: 'Waiver', level: 'ACCOUNT', priority: 100, exclusionGroup: null, cap: null,
          lasts: { periods: 12, amount: null }, appliesTo: { chargeCodes: null, products: null, oneTime: false },
          eligibility: { grades: ['GOLD'] },
          effect: {
            kind: 'DEPOSIT_RETURN', basisPoints: null, of: null, amount: null, deposit: { amount: '200.00' },
            returns: { afterMonths: 1, months: 12, total: yuan('240.00'), book: 'GIFT', chargeCodes: null },
          },
        },
      },
    }, // prettier-ignore
    bad: async () => ({ ...bare(await newDiscount()), definition: { ...WAIVER, appliesTo: { chargeCodes: ['NOTHING'] } } }),
    code: 'CHARGE_CODE_UNKNOWN',
  },
  changeDiscountDraft: {
    select: `discountVersion { version definition { cap { amount } effect { kind spend { amount } reduction { kind basisPoints amount { amount } }
      priceCode usageKinds unit units prorated } } }`,
    good: async () => ({
      ...(await discountDraft()),
      definition: {
        ...WAIVER,
        effect: { kind: 'THRESHOLD', spend: yuan('100.00'), reduction: { kind: 'PERCENTAGE', basisPoints: 500 } },
        level: 'BILL',
        cap: yuan('20.00'),
      },
    }),
    shows: {
      discountVersion: {
        version: 2,
        definition: {
          cap: { amount: '20.00' },
          effect: {
            kind: 'THRESHOLD', spend: { amount: '100.00' }, reduction: { kind: 'PERCENTAGE', basisPoints: 500, amount: null }, priceCode: null,
            usageKinds: null, unit: null, units: null, prorated: null,
          },
        },
      },
    }, // prettier-ignore
    bad: async () => ({ ...(await discountDraft()), definition: { ...WAIVER, effect: { kind: 'WAIVER', amount: yuan('1.00') } } }),
    code: 'FIELD_UNKNOWN',
  },
  moveDiscountVersion: {
    select: 'discountVersion { state version }',
    good: async () => ({ ...(await discountDraft()), to: 'inTest' }),
    shows: { discountVersion: { state: 'inTest', version: 2 } },
    bad: async () => ({ ...(await discountDraft()), to: 'active' }),
    code: 'MOVE_REFUSED',
  },
  releaseDiscount: {
    select: 'discount { versionGranted { number } releases(first: 5) { nodes { granted organisation { code } narrowing { grades } } } }',
    good: async () => ({ ...(await discountGranted()), organisationId: node(), granted: true, narrowing: { grades: ['GOLD'] } }),
    shows: {
      discount: {
        versionGranted: { number: 1 },
        releases: { nodes: [{ granted: true, organisation: { code: 'HZ' }, narrowing: { grades: ['GOLD'] } }] },
      },
    },
    bad: async () => ({ ...(await discountGranted()), organisationId: node(world.root), granted: true }),
    code: 'NOT_OFFERED_THERE',
  },
  setDiscountBudget: {
    select: 'discount { version budget { limit { amount currency } used { amount currency } } }',
    good: async () => ({ ...bare(await newDiscount()), limit: yuan('50000.00') }),
    shows: { discount: { version: 2, budget: { limit: yuan('50000.00'), used: yuan('0.00') } } },
    bad: async () => ({ ...bare(await newDiscount()), limit: { amount: '1.00', currency: 'USD' } }),
    code: 'CURRENCY_WRONG',
  },
  setDiscountAuthority: {
    select: 'discountAuthority { kind amount { amount currency } basisPoints version role { discountAuthority { kind } } }',
    good: async () => ({
      roleId: text('role', await newRole()),
      kind: 'WAIVER',
      expectedVersion: 0,
      amount: yuan('50.00'),
      basisPoints: null,
    }),
    shows: {
      discountAuthority: {
        kind: 'WAIVER',
        amount: yuan('50.00'),
        basisPoints: null,
        version: 1,
        role: { discountAuthority: [{ kind: 'WAIVER' }] },
      },
    },
    bad: async () => ({ roleId: text('role', newId('role')), kind: 'WAIVER', expectedVersion: 0, amount: null, basisPoints: 1 }),
    code: 'ROLE_NOT_FOUND',
  },
};

/** A batch of orders that nobody has begun. */
async function newBatch(): Promise<Id<'orderBatch'>> {
  const { customerId, accountId } = await world.payer();
  const rows = [{ row: 1, line: 2, kind: null, number: null, groupRow: null, asked: null, refusals: [] }];
  const file = { fileName: 'orders.csv', fileDigest: '0'.repeat(64), rows };
  return (await world.run(createOrderBatch, { organisationId: world.hangzhou, customerId, accountId, ...file })).orderBatchId;
}

const importRows: Readonly<Record<string, Row>> = {
  stopOrderBatch: {
    select: 'orderBatch { state startedAt counts { rejected } due { amount } }',
    good: async () => ({ orderBatchId: text('orderBatch', await newBatch()) }),
    shows: { orderBatch: { state: 'STOPPED', startedAt: null, counts: { rejected: 1 }, due: null } },
    bad: async () => ({ orderBatchId: text('orderBatch', newId('orderBatch')) }),
    code: 'NOT_FOUND',
  },
  stopImport: {
    select: 'importJob { state startedAt rowsPerSecond secondsLeft }',
    good: async () => ({ importJobId: text('importJob', await newImport()) }),
    shows: { importJob: { state: 'STOPPED', startedAt: null, rowsPerSecond: null, secondsLeft: null } },
    bad: async () => ({ importJobId: text('importJob', newId('importJob')) }),
    code: 'NOT_FOUND',
  },
};

const TERMS = {
  revenueAccount: '600101', deferredAccount: '220301', discountAccount: '600199', taxCategory: 'BASIC', writeOffPriority: 10, billGroup: 'MONTHLY_FEE',
  discountable: true, invoiceable: true, bearsLateFee: true,
}; // prettier-ignore

const newWord = (): string => `CODE_${(names += 1)}`;

async function newTaxCategory(): Promise<string> {
  const code = newWord();
  return (await world.run(registerTaxCategory, { code, name: '税目', nameEn: 'Category', basisPoints: 900 })).code;
}

async function newChargeCode(): Promise<string> {
  const [code, taxCategory] = [newWord(), await newTaxCategory()];
  const terms = { ...TERMS, taxCategory, collectedFor: null };
  return (await world.run(registerChargeCode, { code, name: '月租费', nameEn: 'Monthly fee', kind: 'RECURRING', serviceType: null, terms }))
    .code;
}

const IPTV = {
  name: '互动电视', nameEn: 'IPTV', identifierKind: 'LOGIN', identifierPattern: '^tv[0-9]{6}$', resources: ['PORT'], usageKinds: ['VIDEO'],
} as const; // prettier-ignore
const BOX = { type: 'object', properties: { box: { type: 'string', enum: ['HD', '4K'] } }, required: ['box'], additionalProperties: false };

async function newServiceType(): Promise<string> {
  return (await world.run(registerServiceType, { ...IPTV, code: newWord(), characteristics: {}, provisioningAdapter: null })).code;
}

async function newAdapter(): Promise<string> {
  const name = { code: newWord(), name: '装维工单', nameEn: 'Field work', kind: 'MANUAL' } as const;
  return (await world.run(registerProvisioningAdapter, { ...name, http: null, workQueue: 'FIELD' })).code;
}

const serviceRows: Readonly<Record<string, Row>> = {
  registerServiceType: {
    select: 'serviceType { name identifierKind characteristics resources usageKinds status version provisioningAdapter { workQueue } }',
    good: async () => ({ ...IPTV, code: newWord(), characteristics: BOX, provisioningAdapter: await newAdapter() }),
    shows: {
      serviceType: {
        name: '互动电视', identifierKind: 'LOGIN', characteristics: BOX, resources: ['PORT'], usageKinds: ['VIDEO'], status: 'ACTIVE',
        version: 1, provisioningAdapter: { workQueue: 'FIELD' },
      },
    }, // prettier-ignore
    bad: async () => ({ ...IPTV, code: newWord(), characteristics: { type: 'object', properties: { box: { $ref: '#' } } } }),
    code: 'CHARACTERISTICS_INVALID',
  },
  changeServiceType: {
    select: 'serviceType { nameEn characteristics resources version }',
    good: async () => ({ code: await newServiceType(), expectedVersion: 1, nameEn: 'Television', characteristics: BOX, resources: [] }),
    shows: { serviceType: { nameEn: 'Television', characteristics: BOX, resources: [], version: 2 } },
    bad: async () => ({ code: await newServiceType(), expectedVersion: 1, identifierPattern: '^(a+)+$' }),
    code: 'IDENTIFIER_PATTERN_UNSAFE',
  },
  retireServiceType: {
    select: 'serviceType { status version }',
    good: async () => ({ code: await newServiceType(), expectedVersion: 1 }),
    shows: { serviceType: { status: 'RETIRED', version: 2 } },
    bad: async () => ({ code: await newServiceType(), expectedVersion: 7 }),
    code: 'STALE_VERSION',
  },
  registerProvisioningAdapter: {
    select: 'provisioningAdapter { kind http { endpoint timeoutMs attemptsMax backoffMs breakerFailures breakerOpenMs } workQueue }',
    good: async () => ({
      code: newWord(), name: '交换机', nameEn: 'Switch', kind: 'HTTP', http: { endpoint: 'https://Switch.example/v1', attemptsMax: 5 },
    }), // prettier-ignore
    shows: {
      provisioningAdapter: {
        kind: 'HTTP', workQueue: null,
        http: { endpoint: 'https://switch.example/v1', timeoutMs: 5000, attemptsMax: 5, backoffMs: 200, breakerFailures: 5, breakerOpenMs: 30_000 },
      },
    }, // prettier-ignore
    bad: async () => ({
      code: newWord(),
      name: '交换机',
      nameEn: 'Switch',
      kind: 'HTTP',
      http: { endpoint: 'https://me:secret@switch.example' },
    }),
    code: 'ENDPOINT_INVALID',
  },
  changeProvisioningAdapter: {
    select: 'provisioningAdapter { name workQueue status version }',
    good: async () => ({ code: await newAdapter(), expectedVersion: 1, workQueue: 'OTHER', status: 'RETIRED' }),
    shows: { provisioningAdapter: { name: '装维工单', workQueue: 'OTHER', status: 'RETIRED', version: 2 } },
    bad: async () => ({ code: await newAdapter(), expectedVersion: 1, http: { endpoint: 'https://switch.example' } }),
    code: 'ADAPTER_SETTINGS_NEEDED',
  },
  registerChargeCode: {
    select:
      'chargeCode { kind version serviceType { code } terms { revenueAccount taxCategory { rate { basisPoints } } collectedFor { code } } }',
    good: async () => ({
      code: newWord(), name: '月租费', nameEn: 'Monthly fee', kind: 'RECURRING', serviceType: 'MOBILE',
      terms: { ...TERMS, taxCategory: await newTaxCategory() },
    }), // prettier-ignore
    shows: {
      chargeCode: {
        kind: 'RECURRING', version: 1, serviceType: { code: 'MOBILE' },
        terms: { revenueAccount: '600101', taxCategory: { rate: { basisPoints: 900 } }, collectedFor: null },
      },
    }, // prettier-ignore
    bad: async () => ({ code: newWord(), name: '押金', nameEn: 'Deposit', kind: 'DEPOSIT', terms: { ...TERMS, taxCategory: null } }),
    code: 'DEPOSIT_TERMS',
  },
  changeChargeCodeTerms: {
    select: 'chargeCode { version terms { writeOffPriority discountable discountAccount taxCategory { code } } }',
    good: async () => ({
      code: await newChargeCode(), expectedVersion: 1,
      terms: { ...TERMS, taxCategory: null, discountAccount: null, discountable: false, writeOffPriority: 20 },
    }), // prettier-ignore
    shows: { chargeCode: { version: 2, terms: { writeOffPriority: 20, discountable: false, discountAccount: null, taxCategory: null } } },
    bad: async () => ({ code: await newChargeCode(), expectedVersion: 1, terms: TERMS }),
    code: 'TAX_CATEGORY_NOT_FOUND',
  },
  registerTaxCategory: {
    select: 'taxCategory { version rate { basisPoints validity { to } } }',
    good: async () => ({ code: newWord(), name: '基础电信', nameEn: 'Basic telecom', basisPoints: 900, from: '2019-04-01T00:00:00+08:00' }),
    shows: { taxCategory: { version: 1, rate: { basisPoints: 900, validity: { to: null } } } },
    bad: async () => ({ code: await newTaxCategory(), name: '基础电信', nameEn: 'Basic telecom', basisPoints: 900 }),
    code: 'CODE_TAKEN',
  },
  setTaxRate: {
    select: 'taxCategory { version rate { basisPoints } }',
    good: async () => ({ code: await newTaxCategory(), expectedVersion: 1, basisPoints: 600 }),
    shows: { taxCategory: { version: 2, rate: { basisPoints: 600 } } },
    bad: async () => ({ code: await newTaxCategory(), expectedVersion: 1, basisPoints: 10_001 }),
    code: 'RATE_INVALID',
  },
};

let ledgerCodes = 640_000;
async function newLedgerAccount(): Promise<string> {
  const code = String((ledgerCodes += 1));
  return (await world.run(registerLedgerAccount, { code, name: '收入', kind: 'REVENUE' as const, byAccount: false })).code;
}

const ledgerRows: Readonly<Record<string, Row>> = {
  registerLedgerAccount: {
    select: 'ledgerAccount { code name nameEn kind byAccount status version }',
    good: async () => ({ code: '600188', name: ' 增值业务收入 ', kind: 'REVENUE', byAccount: false }),
    shows: {
      ledgerAccount: {
        code: '600188',
        name: '增值业务收入',
        nameEn: null,
        kind: 'REVENUE',
        byAccount: false,
        status: 'ACTIVE',
        version: 1,
      },
    },
    bad: async () => ({ code: '600', name: '收入', kind: 'REVENUE', byAccount: false }),
    code: 'CODE_INVALID',
  },
  changeLedgerAccount: {
    select: 'ledgerAccount { name nameEn version }',
    good: async () => ({ code: await newLedgerAccount(), expectedVersion: 1, nameEn: 'Revenue', name: null }),
    shows: { ledgerAccount: { name: '收入', nameEn: 'Revenue', version: 2 } },
    bad: async () => stale({ code: await newLedgerAccount(), name: '收入' }),
    code: 'STALE_VERSION',
  },
  retireLedgerAccount: {
    select: 'ledgerAccount { status version }',
    good: async () => ({ code: await newLedgerAccount(), expectedVersion: 1 }),
    shows: { ledgerAccount: { status: 'RETIRED', version: 2 } },
    bad: async () => ({ code: '999999999999', expectedVersion: 1 }),
    code: 'NOT_FOUND',
  },
};

async function newPool(): Promise<Id<'numberPool'>> {
  const pool = { organisationId: world.hangzhou, code: newCode(), name: '号池', serviceType: 'MOBILE' };
  return (await world.run(createNumberPool, pool)).numberPoolId;
}

const stockedNumber = (): string => `1660000${String((names += 1)).padStart(4, '0')}`;

async function idleNumber(): Promise<string> {
  const number = stockedNumber();
  await world.run(addNumbers, { numberPoolId: await newPool(), numbers: [number], classes: [] });
  return number;
}

async function heldNumber(): Promise<string> {
  const number = await idleNumber();
  await world.run(holdNumbers, { numbers: [number] });
  return number;
}

const inYuan = (amount: string): Input => ({ amount, currency: 'CNY' });
const poolInput = async (): Promise<Input> => ({ numberPoolId: text('numberPool', await newPool()), expectedVersion: 1 });
const classInput = (): Input => ({
  code: newCode(),
  name: '金号',
  minimumSpend: inYuan('88'),
  minimumSpendMonths: 12,
  deposit: inYuan('100.50'),
});

async function newNumberClass(): Promise<{ numberClassId: string; code: string }> {
  const input = { ...classInput(), idempotencyKey: newKey() };
  const document = 'mutation ($input: CreateNumberClassInput!) { made: createNumberClass(input: $input) { numberClass { id code } } }';
  const { made } = await graph.read<{ made: { numberClass: { id: string; code: string } } }>(document, { input }, everybody);
  return { numberClassId: made.numberClass.id, code: made.numberClass.code };
}

const numberRows: Readonly<Record<string, Row>> = {
  createNumberPool: {
    select: 'numberPool { status serviceType { code } organisation { code } freeNumbers }',
    good: async () => ({ organisationId: node(), code: newCode(), name: '杭州号池', serviceType: 'MOBILE' }),
    shows: { numberPool: { status: 'ACTIVE', serviceType: { code: 'MOBILE' }, organisation: { code: 'HZ' }, freeNumbers: 0 } },
    bad: async () => ({ organisationId: node(), code: newCode(), name: '宽带号池', serviceType: 'BROADBAND' }),
    code: 'SERVICE_TYPE_WITHOUT_NUMBERS',
  },
  changeNumberPool: {
    select: 'numberPool { name version }',
    good: async () => ({ ...(await poolInput()), name: '新号池' }),
    shows: { numberPool: { name: '新号池', version: 2 } },
    bad: async () => stale({ ...(await poolInput()), name: '新号池' }),
    code: 'STALE_VERSION',
  },
  closeNumberPool: {
    select: 'numberPool { status }',
    good: poolInput,
    shows: { numberPool: { status: 'CLOSED' } },
    bad: async () => ({ numberPoolId: text('numberPool', newId('numberPool')), expectedVersion: 1 }),
    code: 'NOT_FOUND',
  },
  createNumberClass: {
    select: 'numberClass { minimumSpend { amount } minimumSpendMonths deposit { amount currency } }',
    good: async () => classInput(),
    shows: { numberClass: { minimumSpend: { amount: '88.00' }, minimumSpendMonths: 12, deposit: { amount: '100.50', currency: 'CNY' } } },
    bad: async () => ({ ...classInput(), minimumSpendMonths: 0 }),
    code: 'SPEND_MONTHS_INVALID',
  },
  changeNumberClass: {
    select: 'numberClass { deposit { amount } version }',
    good: async () => ({ numberClassId: (await newNumberClass()).numberClassId, expectedVersion: 1, deposit: inYuan('0') }),
    shows: { numberClass: { deposit: { amount: '0.00' }, version: 2 } },
    bad: async () => ({ numberClassId: (await newNumberClass()).numberClassId, expectedVersion: 1, deposit: inYuan('-1') }),
    code: 'AMOUNT_INVALID',
  },
  addNumberRange: {
    select: 'added occupied numberPool { freeNumbers }',
    good: async () => ({ numberPoolId: text('numberPool', await newPool()), first: '16700000000', last: '16700000009' }),
    shows: { added: 10, occupied: 0, numberPool: { freeNumbers: 10 } },
    bad: async () => ({ numberPoolId: text('numberPool', await newPool()), first: '16700000009', last: '16700000000' }),
    code: 'RANGE_INVALID',
  },
  addNumbers: {
    select: 'added',
    good: async () => ({
      numberPoolId: text('numberPool', await newPool()),
      numbers: [stockedNumber()],
      classes: [{ classCode: (await newNumberClass()).code, pattern: { tailShape: 'AABB' } }],
    }),
    shows: { added: 1 },
    bad: async () => ({ numberPoolId: text('numberPool', await newPool()), numbers: [await idleNumber()] }),
    code: 'NUMBERS_IN_STOCK',
  },
  holdNumbers: {
    select: 'changed',
    good: async () => ({ numbers: [await idleNumber(), await idleNumber()] }),
    shows: { changed: 2 },
    bad: async () => ({ numbers: [await heldNumber()] }),
    code: 'STATE_REFUSES',
  },
  unholdNumbers: {
    select: 'changed',
    good: async () => ({ numbers: [await heldNumber()] }),
    shows: { changed: 1 },
    bad: async () => ({ numbers: [await idleNumber()] }),
    code: 'STATE_REFUSES',
  },
  scrapNumbers: {
    select: 'changed',
    good: async () => ({ numbers: [await heldNumber()] }),
    shows: { changed: 1 },
    bad: async () => ({ numbers: [stockedNumber()] }),
    code: 'NOT_FOUND',
  },
  takeBackNumbers: {
    select: 'changed',
    good: async () => {
      const number = await idleNumber();
      await database.raw("UPDATE access_number SET state = 'portedOut' WHERE value = $1", [number]);
      return { numbers: [number] };
    },
    shows: { changed: 1 },
    bad: async () => ({ numbers: [await idleNumber()] }),
    code: 'STATE_REFUSES',
  },
  classifyNumbers: {
    select: 'changed',
    good: async () => ({ numbers: [await idleNumber()], classCode: (await newNumberClass()).code }),
    shows: { changed: 1 },
    bad: async () => ({ numbers: [await idleNumber()], classCode: 'NONE' }),
    code: 'CLASS_NOT_FOUND',
  },
  reserveNumber: {
    select: 'accessNumber { state holderKind heldBy { id } subscriber { id } pool { name } numberClass { code } }',
    good: async () => ({ number: await idleNumber() }),
    shows: {
      accessNumber: {
        state: 'preOccupied',
        holderKind: 'STAFF',
        heldBy: null,
        subscriber: null,
        pool: { name: '号池' },
        numberClass: null,
      },
    },
    bad: async () => ({ number: await heldNumber() }),
    code: 'NUMBER_NOT_FREE',
  },
  releaseNumber: {
    select: 'accessNumber { state until }',
    good: async () => {
      const number = await idleNumber();
      await send('reserveNumber', { number, idempotencyKey: newKey() }, everybody);
      return { number };
    },
    shows: { accessNumber: { state: 'idle', until: null } },
    bad: async () => ({ number: await idleNumber() }),
    code: 'STATE_REFUSES',
  },
};

const RULE = {
  kind: 'SUSPEND', fee: { amount: '0', currency: 'CNY' }, feeTaxIncluded: true, dueMinutes: 30, monthsInNet: 0, daysInNet: 0,
  stopReasonsAllowed: ['LOSS'], arrearsRefused: false,
}; // prettier-ignore

/** A relocation, under way in a queue. */
async function newOrder(): Promise<PlacedOrder & { readonly change: Input; readonly work: Input }> {
  const { id: subscriberId, ownerId: customerId } = await subscriberInput();
  const content = { subscriberId, address: '西湖区 1 号', organisationId: null };
  const placed = await placeOrder(world, { organisationId: world.hangzhou, customerId, items: [{ kind: 'RELOCATE', content }] });
  const workOrderId = text('workOrder', placed.workOrderId as Id<'workOrder'>);
  const change = { orderId: text('order', placed.orderId), expectedVersion: 1 };
  return { ...placed, change, work: { workOrderId, expectedVersion: 1 } };
}

/** As {@link newOrder}, waiting for something; 5.00 is due. */
async function waitingOrder(state: 'held' | 'pending'): Promise<Input> {
  const { orderId, change } = await newOrder();
  const approval = state === 'held' ? 'NEEDED' : 'NONE';
  const due = state === 'held' ? 0 : 500;
  await database.raw('UPDATE product_order SET state = $2, approval = $3, due_minor = $4 WHERE id = $1', [orderId, state, approval, due]);
  await database.raw('UPDATE order_item SET state = $2 WHERE order_id = $1', [orderId, state]);
  await database.raw('DELETE FROM work_order WHERE order_id = $1', [orderId]);
  return change;
}

async function newQuotation(of: Pick<Awaited<ReturnType<typeof subscriberInput>>, 'id' | 'ownerId'>): Promise<Id<'quotation'>> {
  const items = [{ kind: 'SUSPEND', content: { subscriberId: of.id, reason: 'LOSS' } }] as const;
  const asked = {
    organisationId: world.hangzhou,
    customerId: of.ownerId,
    accountId: null,
    requestedStartAt: null,
    externalId: null,
    note: null,
  };
  return (await world.run(quoteOrder, { ...asked, items })).quotationId;
}

const quoteInput = async (reason: string): Promise<Input> => {
  const { subscriberId, ownerId } = await subscriberInput();
  return { organisationId: node(), customerId: text('customer', ownerId), items: [{ suspend: { subscriberId, reason } }] };
};

async function installer(): Promise<Caller> {
  return { ...everybody, staffId: await newStaff() };
}
let worker: Caller;
beforeAll(async () => {
  worker = await installer();
});

const orderRows: Readonly<Record<string, Row>> = {
  setOrderKindRule: {
    select: 'ruleId',
    good: async () => RULE,
    shows: { ruleId: expect.stringMatching(/^fct_/) as string },
    bad: async () => ({ ...RULE, dueMinutes: 0 }),
    code: 'RULE_INVALID',
  },
  quoteOrder: {
    select: 'quotation { due { amount currency } approvalNeeded lines { name } customer { name } usedBy { id } }',
    good: () => quoteInput('LOSS'),
    shows: {
      quotation: { due: { amount: '0.00', currency: 'CNY' }, approvalNeeded: false, lines: [], customer: { name: '张*' }, usedBy: null },
    },
    bad: () => quoteInput('VIOLATION'),
    code: 'ITEM_INVALID',
  },
  submitOrder: {
    select: 'order { state category items { kind state action } customer { name } organisation { code } }',
    good: async () => ({ quotationId: text('quotation', await newQuotation(await subscriberInput())) }),
    shows: {
      order: {
        state: 'completed', category: 'SUSPEND', items: [{ kind: 'SUSPEND', state: 'completed', action: 'MODIFY' }], customer: { name: '张*' },
        organisation: { code: 'HZ' },
      },
    }, // prettier-ignore
    bad: async () => ({ quotationId: text('quotation', newId('quotation')) }),
    code: 'QUOTATION_NOT_FOUND',
  },
  amendOrder: {
    select: 'order { state version items { kind } }',
    good: async () => {
      const { id, ownerId } = await subscriberInput();
      const quotations = [await newQuotation({ id, ownerId }), await newQuotation({ id, ownerId })] as const;
      const { orderId } = await world.run(submitOrder, { quotationId: quotations[0] });
      await database.raw(
        "UPDATE product_order SET state = 'acknowledged', started_at = NULL, completed_at = NULL, point_of_no_return = false WHERE id = $1",
        [orderId],
      );
      await database.raw("UPDATE subscriber SET status = 'active', stop_reasons = 0 WHERE id = $1", [id]);
      return { orderId: text('order', orderId), expectedVersion: 1, quotationId: text('quotation', quotations[1]) };
    },
    shows: { order: { state: 'completed', version: 2, items: [{ kind: 'SUSPEND' }] } },
    bad: async () => ({ ...(await newOrder()).change, quotationId: text('quotation', newId('quotation')) }),
    code: 'QUOTATION_NOT_FOUND',
  },
  cancelOrder: {
    select: 'order { state cancelledAt }',
    good: async () => ({ ...(await newOrder()).change, note: '客户放弃' }),
    shows: { order: { state: 'cancelled', cancelledAt: expect.any(String) as string } },
    bad: async () => ({ ...(await newOrder()).change, expectedVersion: 9 }),
    code: 'STALE_VERSION',
  },
  approveOrder: {
    select: 'order { state approval }',
    good: () => waitingOrder('held'),
    shows: { order: { state: 'inProgress', approval: 'GIVEN' } },
    bad: async () => (await newOrder()).change,
    code: 'STATE_REFUSES',
  },
  rejectOrder: {
    select: 'order { state }',
    good: () => waitingOrder('held'),
    shows: { order: { state: 'cancelled' } },
    bad: async () => (await newOrder()).change,
    code: 'STATE_REFUSES',
  },
  recordOrderPayment: {
    select: 'order { state paid { amount } payments { kind method amount { amount } } }',
    good: async () => ({
      ...(await waitingOrder('pending')),
      method: 'CASH',
      amount: { amount: '2.00', currency: 'CNY' },
      reference: newKey(),
    }),
    shows: {
      order: { state: 'pending', paid: { amount: '2.00' }, payments: [{ kind: 'PAYMENT', method: 'CASH', amount: { amount: '2.00' } }] },
    },
    bad: async () => ({
      ...(await waitingOrder('pending')),
      method: 'CASH',
      amount: { amount: '5.01', currency: 'CNY' },
      reference: newKey(),
    }),
    code: 'AMOUNT_WRONG',
  },
  claimWorkOrder: {
    select: 'workOrder { state assignee { name } }',
    good: async () => (await newOrder()).work,
    shows: { workOrder: { state: 'active', assignee: { name: '王芳' } } },
    bad: async () => stale((await newOrder()).work),
    code: 'STALE_VERSION',
    caller: () => worker,
  },
  completeWorkOrder: {
    select: 'workOrder { state note order { state } }',
    good: async () => ({ ...(await newOrder()).work, note: '已安装' }),
    shows: { workOrder: { state: 'completed', note: '已安装', order: { state: 'completed' } } },
    bad: async () => stale((await newOrder()).work),
    code: 'STALE_VERSION',
  },
  failWorkOrder: {
    select: 'workOrder { state order { state } }',
    good: async () => ({ ...(await newOrder()).work, note: '无资源' }),
    shows: { workOrder: { state: 'cancelled', order: { state: 'failed' } } },
    bad: async () => stale((await newOrder()).work),
    code: 'STALE_VERSION',
  },
};

const ROWS: Readonly<Record<string, Row>> = {
  ...ledgerRows,
  ...numberRows,
  ...orderRows,
  ...serviceRows,
  ...productRows,
  ...discountRows,
  ...importRows,
  ...organisationRows,
  ...customerRows,
  ...accountRows,
  ...subscriberRows,
  ...staffRows,
  ...clientRows,
};

interface Payload {
  readonly userErrors: readonly {
    readonly __typename: string;
    readonly code: string;
    readonly field: readonly string[] | null;
    readonly message: string;
  }[];
}

function documentOf(name: string, select: string): string {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${select} userErrors { __typename code field message } } }`;
}

function send(name: string, input: Input, caller: Caller): Promise<{ payload: Payload }> {
  return graph.read(documentOf(name, (ROWS[name] as Row).select), { input }, caller);
}

/** They need a file that was sent or the durable engine: test/fault/import-by-api.test.ts and test/order/order-batch.test.ts have their tests. */
const WITH_THE_ENGINE = ['importParties', 'recordBatchPayment', 'submitOrderBatch'];

it('has a row for every mutation of the contract', () => {
  const { schema } = new Graph(database.core, world.clock);
  expect([...Object.keys(ROWS), ...WITH_THE_ENGINE].sort()).toEqual(
    Object.keys((schema.getMutationType() as GraphQLObjectType).getFields()).sort(),
  );
});

describe.each(Object.entries(ROWS))('%s', (name, row) => {
  it('does what it says, once for a key', async () => {
    const input = { ...(await row.good()), idempotencyKey: newKey() };
    const caller = row.caller?.() ?? everybody;
    const { payload } = await send(name, input, caller);
    expect(payload.userErrors).toEqual([]);
    expect(payload).toMatchObject(row.shows);
    expect((await send(name, input, caller)).payload).toEqual(payload);
  });

  it('is refused in Chinese and in English, and nothing else is answered', async () => {
    const input = { ...(await row.bad()), idempotencyKey: newKey() };
    const caller = row.caller?.() ?? everybody;
    const refused = async (language: 'zh' | 'en'): Promise<Payload> => (await send(name, input, { ...caller, language })).payload;
    const chinese = await refused('zh');
    const english = await refused('en');
    expect([chinese, english].map(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual([[row.code], [row.code]]);
    expect(chinese.userErrors[0]?.message).toMatch(/\p{Script=Han}/u);
    expect(english.userErrors[0]?.message).toMatch(/^[A-Z][^\p{Script=Han}]+\.$/u);
    expect(english.userErrors[0]?.__typename).toMatch(/^\w+UserError$/);
    const { userErrors: _, ...rest } = english;
    for (const part of Object.values(rest)) expect(part).toBeNull();
  });

  it('is forbidden to whoever may do nothing', async () => {
    const input = { ...(await row.good()), idempotencyKey: newKey() };
    const caller = { ...(row.caller?.() ?? everybody), scope: scopeAt(world.root, ['schema:introspect']) };
    const { data, errors } = await graph.send(documentOf(name, row.select), { input }, caller);
    expect(errors.map(({ code }) => code)).toEqual(['FORBIDDEN']);
    expect(data).toBeNull();
  });
});

describe('input from outside', () => {
  const codes = async (name: string, input: Input): Promise<string[]> => {
    const answer = await graph.send(
      documentOf(name, (ROWS[name] as Row).select),
      { input: { ...input, idempotencyKey: newKey() } },
      everybody,
    );
    return answer.errors.map(({ code }) => code);
  };

  it.each([
    ['finer than the currency', { amount: '1.005', currency: 'CNY' }],
    ['of no currency', { amount: '1.00', currency: 'XXX' }],
    ['no number', { amount: 'ten', currency: 'CNY' }],
    ['a number that a float has spoilt', { amount: 1.1, currency: 'CNY' }],
  ])('is refused when an amount is %s', async (_what, cap) => {
    expect(
      await codes('addPaymentRelation', {
        ...bare(await subscriberInput()),
        accountId: (await accountInput()).accountId,
        cap,
        priority: 1,
      }),
    ).toEqual(['BAD_USER_INPUT']);
  });

  it.each([
    ['999999999999999999', 'KWD'],
    ['92233720368547758.08', 'CNY'],
    ['-92233720368547758.08', 'CNY'],
  ])('is refused in both languages when an amount is larger than can be kept: %s %s', async (amount, currency) => {
    const cap = { amount, currency };
    const input = {
      ...bare(await subscriberInput()),
      accountId: (await accountInput()).accountId,
      cap,
      priority: 1,
      idempotencyKey: newKey(),
    };
    const document =
      'mutation ($input: AddPaymentRelationInput!) { addPaymentRelation(input: $input) { userErrors { code field message } } }';
    for (const [language, message] of [
      ['en', 'This amount is larger than can be kept.'],
      ['zh', '金额超出系统可记录的范围'],
    ] as const) {
      expect(await graph.send(document, { input }, { ...everybody, language })).toMatchObject({
        errors: [],
        data: { addPaymentRelation: { userErrors: [{ code: 'AMOUNT_TOO_LARGE', field: ['cap', 'amount'], message }] } },
      });
    }
  });

  it.each([
    [
      'addCustomerDocument',
      async () => ({ ...bare(await customerInput()), customerId: (await accountInput()).accountId, document: DOCUMENT }),
    ],
    ['splitAccount', async () => ({ ...bare(await accountInput()), name: '分', subscriberIds: ['sub_1'] })],
    [
      'mergeCustomers',
      async () => ({ survivorId: 'cus_', survivorVersion: 1, mergedId: (await customerInput()).customerId, mergedVersion: 1 }),
    ],
    ['grantRole', async () => ({ staffId: 'x', roleId: 'y', organisationId: 'z', linesOfBusiness: null })],
  ])('is refused when an id of %s is malformed or of another kind', async (name, input) => {
    expect(await codes(name, await input())).toEqual(['BAD_USER_INPUT']);
  });

  it.each([
    ['assignCustomerManager', async () => bare(await customerInput())],
    ['linkOidcIdentity', async () => bare(await staffInput())],
    ['grantRole', async () => ({ staffId: (await staffInput()).staffId, roleId: text('role', await newRole()), organisationId: node() })],
  ])('is refused when %s forgets what null would do', async (name, input) => {
    expect(await codes(name, await input())).toEqual(['BAD_USER_INPUT']);
  });

  it('takes away with null what may be taken away, and keeps what is not given', async () => {
    const id = await world.customer({ kind: 'ENTERPRISE', name: '华光公司', nameEn: 'Huaguang' });
    const change = async (expectedVersion: number, more: Input): Promise<unknown> => {
      const input = { customerId: text('customer', id), expectedVersion, idempotencyKey: newKey(), ...more };
      const document = 'mutation ($input: ChangeCustomerInput!) { changeCustomer(input: $input) { customer { name nameEn } } }';
      return graph.read(document, { input }, everybody);
    };
    expect(await change(1, { grade: 'GOLD' })).toEqual({ changeCustomer: { customer: { name: '华光公司', nameEn: 'Huaguang' } } });
    expect(await change(2, { name: null, nameEn: null })).toEqual({ changeCustomer: { customer: { name: '华光公司', nameEn: null } } });
  });
});

describe('what was revealed', () => {
  it('is on record, and is shown again with the same key for a minute only', async () => {
    const id = await world.customer({ name: '欧阳娜娜' });
    const input = { customerId: text('customer', id), fields: ['NAME'], reason: '回访', idempotencyKey: newKey() };
    const shown = async (): Promise<unknown> => {
      const { payload } = (await send('revealPersonalData', input, everybody)) as {
        payload: Payload & { personalData: { name: string } | null };
      };
      return payload.personalData?.name ?? payload.userErrors[0]?.code;
    };
    expect(await shown()).toBe('欧阳娜娜');
    world.clock.advance({ seconds: 59 });
    expect(await shown()).toBe('欧阳娜娜');
    world.clock.advance({ seconds: 2 });
    expect(await shown()).toBe('REVEAL_EXPIRED');
    const trail = await database.raw('SELECT after FROM audit_entry WHERE subject_id = $1 AND operation = $2', [id, 'revealPersonalData']);
    expect(trail).toEqual([{ after: { seen: ['NAME'], reason: '回访' } }]);
    const [stored] = await database.raw<{ result: unknown }>('SELECT result FROM idempotency_key WHERE key = $1', [input.idempotencyKey]);
    expect(JSON.stringify(stored)).not.toContain('欧阳');
  });
});
