import { Temporal } from 'temporal-polyfill';
import {
  changeChargeCodeTerms, findChargeCodes, noteCharged, registerChargeCode, searchChargeCodes, selectChargeCodes,
  type ChargeTerms, type RegisterChargeCodeInput,
} from '../../src/business/component/service'; // prettier-ignore
import { createOrganisation, closeOrganisation } from '../../src/business/component/organisation';
import { findTaxCategories, registerTaxCategory, selectTaxCategories, setTaxRate } from '../../src/business/component/tax';
import { Scope } from '../../src/kernel/scope';
import { systemContext } from '../support/call-context';
import { useDatabase } from '../support/database';
import { newKey, usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
const at = (text: string) => Temporal.Instant.from(text);
const asOf = (validAt: string, knownAt: string | null = null) => ({ validAt: at(validAt), knownAt: knownAt === null ? null : at(knownAt) });

const TERMS: ChargeTerms = {
  revenueAccount: '600101',
  deferredAccount: '220301',
  discountAccount: '600199',
  taxCategory: 'TELECOM',
  writeOffPriority: 10,
  billGroup: 'MONTHLY_FEE',
  discountable: true,
  invoiceable: true,
  bearsLateFee: true,
  collectedFor: null,
};

let codes = 0;
const newCode = (): string => `CODE_${(codes += 1)}`;
const monthlyFee = (more: Partial<RegisterChargeCodeInput> = {}): RegisterChargeCodeInput => {
  const name = { name: '月租费', nameEn: 'Monthly fee', kind: 'RECURRING', serviceType: 'MOBILE' } as const;
  return { code: newCode(), ...name, terms: TERMS, ...more };
};
const register = async (more: Partial<RegisterChargeCodeInput> = {}): Promise<string> =>
  (await world.run(registerChargeCode, monthlyFee(more))).code;
const termsOf = async (code: string, time: ReturnType<typeof asOf>): Promise<ChargeTerms | null | undefined> =>
  (await selectChargeCodes(world.context, [code], time))[0]?.terms;

beforeAll(async () => {
  world.clock.set('2026-01-10T00:00:00Z');
  await world.run(registerTaxCategory, { code: 'TELECOM', name: '基础电信', nameEn: 'Basic telecom', basisPoints: 900 });
});

describe('the terms of a charge code', () => {
  it('are read as of a past instant, and as they were known then', async () => {
    world.clock.set('2026-02-01T00:00:00Z');
    const code = await register({ from: at('2026-01-01T00:00:00Z') });
    world.clock.set('2026-03-01T00:00:00Z');
    // On 1 March the priority becomes 20 from 1 April on; and it becomes known that the revenue account was wrong all along.
    await world.run(changeChargeCodeTerms, {
      code,
      expectedVersion: 1,
      terms: { ...TERMS, revenueAccount: '600102' },
      from: at('2026-01-01T00:00:00Z'),
    });
    const later = { ...TERMS, revenueAccount: '600102', writeOffPriority: 20 };
    await world.run(changeChargeCodeTerms, { code, expectedVersion: 2, terms: later, from: at('2026-04-01T00:00:00Z') });

    expect(await termsOf(code, asOf('2026-02-15T00:00:00Z', '2026-02-15T00:00:00Z'))).toMatchObject({ ...TERMS, revenueAccount: '600101' });
    expect(await termsOf(code, asOf('2026-02-15T00:00:00Z'))).toMatchObject({ ...TERMS, revenueAccount: '600102' });
    expect(await termsOf(code, asOf('2026-03-31T23:59:59.999Z'))).toMatchObject({ writeOffPriority: 10 });
    expect(await termsOf(code, asOf('2026-04-01T00:00:00Z'))).toMatchObject(later);
    expect(await termsOf(code, asOf('2025-12-31T23:59:59Z'))).toBeNull();
    expect(await termsOf(code, asOf('2026-04-01T00:00:00Z', '2026-01-31T00:00:00Z'))).toBeNull();
  });

  it('change for a time only, and are then what they were', async () => {
    const code = await register();
    const holiday = { from: at('2026-10-01T00:00:00Z'), to: at('2026-10-08T00:00:00Z') };
    await world.run(changeChargeCodeTerms, { code, expectedVersion: 1, terms: { ...TERMS, billGroup: 'HOLIDAY' }, ...holiday });
    const groups = ['2026-09-30T23:59:59Z', '2026-10-01T00:00:00Z', '2026-10-08T00:00:00Z'].map(
      async (time) => (await termsOf(code, asOf(time)))?.billGroup,
    );
    expect(await Promise.all(groups)).toEqual(['MONTHLY_FEE', 'HOLIDAY', 'MONTHLY_FEE']);
  });

  it('stand for the past once something was charged under the code', async () => {
    const code = await register({ from: at('2026-01-01T00:00:00Z') });
    await database.core.transaction(async (transaction) => {
      await noteCharged(transaction, [code, 'NO_SUCH_CODE'], world.clock.now());
      return { commit: true, value: undefined };
    });
    const change = { code, expectedVersion: 1, terms: { ...TERMS, writeOffPriority: 5 } };
    expect(await world.refused(changeChargeCodeTerms, { ...change, from: world.clock.now().subtract({ milliseconds: 1 }) })).toEqual([
      'from ALREADY_CHARGED',
    ]);
    await world.run(changeChargeCodeTerms, change);
    expect((await termsOf(code, asOf(world.clock.now().toString())))?.writeOffPriority).toBe(5);
  });

  it('are changed by one of two who have seen the same version', async () => {
    const code = await register();
    const change = { code, expectedVersion: 1, terms: { ...TERMS, writeOffPriority: 7 } };
    const ends = await Promise.all([1, 2].map(() => world.refused(changeChargeCodeTerms, change).catch((error: Error) => error.message)));
    expect(ends.filter((end) => Array.isArray(end))).toEqual([['expectedVersion STALE_VERSION']]);
    const rows = await database.raw('SELECT version FROM charge_code WHERE code = $1', [code]);
    expect(rows).toEqual([{ version: 2 }]);
  });

  it('leave a trail that shows them before and after, and an event', async () => {
    const code = await register();
    await world.run(changeChargeCodeTerms, { code, expectedVersion: 1, terms: { ...TERMS, writeOffPriority: 7 } });
    const trail = await database.raw(
      `SELECT e.operation, e.service_type, e.before #>> '{terms,0,writeOffPriority}' AS was, e.after #>> '{terms,writeOffPriority}' AS became
       FROM audit_entry e JOIN charge_code c ON c.id = e.subject_id WHERE c.code = $1 ORDER BY e.id`,
      [code],
    );
    expect(trail).toEqual([
      { operation: 'registerChargeCode', service_type: 'MOBILE', was: null, became: '10' },
      { operation: 'changeChargeCodeTerms', service_type: 'MOBILE', was: '10', became: '7' },
    ]);
    const events = await database.raw(
      'SELECT e.type FROM outbox_event e JOIN charge_code c ON c.id = e.subject_id WHERE c.code = $1 ORDER BY e.id',
      [code],
    );
    expect(events).toEqual([{ type: 'ChargeCodeCreateEvent' }, { type: 'ChargeCodeAttributeValueChangeEvent' }]);
  });

  it('overlap at no instant, whoever writes them', async () => {
    const code = await register();
    const columns = 'charge_code, revenue_account, write_off_priority, bill_group, discountable, invoiceable, bears_late_fee';
    const insert = `INSERT INTO charge_code_terms (id, ${columns}, valid, recorded)
      VALUES (gen_random_uuid(), $1, '600101', 1, 'FEE', false, true, true, tstzrange('2026-06-01', NULL), tstzrange(now(), NULL))`;
    await expect(database.raw(insert, [code])).rejects.toMatchObject({ constraint: 'charge_code_terms_one' });
  });
});

describe('a charge code is refused', () => {
  it.each<[string, Partial<RegisterChargeCodeInput>, string[]]>([
    ['with a code in small letters', { code: 'monthly' }, ['code CODE_INVALID']],
    ['with a code of 41 letters', { code: 'A'.repeat(41) }, ['code CODE_INVALID']],
    ['without names', { name: ' ', nameEn: '' }, ['name BLANK', 'nameEn BLANK']],
    ['with a name that nobody can read to its end', { name: '费'.repeat(201) }, ['name TOO_LONG']],
    ['with a name that is written backwards', { nameEn: 'fee\u202e' }, ['nameEn CHARACTERS_REFUSED']],
    ['for a service type that does not exist', { serviceType: 'TELEX' }, ['serviceType SERVICE_TYPE_NOT_FOUND']],
    ['for a service type that cannot be one', { serviceType: 'x'.repeat(500) }, ['serviceType SERVICE_TYPE_NOT_FOUND']],
    ['with malformed accounts', { terms: { ...TERMS, revenueAccount: '600', deferredAccount: 'A1234', discountAccount: '1'.repeat(13) } },
      ['terms.revenueAccount ACCOUNT_CODE_INVALID', 'terms.deferredAccount ACCOUNT_CODE_INVALID', 'terms.discountAccount ACCOUNT_CODE_INVALID']],
    ['with a priority below zero', { terms: { ...TERMS, writeOffPriority: -1 } }, ['terms.writeOffPriority WRITE_OFF_PRIORITY_INVALID']],
    ['with a priority above 999', { terms: { ...TERMS, writeOffPriority: 1000 } }, ['terms.writeOffPriority WRITE_OFF_PRIORITY_INVALID']],
    ['with a malformed bill group', { terms: { ...TERMS, billGroup: '月租' } }, ['terms.billGroup BILL_GROUP_INVALID']],
    ['of no tax category that there is', { terms: { ...TERMS, taxCategory: 'NONE' } }, ['terms.taxCategory TAX_CATEGORY_NOT_FOUND']],
    ['of a tax category that cannot be one', { terms: { ...TERMS, taxCategory: '9%' } }, ['terms.taxCategory TAX_CATEGORY_NOT_FOUND']],
    ['when discounts have nowhere to go', { terms: { ...TERMS, discountAccount: null } }, ['terms.discountAccount DISCOUNT_ACCOUNT_NEEDED']],
    ['when a late fee is discounted, or bears one', { kind: 'LATE_FEE' }, ['terms.discountable NEVER_DISCOUNTED', 'terms.bearsLateFee NEVER_LATE_FEE']],
    ['when an adjustment is discounted', { kind: 'ADJUSTMENT' }, ['terms.discountable NEVER_DISCOUNTED']],
    ['when a deposit is taxed as revenue', { kind: 'DEPOSIT' }, ['terms DEPOSIT_TERMS']],
    ['from before the telegraph', { from: at('1700-01-01T00:00:00Z') }, ['from INVALID_PERIOD']],
  ])('%s', async (_what, more, refusals) => {
    expect(await world.refused(registerChargeCode, monthlyFee(more))).toEqual(refusals);
  }); // prettier-ignore

  it('under a code that is taken', async () => {
    const code = await register();
    expect(await world.refused(registerChargeCode, monthlyFee({ code }))).toEqual(['code CODE_TAKEN']);
  });

  it('when it is collected for anything but an active partner in scope', async () => {
    const node = async (kind: 'PARTNER' | 'HALL') =>
      (await world.run(createOrganisation, { organisationId: world.root, code: newCode(), name: '伙伴', kind })).organisationId;
    const [partner, hall, closed] = [await node('PARTNER'), await node('HALL'), await node('PARTNER')];
    await world.run(closeOrganisation, { organisationId: closed, expectedVersion: 1 });
    const onBehalf = { ...TERMS, discountable: false, bearsLateFee: false };
    for (const collectedFor of [hall, closed]) {
      expect(await world.refused(registerChargeCode, monthlyFee({ terms: { ...onBehalf, collectedFor } }))).toEqual([
        'terms.collectedFor PARTNER_NOT_FOUND',
      ]);
    }
    // Who may write charge codes, but sees no organisations.
    const blind = world.as(['service:write'], world.root);
    expect(await world.refused(registerChargeCode, monthlyFee({ terms: { ...onBehalf, collectedFor: partner } }), blind)).toEqual([
      'terms.collectedFor PARTNER_NOT_FOUND',
    ]);
    expect(await world.refused(registerChargeCode, monthlyFee({ terms: { ...TERMS, collectedFor: partner } }))).toEqual([
      'terms.discountable NEVER_DISCOUNTED',
      'terms.bearsLateFee NEVER_LATE_FEE',
    ]);
    const code = await register({ terms: { ...onBehalf, collectedFor: partner } });
    expect(await termsOf(code, asOf(world.clock.now().toString()))).toMatchObject({ collectedFor: partner });
  });

  it('when its terms are changed by somebody who looked at none', async () => {
    const change = { expectedVersion: 1, terms: TERMS };
    expect(await world.refused(changeChargeCodeTerms, { ...change, code: 'NO_SUCH_CODE' })).toEqual(['code NOT_FOUND']);
    const code = await register();
    const backwards = { from: at('2027-02-01T00:00:00Z'), to: at('2027-01-01T00:00:00Z') };
    expect(await world.refused(changeChargeCodeTerms, { ...change, code, ...backwards })).toEqual(['to INVALID_PERIOD']);
    expect(await world.refused(changeChargeCodeTerms, { ...change, code, terms: { ...TERMS, billGroup: '' } })).toEqual([
      'terms.billGroup BILL_GROUP_INVALID',
    ]);
  });
});

describe('who may', () => {
  it('write a charge code holds service:write at the root, for its line of business', async () => {
    const [city, mobile, everything] = [
      world.as(['service:write'], world.hangzhou),
      world.as(['service:write'], world.root, ['MOBILE']),
      world.as(['service:write'], world.root),
    ];
    expect(await world.refused(registerChargeCode, monthlyFee(), city)).toEqual(['serviceType OUTSIDE_SCOPE']);
    expect(await world.refused(registerChargeCode, monthlyFee({ serviceType: 'BROADBAND' }), mobile)).toEqual([
      'serviceType OUTSIDE_SCOPE',
    ]);
    expect(await world.refused(registerChargeCode, monthlyFee({ serviceType: null }), mobile)).toEqual(['serviceType OUTSIDE_SCOPE']);
    const { code } = await world.run(registerChargeCode, monthlyFee(), mobile);
    expect(await world.refused(changeChargeCodeTerms, { code, expectedVersion: 1, terms: TERMS }, city)).toEqual(['code OUTSIDE_SCOPE']);
    const { code: shared } = await world.run(registerChargeCode, monthlyFee({ serviceType: null }), everything);
    expect(await world.refused(changeChargeCodeTerms, { code: shared, expectedVersion: 1, terms: TERMS }, mobile)).toEqual([
      'code OUTSIDE_SCOPE',
    ]);
  });

  it('see charge codes and tax holds service:read and tax:read anywhere', async () => {
    const code = await register();
    const now = asOf(world.clock.now().toString());
    const read = async (...permissions: ('service:read' | 'tax:read')[]) => {
      const scope = Scope.of(permissions.map((permission) => ({ permission, node: world.ningbo, lines: ['BROADBAND'] })));
      const context = systemContext(database.core, { clock: world.clock, scope, clientId: newKey() });
      const [one, page, tax] = [
        await findChargeCodes(context, [code], now),
        await searchChargeCodes(context, {}, now, { first: 100, after: null }),
        await findTaxCategories(context, ['TELECOM'], now),
      ];
      return [one.length, page.rows.some((row) => row.code === code), tax.length];
    };
    expect(await read('service:read')).toEqual([1, true, 0]);
    expect(await read('tax:read')).toEqual([0, false, 1]);
    expect(await read()).toEqual([0, false, 0]);
  });
});

describe('a list of charge codes', () => {
  it('goes on from page to page, by service type, kind and name', async () => {
    const word = `标记${newKey()}`;
    const made = [
      await register({ name: word, serviceType: 'BROADBAND' }),
      await register({ name: word, serviceType: null }),
      await register({ name: word, serviceType: 'MOBILE' }),
      await register({ name: word, serviceType: 'MOBILE', kind: 'PENALTY' }),
    ].sort();
    const now = asOf(world.clock.now().toString());
    const page = async (filter: Parameters<typeof searchChargeCodes>[1], first: number, after: string | null = null) => {
      const found = await searchChargeCodes(world.context, { nameContains: word, ...filter }, now, {
        first,
        after: after === null ? null : [after],
      });
      return [found.rows.map((row) => row.code), found.hasNextPage];
    };
    expect(await page({}, 3)).toEqual([made.slice(0, 3), true]);
    expect(await page({}, 3, made[2])).toEqual([made.slice(3), false]);
    expect(await page({ serviceType: 'MOBILE' }, 10)).toEqual([made.slice(1), false]);
    expect(await page({ serviceType: 'MOBILE', kind: 'PENALTY' }, 10)).toEqual([made.slice(3), false]);
  });
});

describe('the rate of a tax category', () => {
  it('is read as of a past instant, and as it was known then', async () => {
    world.clock.set('2026-05-01T00:00:00Z');
    const from = at('2019-03-31T16:00:00Z');
    const name = { name: '增值电信', nameEn: 'Value-added telecom' };
    const { code } = await world.run(registerTaxCategory, { code: 'VALUE_ADDED', ...name, basisPoints: 600, from });
    // On 1 June it is announced that the rate has been 9 % since 1 January.
    world.clock.set('2026-06-01T00:00:00Z');
    await world.run(setTaxRate, { code, expectedVersion: 1, basisPoints: 900, from: at('2025-12-31T16:00:00Z') });
    const rate = async (validAt: string, knownAt: string | null = null) =>
      (await selectTaxCategories(world.context, [code], asOf(validAt, knownAt)))[0]?.rate?.basisPoints;
    expect(await rate('2025-12-31T15:59:59Z')).toBe(600);
    expect(await rate('2025-12-31T16:00:00Z')).toBe(900);
    expect(await rate('2026-03-01T00:00:00Z', '2026-05-15T00:00:00Z')).toBe(600);
    expect(await rate('2019-03-31T15:59:59Z')).toBeUndefined();
    const trail = await database.raw(
      `SELECT e.before, e.after ->> 'basisPoints' AS became FROM audit_entry e JOIN tax_category c ON c.id = e.subject_id
       WHERE c.code = $1 AND e.operation = 'setTaxRate'`,
      [code],
    );
    expect(trail).toEqual([{ before: { basisPoints: [600] }, became: '900' }]);
  });

  it('is refused when it is no rate, when there is no category, and to whoever saw an older one', async () => {
    const category = { code: 'GOODS', name: '货物', nameEn: 'Goods', basisPoints: 1300 };
    await world.run(registerTaxCategory, category);
    expect(await world.refused(registerTaxCategory, category)).toEqual(['code CODE_TAKEN']);
    const wrong = { code: 'goods', name: ' ', nameEn: 'x'.repeat(201), basisPoints: -1 };
    expect(await world.refused(registerTaxCategory, wrong)).toEqual([
      'code CODE_INVALID', 'name BLANK', 'nameEn TOO_LONG', 'basisPoints RATE_INVALID',
    ]); // prettier-ignore
    const change = { code: 'GOODS', expectedVersion: 1, basisPoints: 1000 };
    expect(await world.refused(setTaxRate, { ...change, basisPoints: 10_001 })).toEqual(['basisPoints RATE_INVALID']);
    expect(await world.refused(setTaxRate, { ...change, code: 'NONE' })).toEqual(['code NOT_FOUND']);
    expect(await world.refused(setTaxRate, { ...change, expectedVersion: 2 })).toEqual(['expectedVersion STALE_VERSION']);
    expect(await world.refused(setTaxRate, { ...change, from: at('9999-01-01T00:00:00Z') })).toEqual(['from INVALID_PERIOD']);
    for (const context of [world.as(['tax:write'], world.hangzhou), world.as(['tax:write'], world.root, ['MOBILE'])]) {
      expect(await world.refused(setTaxRate, change, context)).toEqual(['code OUTSIDE_SCOPE']);
      expect(await world.refused(registerTaxCategory, { ...category, code: 'OTHER' }, context)).toEqual(['code OUTSIDE_SCOPE']);
    }
  });

  it('has at most 100 categories', async () => {
    await database.raw(`INSERT INTO tax_category (code, id, name, name_en, created_at)
      SELECT 'FILLER_' || n, gen_random_uuid(), 'x', 'x', now() FROM generate_series(1, 100) AS n`);
    const category = { code: 'ONE_MORE', name: '税目', nameEn: 'Category', basisPoints: 100 };
    expect(await world.refused(registerTaxCategory, category)).toEqual(['code TOO_MANY']);
    await database.raw(`DELETE FROM tax_category WHERE code LIKE 'FILLER%'`);
  });
});
