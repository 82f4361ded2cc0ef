import { auditLedger } from '../../src/business/component/ledger';
import { encodeId, type Id } from '../../src/kernel/id';
import { PERMISSION_CODES } from '../../src/business/component/staff';
import { useDatabase } from '../support/database';
import { scopeAt } from '../support/graph';
import { acc, sub, type OrderRow } from './order-world';
import { monthly, setup, useDiscountWorld } from './discount-world';

/* Discounts that orders grant: what they take off, to the fen, who has them from then on, and what they take from budgets. */

const database = useDatabase();
const world = useDiscountWorld(database);
let tenth: Id<'discount'>;

const percent = (basisPoints: number) => ({ effect: { kind: 'PERCENTAGE', basisPoints } });
const later = () => ({ requestedStartAt: world.clock.now().add({ hours: 3 }).toString() });

beforeAll(async () => {
  await world.sell('PLAN', [monthly('31.00'), setup('53.00')]);
  await world.sell('PLAN-FREE', [monthly('31.00')]);
  await world.sell('PLAN-NEXT', [monthly('60.00')]);
  await world.sell('ADDED-PLAN', [monthly('40.00')]);
  await world.sell('ADDED', [monthly('20.00')], 'ADD_ON');
  await world.sell('PLAN-CARD', [monthly('31.00'), setup('53.00', { chargeCode: 'CARD_FEE' })]);
  await world.sell('PLAN-NET', [monthly('31.00'), setup('50.01', { taxIncluded: false })]);
  ({ discountId: tenth } = await world.offer('FIFTH', {
    ...percent(2_000), appliesTo: { oneTime: true }, lasts: { periods: 12 }, exclusionGroup: 'WELCOME',
  }, { limit: 100_000n })); // prettier-ignore
  await world.offer('WAIVE', { effect: { kind: 'WAIVER' }, appliesTo: { chargeCodes: ['SETUP_FEE'] }, lasts: { periods: 3 } });
  await world.offer('LESS', { effect: { kind: 'AMOUNT', amount: '10.00' }, exclusionGroup: 'WELCOME' });
  await world.offer('OF-ACCOUNT', { ...percent(5_000), level: 'ACCOUNT', exclusionGroup: 'WELCOME' });
  await world.offer('BUNDLED', { ...percent(100), level: 'BUNDLE' });
  await world.offer('SPEND', {
    effect: { kind: 'THRESHOLD', spend: '50.00', reduction: { kind: 'AMOUNT', amount: '5.00' } }, level: 'BILL',
  }); // prettier-ignore
  await world.offer(
    'DATA',
    { effect: { kind: 'FREE_UNITS', usageKinds: ['DATA'], unit: 'BYTE', units: '1000' }, lasts: { periods: 6 } },
    { serviceType: 'MOBILE' },
  );
  await world.offer('AHEAD', {
    effect: { kind: 'DEPOSIT_RETURN', deposit: '100.00', returns: { months: 3, total: '110.00', book: 'RETURN' } },
  }, { limit: 2_500n }); // prettier-ignore
  await world.offer('GOLD', { ...percent(100), eligibility: { grades: ['GOLD'] } });
  await world.offer('WITH-PLAN', { ...percent(100), eligibility: { holdsAnyOf: ['PLAN'] } });
  await world.offer('NINGBO', percent(100), { organisationId: world.ningbo });
  await world.offer('OTHER-LINE', percent(100), { serviceType: 'BROADBAND' });
});

