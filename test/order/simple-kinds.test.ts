import { encodeId } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { newNumber } from '../support/party-world';
import { acc, cus, sub, useOrderWorld } from './order-world';

/* Each kind that needs no catalogue, from its quotation to its effect on the parties as of the instant, and what it refuses. */

const database = useDatabase();
const world = useOrderWorld(database);

const SUBSCRIBER = `query ($id: ID!) { subscriber(id: $id) {
  accessNumber status stopReasons attributes organisation { code }
  identifiers { kind value } customers { role customer { id } } paymentRelations { isDefault chargeGroup priority account { id } cap { amount } } } }`;
interface Seen {
  readonly subscriber: {
    readonly accessNumber: string | null;
    readonly status: string;
    readonly stopReasons: readonly string[];
    readonly attributes: object;
    readonly organisation: { readonly code: string };
    readonly identifiers: readonly { readonly kind: string; readonly value: string }[];
    readonly customers: readonly { readonly role: string; readonly customer: { readonly id: string } | null }[];
    readonly paymentRelations: readonly { readonly isDefault: boolean; readonly account: { readonly id: string } | null }[];
  };
}
const see = async (id: string) => (await world.read<Seen>(SUBSCRIBER, { id })).subscriber;

test('a subscriber is stopped and put back at the customer’s request, each by an order of its own', async () => {
  const { customerId, subscriberId } = await world.household();
  const item = { subscriberId: sub(subscriberId), reason: 'CUSTOMER_REQUEST' };
  const stop = await world.order(customerId, [{ suspend: item }]);
  expect(stop).toMatchObject({ state: 'completed', orderNo: expect.stringMatching(/^4\d{9}$/) as string, version: 1 });
  expect(await see(sub(subscriberId))).toMatchObject({ status: 'suspended', stopReasons: ['CUSTOMER_REQUEST'] });
  expect(await world.refusalsOf(customerId, [{ suspend: item }])).toEqual(['items.0.suspend.reason ALREADY_STOPPED']);
  expect((await world.order(customerId, [{ resume: item }])).state).toBe('completed');
  expect(await see(sub(subscriberId))).toMatchObject({ status: 'active', stopReasons: [] });
  expect(await world.refusalsOf(customerId, [{ resume: item }])).toEqual(['items.0.resume.subscriberId STATUS_REFUSES']);
  expect(await world.refusalsOf(customerId, [{ suspend: { ...item, reason: 'ARREARS_TWO_WAY' } }])).toEqual([
    'items.0.suspend.reason ITEM_INVALID',
  ]);
  expect(await world.historyOf(stop.id)).toEqual([
    'order →acknowledged SUBMITTED',
    '1 →acknowledged SUBMITTED',
    'order acknowledged→inProgress STARTED',
    '1 acknowledged→inProgress STARTED',
    '1 inProgress→completed DONE',
    'order inProgress→completed DONE',
  ]);
});

test('a number is changed from the instant of the order; the old one is free, a taken one is refused', async () => {
  const { customerId, subscriberId } = await world.household();
  const other = await world.household();
  const [taken, old, fresh] = [(await see(sub(other.subscriberId))).accessNumber, (await see(sub(subscriberId))).accessNumber, newNumber()];
  const change = (identifier: string | null) => [{ changeNumber: { subscriberId: sub(subscriberId), identifier } }];
  expect(await world.refusalsOf(customerId, change(taken))).toEqual(['items.0.changeNumber.identifier NUMBER_TAKEN']);
  expect(await world.refusalsOf(customerId, change(old))).toEqual(['items.0.changeNumber.identifier UNCHANGED']);
  expect(await world.refusalsOf(customerId, change('12'))).toEqual(['items.0.changeNumber.identifier IDENTIFIER_INVALID']);
  const before = world.clock.now();
  world.clock.advance({ hours: 1 });
  expect((await world.order(customerId, change(fresh))).state).toBe('completed');
  expect((await see(sub(subscriberId))).accessNumber).toBe(fresh);
  const asOf = 'query ($number: String!, $at: DateTime) { subscriberByNumber(number: $number, validAt: $at) { id } }';
  expect(await world.read(asOf, { number: old, at: before.toString() })).toEqual({ subscriberByNumber: { id: sub(subscriberId) } });
  expect(await world.read(asOf, { number: old })).toEqual({ subscriberByNumber: null });
  expect((await world.order(other.customerId, [{ changeNumber: { subscriberId: sub(other.subscriberId), identifier: old } }])).state).toBe(
    'completed',
  );
});

