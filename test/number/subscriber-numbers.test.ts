import { portIn, portOut, reserveNumber, selectAccessNumberByValue } from '../../src/business/component/number';
import { createOrganisation } from '../../src/business/component/organisation';
import { openSubscriber, type NewSubscriberInput, type OpenSubscriberInput } from '../../src/business/component/subscriber';
import { changeIdentifier } from '../../src/business/process/beside-orders';
import { terminateSubscriber } from '../../src/business/process/terminate-subscriber'; // prettier-ignore
import { execute, type UseCase } from '../../src/business/execute';
import { openParties } from '../../src/business/process/bulk-opening';
import { addNumberRange, addNumbers } from '../../src/business/process/stock-numbers';
import { selectStockDifferences } from '../../src/business/view/number-stock';
import { newId, type Id } from '../../src/kernel/id';
import { ok } from '../../src/kernel/result';
import { useDatabase } from '../support/database';
import { NumberWorld } from '../support/number-world';
import { newKey, newNumber, refusalsIn, usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
const numbers = new NumberWorld(database, world);

let numberPoolId: Id<'numberPool'>;
let owner: { customerId: Id<'customer'>; accountId: Id<'account'> };
beforeAll(async () => {
  numberPoolId = await numbers.pool(world.hangzhou);
  owner = await world.payer();
});
afterEach(async () => {
  expect(await selectStockDifferences({ sql: database.core.reader(), now: world.clock.now() }, 100)).toEqual([]);
});

const opening = (identifier: string, more: Partial<OpenSubscriberInput> = {}): OpenSubscriberInput => ({
  serviceType: 'MOBILE',
  organisationId: world.hangzhou,
  ownerId: owner.customerId,
  accountId: owner.accountId,
  identifier,
  attributes: {},
  ...more,
});
const idle = async (count = 1) => numbers.range(numberPoolId, count);
const holderOf = async (value: string) => (await numbers.stocked(value))?.subscriber_id;

describe('opening a subscriber', () => {
  it('takes a free number out of stock, and one that the clerk reserved; not one that another did', async () => {
    const [free = '', reserved = ''] = await idle(2);
    const [clerk, other] = [numbers.clerk(world.hangzhou), numbers.clerk(world.hangzhou)];
    const { subscriberId } = await world.run(openSubscriber, opening(free), clerk);
    expect(await numbers.stocked(free)).toMatchObject({ state: 'occupied', subscriber_id: subscriberId });
    await world.run(reserveNumber, { number: reserved }, clerk);
    expect(await world.refused(openSubscriber, opening(reserved), other)).toEqual(['identifier NUMBER_UNAVAILABLE']);
    expect(await world.refused(openSubscriber, opening(free), clerk)).toEqual(['identifier NUMBER_TAKEN']);
    await world.run(openSubscriber, opening(reserved), clerk);
    expect(await numbers.stocked(reserved)).toMatchObject({ state: 'occupied', holder_id: null, until: null });
  });

  it('takes one whose reservation by another is over', async () => {
    const [number = ''] = await idle();
    await world.run(reserveNumber, { number, minutes: 1 }, numbers.clerk(world.hangzhou));
    expect(await world.refused(openSubscriber, opening(number))).toEqual(['identifier NUMBER_UNAVAILABLE']);
    world.clock.advance({ minutes: 1 });
    await world.run(openSubscriber, opening(number));
  });

  it('goes on as ever with a number that is in no pool', async () => {
    const number = newNumber();
    await world.run(openSubscriber, opening(number));
    expect(await numbers.stocked(number)).toBeUndefined();
  });

  it('takes none of a pool of another city, or of another line of business', async () => {
    const ningbo = await numbers.pool(world.ningbo);
    const [theirs = ''] = await numbers.range(ningbo, 1);
    expect(await world.refused(openSubscriber, opening(theirs))).toEqual(['identifier NUMBER_UNAVAILABLE']);
    const fixed = await numbers.pool(world.hangzhou, 'FIXED_LINE');
    await numbers.add(fixed, '057188886666');
    const wireless = opening('057188886666', { serviceType: 'WIRELESS_FIXED_LINE' });
    expect(await world.refused(openSubscriber, wireless)).toEqual(['identifier NUMBER_UNAVAILABLE']);
    await world.run(openSubscriber, { ...wireless, serviceType: 'FIXED_LINE' });
  });

  it('at a hall below takes numbers of its city', async () => {
    const hall = await world.run(createOrganisation, { organisationId: world.hangzhou, code: 'HZ-H', name: '厅', kind: 'HALL' });
    const [number = ''] = await idle();
    await world.run(openSubscriber, opening(number, { organisationId: hall.organisationId }));
  });

  it('that is refused for another reason leaves the number as it was', async () => {
    const [number = ''] = await idle();
    expect(await world.refused(openSubscriber, opening(number, { accountId: newId('account') }))).toEqual(['accountId ACCOUNT_NOT_FOUND']);
    expect(await numbers.stateOf(number)).toBe('idle');
  });

  it('by many clerks at once with one number: one has it, the others are told', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [number = ''] = await idle();
      const clerks = Array.from({ length: 8 }, () => numbers.clerk(world.hangzhou));
      const ends = await Promise.all(clerks.map((clerk) => execute(clerk, openSubscriber, opening(number), newKey())));
      expect(ends.filter((end) => end.ok)).toHaveLength(1);
      expect(ends.filter((end) => !end.ok).map(refusalsIn)).toEqual(Array(7).fill(['identifier NUMBER_TAKEN']));
    }
  });

  it('by two sessions of the clerk who reserved it: one has it', async () => {
    const [number = ''] = await idle();
    const staffId = newId('staff');
    const [here, there] = [numbers.clerk(world.hangzhou, { staffId }), numbers.clerk(world.hangzhou, { staffId })];
    await world.run(reserveNumber, { number }, here);
    const ends = await Promise.all([here, there].map((clerk) => execute(clerk, openSubscriber, opening(number), newKey())));
    expect(ends.map((end) => refusalsIn(end).join()).sort()).toEqual(['', 'identifier NUMBER_TAKEN']);
  });
});