test('a percentage is taken off once and off the first period, taxed after it, charged with it, and held for its periods', async () => {
  const { customerId, accountId } = await world.payer();
  const items = [world.opening(accountId, { discounts: ['FIFTH'] })];
  const { quotationId, due } = await world.quote(customerId, items, { accountId: acc(accountId) });
  expect(due).toBe('42.40');
  const reduced = { kind: 'DISCOUNT', name: 'Discount FIFTH', itemNo: 1 };
  // 31.00 × 27/31 and 53.00 are 80.00: a fifth is 16.00, of which 5.40 and 10.60. 42.40 have 2.40 of 6 % in them.
  expect(await world.linesOf(quotationId)).toEqual([
    expect.objectContaining({ kind: 'RECURRING', amount: { amount: '27.00' }, reduces: null }),
    {
      ...reduced, chargeCode: 'MONTHLY_FEE', amount: { amount: '-5.40' }, tax: { amount: '0.00' }, dueNow: false, reduces: 1,
      explanation: '80.00 × 20% = 16.00; of it on this 5.40',
    },
    expect.objectContaining({ kind: 'ONE_TIME', amount: { amount: '53.00' }, tax: { amount: '3.00' } }),
    {
      ...reduced, chargeCode: 'SETUP_FEE', amount: { amount: '-10.60' }, tax: { amount: '-0.60' }, dueNow: true, reduces: 3,
      explanation: '80.00 × 20% = 16.00; of it on this 10.60',
    },
  ]); // prettier-ignore
  const { order } = await world.mutate('submitOrder', { quotationId });
  // 10.60 at once, and twelve times 5.40.
  expect(await world.usedOf(tenth)).toBe(7_540n);
  const paid = await world.pay(order as OrderRow, '42.40');
  expect(paid).toMatchObject({ errors: [], order: { state: 'completed' } });
  expect(await world.booksOf(accountId)).toEqual({ 1001: 4240, 6001: -5000, 600199: 1000, 2221: -240 });
  expect(await auditLedger({ sql: database.core.reader() })).toEqual([]);
  const subscriber = await world.subscriberOf(order as OrderRow);
  expect(await world.discountsOf(subscriber)).toEqual([
    {
      id: expect.stringMatching(/^dsg_/) as string, periods: 12, itemNo: 1, discount: { code: 'FIFTH' }, discountVersion: { number: 1 },
      order: { orderNo: order?.orderNo }, reserved: { amount: '75.40' }, returns: [],
      // Twelve billing periods from the first of January: midnight in Shanghai.
      validity: { from: '2026-01-05T01:00:00.000Z', to: '2026-12-31T16:00:00.000Z' },
    },
  ]); // prettier-ignore
  expect(await world.discountsOf(subscriber, 'subscriber', '2026-12-31T15:59:59Z')).toHaveLength(1);
  expect(await world.discountsOf(subscriber, 'subscriber', '2026-12-31T16:00:00Z')).toEqual([]);
});

test('what is waived whole is charged and taken off in the books, though nobody pays', async () => {
  const { customerId, accountId } = await world.payer();
  const items = [world.opening(accountId, { discounts: ['WAIVE'] })];
  expect(await world.refusalsOf(customerId, items)).toEqual(['accountId ACCOUNT_NEEDED']);
  const order = await world.order(customerId, items, { accountId: acc(accountId) });
  expect(order.state).toBe('completed');
  expect(await world.booksOf(accountId)).toEqual({ 6001: -5000, 600199: 5000 });
});

test('prices without tax are reduced before it is added; of one group across levels the larger reduction counts', async () => {
  const { customerId, accountId } = await world.payer();
  const net = [world.opening(accountId, { plan: { code: 'PLAN-NET' }, discounts: ['FIFTH', 'OF-ACCOUNT'] })];
  const { quotationId, due } = await world.quote(customerId, net, { accountId: acc(accountId) });
  // Of one group across levels the larger wins where its first stands: a fifth of 77.01 (15.40) against half of 27.00 (13.50).
  expect(await world.shortOf(quotationId)).toEqual([
    'RECURRING 27.00', 'DISCOUNT -5.40 off 1', 'ONE_TIME 50.01 now', 'DISCOUNT -10.00 now off 3', 'DISCOUNT 0.00', 'TAX 2.40 now',
  ]); // prettier-ignore
  expect(due).toBe('42.41');
  expect((await world.linesOf(quotationId))[4]?.explanation).toBe('“Discount FIFTH” of its group takes off more.');
  const order = await world.order(customerId, net, { accountId: acc(accountId) });
  await world.pay(order, '42.41');
  expect(await world.booksOf(accountId)).toEqual({ 1001: 4241, 6001: -5001, 600199: 1000, 2221: -240 });
  expect((await world.discountsOf(acc(accountId), 'account')).map(({ discount }) => discount?.code)).toEqual(['OF-ACCOUNT']);
});

test('what takes nothing says why, and what is paid ahead is a deposit that comes back', async () => {
  const { customerId, accountId } = await world.payer();
  const items = [world.opening(accountId, { plan: { code: 'PLAN-CARD' }, discounts: ['WAIVE', 'SPEND', 'DATA', 'AHEAD', 'LESS'] })];
  const { quotationId, due } = await world.quote(customerId, items, { accountId: acc(accountId) });
  expect(due).toBe('153.00');
  expect((await world.linesOf(quotationId)).map(({ kind, amount, explanation }) => `${kind} ${amount.amount} ${explanation}`)).toEqual([
    'RECURRING 27.00 2026-01-05 to 2026-01-31: 31.00 × 27/31 days = 27.00',
    'DISCOUNT -8.71 10.00 × 27/31 days = 8.71, of 27.00',
    'ONE_TIME 53.00 53.00 × 1',
    'DEPOSIT 100.00 Comes back in 3 parts of 36.67/36.66, 2026-02-05 to 2026-04-05: 110.00 in all.',
    'DISCOUNT 0.00 Nothing in this order falls under it.',
    'DISCOUNT 0.00 1000 bytes for nothing each period, for 6 periods',
    'DISCOUNT 0.00 50.00 are not reached.',
  ]);
  const { order } = await world.mutate('submitOrder', { quotationId });
  expect(await world.pay(order as OrderRow, '153.00')).toMatchObject({ order: { state: 'completed' } });
  expect(await world.booksOf(accountId)).toMatchObject({ 2241: -10000 });
  const held = await world.discountsOf(await world.subscriberOf(order as OrderRow));
  const ahead = held.find(({ discount }) => discount?.code === 'AHEAD');
  // The gift of 10.00 is what is given away.
  expect(ahead).toMatchObject({
    reserved: { amount: '10.00' },
    returns: [
      { on: '2026-02-05', amount: { amount: '36.67' } },
      { on: '2026-03-05', amount: { amount: '36.67' } },
      { on: '2026-04-05', amount: { amount: '36.66' } },
    ],
  });
  const ended = await world.refusalsOf(customerId, [{ endDiscount: { grantedDiscountId: ahead?.id } }]);
  expect(ended).toEqual(['items.0.endDiscount.grantedDiscountId GRANT_PAID_AHEAD']);
});