test('a SIM card is replaced while the subscriber is stopped for its loss', async () => {
  const { customerId, subscriberId } = await world.household();
  await world.order(customerId, [{ suspend: { subscriberId: sub(subscriberId), reason: 'LOSS' } }]);
  const replace = (sim: string) => [{ replaceSim: { subscriberId: sub(subscriberId), sim } }];
  expect(await world.refusalsOf(customerId, replace('123'))).toEqual(['items.0.replaceSim.sim SIM_INVALID']);
  const both = [...replace('8986 0012 3456 7890 1234'), { resume: { subscriberId: sub(subscriberId), reason: 'LOSS' } }];
  expect((await world.order(customerId, both)).state).toBe('completed');
  expect(await see(sub(subscriberId))).toMatchObject({ status: 'active', stopReasons: [] });
  expect((await see(sub(subscriberId))).identifiers).toContainEqual({ kind: 'SIM', value: '89860012345678901234' });
});

test('another account pays by default, and a third one for a part', async () => {
  const { customerId, accountId, subscriberId } = await world.household();
  const employer = await world.payer();
  const pays = (more: object) => [{ changePayment: { subscriberId: sub(subscriberId), ...more } }];
  expect(await world.refusalsOf(customerId, pays({ accountId: acc(accountId) }))).toEqual(['items.0.changePayment.accountId UNCHANGED']);
  const dollars = { accountId: acc(employer.accountId), cap: { amount: '50.00', currency: 'USD' } };
  expect(await world.refusalsOf(customerId, pays(dollars))).toEqual(['items.0.changePayment.cap CAP_INVALID']);
  await world.order(
    customerId,
    pays({ accountId: acc(employer.accountId), chargeGroup: 'VOICE', cap: { amount: '50.00', currency: 'CNY' }, priority: 7 }),
  );
  const second = await world.account(customerId);
  await world.order(customerId, pays({ accountId: acc(second) }));
  expect((await see(sub(subscriberId))).paymentRelations).toEqual([
    { isDefault: false, chargeGroup: 'VOICE', priority: 7, account: { id: acc(employer.accountId) }, cap: { amount: '50.00' } },
    { isDefault: true, chargeGroup: null, priority: 999, account: { id: acc(second) }, cap: null },
  ]);
});

test('a transfer gives the subscriber to another customer and his account, after three months and without arrears', async () => {
  const { customerId, subscriberId } = await world.household();
  const heir = await world.payer();
  const transfer = { subscriberId: sub(subscriberId), customerId: cus(heir.customerId), accountId: acc(heir.accountId) };
  expect(await world.refusalsOf(heir.customerId, [{ transfer }])).toEqual([
    'items.0.transfer.subscriberId NOT_THEIRS',
    'items.0.transfer.customerId UNCHANGED',
  ]);
  const another = await world.household();
  expect(await world.refusalsOf(customerId, [{ transfer: { ...transfer, accountId: acc(another.accountId) } }])).toEqual([
    'items.0.transfer.accountId ACCOUNT_NOT_THEIRS',
  ]);
  const young = await world.payer();
  const youngId = await world.subscriber(young.customerId, young.accountId);
  const early = { transfer: { ...transfer, subscriberId: sub(youngId) } };
  expect(await world.refusalsOf(young.customerId, [early])).toEqual(['items.0.transfer.subscriberId MONTHS_IN_NET']);
  const { errors } = await world.quote(young.customerId, [early], { language: 'zh' });
  expect(errors[0]?.message).toBe('在网须满 3 个月');
  expect((await world.order(customerId, [{ transfer }])).state).toBe('completed');
  const { customers, paymentRelations } = await see(sub(subscriberId));
  expect(customers.map(({ role, customer }) => [role, customer?.id]).sort()).toEqual(
    ['OWNER', 'PAYER', 'USER'].map((role) => [role, cus(heir.customerId)]),
  );
  expect(paymentRelations).toMatchObject([{ isDefault: true, account: { id: acc(heir.accountId) } }]);
});