describe('changing the number', () => {
  it('takes the new one and lets the old one rest, each of the stock or not', async () => {
    const [first = '', second = ''] = await idle(2);
    const outside = newNumber();
    const subscriberId = await world.subscriber(owner.customerId, owner.accountId, { identifier: first });
    const change = (value: string, expectedVersion: number) => ({ subscriberId, expectedVersion, kind: 'NUMBER' as const, value });
    await world.run(changeIdentifier, change(second, 1));
    expect([await numbers.stateOf(first), await holderOf(second)]).toEqual(['frozen', subscriberId]);
    expect(await world.refused(changeIdentifier, change(first, 2))).toEqual(['value NUMBER_UNAVAILABLE']);
    await world.run(changeIdentifier, change(outside, 2));
    expect([await numbers.stateOf(second), await numbers.stocked(outside)]).toEqual(['frozen', undefined]);
    world.clock.advance({ hours: 90 * 24 });
    await world.run(changeIdentifier, change(first, 3));
    expect(await holderOf(first)).toBe(subscriberId);
    await world.run(changeIdentifier, { ...change('89860012345678901234', 4), kind: 'SIM' });
    expect(await holderOf(first)).toBe(subscriberId);
  });

  it('is done now: a number of the stock is not given ahead', async () => {
    const [first = '', second = ''] = await idle(2);
    const subscriberId = await world.subscriber(owner.customerId, owner.accountId, { identifier: first });
    const from = world.clock.now().add({ hours: 1 });
    const change = { subscriberId, expectedVersion: 1, kind: 'NUMBER' as const, from };
    expect(await world.refused(changeIdentifier, { ...change, value: second })).toEqual(['from NUMBER_DATED_AHEAD']);
    expect(await world.refused(changeIdentifier, { ...change, value: newNumber() })).toEqual(['from NUMBER_DATED_AHEAD']);
    const beside = await world.subscriber(owner.customerId, owner.accountId);
    expect(await world.refused(changeIdentifier, { ...change, subscriberId: beside, value: second })).toEqual(['from NUMBER_DATED_AHEAD']);
    await world.run(changeIdentifier, { ...change, subscriberId: beside, value: newNumber() });
  });

  it('that is refused, or comes too late, changes neither', async () => {
    const [first = '', second = ''] = await idle(2);
    const subscriberId = await world.subscriber(owner.customerId, owner.accountId, { identifier: first });
    const change = { subscriberId, expectedVersion: 9, kind: 'NUMBER' as const, value: second };
    expect(await world.refused(changeIdentifier, change)).toEqual(['expectedVersion STALE_VERSION']);
    const ends = await Promise.all([
      execute(world.context, changeIdentifier, { ...change, expectedVersion: 1 }, newKey()),
      execute(world.context, terminateSubscriber, { subscriberId, expectedVersion: 1 }, newKey()),
    ]);
    expect(ends.map((end) => refusalsIn(end).join()).sort()).toEqual(['', 'expectedVersion STALE_VERSION']);
  });
});