describe('a discount is refused', () => {
  const refusal = async (discounts: readonly string[], language: 'zh' | 'en' = 'en') => {
    const { customerId, accountId } = await world.payer();
    const items = [world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts })];
    const { errors } = await world.quote(customerId, items, { accountId: acc(accountId), language });
    return errors.map(({ code, field, message }) => `${(field ?? []).join('.')} ${code} ${message}`);
  };
  const field = 'items.0.open.discounts';

  it.each([
    ['that is not granted there', ['NINGBO'], `${field}.0 DISCOUNT_NOT_GRANTED Discount NINGBO is not granted there now.`],
    [
      'that is of a bundle',
      ['BUNDLED'],
      `${field}.0 DISCOUNT_LEVEL_WRONG Discount BUNDLED is of the level BUNDLE: it cannot be had there.`,
    ],
    ['of another line', ['OTHER-LINE'], `${field}.0 DISCOUNT_OF_ANOTHER_LINE Discount OTHER-LINE is of another line of business.`],
    ['to whom it is not for', ['GOLD'], `${field}.0 DISCOUNT_NOT_ELIGIBLE Discount GOLD cannot be had: the customer’s grade.`],
    [
      'without the product',
      ['WITH-PLAN'],
      `${field}.0 DISCOUNT_NOT_ELIGIBLE Discount WITH-PLAN cannot be had: a product that is needed is not held.`,
    ],
    ['asked for twice', ['FIFTH', 'FIFTH'], `${field}.1 DISCOUNT_HELD Discount FIFTH is held already, or asked for twice.`],
    [
      'beside its group',
      ['FIFTH', 'LESS'],
      `${field}.1 DISCOUNT_EXCLUDED Discount LESS cannot be had beside another of its exclusion group.`,
    ],
  ])('%s', async (_what, discounts, expected) => {
    expect(await refusal(discounts)).toEqual([expected]);
  });

  it('in Chinese too', async () => {
    expect(await refusal(['GOLD'], 'zh')).toEqual([`${field}.0 DISCOUNT_NOT_ELIGIBLE 不符合优惠 GOLD 的办理资格（客户等级）`]);
  });

  it('where the account is another customer’s', async () => {
    const [one, other] = [await world.payer(), await world.payer()];
    const items = [world.opening(other.accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['SPEND'] })];
    expect(await world.refusalsOf(one.customerId, items)).toEqual([`${field}.0 ACCOUNT_NOT_THEIRS`]);
  });
});

