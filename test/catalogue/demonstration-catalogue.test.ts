import { Temporal } from 'temporal-polyfill';
import { grantable, selectAuthorityOfRoles } from '../../src/business/component/discount';
import { searchOrganisations } from '../../src/business/component/organisation';
import {
  chargeEarlyTermination, chargeRecurring, RECURRING_PARAMETERS, remainingFeesOf, searchProducts, sellable, splitBundlePrice, totalOf,
  type Offer, type Price, type RecurringPrice,
} from '../../src/business/component/product'; // prettier-ignore
import { Authentication, listRoles } from '../../src/business/component/staff';
import type { CallContext } from '../../src/business/context';
import { keepUnit } from '../../src/business/execute';
import { seedDemonstration } from '../../src/business/process/demonstration';
import { loadConfiguration } from '../../src/config/load-configuration';
import { systemClock } from '../../src/kernel/clock';
import { cyclesOf } from '../../src/kernel/cycle';
import { dayNumberOf, type DayNumber } from '../../src/kernel/day-number';
import type { Id } from '../../src/kernel/id';
import { systemContext } from '../support/call-context';
import { useDatabase } from '../support/database';

/* What the demonstration's operator sells, where, and what some of it comes to, reckoned by hand. */

const PROVINCE = 'ZJ';
const [HANGZHOU, NINGBO, WENZHOU] = ['ZJ-HZ', 'ZJ-NB', 'ZJ-WZ'] as const;
const signingKey = 'a signing key of the tests, of more than 32 characters';

const database = useDatabase();
let context: CallContext;
const nodes = new Map<string, Id<'organisation'>>();
let codes: readonly string[] = [];
/** What customers held whom the operator has taken over: for imports. */
let takenOver: readonly string[] = [];
const isTakenOver = (code: string): boolean => code.startsWith('HOME-');
const DISCOUNT_CODES = ['BB-MEMBER-80', 'MOBILE-LESS-10', 'MOBILE-YOUTH-9', 'PREPAY-240', 'RING-BACK-FREE', 'SPEND-300'];

/** The seed as far as the catalogue and the staff: it is stopped before the first customer, and would go on there. */
async function seedCatalogue(): Promise<void> {
  const authentication = new Authentication({
    keepUnit, database: database.core, clock: systemClock, signingKey, configuration: loadConfiguration({}),
  }); // prettier-ignore
  const onProgress = (): void => {
    throw new Error('before the customers');
  };
  await expect(seedDemonstration({ database: database.core, clock: systemClock, authentication, onProgress })).rejects.toThrow(
    'before the customers',
  );
}

beforeAll(async () => {
  context = systemContext(database.core, { clock: systemClock });
  await seedCatalogue();
  const page = { first: 100, after: null };
  for (const { code, id } of (await searchOrganisations(context, {}, page)).rows) nodes.set(code, id);
  const all = (await searchProducts(context, {}, page)).rows.map(({ code }) => code);
  codes = all.filter((code) => !isTakenOver(code));
  takenOver = all.filter(isTakenOver);
});

const nodeOf = (code: string): Id<'organisation'> => {
  const id = nodes.get(code);
  if (id === undefined) throw new Error(`no node ${code}`);
  return id;
};
const offersAt = (node: string, asked = codes): Promise<Offer[]> =>
  sellable(context, { organisationId: nodeOf(node), at: context.now, codes: asked });

async function offerAt(node: string, code: string): Promise<Offer> {
  const [offer] = await offersAt(node, [code]);
  if (offer === undefined) throw new Error(`${code} is not sold at ${node}`);
  return offer;
}

const recurringOf = ({ definition: { prices } }: Offer): RecurringPrice => {
  const found = (prices as readonly Price[]).find((price) => price.kind === 'RECURRING');
  if (found?.kind !== 'RECURRING') throw new Error('no recurring price');
  return found;
};