describe('closing a subscriber', () => {
  it('lets its number rest for 90 days; then it is anybody’s', async () => {
    const [number = ''] = await idle();
    const subscriberId = await world.subscriber(owner.customerId, owner.accountId, { identifier: number });
    await world.run(terminateSubscriber, { subscriberId, expectedVersion: 1 });
    const shown = await selectAccessNumberByValue(world.context, number);
    expect([shown?.state, shown?.until?.equals(world.clock.now().add({ hours: 90 * 24 }))]).toEqual(['frozen', true]);
    expect(await world.refused(openSubscriber, opening(number))).toEqual(['identifier NUMBER_UNAVAILABLE']);
    world.clock.advance({ hours: 90 * 24 });
    await world.run(openSubscriber, opening(number));
  });
});

describe('many at once', () => {
  const subscriber = (identifier: string): NewSubscriberInput => ({
    ...opening(identifier),
    subscriberId: newId('subscriber'),
    paymentRelations: [],
  });
  const parties = (...identifiers: string[]) => ({ customers: [], accounts: [], subscribers: identifiers.map(subscriber) });

  it('take their numbers out of stock, all or none', async () => {
    const [free = '', second = '', reserved = '', taken = ''] = await idle(4);
    await world.run(reserveNumber, { number: reserved }, numbers.clerk(world.hangzhou));
    await world.run(openSubscriber, opening(taken));
    expect(await world.refused(openParties, parties(free, reserved, taken, newNumber()))).toEqual([
      'subscribers.1.identifier NUMBER_UNAVAILABLE',
      'subscribers.2.identifier NUMBER_TAKEN',
    ]);
    expect(await numbers.stateOf(free)).toBe('idle');
    await world.run(openParties, parties(free, newNumber(), second));
    expect([await numbers.stateOf(free), await numbers.stateOf(second)]).toEqual(['occupied', 'occupied']);
    expect(await world.refused(openParties, parties(free))).toEqual(['subscribers.0.identifier NUMBER_TAKEN']);
  });
});

describe('numbers that come into stock', () => {
  it('are occupied by the subscribers that have them, also of elsewhere', async () => {
    const [mine, theirs] = ['16500000003', '16500000005'];
    const ours = await world.subscriber(owner.customerId, owner.accountId, { identifier: mine });
    const others = await world.subscriber(owner.customerId, owner.accountId, { identifier: theirs, organisationId: world.ningbo });
    const range = { numberPoolId, first: '16500000000', last: '16500000009', classes: [] };
    expect(await world.run(addNumberRange, range)).toEqual({ numberPoolId, added: 10, occupied: 2 });
    expect([await holderOf(mine), await holderOf(theirs), await numbers.stateOf('16500000004')]).toEqual([ours, others, 'idle']);
    const fixed = await numbers.pool(world.hangzhou, 'WIRELESS_FIXED_LINE');
    await world.run(openSubscriber, opening('057100001111', { serviceType: 'FIXED_LINE' }));
    const other = { numberPoolId: fixed, numbers: ['057100001111'], classes: [] };
    expect(await world.refused(addNumbers, other)).toEqual(['NUMBERS_OF_OTHER_SERVICE']);
  });

  it('while they are opened, changed and closed: stock and subscribers agree, whoever comes first', async () => {
    for (let round = 0; round < 4; round += 1) {
      const head = `1650001${String(round).padStart(2, '0')}`;
      const number = (place: number) => `${head}${String(place).padStart(2, '0')}`;
      const before = await Promise.all(
        [1, 2, 3, 4].map((place) => world.subscriber(owner.customerId, owner.accountId, { identifier: number(place) })),
      );
      const change = (subscriberId: Id<'subscriber'>, place: number) =>
        execute(world.context, changeIdentifier, { subscriberId, expectedVersion: 1, kind: 'NUMBER', value: number(place) }, newKey());
      const close = (subscriberId: Id<'subscriber'>) =>
        execute(world.context, terminateSubscriber, { subscriberId, expectedVersion: 1 }, newKey());
      const [a, b, c, d] = before as [Id<'subscriber'>, Id<'subscriber'>, Id<'subscriber'>, Id<'subscriber'>];
      const range = { numberPoolId, first: number(0), last: number(99), classes: [] };
      const ends = await Promise.all([
        execute(world.context, openSubscriber, opening(number(50)), newKey()),
        close(a),
        change(b, 60),
        execute(world.context, addNumberRange, range, newKey()),
        execute(world.context, openSubscriber, opening(number(51)), newKey()),
        close(c),
        change(d, 61),
      ]);
      expect(ends.map(refusalsIn)).toEqual(Array(7).fill([]));
      expect(await selectStockDifferences({ sql: database.core.reader(), now: world.clock.now() }, 100)).toEqual([]);
    }
  });
});