test('it is granted to who is there, and ended, by orders; closing and handing over end it too', async () => {
  const { customerId, accountId, subscriberId } = await world.household();
  const grant = (more: object) => [{ grantDiscount: { discount: 'LESS', ...more } }];
  expect(await world.refusalsOf(customerId, grant({}))).toEqual(['items.0.grantDiscount.subscriberId DISCOUNT_HOLDER_NEEDED']);
  const ofAccount = { accountId: acc(accountId) };
  expect(await world.refusalsOf(customerId, grant(ofAccount))).toEqual(['items.0.grantDiscount.discount DISCOUNT_LEVEL_WRONG']);
  const granted = await world.order(customerId, grant({ subscriberId: sub(subscriberId) }));
  expect(granted.state).toBe('completed');
  expect(await world.refusalsOf(customerId, grant({ subscriberId: sub(subscriberId) }))).toEqual([
    'items.0.grantDiscount.discount DISCOUNT_HELD',
  ]);
  await world.order(customerId, grant({ ...ofAccount, discount: 'OF-ACCOUNT' }));
  const [own] = await world.discountsOf(subscriberId);
  const [shared] = await world.discountsOf(acc(accountId), 'account');
  expect([own?.discount?.code, shared?.discount?.code]).toEqual(['LESS', 'OF-ACCOUNT']);
  const node = 'query ($id: ID!) { node(id: $id) { __typename ... on GrantedDiscount { account { id } } } }';
  expect(await world.read(node, { id: shared?.id })).toEqual({
    node: { __typename: 'GrantedDiscount', account: ofAccount && { id: acc(accountId) } },
  });
  expect(await world.read(node, { id: shared?.id }, world.clerkAt(world.ningbo))).toEqual({ node: null });
  const before = world.clock.now();
  world.clock.advance({ minutes: 1 });
  const end = [{ endDiscount: { grantedDiscountId: shared?.id } }];
  const stranger = await world.payer();
  expect(await world.refusalsOf(stranger.customerId, end)).toEqual(['items.0.endDiscount.grantedDiscountId ACCOUNT_NOT_THEIRS']);
  expect(
    await world.refusalsOf(customerId, [{ endDiscount: { grantedDiscountId: encodeId('grantedDiscount', subscriberId as never) } }]),
  ).toEqual(['items.0.endDiscount.grantedDiscountId GRANT_NOT_FOUND']);
  await world.order(customerId, end);
  expect(await world.discountsOf(acc(accountId), 'account')).toEqual([]);
  expect(await world.discountsOf(acc(accountId), 'account', before.toString())).toHaveLength(1);
  expect(await world.refusalsOf(customerId, end)).toEqual(['items.0.endDiscount.grantedDiscountId GRANT_ENDED']);
  const heir = await world.payer();
  const handed = { subscriberId: sub(subscriberId), customerId: encodeId('customer', heir.customerId), accountId: acc(heir.accountId) };
  await world.order(customerId, [{ transfer: handed }]);
  expect(await world.discountsOf(subscriberId)).toEqual([]);
  await world.order(heir.customerId, grant({ subscriberId: sub(subscriberId) }));
  world.clock.advance({ minutes: 1 });
  await world.order(heir.customerId, [{ terminate: { subscriberId: sub(subscriberId) } }]);
  expect(await world.discountsOf(subscriberId)).toEqual([]);
  expect(await auditLedger({ sql: database.core.reader() })).toEqual([]);
});

test('with an add-on and another plan it begins when they do', async () => {
  const { customerId, accountId } = await world.payer();
  const opened = await world.order(customerId, [world.opening(accountId, { plan: { code: 'PLAN-FREE' } })]);
  const subscriberId = await world.subscriberOf(opened);
  const added = await world.quote(customerId, [{ addProduct: { subscriberId, product: { code: 'ADDED' }, discounts: ['LESS'] } }]);
  // 20.00 × 27/31 are 17.42.
  expect(await world.shortOf(added.quotationId)).toEqual(['RECURRING 17.42', 'DISCOUNT -8.71 off 1']);
  const changed = { subscriberId, plan: { code: 'PLAN-NEXT' }, when: 'NEXT_PERIOD', discounts: ['FIFTH'] };
  const { quotationId, errors } = await world.quote(customerId, [{ changePlan: changed }]);
  expect(errors).toEqual([]);
  expect((await world.shortOf(quotationId)).slice(0, 2)).toEqual(['RECURRING 60.00', 'DISCOUNT -12.00 off 1']);
  await world.mutate('submitOrder', { quotationId });
  expect(await world.discountsOf(subscriberId)).toEqual([]);
  const [held] = await world.discountsOf(subscriberId, 'subscriber', '2026-02-01T00:00:00Z');
  expect(held?.validity).toEqual({ from: '2026-01-31T16:00:00.000Z', to: '2027-01-31T16:00:00.000Z' });
});

test('one order ends a discount and grants it again, or another of its group; none is ended twice', async () => {
  const { customerId, subscriberId } = await world.household();
  const granting = (discount: string) => ({ grantDiscount: { discount, subscriberId: sub(subscriberId) } });
  await world.order(customerId, [granting('LESS')]);
  world.clock.advance({ minutes: 1 });
  const [held] = await world.discountsOf(subscriberId);
  const ending = { endDiscount: { grantedDiscountId: held?.id } };
  expect(await world.refusalsOf(customerId, [ending, ending])).toEqual(['items.1.endDiscount.grantedDiscountId ITEM_TWICE']);
  const field = 'items.0.grantDiscount.discount';
  expect(await world.refusalsOf(customerId, [granting('LESS'), ending])).toEqual([`${field} DISCOUNT_HELD`]);
  expect(await world.refusalsOf(customerId, [granting('FIFTH'), ending])).toEqual([`${field} DISCOUNT_EXCLUDED`]);
  expect((await world.order(customerId, [ending, granting('LESS')])).state).toBe('completed');
  const [again, ...more] = await world.discountsOf(subscriberId);
  expect([again?.discount?.code, again?.validity.from, more]).toEqual([
    'LESS',
    world.clock.now().toString({ fractionalSecondDigits: 3 }),
    [],
  ]);
  world.clock.advance({ minutes: 1 });
  const renewed = { endDiscount: { grantedDiscountId: again?.id } };
  expect((await world.order(customerId, [renewed, granting('FIFTH')])).state).toBe('completed');
  const [last, ...others] = await world.discountsOf(subscriberId);
  expect([last?.discount?.code, others]).toEqual(['FIFTH', []]);
  // By then it has ended by itself.
  const late = { requestedStartAt: '2027-01-01T00:00:00Z' };
  expect(await world.refusalsOf(customerId, [{ endDiscount: { grantedDiscountId: last?.id } }], late)).toEqual([
    'items.0.endDiscount.grantedDiscountId GRANT_ENDED',
  ]);
});