test('a stop reason that a rule does not allow stands in the way, and arrears by their own name', async () => {
  const { customerId, subscriberId } = await world.household();
  const heir = await world.payer();
  const transfer = { subscriberId: sub(subscriberId), customerId: cus(heir.customerId), accountId: acc(heir.accountId) };
  await world.order(customerId, [{ suspend: { subscriberId: sub(subscriberId), reason: 'LOSS' } }]);
  await database.raw('UPDATE subscriber SET stop_reasons = 2 | 8 WHERE id = $1', [subscriberId]);
  const { errors } = await world.quote(customerId, [{ transfer }]);
  expect(errors).toEqual([
    {
      code: 'STOP_REASON_REFUSES',
      field: ['items', '0', 'transfer', 'subscriberId'],
      message: 'The subscriber is stopped (reported lost): this cannot be done.',
    },
    { code: 'IN_ARREARS', field: ['items', '0', 'transfer', 'subscriberId'], message: 'There are arrears: they must be paid first.' },
  ]);
  const inChinese = await world.quote(customerId, [{ transfer }], { language: 'zh' });
  expect(inChinese.errors.map(({ message }) => message)).toEqual(['用户已停机（挂失），不能办理', '尚有欠费，请先缴清']);
});

test('a line is moved to another address, and to the node that it lies in', async () => {
  const { customerId, accountId } = await world.payer();
  const line = await world.subscriber(customerId, accountId, {
    serviceType: 'BROADBAND',
    identifier: 'hz-line-77',
    attributes: { speed: '100M' },
  });
  const relocate = { subscriberId: sub(line), address: ' 余杭区文一西路 1 号 ' };
  expect((await world.order(customerId, [{ relocate }])).state).toBe('completed');
  expect(await see(sub(line))).toMatchObject({
    attributes: { speed: '100M', address: '余杭区文一西路 1 号' },
    organisation: { code: 'HZ' },
  });
  expect(await world.refusalsOf(customerId, [{ relocate }])).toEqual(['items.0.relocate.address ADDRESS_UNCHANGED']);
  const away = { ...relocate, address: '江北区', organisationId: encodeId('organisation', world.ningbo) };
  expect(await world.refusalsOf(customerId, [{ relocate: away }])).toEqual(['items.0.relocate.organisationId ORGANISATION_NOT_FOUND']);
  const everywhere = world.clerkAt(world.root);
  expect((await world.order(customerId, [{ relocate: away }], { by: everywhere })).state).toBe('completed');
  expect((await world.read<Seen>(SUBSCRIBER, { id: sub(line) }, everywhere)).subscriber.organisation).toEqual({ code: 'NB' });
});

test('an account is turned from postpaid into prepaid, and gets another billing day', async () => {
  const { customerId, accountId } = await world.household();
  const other = await world.payer();
  const items = [
    { changeRatingType: { accountId: acc(accountId), ratingType: 'PREPAID' } },
    { changeBillingDay: { accountId: acc(accountId), day: 21 } },
  ];
  expect((await world.order(customerId, items)).state).toBe('completed');
  const ask = 'query ($id: ID!) { account(id: $id) { ratingType billingDay { day } version } }';
  expect(await world.read(ask, { id: acc(accountId) })).toEqual({
    account: { ratingType: 'PREPAID', billingDay: { day: 21 }, version: 3 },
  });
  expect(await world.refusalsOf(customerId, items)).toEqual([
    'items.0.changeRatingType.ratingType RATING_TYPE_UNCHANGED',
    'items.1.changeBillingDay.day UNCHANGED',
  ]);
  const theirs = [
    { changeRatingType: { accountId: acc(other.accountId), ratingType: 'PREPAID' } },
    { changeBillingDay: { accountId: acc(other.accountId), day: 32 } },
  ];
  expect(await world.refusalsOf(customerId, theirs)).toEqual([
    'items.0.changeRatingType.accountId ACCOUNT_NOT_THEIRS',
    'items.1.changeBillingDay.day BILLING_DAY_INVALID',
    'items.1.changeBillingDay.accountId ACCOUNT_NOT_THEIRS',
  ]);
});

test('a subscriber is closed; then nothing more is done for it', async () => {
  const { customerId, subscriberId } = await world.household();
  const terminate = [{ terminate: { subscriberId: sub(subscriberId) } }];
  expect((await world.order(customerId, terminate)).state).toBe('completed');
  expect(await see(sub(subscriberId))).toMatchObject({ status: 'terminated', identifiers: [], paymentRelations: [] });
  expect(await world.refusalsOf(customerId, terminate)).toEqual(['items.0.terminate.subscriberId NOT_ACTIVE']);
});