describe('porting', () => {
  const moving: UseCase<{ number: string; subscriberId: Id<'subscriber'> }, null, string> = {
    name: 'portingIn',
    permission: 'subscriber:write',
    async run(unit, { number, subscriberId }) {
      const place = { serviceType: 'MOBILE', organisationId: world.hangzhou, subscriberId };
      const ported = await portIn(unit, { value: number, ...place }, 'subscriber:write');
      if (!ported.ok) return ported;
      await unit.transaction.manager.query(
        `INSERT INTO subscriber_identifier (id, subscriber_id, kind, value, valid, recorded)
         VALUES (gen_random_uuid(), $1, 'NUMBER', $2, tstzrange($3, NULL), tstzrange($3, NULL))`,
        [subscriberId, number, unit.now.toString()],
      );
      return ok(null);
    },
  };
  const leaving: UseCase<{ number: string; subscriberId: Id<'subscriber'> }, null, string> = {
    name: 'portingOut',
    permission: 'subscriber:write',
    async run(unit, { number, subscriberId }) {
      const ported = await portOut(unit, number, subscriberId);
      return ported.ok ? ok(null) : ported;
    },
  };

  it('a number of another operator is in use here, and goes back when its subscriber ends', async () => {
    const number = '16600009999';
    // A subscriber with a login: the number that it is given is the only one.
    const subscriberId = await world.subscriber(owner.customerId, owner.accountId, { serviceType: 'BROADBAND', identifier: 'ported-1' });
    await world.run(moving, { number, subscriberId });
    expect(await numbers.stocked(number)).toMatchObject({ state: 'portedIn', subscriber_id: subscriberId });
    expect(await world.refused(openSubscriber, opening(number))).toEqual(['identifier NUMBER_TAKEN']);
    await world.run(terminateSubscriber, { subscriberId, expectedVersion: 1 });
    expect(await numbers.stateOf(number)).toBe('scrapped');
    expect(await world.refused(openSubscriber, opening(number))).toEqual(['identifier NUMBER_UNAVAILABLE']);
  });

  it('a number of ours goes, and does not rest when its subscriber is closed', async () => {
    const [number = ''] = await idle();
    const subscriberId = await world.subscriber(owner.customerId, owner.accountId, { identifier: number });
    await world.run(leaving, { number, subscriberId });
    await world.run(terminateSubscriber, { subscriberId, expectedVersion: 1 });
    expect(await numbers.stateOf(number)).toBe('portedOut');
  });

  it('needs a pool to come into', async () => {
    const place = { number: '16600009998', subscriberId: newId('subscriber') };
    const elsewhere: typeof moving = {
      ...moving,
      name: 'portingElsewhere',
      async run(unit, { number: value, subscriberId }) {
        const ported = await portIn(
          unit,
          { value, serviceType: 'FIXED_LINE', organisationId: world.ningbo, subscriberId },
          'subscriber:write',
        );
        return ported.ok ? ok(null) : ported;
      },
    };
    expect(await world.refused(elsewhere, place)).toEqual(['organisationId POOL_MISSING']);
  });
});

describe('the audit of the stock', () => {
  it('finds a number that is occupied by nobody, by another, or not although somebody has it', async () => {
    const [one = '', two = '', three = ''] = await idle(3);
    const subscriberId = await world.subscriber(owner.customerId, owner.accountId, { identifier: one });
    const other = await world.subscriber(owner.customerId, owner.accountId, { identifier: three });
    await database.raw(`UPDATE access_number SET state = 'occupied', subscriber_id = $2 WHERE value = $1`, [two, subscriberId]);
    await database.raw(`UPDATE access_number SET subscriber_id = $2 WHERE value = $1`, [three, subscriberId]);
    await database.raw(`UPDATE access_number SET state = 'held', subscriber_id = NULL WHERE value = $1`, [one]);
    const differences = await selectStockDifferences({ sql: database.core.reader(), now: world.clock.now() }, 100);
    expect(differences).toEqual([
      { number: one, state: 'held', stockSubscriberId: null, subscriberId },
      { number: two, state: 'occupied', stockSubscriberId: subscriberId, subscriberId: null },
      { number: three, state: 'occupied', stockSubscriberId: subscriberId, subscriberId: other },
    ]);
    expect(await selectStockDifferences({ sql: database.core.reader(), now: world.clock.now() }, 1)).toHaveLength(1);
    await database.raw(`UPDATE access_number SET state = 'idle', subscriber_id = NULL WHERE value = $1`, [two]);
    await database.raw(`UPDATE access_number SET subscriber_id = $2 WHERE value = $1`, [three, other]);
    await database.raw(`UPDATE access_number SET state = 'occupied', subscriber_id = $2 WHERE value = $1`, [one, subscriberId]);
  });
});