test('what begins with a plan of the next period is in the way of what would be had beside it, and is taken back with the plan', async () => {
  await world.offer('SHORT', { ...percent(100), lasts: { periods: 1 }, exclusionGroup: 'WELCOME' });
  const { customerId, accountId } = await world.payer();
  const opened = await world.order(customerId, [world.opening(accountId, { plan: { code: 'PLAN-FREE' } })]);
  const subscriberId = await world.subscriberOf(opened);
  const next = (code: string, discounts: readonly string[]) => [
    { changePlan: { subscriberId, plan: { code }, when: 'NEXT_PERIOD', discounts } },
  ];
  await world.order(customerId, next('PLAN-NEXT', ['FIFTH']));
  const granting = (discount: string) => world.refusalsOf(customerId, [{ grantDiscount: { discount, subscriberId } }]);
  const field = 'items.0.grantDiscount.discount';
  expect(await granting('FIFTH')).toEqual([`${field} DISCOUNT_HELD`]);
  expect(await granting('LESS')).toEqual([`${field} DISCOUNT_EXCLUDED`]);
  // One that ends before it begins is not.
  expect(await granting('SHORT')).toEqual([]);
  const inFebruary = async () =>
    (await world.discountsOf(subscriberId, 'subscriber', '2026-02-02T00:00:00Z')).map(({ discount }) => discount?.code);
  expect(await inFebruary()).toEqual(['FIFTH']);
  world.clock.advance({ minutes: 1 });
  await world.order(customerId, next('ADDED-PLAN', ['FIFTH']));
  expect(await inFebruary()).toEqual(['FIFTH']);
  world.clock.advance({ minutes: 1 });
  // The plan that is held goes on.
  await world.order(customerId, next('PLAN-FREE', []));
  expect(await inFebruary()).toEqual([]);
});

test('what is opened ahead has the discounts that were chosen with it once it is activated, or others', async () => {
  const { discountId } = await world.offer('LONG', { ...percent(1_000), lasts: { periods: 2 } }, { limit: 10_000n });
  const agent = await world.payer();
  const customerId = await world.customer({ documents: [{ kind: 'PASSPORT', number: 'E12345678' }] });
  const accountId = await world.account(customerId);
  const ahead = (discounts: readonly string[]) => {
    const { open } = world.opening(agent.accountId, { plan: { code: 'PLAN-FREE' }, discounts });
    return [{ preOpen: open }];
  };
  // Nobody knows whose account it will be.
  const field = 'items.0.preOpen.discounts';
  expect(await world.refusalsOf(agent.customerId, ahead(['NINGBO', 'OF-ACCOUNT', 'GOLD', 'LONG', 'LONG']))).toEqual([
    `${field}.0 DISCOUNT_NOT_GRANTED`, `${field}.1 DISCOUNT_LEVEL_WRONG`, `${field}.2 DISCOUNT_NOT_ELIGIBLE`, `${field}.4 DISCOUNT_HELD`,
  ]); // prettier-ignore
  const opened = [await world.order(agent.customerId, ahead(['LONG', 'AHEAD'])), await world.order(agent.customerId, ahead(['LONG']))];
  expect(opened.map(({ state }) => state)).toEqual(['completed', 'completed']);
  const [first = '', second = ''] = await Promise.all(opened.map((order) => world.subscriberOf(order)));
  expect([await world.discountsOf(first), await world.usedOf(discountId)]).toEqual([[], 0n]);
  const activating = (subscriberId: string, more: object = {}) => [{ activate: { subscriberId, accountId: acc(accountId), ...more } }];
  const { quotationId, due } = await world.quote(customerId, activating(first), { accountId: acc(accountId) });
  expect([due, await world.shortOf(quotationId)]).toEqual(['100.00', ['RECURRING 27.00', 'DISCOUNT -2.70 off 1', 'DEPOSIT 100.00 now']]);
  const without = await world.quote(customerId, activating(first, { discounts: [] }));
  expect(await world.shortOf(without.quotationId)).toEqual(['RECURRING 27.00']);
  const replanned = await world.quote(customerId, activating(first, { plan: { code: 'PLAN-FREE' } }));
  expect(await world.shortOf(replanned.quotationId)).toEqual(['RECURRING 27.00']);
  const { order } = await world.mutate('submitOrder', { quotationId });
  expect((await world.pay(order as OrderRow, '100.00')).order?.state).toBe('completed');
  expect((await world.discountsOf(first)).map(({ discount }) => discount?.code)).toEqual(['LONG', 'AHEAD']);
  expect(await world.usedOf(discountId)).toBe(540n);
  const others = activating(second, { discounts: ['LESS', 'OF-ACCOUNT'] });
  expect((await world.order(customerId, others)).state).toBe('completed');
  expect((await world.discountsOf(second)).map(({ discount }) => discount?.code)).toEqual(['LESS']);
  expect((await world.discountsOf(acc(accountId), 'account')).map(({ discount }) => discount?.code)).toEqual(['OF-ACCOUNT']);
});

