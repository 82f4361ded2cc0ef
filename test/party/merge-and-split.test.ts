import { Temporal } from 'temporal-polyfill';
import { selectAccountParents, selectAccountsOfCustomers, setParentAccount } from '../../src/business/component/account';
import {
  addCustomerContact,
  relateCustomers,
  selectContacts,
  selectDocuments,
  selectManagers,
  selectRelations,
} from '../../src/business/component/customer';
import {
  addPaymentRelation,
  selectPaymentRelations,
  selectSubscriberCustomers,
  selectSubscribersOfCustomers,
  type PaymentRelation,
} from '../../src/business/component/subscriber';
import { terminateSubscriber } from '../../src/business/process/terminate-subscriber';
import { closeAccount } from '../../src/business/process/close-account';
import { closeCustomer } from '../../src/business/process/close-customer';
import { mergeAccounts } from '../../src/business/process/merge-accounts';
import { mergeCustomers } from '../../src/business/process/merge-customers';
import { splitAccount } from '../../src/business/process/split-account';
import type { FactTime } from '../../src/business/context';
import type { Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
const page = { first: 10, after: null };
const now = () => ({ validAt: world.clock.now(), knownAt: null });
const cap = { amountMinor: 100n, currency: 'CNY' as CurrencyCode };

const defaultFirst = (one: PaymentRelation, other: PaymentRelation) => Number(other.isDefault) - Number(one.isDefault);

async function staff(name: string): Promise<string> {
  const [row] = await database.raw<{ id: string }>(
    `INSERT INTO staff (id, login_name, name, organisation_id, created_at) VALUES (gen_random_uuid(), $1, $1, $2, now()) RETURNING id`,
    [name, world.hangzhou],
  );
  return row?.id ?? '';
}

const manage = (customerId: string, staffId: string) =>
  database.raw(
    `INSERT INTO customer_manager (id, customer_id, staff_id, valid, recorded) VALUES (gen_random_uuid(), $1, $2, '[2026-01-01,)', '[2026-01-01,)')`,
    [customerId, staffId],
  );

describe('merging two customers', () => {
  const passport = { kind: 'PASSPORT', number: 'E12345678' } as const;
  const licence = { kind: 'MILITARY_ID', number: '第1号' } as const;
  const phone = { kind: 'MOBILE', value: '13811112222' } as const;
  let survivorId: Id<'customer'>, mergedId: Id<'customer'>, child: Id<'customer'>, parent: Id<'customer'>, friend: Id<'customer'>;
  let ours: string, theirs: string;
  let accountId: Id<'account'>;
  let subscriberId: Id<'subscriber'>, closed: Id<'subscriber'>;
  let before: ReturnType<typeof now>;

  beforeAll(async () => {
    world.clock.set('2026-06-01T00:00:00Z');
    survivorId = await world.customer({ documents: [passport], contacts: [phone] });
    mergedId = await world.customer({ documents: [passport, licence], contacts: [phone, { ...phone, value: '13833334444' }] });
    [child, parent, friend] = [await world.customer(), await world.customer(), await world.customer()];
    await world.run(relateCustomers, { customerId: child, expectedVersion: 1, relatedCustomerId: mergedId, kind: 'PARENT' });
    await world.run(relateCustomers, { customerId: mergedId, expectedVersion: 1, relatedCustomerId: parent, kind: 'PARENT' });
    await world.run(relateCustomers, { customerId: mergedId, expectedVersion: 2, relatedCustomerId: survivorId, kind: 'FAMILY' });
    await world.run(relateCustomers, { customerId: friend, expectedVersion: 1, relatedCustomerId: mergedId, kind: 'AGENT' });
    [ours, theirs] = [await staff('ours'), await staff('theirs')];
    await manage(survivorId, ours);
    await manage(mergedId, theirs);
    accountId = await world.account(mergedId);
    subscriberId = await world.subscriber(mergedId, accountId);
    closed = await world.subscriber(mergedId, accountId);
    await world.run(terminateSubscriber, { subscriberId: closed, expectedVersion: 1 });
    before = now();
    world.clock.set('2026-07-01T00:00:00Z');
    const merge = { survivorId, survivorVersion: 1, mergedId, mergedVersion: 3 };
    expect(await world.refused(mergeCustomers, { ...merge, mergedVersion: 2 })).toEqual(['mergedVersion STALE_VERSION']);
    expect(await world.run(mergeCustomers, merge)).toEqual({ survivorId, mergedId, accounts: 1, subscribers: 2 });
  });

  it('leaves one that can be changed, and one that points to it', async () => {
    const [merged] = await database.raw('SELECT status, merged_into_id FROM customer WHERE id = $1', [mergedId]);
    expect(merged).toEqual({ status: 'MERGED', merged_into_id: survivorId });
    const change = { customerId: mergedId, expectedVersion: 4, contact: phone };
    expect(await world.refused(addCustomerContact, change)).toEqual(['customerId NOT_ACTIVE']);
  });

  it('moves documents, contacts and manager from now on: what both have once, the survivor’s own manager', async () => {
    const kinds = async (id: Id<'customer'>, time = now()) =>
      (await selectDocuments(world.context, [id], time)).map(({ kind }) => kind).sort();
    expect([await kinds(survivorId), await kinds(mergedId)]).toEqual([['MILITARY_ID', 'PASSPORT'], []]);
    expect([await kinds(survivorId, before), await kinds(mergedId, before)]).toEqual([['PASSPORT'], ['MILITARY_ID', 'PASSPORT']]);
    const contacts = (await selectContacts(world.context, [survivorId], now())).map(({ value }) => value);
    expect(contacts.sort()).toEqual(['138****2222', '138****4444']);
    const manager = async (id: Id<'customer'>, time = now()) => (await selectManagers(world.context, [id], time)).map((one) => one.staffId);
    expect([await manager(survivorId), await manager(mergedId), await manager(mergedId, before)]).toEqual([[ours], [], [theirs]]);
  });

  it('moves relations in both directions, and ends the one between the two', async () => {
    const relationsOf = async (key: 'customer_id' | 'related_customer_id', id: Id<'customer'>, time = now()) =>
      (await selectRelations(world.context, [id], time, key))
        .map((one) => [one.customerId, one.kind, one.relatedCustomerId].join(' '))
        .sort();
    expect(await relationsOf('customer_id', survivorId)).toEqual([`${survivorId} PARENT ${parent}`]);
    const inward = [`${child} PARENT ${survivorId}`, `${friend} AGENT ${survivorId}`].sort();
    expect(await relationsOf('related_customer_id', survivorId)).toEqual(inward);
    expect([await relationsOf('related_customer_id', mergedId), await relationsOf('customer_id', mergedId)]).toEqual([[], []]);
    expect(await relationsOf('related_customer_id', mergedId, before)).toHaveLength(2);
  });

  it('moves accounts, and subscribers open and closed; the past is read as it was, and as it was known', async () => {
    const owned = async (time: FactTime) => {
      const pages = await selectSubscribersOfCustomers(world.context, [survivorId, mergedId], 'OWNER', time, page);
      return [survivorId, mergedId].map((id) => pages.get(id)?.rows.map((one) => one.id));
    };
    expect(await owned(before)).toEqual([[], [subscriberId, closed]]);
    expect(await owned(now())).toEqual([[subscriberId, closed], []]);
    expect(await owned({ validAt: world.clock.now(), knownAt: before.validAt })).toEqual([[], [subscriberId, closed]]);
    const accounts = await selectAccountsOfCustomers(world.context, [survivorId], page);
    expect(accounts.get(survivorId)?.rows.map(({ id }) => id)).toEqual([accountId]);
  });

  it('moves the version on of everything that it touched, each with its line in the audit trail', async () => {
    const versions = [await world.versionOf('account', accountId), await world.versionOf('subscriber', subscriberId)];
    expect([...versions, await world.versionOf('customer', child)]).toEqual([2, 2, 3]);
    const trail = await database.raw(
      `SELECT subject_kind, count(*)::integer AS total FROM audit_entry WHERE operation = 'mergeCustomers' GROUP BY 1 ORDER BY 1`,
    );
    expect(trail).toEqual([
      { subject_kind: 'account', total: 1 },
      { subject_kind: 'customer', total: 4 },
      { subject_kind: 'subscriber', total: 2 },
    ]);
  });

  it('is refused for different kinds, for one customer, and where a ring of parents would close', async () => {
    const [a, b, company] = [await world.customer(), await world.customer(), await world.customer({ kind: 'ENTERPRISE', name: '公司' })];
    const middle = await world.customer();
    const merge = { survivorId: a, survivorVersion: 1, mergedId: b, mergedVersion: 1 };
    expect(await world.refused(mergeCustomers, { ...merge, mergedId: company })).toEqual(['mergedId KIND_DIFFERS']);
    expect(await world.refused(mergeCustomers, { ...merge, mergedId: a })).toEqual(['mergedId MERGED_WITH_ITSELF']);
    await world.run(relateCustomers, { customerId: a, expectedVersion: 1, relatedCustomerId: middle, kind: 'PARENT' });
    await world.run(relateCustomers, { customerId: middle, expectedVersion: 1, relatedCustomerId: b, kind: 'PARENT' });
    expect(await world.refused(mergeCustomers, { ...merge, survivorVersion: 2 })).toEqual(['mergedId RELATION_CYCLE']);
    expect((await selectRelations(world.context, [middle], now(), 'customer_id')).map((one) => one.relatedCustomerId)).toEqual([b]);
  });

  it('needs both in the scope in which the caller may merge', async () => {
    const [a, b] = [await world.customer(), await world.customer({ organisationId: world.ningbo })];
    const clerk = world.as(['customer:read', 'customer:write', 'customer:merge'], world.hangzhou);
    const merge = { survivorId: a, survivorVersion: 1, mergedId: b, mergedVersion: 1 };
    expect(await world.refused(mergeCustomers, merge, clerk)).toEqual(['mergedId NOT_FOUND']);
    expect(await world.refused(mergeCustomers, { ...merge, survivorId: b, mergedId: a }, clerk)).toEqual(['survivorId NOT_FOUND']);
  });
});

describe('merging two accounts', () => {
  it('lets the survivor pay and stand above from now on', async () => {
    world.clock.set('2026-08-01T00:00:00Z');
    const { customerId, accountId: survivorId } = await world.payer();
    const [mergedId, child, other] = [await world.account(customerId), await world.account(customerId), await world.account(customerId)];
    const below = { payer: 'PARENT' as const, consolidatedBill: true };
    await world.run(setParentAccount, { accountId: child, expectedVersion: 1, parentAccountId: mergedId, ...below });
    await world.run(setParentAccount, { accountId: survivorId, expectedVersion: 1, parentAccountId: mergedId, ...below });
    const paid = await world.subscriber(customerId, mergedId);
    const capped = await world.subscriber(customerId, survivorId);
    await world.run(addPaymentRelation, { subscriberId: capped, expectedVersion: 1, accountId: mergedId, cap, priority: 1 });
    const untouched = await world.subscriber(customerId, other);
    const before = now();
    world.clock.set('2026-08-02T00:00:00Z');
    expect(await world.run(mergeAccounts, { survivorId, survivorVersion: 2, mergedId, mergedVersion: 1 })).toEqual({
      survivorId,
      mergedId,
      subscribers: 2,
    });

    const payers = async (time = now()) =>
      Object.fromEntries(
        await Promise.all(
          [paid, capped, untouched].map(async (id) => [
            id,
            (await selectPaymentRelations(world.context, [id], time)).sort(defaultFirst).map((one) => [one.accountId, one.capMinor]),
          ]),
        ),
      ) as Record<string, unknown>;
    expect(await payers(before)).toEqual({
      [paid]: [[mergedId, null]],
      [capped]: [
        [survivorId, null],
        [mergedId, 100n],
      ],
      [untouched]: [[other, null]],
    });
    expect(await payers()).toEqual({
      [paid]: [[survivorId, null]],
      [capped]: [
        [survivorId, null],
        [survivorId, 100n],
      ],
      [untouched]: [[other, null]],
    });
    expect(
      (await selectAccountParents(world.context, [child, survivorId, mergedId], now())).map((one) => [one.accountId, one.parentAccountId]),
    ).toEqual([[child, survivorId]]);
    expect((await selectAccountParents(world.context, [child, survivorId], before)).map((one) => one.parentAccountId)).toEqual([
      mergedId,
      mergedId,
    ]);
    const [merged] = await database.raw('SELECT status, merged_into_id FROM account WHERE id = $1', [mergedId]);
    expect(merged).toEqual({ status: 'MERGED', merged_into_id: survivorId });
    expect(await world.versionOf('subscriber', untouched)).toBe(1);
  });

  it('is refused across customers, currencies and rating types, all said at once', async () => {
    const { accountId: survivorId } = await world.payer();
    const { accountId: mergedId } = await world.payer({ account: { currency: 'USD', ratingType: 'PREPAID' } });
    expect(await world.refused(mergeAccounts, { survivorId, survivorVersion: 1, mergedId, mergedVersion: 1 })).toEqual([
      'mergedId CUSTOMER_DIFFERS',
      'mergedId CURRENCY_DIFFERS',
      'mergedId RATING_TYPE_DIFFERS',
    ]);
  });
});

describe('splitting an account', () => {
  it('gives a new account like it the subscribers named, from now on', async () => {
    world.clock.set('2026-08-01T00:00:00Z');
    const { customerId, accountId } = await world.payer({ account: { billingDay: 17, paymentMethod: 'CARD' } });
    const [stays, goes] = [await world.subscriber(customerId, accountId), await world.subscriber(customerId, accountId)];
    const before = now();
    world.clock.set('2026-08-02T00:00:00Z');
    const { newAccountId } = await world.run(splitAccount, { accountId, expectedVersion: 1, name: '分账户', subscriberIds: [goes, goes] });
    const payer = async (time = now()) =>
      Promise.all([stays, goes].map(async (id) => (await selectPaymentRelations(world.context, [id], time))[0]?.accountId));
    expect([await payer(before), await payer()]).toEqual([
      [accountId, accountId],
      [accountId, newAccountId],
    ]);
    const [row] = await database.raw(
      `SELECT a.customer_id, a.currency, a.rating_type, a.payment_method, a.name, d.day
       FROM account a JOIN account_billing_day d ON d.account_id = a.id WHERE a.id = $1`,
      [newAccountId],
    );
    expect(row).toEqual({
      customer_id: customerId,
      currency: 'CNY',
      rating_type: 'POSTPAID',
      payment_method: 'CARD',
      name: '分账户',
      day: 17,
    });
  });

  it('is refused, and leaves no account behind, when one of them is not paid by it or not in scope', async () => {
    const { customerId, accountId } = await world.payer();
    const { customerId: another, accountId: elsewhere } = await world.payer();
    const [own, foreign] = [await world.subscriber(customerId, accountId), await world.subscriber(another, elsewhere)];
    const broadband = await world.subscriber(customerId, accountId, { serviceType: 'BROADBAND', identifier: 'hz88880001' });
    const split = { accountId, expectedVersion: 1, name: '分账户' };
    expect(await world.refused(splitAccount, { ...split, subscriberIds: [own, foreign] })).toEqual(['subscriberIds.1 NOT_PAID_THROUGH']);
    expect(await world.refused(splitAccount, { ...split, subscriberIds: [] })).toEqual(['subscriberIds BLANK']);
    const mobileClerk = world.as(['account:write', 'subscriber:write'], world.root, ['MOBILE']);
    expect(await world.refused(splitAccount, { ...split, subscriberIds: [own, broadband] }, mobileClerk)).toEqual([
      'subscriberIds.1 NOT_PAID_THROUGH',
    ]);
    const [row] = await database.raw(`SELECT count(*)::integer AS total FROM account WHERE customer_id = $1`, [customerId]);
    expect(row).toEqual({ total: 1 });
  });
});

describe('closing', () => {
  it('an account waits until it pays for nobody, now or later, and has nobody below it', async () => {
    world.clock.set('2026-09-01T00:00:00Z');
    const { customerId, accountId } = await world.payer();
    const payer = await world.account(customerId);
    const subscriberId = await world.subscriber(customerId, payer);
    await world.run(addPaymentRelation, {
      subscriberId,
      expectedVersion: 1,
      accountId,
      cap,
      priority: 1,
      from: Temporal.Instant.from('2026-10-01T00:00:00Z'),
    });
    expect(await world.refused(closeAccount, { accountId, expectedVersion: 1 })).toEqual(['accountId STILL_PAYING']);
    expect(await world.refused(closeAccount, { accountId: payer, expectedVersion: 1 })).toEqual(['accountId STILL_PAYING']);
    await world.run(terminateSubscriber, { subscriberId, expectedVersion: 2 });
    await world.run(setParentAccount, {
      accountId: payer,
      expectedVersion: 1,
      parentAccountId: accountId,
      payer: 'SELF',
      consolidatedBill: false,
    });
    expect(await world.refused(closeAccount, { accountId, expectedVersion: 1 })).toEqual(['accountId STILL_PARENT']);
    await world.run(closeAccount, { accountId: payer, expectedVersion: 2 });
    await world.run(closeAccount, { accountId, expectedVersion: 1 });
    await world.run(closeCustomer, { customerId, expectedVersion: 1 });
    expect(
      await database.raw('SELECT status FROM customer WHERE id = $1 UNION ALL SELECT status FROM account WHERE id = ANY ($2)', [
        customerId,
        [accountId, payer],
      ]),
    ).toEqual([{ status: 'CLOSED' }, { status: 'CLOSED' }, { status: 'CLOSED' }]);
  });

  it('a customer waits for what it only uses or pays for, even where the caller cannot see it', async () => {
    const { customerId: owner, accountId } = await world.payer({
      customer: { organisationId: world.ningbo },
      account: { organisationId: world.ningbo },
    });
    const userId = await world.customer();
    const subscriberId = await world.subscriber(owner, accountId, { organisationId: world.ningbo, userId });
    const clerk = world.as(['customer:read', 'customer:write'], world.hangzhou);
    expect(await world.refused(closeCustomer, { customerId: userId, expectedVersion: 1 }, clerk)).toEqual(['customerId STILL_IN_USE']);
    expect((await selectSubscriberCustomers(world.context, [subscriberId], now())).map(({ role }) => role).sort()).toEqual([
      'OWNER',
      'PAYER',
      'USER',
    ]);
  });
});
