import { Temporal } from 'temporal-polyfill';
import {
  changeBillingDay,
  endParentAccount,
  selectAccountParents,
  selectBillingDays,
  selectChildAccounts,
  setParentAccount,
} from '../../src/business/component/account';
import {
  addCustomerDocument,
  assignCustomerManager,
  changeCustomer,
  endCustomerContact,
  endCustomerDocument,
  endCustomerRelation,
  relateCustomers,
  selectContacts,
  selectDocuments,
  selectManagers,
  selectRelations,
} from '../../src/business/component/customer';
import {
  changePaymentRelation,
  addPaymentRelation,
  endPaymentRelation,
  openSubscriber,
  resumeSubscriber,
  selectIdentifiers,
  selectPaymentRelations,
  selectStatuses,
  selectSubscriberByIdentifier,
  selectSubscriberCustomers,
  selectSubscribersOfAccounts,
  selectSubscribersOfCustomers,
  setDefaultPaymentRelation,
  stopSubscriber,
} from '../../src/business/component/subscriber';
import { assignSubscriberCustomer, changeIdentifier } from '../../src/business/process/beside-orders';
import { terminateSubscriber } from '../../src/business/process/terminate-subscriber';
import type { Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { newNumber, usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
const at = (text: string) => Temporal.Instant.from(text);
const asOf = (validAt: string, knownAt: string | null = null) => ({ validAt: at(validAt), knownAt: knownAt === null ? null : at(knownAt) });
const page = { first: 10, after: null };

describe('who owned a subscriber', () => {
  it('is read as of a past instant, and as it was known then', async () => {
    world.clock.set('2026-01-10T00:00:00Z');
    const [first, second] = [await world.customer({ name: '甲' }), await world.customer({ name: '乙' })];
    const subscriberId = await world.subscriber(first, await world.account(first));
    // On 1 March it becomes known that the number has been the other's since 1 February.
    world.clock.set('2026-03-01T00:00:00Z');
    await world.run(assignSubscriberCustomer, {
      subscriberId,
      expectedVersion: 1,
      role: 'OWNER',
      customerId: second,
      from: at('2026-02-01T00:00:00Z'),
    });

    const ownerAsOf = async (validAt: string, knownAt: string | null) =>
      (await selectSubscriberCustomers(world.context, [subscriberId], asOf(validAt, knownAt))).find(({ role }) => role === 'OWNER')
        ?.customerId;
    expect(await ownerAsOf('2026-01-20T00:00:00Z', null)).toBe(first);
    expect(await ownerAsOf('2026-02-10T00:00:00Z', null)).toBe(second);
    expect(await ownerAsOf('2026-02-10T00:00:00Z', '2026-02-10T00:00:00Z')).toBe(first);
    expect(await ownerAsOf('2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z')).toBe(second);
    expect(await ownerAsOf('2026-01-09T00:00:00Z', null)).toBeUndefined();

    const ownedBy = async (customerId: typeof first, validAt: string, knownAt: string | null) =>
      (await selectSubscribersOfCustomers(world.context, [customerId], 'OWNER', asOf(validAt, knownAt), page))
        .get(customerId)
        ?.rows.map(({ id }) => id);
    expect(await ownedBy(first, '2026-02-10T00:00:00Z', '2026-02-10T00:00:00Z')).toEqual([subscriberId]);
    expect(await ownedBy(first, '2026-02-10T00:00:00Z', null)).toEqual([]);
    expect(await ownedBy(second, '2026-02-10T00:00:00Z', null)).toEqual([subscriberId]);
    expect(
      await world.refused(assignSubscriberCustomer, {
        subscriberId,
        expectedVersion: 2,
        role: 'USER',
        customerId: second,
        from: at('2026-01-09T00:00:00Z'),
      }),
    ).toEqual(['from BEFORE_OPENING']);
  });

  it('counts a customer once, whatever roles it has', async () => {
    const { customerId, accountId } = await world.payer();
    const ids = [
      await world.subscriber(customerId, accountId),
      await world.subscriber(customerId, accountId),
      await world.subscriber(customerId, accountId),
    ];
    const now = { validAt: world.clock.now(), knownAt: null };
    const first = (await selectSubscribersOfCustomers(world.context, [customerId], null, now, { first: 2, after: null })).get(customerId);
    expect([first?.rows.map(({ id }) => id), first?.hasNextPage]).toEqual([ids.slice(0, 2), true]);
    const rest = (await selectSubscribersOfAccounts(world.context, [accountId], now, { first: 2, after: [ids[1] as string] })).get(
      accountId,
    );
    expect([rest?.rows.map(({ id }) => id), rest?.hasNextPage]).toEqual([ids.slice(2), false]);
  });
});

describe('a number', () => {
  it('changes hands: each holder is found at its time', async () => {
    world.clock.set('2026-04-01T00:00:00Z');
    const { customerId, accountId } = await world.payer();
    const [number, other] = [newNumber(), newNumber()];
    const before = await world.subscriber(customerId, accountId, { identifier: number });
    world.clock.set('2026-05-01T00:00:00Z');
    await world.run(changeIdentifier, {
      subscriberId: before,
      expectedVersion: 1,
      kind: 'NUMBER',
      value: ` ${other} `,
      from: at('2026-06-01T00:00:00Z'),
    });
    world.clock.set('2026-06-02T00:00:00Z');
    const after = await world.subscriber(customerId, accountId, { identifier: number });

    const holder = async (value: string, validAt: string, knownAt: string | null = null) =>
      (await selectSubscriberByIdentifier(world.context, value, null, asOf(validAt, knownAt)))?.id;
    expect(await holder(number, '2026-05-15T00:00:00Z')).toBe(before);
    expect(await holder(number, '2026-06-01T12:00:00Z')).toBeUndefined();
    expect(await holder(number, '2026-06-15T00:00:00Z')).toBe(after);
    expect(await holder(other, '2026-06-15T00:00:00Z')).toBe(before);
    expect(await holder(number, '2026-06-15T00:00:00Z', '2026-04-15T00:00:00Z')).toBe(before);
    const kinds = [
      await selectSubscriberByIdentifier(world.context, number, 'SIM', asOf('2026-06-15T00:00:00Z')),
      await selectSubscriberByIdentifier(world.context, number, 'NUMBER', asOf('2026-06-15T00:00:00Z')),
    ];
    expect(kinds.map((one) => one?.id)).toEqual([undefined, after]);
    const values = (await selectIdentifiers(world.context, [before, after], asOf('2026-06-15T00:00:00Z'))).map(
      ({ subscriberId, value }) => [subscriberId, value],
    );
    expect(values.sort()).toEqual(
      [
        [before, other],
        [after, number],
      ].sort(),
    );
  });

  it('is refused while another has it, before, during and after', async () => {
    world.clock.set('2026-06-03T00:00:00Z');
    const { customerId, accountId } = await world.payer();
    const [taken, own] = [newNumber(), newNumber()];
    await world.subscriber(customerId, accountId, { identifier: taken });
    const subscriberId = await world.subscriber(customerId, accountId, { identifier: own });
    const open = {
      serviceType: 'MOBILE',
      organisationId: world.hangzhou,
      ownerId: customerId,
      accountId,
      identifier: taken,
      attributes: {},
    };
    expect(await world.refused(openSubscriber, open)).toEqual(['identifier NUMBER_TAKEN']);
    const change = { subscriberId, expectedVersion: 1, kind: 'NUMBER' as const };
    expect(await world.refused(changeIdentifier, { ...change, value: taken })).toEqual(['value NUMBER_TAKEN']);
    expect(await world.refused(changeIdentifier, { ...change, value: taken, from: at('2027-01-01T00:00:00Z') })).toEqual([
      'value NUMBER_TAKEN',
    ]);
    expect(await world.refused(changeIdentifier, { ...change, kind: 'LOGIN', value: 'abc' })).toEqual(['kind IDENTIFIER_KIND_WRONG']);
    expect(await world.refused(changeIdentifier, { ...change, value: '0571' })).toEqual(['value IDENTIFIER_INVALID']);
    expect(await world.refused(changeIdentifier, { ...change, kind: 'SIM', value: '1' })).toEqual(['value SIM_INVALID']);
  });
});

describe('the status of a subscriber', () => {
  it('has a history, and ends with what reached and paid for it', async () => {
    world.clock.set('2026-07-01T00:00:00Z');
    const { customerId, accountId } = await world.payer();
    const number = newNumber();
    const subscriberId = await world.subscriber(customerId, accountId, { identifier: number, sim: '89860012345678901234' });
    world.clock.set('2026-07-02T00:00:00Z');
    expect(await world.run(stopSubscriber, { subscriberId, expectedVersion: 1, reason: 'LOSS' })).toEqual({
      subscriberId,
      status: 'suspended',
      stopReasons: ['LOSS'],
    });
    world.clock.set('2026-07-03T00:00:00Z');
    await world.run(stopSubscriber, { subscriberId, expectedVersion: 2, reason: 'ARREARS_ONE_WAY' });
    expect((await world.run(resumeSubscriber, { subscriberId, expectedVersion: 3, reason: 'LOSS' })).status).toBe('suspended');
    world.clock.set('2026-07-04T00:00:00Z');
    expect((await world.run(resumeSubscriber, { subscriberId, expectedVersion: 4, reason: 'ARREARS_ONE_WAY' })).status).toBe('active');
    world.clock.set('2026-07-05T00:00:00Z');
    await world.run(terminateSubscriber, { subscriberId, expectedVersion: 5 });
    const days = ['2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04', '2026-07-05'];
    const statuses = [];
    for (const day of days) statuses.push((await selectStatuses(world.context, [subscriberId], asOf(`${day}T12:00:00Z`)))[0]);
    expect(statuses.map((fact) => fact && [fact.status, fact.stopReasons])).toEqual([
      undefined,
      ['active', 0],
      ['suspended', 2],
      ['suspended', 4],
      ['active', 0],
      ['terminated', 0],
    ]);
    const end = { validAt: world.clock.now(), knownAt: null };
    expect(await selectIdentifiers(world.context, [subscriberId], end)).toEqual([]);
    expect(await selectPaymentRelations(world.context, [subscriberId], end)).toEqual([]);
    expect(await selectSubscriberCustomers(world.context, [subscriberId], end)).toHaveLength(3);
    expect((await selectSubscriberByIdentifier(world.context, number, null, asOf('2026-07-04T12:00:00Z')))?.id).toBe(subscriberId);
    expect(await world.refused(stopSubscriber, { subscriberId, expectedVersion: 6, reason: 'LOSS' })).toEqual(['subscriberId NOT_ACTIVE']);
    // The number and the card are free at once.
    await world.subscriber(customerId, accountId, { identifier: number, sim: '89860012345678901234' });
  });
});

describe('facts of an account', () => {
  it('a billing day is planned, not rewritten', async () => {
    world.clock.set('2026-08-01T00:00:00Z');
    const { accountId } = await world.payer({ account: { billingDay: 5 } });
    await world.run(changeBillingDay, { accountId, expectedVersion: 1, day: 20, from: at('2026-09-01T00:00:00Z') });
    world.clock.set('2026-08-02T00:00:00Z');
    await world.run(changeBillingDay, { accountId, expectedVersion: 2, day: 25, from: at('2026-09-01T00:00:00Z') });
    const dayAsOf = async (validAt: string, knownAt: string | null = null) =>
      (await selectBillingDays(world.context, [accountId], asOf(validAt, knownAt))).map(({ day }) => day);
    expect(await dayAsOf('2026-08-31T00:00:00Z')).toEqual([5]);
    expect(await dayAsOf('2026-09-01T00:00:00Z')).toEqual([25]);
    expect(await dayAsOf('2026-09-01T00:00:00Z', '2026-08-01T12:00:00Z')).toEqual([20]);
    expect(await world.refused(changeBillingDay, { accountId, expectedVersion: 3, day: 1, from: at('2026-08-01T00:00:00Z') })).toEqual([
      'from IN_THE_PAST',
    ]);
  });

  it('a parent is of the same currency, holds for a time, and never stands below its own child', async () => {
    world.clock.set('2026-08-01T00:00:00Z');
    const customerId = await world.customer();
    const [top, middle, bottom] = [await world.account(customerId), await world.account(customerId), await world.account(customerId)];
    const dollars = await world.account(customerId, { currency: 'USD' });
    const below = { payer: 'PARENT' as const, consolidatedBill: true };
    await world.run(setParentAccount, {
      accountId: bottom,
      expectedVersion: 1,
      parentAccountId: middle,
      ...below,
      to: at('2026-10-01T00:00:00Z'),
    });
    await world.run(setParentAccount, {
      accountId: middle,
      expectedVersion: 1,
      parentAccountId: top,
      payer: 'SELF',
      consolidatedBill: false,
    });
    const upwards = { accountId: top, expectedVersion: 1, parentAccountId: bottom, ...below };
    expect(await world.refused(setParentAccount, upwards)).toEqual(['parentAccountId PARENT_CYCLE']);
    // Once the lowest no longer hangs below, the ring is none.
    await world.run(setParentAccount, { ...upwards, from: at('2026-10-01T00:00:00Z') });
    expect(await world.refused(setParentAccount, { ...upwards, accountId: bottom, expectedVersion: 2, parentAccountId: bottom })).toEqual([
      'parentAccountId PARENT_IS_ITSELF',
    ]);
    expect(await world.refused(setParentAccount, { ...upwards, accountId: dollars, parentAccountId: top })).toEqual([
      'parentAccountId CURRENCY_DIFFERS',
    ]);

    const september = asOf('2026-09-01T00:00:00Z');
    expect(
      (await selectAccountParents(world.context, [bottom, middle, top], september)).map((fact) => [
        fact.accountId,
        fact.parentAccountId,
        fact.payer,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [bottom, middle, 'PARENT'],
        [middle, top, 'SELF'],
      ]),
    );
    const children = await selectChildAccounts(world.context, [top, middle], september, page);
    expect([top, middle].map((id) => children.get(id)?.rows.map(({ accountId }) => accountId))).toEqual([[middle], [bottom]]);
    await world.run(endParentAccount, { accountId: middle, expectedVersion: 2, at: at('2026-08-15T00:00:00Z') });
    expect(await selectAccountParents(world.context, [middle], september)).toEqual([]);
    expect(await world.refused(endParentAccount, { accountId: middle, expectedVersion: 3, at: at('2026-08-15T00:00:00Z') })).toEqual([
      'at NO_PARENT',
    ]);
  });
});

describe('facts of a customer', () => {
  it('a document is corrected by ending the wrong one and adding the right one', async () => {
    world.clock.set('2026-08-10T00:00:00Z');
    const wrong = { kind: 'PASSPORT' as const, number: 'E12345678' };
    const customerId = await world.customer({ documents: [wrong] });
    const [document] = await selectDocuments(world.context, [customerId], asOf('2026-08-10T00:00:00Z'));
    world.clock.set('2026-08-11T00:00:00Z');
    expect(await world.refused(addCustomerDocument, { customerId, expectedVersion: 1, document: wrong })).toEqual([
      'document.number DOCUMENT_EXISTS',
    ]);
    const documentId = document?.id;
    if (documentId === undefined) throw new Error('no document');
    await world.run(endCustomerDocument, { customerId, expectedVersion: 1, documentId, at: at('2026-08-10T00:00:00Z') });
    expect(await world.refused(endCustomerDocument, { customerId, expectedVersion: 2, documentId })).toEqual(['documentId FACT_NOT_FOUND']);
    await world.run(addCustomerDocument, {
      customerId,
      expectedVersion: 2,
      document: { ...wrong, number: 'e 87654321', validFrom: at('2026-08-10T00:00:00Z') },
    });
    const numbers = async (validAt: string, knownAt: string | null = null) =>
      (await selectDocuments(world.context, [customerId], asOf(validAt, knownAt))).map(({ number }) => number);
    expect(await numbers('2026-08-10T12:00:00Z')).toEqual(['*****4321']);
    expect(await numbers('2026-08-10T12:00:00Z', '2026-08-10T12:00:00Z')).toEqual(['*****5678']);
  });

  it('a contact of another customer is not ended', async () => {
    const contact = { kind: 'MOBILE' as const, value: '13812345678', person: '李雷' };
    const [one, other] = [await world.customer({ contacts: [contact] }), await world.customer({ contacts: [contact] })];
    const now = { validAt: world.clock.now(), knownAt: null };
    const [theirs] = await selectContacts(world.context, [other], now);
    if (theirs === undefined) throw new Error('no contact');
    expect([theirs.value, theirs.person]).toEqual(['138****5678', '李*']);
    expect(await world.refused(endCustomerContact, { customerId: one, expectedVersion: 1, contactId: theirs.id })).toEqual([
      'contactId FACT_NOT_FOUND',
    ]);
    await world.run(endCustomerContact, { customerId: other, expectedVersion: 1, contactId: theirs.id });
    expect([
      (await selectContacts(world.context, [one, other], { validAt: world.clock.advance({ seconds: 1 }), knownAt: null })).map(
        ({ customerId }) => customerId,
      ),
    ]).toEqual([[one]]);
  });

  it('a relation is one at a time, a parent one at all, and no ring is closed', async () => {
    const [a, b, c, d] = [await world.customer(), await world.customer(), await world.customer(), await world.customer()];
    const parent = { kind: 'PARENT' as const };
    const { relationId } = await world.run(relateCustomers, { customerId: a, expectedVersion: 1, relatedCustomerId: b, ...parent });
    await world.run(relateCustomers, { customerId: b, expectedVersion: 1, relatedCustomerId: c, ...parent });
    expect(await world.refused(relateCustomers, { customerId: c, expectedVersion: 1, relatedCustomerId: a, ...parent })).toEqual([
      'relatedCustomerId RELATION_CYCLE',
    ]);
    expect(await world.refused(relateCustomers, { customerId: a, expectedVersion: 2, relatedCustomerId: d, ...parent })).toEqual([
      'relatedCustomerId RELATION_EXISTS',
    ]);
    expect(await world.refused(relateCustomers, { customerId: a, expectedVersion: 2, relatedCustomerId: a, kind: 'FAMILY' })).toEqual([
      'relatedCustomerId RELATION_TO_ITSELF',
    ]);
    await world.run(relateCustomers, { customerId: c, expectedVersion: 1, relatedCustomerId: a, kind: 'GUARANTOR' });
    await world.run(endCustomerRelation, { customerId: a, expectedVersion: 2, relationId });
    await world.run(relateCustomers, { customerId: c, expectedVersion: 2, relatedCustomerId: a, ...parent });
    const now = { validAt: world.clock.now(), knownAt: null };
    expect(
      (await selectRelations(world.context, [a], now, 'related_customer_id')).map(({ customerId, kind }) => [customerId, kind]),
    ).toEqual([
      [c, 'GUARANTOR'],
      [c, 'PARENT'],
    ]);
    expect(await selectRelations(world.context, [a], now, 'customer_id')).toEqual([]);
  });

  it('a manager is an active member of staff whom the caller may see', async () => {
    world.clock.set('2026-08-20T00:00:00Z');
    const staff = async (name: string, status: string) =>
      (
        await database.raw<{ id: Id<'staff'> }>(
          `INSERT INTO staff (id, login_name, name, organisation_id, status, created_at) VALUES (gen_random_uuid(), $1, $1, $2, $3, now()) RETURNING id`,
          [name, world.ningbo, status],
        )
      )[0]?.id as Id<'staff'>;
    const [active, disabled] = [await staff('active', 'ACTIVE'), await staff('disabled', 'DISABLED')];
    const customerId = await world.customer();
    const assign = { customerId, expectedVersion: 1, staffId: active };
    const clerk = world.as(['customer:read', 'customer:write', 'staff:read'], world.hangzhou);
    expect(await world.refused(assignCustomerManager, assign, clerk)).toEqual(['staffId MANAGER_NOT_FOUND']);
    expect(await world.refused(assignCustomerManager, { ...assign, staffId: disabled })).toEqual(['staffId MANAGER_NOT_FOUND']);
    await world.run(assignCustomerManager, { ...assign, from: at('2026-09-01T00:00:00Z') });
    await world.run(assignCustomerManager, { ...assign, expectedVersion: 2, staffId: null, from: at('2026-10-01T00:00:00Z') });
    const manager = async (validAt: string) => (await selectManagers(world.context, [customerId], asOf(validAt)))[0]?.staffId;
    expect([await manager('2026-08-31T00:00:00Z'), await manager('2026-09-30T00:00:00Z'), await manager('2026-10-01T00:00:00Z')]).toEqual([
      undefined,
      active,
      undefined,
    ]);
  });

  it('what is changed is what was given, and each change is on record', async () => {
    const customerId = await world.customer({ name: '王芳', nameEn: 'Wang Fang' });
    await world.run(changeCustomer, { customerId, expectedVersion: 1, nameEn: null, grade: 'GOLD', organisationId: world.ningbo });
    expect(await world.refused(changeCustomer, { customerId, expectedVersion: 1, grade: 'SILVER' })).toEqual([
      'expectedVersion STALE_VERSION',
    ]);
    const [row] = await database.raw('SELECT name, name_en, grade, organisation_id, version FROM customer WHERE id = $1', [customerId]);
    expect(row).toEqual({ name: '王芳', name_en: null, grade: 'GOLD', organisation_id: world.ningbo, version: 2 });
    const [entry] = await database.raw(
      `SELECT organisation_id, before, after FROM audit_entry WHERE subject_id = $1 AND operation = 'changeCustomer'`,
      [customerId],
    );
    expect(entry).toEqual({
      organisation_id: world.ningbo,
      before: { nameEn: 'Wang Fang', grade: 'STANDARD', organisationId: world.hangzhou },
      after: { nameEn: null, grade: 'GOLD', organisationId: world.ningbo },
    });
  });
});

describe('payment relations', () => {
  const CNY = 'CNY' as CurrencyCode;

  it('stand beside the default, change and end in time', async () => {
    world.clock.set('2026-09-01T00:00:00Z');
    const { customerId, accountId } = await world.payer();
    const { accountId: company } = await world.payer({ customer: { kind: 'ENTERPRISE', name: '杭州公司' } });
    const subscriberId = await world.subscriber(customerId, accountId);
    const add = {
      subscriberId,
      expectedVersion: 1,
      accountId: company,
      chargeGroup: 'MONTHLY_FEE',
      cap: { amountMinor: 5_000n, currency: CNY },
      priority: 10,
    };
    const { paymentRelationId } = await world.run(addPaymentRelation, add);
    const order = await selectPaymentRelations(world.context, [subscriberId], asOf('2026-09-01T00:00:00Z'));
    expect(order.map(({ isDefault }) => isDefault)).toEqual([false, true]);
    expect(await world.refused(addPaymentRelation, { ...add, expectedVersion: 2 })).toEqual(['accountId RELATION_EXISTS']);
    expect(await world.refused(addPaymentRelation, { ...add, chargeGroup: null, cap: null })).toEqual(['chargeGroup GROUP_OR_CAP_NEEDED']);
    const changed = await world.run(changePaymentRelation, {
      subscriberId,
      expectedVersion: 2,
      paymentRelationId,
      priority: 20,
      cap: null,
      from: at('2026-10-01T00:00:00Z'),
    });
    const read = async (validAt: string) =>
      (await selectPaymentRelations(world.context, [subscriberId], asOf(validAt)))
        .filter(({ isDefault }) => !isDefault)
        .map(({ priority, capMinor, accountId: payer }) => [payer, priority, capMinor]);
    expect(await read('2026-09-30T00:00:00Z')).toEqual([[company, 10, 5_000n]]);
    expect(await read('2026-10-01T00:00:00Z')).toEqual([[company, 20, null]]);
    const id = changed.paymentRelationId;
    if (id === null) throw new Error('no relation');
    await world.run(endPaymentRelation, { subscriberId, expectedVersion: 3, paymentRelationId: id, at: at('2026-11-01T00:00:00Z') });
    expect([await read('2026-10-31T00:00:00Z'), await read('2026-11-01T00:00:00Z')]).toEqual([[[company, 20, null]], []]);
    const [standard] = (await selectPaymentRelations(world.context, [subscriberId], asOf('2026-09-01T00:00:00Z'))).filter(
      ({ isDefault }) => isDefault,
    );
    if (standard === undefined) throw new Error('no default');
    expect(await world.refused(endPaymentRelation, { subscriberId, expectedVersion: 4, paymentRelationId: standard.id })).toEqual([
      'paymentRelationId DEFAULT_RELATION',
    ]);
  });

  it('have one default at any instant, and one currency', async () => {
    world.clock.set('2026-09-01T00:00:00Z');
    const { customerId, accountId } = await world.payer();
    const [second, dollars] = [await world.account(customerId), await world.account(customerId, { currency: 'USD' })];
    const subscriberId = await world.subscriber(customerId, accountId);
    await world.run(setDefaultPaymentRelation, { subscriberId, expectedVersion: 1, accountId: second, from: at('2026-10-01T00:00:00Z') });
    const defaults = async (validAt: string) =>
      (await selectPaymentRelations(world.context, [subscriberId], asOf(validAt))).map((one) => one.accountId);
    expect([await defaults('2026-09-30T00:00:00Z'), await defaults('2026-10-01T00:00:00Z')]).toEqual([[accountId], [second]]);
    const capped = { subscriberId, expectedVersion: 2, chargeGroup: null, priority: 1 };
    expect(
      await world.refused(addPaymentRelation, { ...capped, accountId: dollars, cap: { amountMinor: 1n, currency: 'USD' as CurrencyCode } }),
    ).toEqual(['accountId CURRENCY_DIFFERS']);
    expect(
      await world.refused(addPaymentRelation, { ...capped, accountId: second, cap: { amountMinor: 1n, currency: 'USD' as CurrencyCode } }),
    ).toEqual(['cap CAP_INVALID']);
    // With nothing beside it, the default itself may change currency; with something beside it, it may not.
    await world.run(setDefaultPaymentRelation, { subscriberId, expectedVersion: 2, accountId: dollars, from: at('2026-12-01T00:00:00Z') });
    await world.run(addPaymentRelation, {
      ...capped,
      expectedVersion: 3,
      accountId: second,
      cap: { amountMinor: 1n, currency: CNY },
      to: at('2026-12-01T00:00:00Z'),
    });
    expect(
      await world.refused(setDefaultPaymentRelation, {
        subscriberId,
        expectedVersion: 4,
        accountId: dollars,
        from: at('2026-11-01T00:00:00Z'),
      }),
    ).toEqual(['accountId CURRENCY_DIFFERS']);
  });
});