test('what is held already acts on the charges of later orders, as far as they alone tell what it takes', async () => {
  const held = { ...percent(1_000), appliesTo: { oneTime: true } };
  const { discountId } = await world.offer('HELD', { ...held, lasts: { periods: 2 } }, { limit: 1_000n });
  await world.offer('HELD-BY-ACCOUNT', { ...held, level: 'ACCOUNT' });
  await world.offer('A-MONTH', { effect: { kind: 'AMOUNT', amount: '10.00' } });
  for (const code of ['FEES', 'FEES-TOO']) await world.sell(code, [monthly('20.00'), setup('10.60')], 'ADD_ON');
  const { customerId, accountId } = await world.payer();
  const account = { accountId: acc(accountId) };
  const open = world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['HELD', 'HELD-BY-ACCOUNT', 'A-MONTH'] });
  const subscriberId = await world.subscriberOf(await world.order(customerId, [open], account));
  // Twice 2.70 is kept for the plan's periods.
  expect(await world.usedOf(discountId)).toBe(540n);
  world.clock.advance({ minutes: 1 });
  const adding = [{ addProduct: { subscriberId, product: { code: 'FEES' } } }];
  const { quotationId, due } = await world.quote(customerId, adding, account);
  // 20.00 × 27/31 = 17.42; a tenth of 28.02 is 2.80 (1.742 and 1.06), a tenth of the 25.22 that are left is 2.52 (1.568 and 0.954).
  expect([due, await world.shortOf(quotationId)]).toEqual(['8.59', [
    'RECURRING 17.42', 'DISCOUNT -1.74 off 1', 'DISCOUNT -1.57 off 1', 'ONE_TIME 10.60 now', 'DISCOUNT -1.06 now off 4', 'DISCOUNT -0.95 now off 4',
    'DISCOUNT 0.00',
  ]]); // prettier-ignore
  expect((await world.linesOf(quotationId)).map(({ name, explanation }) => `${name}: ${explanation}`)).toEqual(
    expect.arrayContaining([
      'Discount HELD: 28.02 × 10% = 2.80; of it on this 1.06',
      'Discount A-MONTH: Held already: it is reckoned of the whole bill, and acts there.',
    ]),
  );
  const { order } = await world.mutate('submitOrder', { quotationId });
  // What is taken off at once is taken from the budget, since no bill will.
  expect(await world.usedOf(discountId)).toBe(646n);
  expect((await world.pay(order as OrderRow, '8.59')).order?.state).toBe('completed');
  expect(await world.booksOf(accountId)).toMatchObject({ 1001: 859 });
  expect(await auditLedger({ sql: database.core.reader() })).toEqual([]);
  // Neither what the order ends itself, nor what is no longer held.
  const [own] = (await world.discountsOf(subscriberId)).filter(({ discount }) => discount?.code === 'HELD');
  const ending = [{ endDiscount: { grantedDiscountId: own?.id } }, { addProduct: { subscriberId, product: { code: 'FEES-TOO' } } }];
  const without = await world.quote(customerId, ending, account);
  expect(without.errors).toEqual([]);
  expect(await world.shortOf(without.quotationId)).toEqual([
    'RECURRING 17.42', 'DISCOUNT -1.74 off 1', 'ONE_TIME 10.60 now', 'DISCOUNT -1.06 now off 3', 'DISCOUNT 0.00',
  ]); // prettier-ignore
  const afterwards = await world.quote(customerId, ending.slice(1), { ...account, requestedStartAt: '2026-04-02T00:00:00Z' });
  expect(afterwards.errors).toEqual([]);
  expect((await world.shortOf(afterwards.quotationId)).filter((line) => line.includes('off'))).toHaveLength(2);
});

test('of a held discount no more is taken than is left of its budget', async () => {
  const { discountId } = await world.offer('LITTLE', { ...percent(5_000), appliesTo: { oneTime: true } }, { limit: 1_400n });
  const { customerId, accountId } = await world.payer();
  const account = { accountId: acc(accountId) };
  const open = world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['LITTLE'] });
  const subscriberId = await world.subscriberOf(await world.order(customerId, [open], account));
  expect(await world.usedOf(discountId)).toBe(1_350n);
  const { quotationId } = await world.quote(customerId, [{ addProduct: { subscriberId, product: { code: 'FEES' } } }], account);
  // 0.50 are left, of which 10.60 of 28.02 bear 0.19.
  expect(await world.shortOf(quotationId)).toEqual([
    'RECURRING 17.42', 'DISCOUNT -0.31 off 1', 'ONE_TIME 10.60 now', 'DISCOUNT -0.19 now off 3',
  ]); // prettier-ignore
  await world.mutate('submitOrder', { quotationId });
  expect(await world.usedOf(discountId)).toBe(1_369n);
});