const yuan = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;
const amountsOf = (price: Price): string => {
  if (price.kind === 'USAGE') return price.tariff;
  return price.kind === 'RECURRING'
    ? price.phases.map(({ periods, amountMinor }) => `${periods ?? ''}x${yuan(amountMinor)}`).join(' ')
    : yuan(price.amountMinor);
};
const pricesOf = ({ definition: { prices } }: Offer): string => prices.map((price) => `${price.code} ${amountsOf(price)}`).join(', ');

describe('the catalogue of the demonstration', () => {
  it('has fifteen plans and add-ons on every line of business, and four bundles, all released at the beginning', async () => {
    const rows = await database.raw(
      `SELECT p.kind, count(*)::integer AS products, count(DISTINCT p.service_type)::integer AS lines FROM product p
       JOIN product_version v ON v.product_id = p.id AND v.state = 'active' AND v.number = 1 AND v.released_at = p.created_at
       WHERE p.code NOT LIKE 'HOME-%'
       GROUP BY p.kind ORDER BY p.kind`,
    );
    expect(rows).toEqual([
      { kind: 'ADD_ON', products: 5, lines: 3 },
      { kind: 'BUNDLE', products: 4, lines: 0 },
      { kind: 'PLAN', products: 10, lines: 5 },
    ]);
    expect(await database.raw(`SELECT code FROM product WHERE name !~ '[一-龥]' OR name_en !~ '[A-Za-z]'`)).toEqual([]);
  });

  it('shows every kind of price, proration, term and rule', async () => {
    const definitions = (await Promise.all([offersAt(PROVINCE), offersAt(WENZHOU, ['MOBILE-OVERSEAS-59'])]))
      .flat()
      .map(({ definition }) => definition);
    const prices = definitions.flatMap((definition) => definition.prices as readonly Price[]);
    const recurring = prices.filter((price) => price.kind === 'RECURRING');
    const all = (values: readonly string[]): string[] => [...new Set(values)].sort();
    expect(all(prices.map(({ kind }) => kind))).toEqual(['DEPOSIT', 'ONE_TIME', 'RECURRING', 'USAGE']);
    expect(all(recurring.map(({ timing }) => timing))).toEqual(['ADVANCE', 'ARREARS']);
    expect(all(recurring.map(({ proration }) => proration))).toEqual(['BY_DAY', 'BY_DAY_30', 'FULL', 'HALF_MONTH', 'NONE']);
    expect(all(recurring.map(({ period: { unit } }) => unit))).toEqual(['MONTH', 'YEAR']);
    expect(recurring.filter(({ trial }) => trial !== null)).toHaveLength(3);
    expect(recurring.filter(({ phases }) => phases.length > 1)).toHaveLength(4);
    const terms = definitions.flatMap(({ term }) => term ?? []);
    expect(all(terms.map(({ earlyTermination: { kind } }) => kind))).toEqual(['BY_MONTH', 'FIXED', 'PERCENTAGE_OF_REMAINING']);
    const rules = definitions.flatMap((definition) => ('rules' in definition ? definition.rules : []));
    expect(rules.filter(({ requires }) => requires.length > 0)).toHaveLength(5);
    expect(rules.filter(({ excludes }) => excludes.length > 0)).toHaveLength(8);
    expect(rules.filter(({ atMost }) => atMost > 1)).toHaveLength(1);
    const bundles = definitions.flatMap((definition) => ('members' in definition ? definition : []));
    expect(all(bundles.map(({ across }) => across))).toEqual(['CUSTOMER', 'ENTERPRISE', 'FAMILY']);
    expect(all(bundles.map(({ whenMemberLeaves: { kind } }) => kind))).toEqual(['END', 'GRACE', 'REPRICE']);
    expect(bundles.map(({ allowances }) => allowances[0]?.amount)).toContain(64_424_509_440n);
  });

  it('sells everything in its city, and a city’s own nowhere else', async () => {
    const soldAt = async (node: string): Promise<string[]> => (await offersAt(node)).map(({ code }) => code).sort();
    const ofAll = codes.filter((code) => code !== 'MOBILE-OVERSEAS-59').sort();
    expect(ofAll).toHaveLength(18);
    for (const node of [PROVINCE, HANGZHOU, 'ZJ-HZ-H1', 'PARTNER-JIANGNAN']) expect(await soldAt(node)).toEqual(ofAll);
    expect(await soldAt(WENZHOU)).toEqual([...codes].sort());
    expect(await soldAt(NINGBO)).toEqual(ofAll.filter((code) => code !== 'IN-800'));
  });

  it('grants six discounts everywhere, one with a budget and two of one group, and lets roles give away these amounts', async () => {
    const granted = await grantable(context, { organisationId: nodeOf('ZJ-HZ-H1'), at: context.now, codes: DISCOUNT_CODES });
    const told = granted.map(({ code, budgetLeftMinor, definition: { effect, level, lasts, exclusionGroup } }) =>
      [code, effect.kind, level, lasts.periods, exclusionGroup, budgetLeftMinor].join(' '),
    );
    expect(told.sort()).toEqual([
      'BB-MEMBER-80 PERCENTAGE SUBSCRIBER 12  ',
      'MOBILE-LESS-10 AMOUNT SUBSCRIBER 6 MOBILE-OFFER 50000000',
      'MOBILE-YOUTH-9 PRICE_OVERRIDE SUBSCRIBER 3 MOBILE-OFFER ',
      'PREPAY-240 DEPOSIT_RETURN SUBSCRIBER   ',
      'RING-BACK-FREE WAIVER SUBSCRIBER 3  ',
      'SPEND-300 THRESHOLD BILL 12  ',
    ]);
    const roles = new Map((await listRoles(context, { first: 100, after: null })).rows.map(({ id, code }) => [id, code]));
    const authority = await selectAuthorityOfRoles(context, [...roles.keys()]);
    const limits = authority.map(({ roleId, kind, amountMinor, basisPoints }) =>
      [roles.get(roleId), kind, amountMinor, basisPoints].join(' '),
    );
    expect(limits.sort()).toEqual([
      'HALL_CLERK MANUAL_DISCOUNT 2000 1000',
      'HALL_CLERK WAIVER 5000 ',
      'HALL_SUPERVISOR MANUAL_DISCOUNT 50000 5000',
      'HALL_SUPERVISOR WAIVER 50000 ',
      'SYSTEM_ADMINISTRATOR MANUAL_DISCOUNT  ',
      'SYSTEM_ADMINISTRATOR WAIVER  ',
    ]);
  });

  it('asks at the province and in Wenzhou these prices', async () => {
    const offers = [...(await offersAt(PROVINCE)), await offerAt(WENZHOU, 'MOBILE-OVERSEAS-59')];
    expect(Object.fromEntries(offers.map((offer) => [offer.code, pricesOf(offer)]))).toEqual({
      'MOBILE-5G-129': 'FEE 6x99.00 x129.00, CALLS MOBILE-CALLS-15, DATA MOBILE-DATA-DAILY, SMS MOBILE-SMS-10',
      'MOBILE-YOUTH-19': 'FEE x19.00, CALLS MOBILE-CALLS-10, DATA MOBILE-DATA-YOUTH, SMS MOBILE-SMS-10',
      'MOBILE-HANDSET-199':
        'FEE x199.00, EQUIPMENT 1999.00, DEPOSIT 500.00, CALLS MOBILE-CALLS-15, DATA MOBILE-DATA-DAILY, SMS MOBILE-SMS-10',
      'MOBILE-DATA-10GB': 'FEE x20.00',
      'MOBILE-RING-BACK': 'FEE x5.00',
      'MOBILE-ROAMING': 'DEPOSIT 1000.00, CALLS ROAMING-CALLS, DATA ROAMING-DATA',
      'MOBILE-OVERSEAS-59': 'FEE x59.00, CALLS OVERSEAS-CALLS-EUROPE, DATA MOBILE-DATA-DAILY',
      'FIXED-LINE-25': 'INSTALLATION 100.00, FEE x25.00, CALLS FIXED-LINE-CALLS',
      'FIXED-LINE-CALLER-ID': 'FEE x6.00',
      'WIRELESS-LINE-20': 'DEPOSIT 200.00, FEE x20.00, CALLS FIXED-LINE-CALLS',
      'BROADBAND-300M': 'INSTALLATION 100.00, FEE 3x59.00 x89.00',
      'BROADBAND-1000M-YEAR': 'YEAR x1188.00, EQUIPMENT 199.00',
      'BROADBAND-STATIC-IP': 'FEE x100.00',
      'IN-400': 'NUMBER 600.00, FEE 3x50.00 x100.00, CALLS IN-400-CALLS',
      'IN-800': 'FEE x300.00, CALLS IN-800-CALLS',
      'FUSION-199': 'INSTALLATION 100.00, FEE x199.00',
      'FAMILY-299': 'FEE 3x199.00 x299.00',
      'ENTERPRISE-999': 'FEE x999.00',
      'YOUTH-HOME-79': 'FEE x79.00',
    });
  });

  it('sells at every node what customers held whom it has taken over', async () => {
    expect(takenOver).toHaveLength(16);
    for (const node of ['SANHU-DEMO', PROVINCE, NINGBO]) expect(await offersAt(node, takenOver)).toHaveLength(16);
  });

  it('asks other prices in Ningbo, of three, and sells one to fewer', async () => {
    const province = new Map((await offersAt(PROVINCE)).map((offer) => [offer.code, pricesOf(offer)]));
    const changed = (await offersAt(NINGBO)).filter((offer) => pricesOf(offer) !== province.get(offer.code));
    expect(Object.fromEntries(changed.map((offer) => [offer.code, pricesOf(offer)]))).toEqual({
      'MOBILE-5G-129': 'FEE 6x89.00 x119.00, CALLS MOBILE-CALLS-15, DATA MOBILE-DATA-DAILY, SMS MOBILE-SMS-10',
      'BROADBAND-300M': 'INSTALLATION 80.00, FEE 3x49.00 x79.00',
      'FUSION-199': 'INSTALLATION 100.00, FEE x189.00',
    });
    const youth = { customerKinds: ['INDIVIDUAL'], tenureMonths: { most: 36 } };
    expect((await offerAt(HANGZHOU, 'MOBILE-YOUTH-19')).eligibility).toEqual([youth]);
    expect((await offerAt(NINGBO, 'MOBILE-YOUTH-19')).eligibility).toEqual([youth, { tenureMonths: { most: 12 } }]);
  });

  it('is the same when a seed that was stopped begins again', async () => {
    const count = () => database.raw('SELECT (SELECT count(*) FROM product_version) v, (SELECT count(*) FROM audit_entry) a');
    const before = await count();
    await seedCatalogue();
    expect(await count()).toEqual(before);
  });
});