test('of what is left of a budget the first of two who hold its discount has its part, the second what remains', async () => {
  const definition = { ...percent(5_000), appliesTo: { oneTime: true, chargeCodes: ['SETUP_FEE'] } };
  const { discountId } = await world.offer('SHARED', definition, { limit: 700n });
  await world.sell('FEE-OF-TEN', [setup('10.00')], 'ADD_ON');
  const { customerId, accountId } = await world.payer();
  const account = { accountId: acc(accountId) };
  const holders: string[] = [];
  for (const open of [1, 2, 3].map(() => world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['SHARED'] }))) {
    holders.push(await world.subscriberOf(await world.order(customerId, [open], account)));
  }
  world.clock.advance({ minutes: 1 });
  const adding = holders.map((subscriberId) => ({ addProduct: { subscriberId, product: { code: 'FEE-OF-TEN' } } }));
  const [one, other] = [
    await world.quote(customerId, adding.slice(0, 2), account),
    await world.quote(customerId, adding.slice(2), account),
  ];
  expect(await world.shortOf(one.quotationId)).toEqual([
    'ONE_TIME 10.00 now', 'DISCOUNT -5.00 now off 1', 'ONE_TIME 10.00 now', 'DISCOUNT -2.00 now off 3',
  ]); // prettier-ignore
  const { order } = await world.mutate('submitOrder', { quotationId: one.quotationId });
  expect([order?.state, await world.usedOf(discountId)]).toEqual(['pending', 700n]);
  // Who was quoted before and comes second is told by which item, and of which discount.
  expect((await world.mutate('submitOrder', { quotationId: other.quotationId })).errors).toEqual([
    {
      code: 'BUDGET_EXHAUSTED',
      field: ['items', '0', 'addProduct'],
      message: 'What is left of the budget of discount SHARED is not enough.',
    },
  ]);
});

test('drafts of a product and of a discount are tried on a customer, by who may, and no order is made of it', async () => {
  await world.draftOf('PLAN-FREE', [monthly('62.00')]);
  await world.draftDiscount('FIFTH', { ...percent(5_000), exclusionGroup: 'WELCOME' });
  const { customerId, accountId } = await world.payer();
  const items = [world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['FIFTH'] })];
  const shown = async (more: Readonly<Record<string, unknown>>) => world.shortOf((await world.quote(customerId, items, more)).quotationId);
  // 62.00 × 27/31, and half of it; what is on sale is quoted as before.
  expect(await shown({ trial: true })).toEqual(['RECURRING 54.00', 'DISCOUNT -27.00 off 1']);
  expect(await shown({})).toEqual(['RECURRING 27.00', 'DISCOUNT -5.40 off 1']);
  const { quotationId } = await world.quote(customerId, items, { trial: true });
  expect(await world.read('query ($id: ID!) { quotation(id: $id) { trial } }', { id: quotationId })).toEqual({
    quotation: { trial: true },
  });
  const { errors } = await world.mutate('submitOrder', { quotationId });
  expect(errors).toMatchObject([{ code: 'QUOTATION_TRIAL', field: ['quotationId'] }]);
  const other = await world.order(customerId, items, later());
  const amend = { orderId: other.id, expectedVersion: 1, quotationId };
  expect((await world.mutate('amendOrder', amend, { ...world.clerk, language: 'zh' })).errors[0]?.message).toBe('试报价不能提交受理');
  const permitted = PERMISSION_CODES.filter((permission) => permission !== 'catalogue:test');
  const by = world.clerkAt(world.hangzhou, { scope: scopeAt(world.hangzhou, permitted) });
  expect(await world.refusalsOf(customerId, items, { trial: true, by })).toEqual(['trial TRIAL_REFUSED']);
});

describe('a budget', () => {
  /** Twenty at once, as many as there are connections and more. */
  const inWaves = async <Answer>(tasks: readonly (() => Promise<Answer>)[]): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (let from = 0; from < tasks.length; from += 20)
      answers.push(...(await Promise.all(tasks.slice(from, from + 20).map((one) => one()))));
    return answers;
  };
  const quotes = (count: number, discount: string, { customerId, accountId }: Awaited<ReturnType<typeof world.payer>>) =>
    inWaves(
      Array.from({ length: count }, () => async () => {
        const items = [world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts: [discount] })];
        return (await world.quote(customerId, items)).quotationId;
      }),
    );
  const codes = (answers: readonly { readonly errors: readonly { readonly code: string; readonly field: readonly string[] | null }[] }[]) =>
    answers.flatMap(({ errors }) => errors.map(({ code, field }) => `${(field ?? []).join('.')} ${code}`));

  it('of 50 serves 50 of 100 orders, twenty at once, and is given back when an order comes to nothing', async () => {
    // A tenth of 27.00, twelve times.
    const { discountId } = await world.offer('FIFTY', { ...percent(1_000), lasts: { periods: 12 } }, { limit: 50n * 3_240n });
    const payer = await world.payer();
    const quotations = await quotes(100, 'FIFTY', payer);
    const submitted = await inWaves(quotations.map((quotationId) => () => world.mutate('submitOrder', { quotationId })));
    expect(submitted.filter(({ order }) => order?.state === 'completed')).toHaveLength(50);
    expect(codes(submitted)).toEqual(Array.from({ length: 50 }, () => 'items.0.open.discounts.0 BUDGET_EXHAUSTED'));
    expect(await world.usedOf(discountId)).toBe(50n * 3_240n);
    const items = [world.opening(payer.accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['FIFTY'] })];
    expect(await world.refusalsOf(payer.customerId, items)).toEqual(['items.0.open.discounts.0 BUDGET_EXHAUSTED']);
  });

  it('that an order has taken most of does not stand in the way of its own amendment', async () => {
    const { discountId } = await world.offer('TIGHT', percent(1_000), { limit: 300n });
    const { customerId, accountId } = await world.payer();
    const items = () => [world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['TIGHT'] })];
    const waiting = await world.order(customerId, items(), later());
    expect(await world.usedOf(discountId)).toBe(270n);
    // Another order finds 0.30; its own amendment what it keeps beside.
    expect(await world.refusalsOf(customerId, items(), later())).toEqual(['items.0.open.discounts.0 BUDGET_EXHAUSTED']);
    const own = await world.quote(customerId, items(), { ...later(), amendsOrderId: waiting.id });
    expect(own.errors).toEqual([]);
    const amended = await world.mutate('amendOrder', { orderId: waiting.id, expectedVersion: 1, quotationId: own.quotationId });
    expect([amended.errors, await world.usedOf(discountId)]).toEqual([[], 270n]);
    const twice = await world.quote(customerId, [...items(), ...items()], { ...later(), amendsOrderId: waiting.id });
    expect(twice.errors).toMatchObject([
      {
        code: 'BUDGET_EXHAUSTED',
        field: ['items', '1', 'open', 'discounts', '0'],
        message: 'What is left of the budget of discount TIGHT is not enough.',
      },
    ]);
  });

  it('has back what an order took that is cancelled or amended', async () => {
    const { discountId } = await world.offer('BACK', percent(1_000), { limit: 1_000n });
    const { customerId, accountId } = await world.payer();
    const items = [world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['BACK'] })];
    const waiting = await world.order(customerId, items, later());
    expect([waiting.state, await world.usedOf(discountId)]).toEqual(['acknowledged', 270n]);
    const without = await world.quote(customerId, [world.opening(accountId, { plan: { code: 'PLAN-FREE' } })], later());
    const change = { orderId: waiting.id, expectedVersion: 1 };
    const amended = await world.mutate('amendOrder', { ...change, quotationId: without.quotationId });
    expect([amended.errors, await world.usedOf(discountId)]).toEqual([[], 0n]);
    const again = await world.order(customerId, items, later());
    expect(await world.usedOf(discountId)).toBe(270n);
    await world.mutate('cancelOrder', { orderId: again.id, expectedVersion: 1 });
    expect(await world.usedOf(discountId)).toBe(0n);
  });
});

test('how long a customer is in net is counted from when his first subscriber was put in service, not from when it was opened ahead', async () => {
  await world.offer('LOYAL', { ...percent(100), eligibility: { tenureMonths: { least: 2 } } });
  const customerId = await world.customer({ documents: [{ kind: 'PASSPORT', number: 'E12345678' }] });
  const accountId = await world.account(customerId);
  const { open } = world.opening(accountId, { plan: { code: 'PLAN-FREE' } });
  const subscriberId = await world.subscriberOf(await world.order(customerId, [{ preOpen: open }]));
  const granting = () => world.refusalsOf(customerId, [world.opening(accountId, { plan: { code: 'PLAN-FREE' }, discounts: ['LOYAL'] })]);
  const refused = ['items.0.open.discounts.0 DISCOUNT_NOT_ELIGIBLE'];
  world.clock.advance({ hours: 24 * 70 });
  expect(await granting()).toEqual(refused);
  await world.order(customerId, [{ activate: { subscriberId, accountId: acc(accountId) } }]);
  world.clock.advance({ hours: 24 * 30 });
  expect(await granting()).toEqual(refused);
  world.clock.advance({ hours: 24 * 32 });
  expect(await granting()).toEqual([]);
});