describe('what it comes to', () => {
  const day = (date: string): DayNumber => dayNumberOf(Temporal.PlainDate.from(date));
  const cycles = cyclesOf([{ from: day('2026-01-01'), anchorDay: 1 }]);
  const charge = (price: RecurringPrice, start: string, stops: readonly (readonly [string, string, string])[] = []) => ({
    price, cycles, parameters: RECURRING_PARAMETERS,
    instance: {
      start: day(start), end: null, quantities: [], negotiated: [],
      stops: stops.map(([reason, from, to]) => ({ reason, from: day(from), to: day(to) })),
    },
  }); // prettier-ignore
  const within = (of: ReturnType<typeof charge>, from: string, to: string): string[] =>
    chargeRecurring({ ...of, span: { from: day(from), to: day(to) } }).map(({ amountMinor }) => yuan(amountMinor));

  it('a mobile plan from 11 March, whose number is kept for ten days of April, in its six cheaper months and after them', async () => {
    const stops = [['CUSTOMER_REQUEST', '2026-04-10', '2026-04-20']] as const;
    const province = charge(recurringOf(await offerAt(PROVINCE, 'MOBILE-5G-129')), '2026-03-11', stops);
    const ningbo = charge(recurringOf(await offerAt(NINGBO, 'MOBILE-5G-129')), '2026-03-11', stops);
    // 21 of 31 days: 99.00 x 21/31 = 67.0645, 89.00 x 21/31 = 60.2903.
    expect(within(province, '2026-03-01', '2026-04-01')).toEqual(['67.06']);
    expect(within(ningbo, '2026-03-01', '2026-04-01')).toEqual(['60.29']);
    // 9 days, 10 at 5.00, and 11 that go on from the 9th: 99.00 x 20/30 - 29.70; 89.00 x 20/30 = 59.33, less 26.70.
    expect(within(province, '2026-04-01', '2026-05-01')).toEqual(['29.70', '1.67', '36.30']);
    expect(within(ningbo, '2026-04-01', '2026-05-01')).toEqual(['26.70', '1.67', '32.63']);
    // March was the first of six.
    expect(within(province, '2026-08-01', '2026-10-01')).toEqual(['99.00', '129.00']);
    expect(within(ningbo, '2026-08-01', '2026-10-01')).toEqual(['89.00', '119.00']);
  });

  it('a youth card, a month on trial and then 20 of 30 days: 19.00 x 20/30 = 12.6667', async () => {
    const youth = charge(recurringOf(await offerAt(HANGZHOU, 'MOBILE-YOUTH-19')), '2026-03-11');
    expect(within(youth, '2026-03-01', '2026-06-01')).toEqual(['12.67', '19.00']);
  });

  it('a handset contract of 24 months that is left three months and ten days early', async () => {
    const { definition } = await offerAt(HANGZHOU, 'MOBILE-HANDSET-199');
    const contract = charge(recurringOf(await offerAt(HANGZHOU, 'MOBILE-HANDSET-199')), '2026-03-11');
    if (definition.term === null) throw new Error('no term');
    const left = chargeEarlyTermination(definition.term, { start: day('2026-03-11'), pausedDays: 0 }, day('2027-12-01'), (term) =>
      remainingFeesOf([contract], day('2027-12-01'), term),
    );
    // 3 x 199.00 and 199.00 x 10/31 = 64.1935: 661.19, and 30 % of it.
    expect(left).toMatchObject({ month: 21, remainingFeesMinor: 66_119n, amountMinor: 19_836n });
  });

  it('a bundle from 16 March for two mobiles, broadband and a fixed line', async () => {
    const members = [
      ['MOBILE', 'one'], ['MOBILE', 'other'], ['BROADBAND', 'home'], ['FIXED_LINE', 'line'],
    ].map(([role = '', member = '']) => ({ role, member })); // prettier-ignore
    const parts = async (node: string): Promise<unknown> => {
      const offer = await offerAt(node, 'FUSION-199');
      if (!('members' in offer.definition)) throw new Error('no bundle');
      const span = { from: day('2026-03-01'), to: day('2026-04-01') };
      const amount = totalOf(chargeRecurring({ ...charge(recurringOf(offer), '2026-03-16'), span }));
      const split = splitBundlePrice(amount, offer.definition.members, members);
      return [yuan(amount), ...split.map(({ member, chargeCode, amountMinor }) => `${member} ${chargeCode} ${yuan(amountMinor)}`)];
    };
    // 16 of 31 days: 102.7097, by 50, 35 and 15: 51.355, 35.9485 and 15.4065, of which the two larger remainders get a fen each.
    expect(await parts(PROVINCE)).toEqual([
      '102.71', 'one MOBILE_MONTHLY_FEE 25.68', 'other MOBILE_MONTHLY_FEE 25.67', 'home BROADBAND_MONTHLY_FEE 35.95', 'line FIXED_LINE_MONTHLY_FEE 15.41',
    ]); // prettier-ignore
    // 189.00 x 16/31 = 97.5484: 48.775, 34.1425 and 14.6325.
    expect(await parts(NINGBO)).toEqual([
      '97.55', 'one MOBILE_MONTHLY_FEE 24.39', 'other MOBILE_MONTHLY_FEE 24.39', 'home BROADBAND_MONTHLY_FEE 34.14', 'line FIXED_LINE_MONTHLY_FEE 14.63',
    ]); // prettier-ignore
  });
});
