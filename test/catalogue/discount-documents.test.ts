import { changeDiscountDraft, draftDiscountVersion, moveDiscountVersion } from '../../src/business/component/discount';
import { execute } from '../../src/business/execute';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { newKey } from '../support/party-world';
import { FEE, TENTH, useCatalogueWorld } from './catalogue-world';

/* What is wrong with a document is told by the path at which it stands, in both languages, and nothing is stored. */

const database = useDatabase();
const world = useCatalogueWorld(database);

type Document = { readonly [part: string]: Json };

beforeAll(async () => {
  await world.released('BASE', { prices: [FEE] });
  await world.released('LINE', { prices: [{ ...FEE, chargeCode: 'BROADBAND_FEE' }] }, { serviceType: 'BROADBAND' });
  await world.released('NINGBO', { prices: [FEE] }, { organisationId: world.ningbo });
});

let codes = 0;
const nextCode = (): string => `D-${(codes += 1)}`;

async function refusalsOf(definition: Json, serviceType: string | null = null): Promise<string[]> {
  const discountId = await world.discount(nextCode(), { serviceType });
  const result = await execute(world.context, draftDiscountVersion, { discountId, expectedVersion: 1, definition }, newKey());
  if (result.ok) throw new Error('not refused');
  for (const { message } of result.refusals) {
    expect(message.zh).toMatch(/\p{Script=Han}/u);
    expect(Object.values(message).join()).not.toMatch(/[{}]/);
  }
  expect(await world.rows('SELECT id FROM discount_version WHERE discount_id = $1', discountId)).toEqual([]);
  return result.refusals.map(({ code, field }) => `${field?.join('.')} ${code}`);
}

const effect = (parts: Document, more: Document = {}): Document => ({ ...TENTH, effect: parts, ...more });
const RETURNS = { months: 12, total: '240.00', book: 'GIFT' } as const;
const deposit = (more: Document = {}, beside: Document = {}): Document =>
  effect({ kind: 'DEPOSIT_RETURN', deposit: '200.00', returns: { ...RETURNS, ...more } }, beside);
const units = (more: Document, beside: Document = {}): Document =>
  effect({ kind: 'FREE_UNITS', usageKinds: ['DATA'], unit: 'BYTE', units: '1024', ...more }, beside);
const others = { kind: 'PRICE_OVERRIDE', priceCode: 'FEE', amount: '9.90' } as const;

describe('the document of a discount', () => {
  it.each<[string, Json, string[]]>([
    ['nothing', {}, ['name FIELD_MISSING', 'nameEn FIELD_MISSING', 'effect FIELD_MISSING', 'level FIELD_MISSING']],
    ['a list instead of an object', [], [' FIELD_MALFORMED']],
    ['what nobody knows', { ...TENTH, colour: 'red' }, ['colour FIELD_UNKNOWN']],
    ['a blank name', { ...TENTH, name: ' ' }, ['name BLANK']],
    ['a name without end', { ...TENTH, nameEn: 'x'.repeat(101) }, ['nameEn TOO_LONG']],
    ['no effect that is known', effect({ kind: 'MAGIC' }), ['effect.kind VALUE_UNKNOWN']],
    ['a field of another effect', effect({ kind: 'WAIVER', amount: '1.00' }), ['effect.amount FIELD_UNKNOWN']],
    ['nothing off', effect({ kind: 'PERCENTAGE', basisPoints: 0 }), ['effect.basisPoints NUMBER_TOO_SMALL']],
    ['more than all off', effect({ kind: 'PERCENTAGE', basisPoints: 10_001 }), ['effect.basisPoints NUMBER_TOO_LARGE']],
    ['half a basis point', effect({ kind: 'PERCENTAGE', basisPoints: 0.5 }), ['effect.basisPoints FIELD_MALFORMED']],
    ['no amount', effect({ kind: 'AMOUNT' }), ['effect.amount FIELD_MISSING']],
    ['an amount of nothing', effect({ kind: 'AMOUNT', amount: '0.00' }), ['effect.amount AMOUNT_ZERO']],
    ['a thousandth', effect({ kind: 'AMOUNT', amount: '1.005' }), ['effect.amount AMOUNT_INVALID']],
    ['another currency', effect({ kind: 'AMOUNT', amount: { amount: '1.00', currency: 'USD' } }), ['effect.amount CURRENCY_WRONG']],
    ['a level that is none', { ...TENTH, level: 'PLANET' }, ['level VALUE_UNKNOWN']],
    ['a priority beyond', { ...TENTH, priority: 10_001 }, ['priority NUMBER_TOO_LARGE']],
    ['a group in small letters', { ...TENTH, exclusionGroup: 'a' }, ['exclusionGroup CODE_INVALID']],
    ['a cap of nothing', { ...TENTH, cap: '0.00' }, ['cap AMOUNT_ZERO']],
    ['no periods', { ...TENTH, lasts: { periods: 0 } }, ['lasts.periods NUMBER_TOO_SMALL']],
    ['an end at nothing', { ...TENTH, lasts: { amount: '0.00' } }, ['lasts.amount AMOUNT_ZERO']],
    ['an empty list', { ...TENTH, appliesTo: { chargeCodes: [] } }, ['appliesTo.chargeCodes TOO_FEW']],
    [
      '51 charge codes',
      { ...TENTH, appliesTo: { chargeCodes: Array.from({ length: 51 }, (_, nth) => `C${nth}`) } },
      ['appliesTo.chargeCodes TOO_MANY'],
    ],
    [
      'a charge code twice',
      { ...TENTH, appliesTo: { chargeCodes: ['MONTHLY_FEE', 'MONTHLY_FEE'] } },
      ['appliesTo.chargeCodes.1 GIVEN_TWICE'],
    ],
    [
      'charge codes that are none',
      { ...TENTH, appliesTo: { chargeCodes: ['MONTHLY_FEE', 'NOTHING'] } },
      ['appliesTo.chargeCodes.1 CHARGE_CODE_UNKNOWN'],
    ],
    [
      'a charge code of a deposit, and one that bars discounts',
      { ...TENTH, appliesTo: { chargeCodes: ['DEPOSIT', 'TOLL'] } },
      [
        'appliesTo.chargeCodes.0 CHARGE_CODE_OF_OTHER_KIND',
        'appliesTo.chargeCodes.0 CHARGE_CODE_NOT_DISCOUNTABLE',
        'appliesTo.chargeCodes.1 CHARGE_CODE_NOT_DISCOUNTABLE',
      ],
    ],
    ['products that are none', { ...TENTH, appliesTo: { products: ['BASE', 'NOBODY'] } }, ['appliesTo.products.1 PRODUCT_UNKNOWN']],
    ['a product of a city', { ...TENTH, appliesTo: { products: ['NINGBO'] } }, ['appliesTo.products.0 PRODUCT_UNKNOWN']],
    ['a grade that is none', { ...TENTH, eligibility: { grades: ['BEST'] } }, ['eligibility.grades.0 VALUE_UNKNOWN']],
    ['a node that is none', { ...TENTH, eligibility: { organisations: ['X'] } }, ['eligibility.organisations.0 ORGANISATION_UNKNOWN']],
    ['another price of nobody', effect(others), ['appliesTo.products PRODUCTS_NEEDED']],
    ['free units of no line', units({}), ['effect.usageKinds SERVICE_TYPE_NEEDED']],
    ['no units', units({ units: '0' }), ['effect.units AMOUNT_ZERO']],
    ['half a unit', units({ units: '0.5' }), ['effect.units FIELD_MALFORMED']],
    ['a cap of free units', units({}, { cap: '1.00' }), ['cap FIELD_UNKNOWN']],
    ['less back than was paid', deposit({ total: '199.99' }), ['effect.returns.total RETURN_BELOW_DEPOSIT']],
    ['money that never comes back', deposit({ months: 0 }), ['effect.returns.months NUMBER_TOO_SMALL']],
    ['a deposit that lasts for money', deposit({}, { lasts: { amount: '1.00' } }), ['lasts.amount FIELD_UNKNOWN']],
    ['a book that pays nothing known', deposit({ chargeCodes: ['X'] }), ['effect.returns.chargeCodes.0 CHARGE_CODE_UNKNOWN']],
    [
      'a threshold without reduction',
      effect({ kind: 'THRESHOLD', spend: '100.00' }, { level: 'BILL' }),
      ['effect.reduction FIELD_MISSING'],
    ],
    [
      'a threshold at nothing',
      effect({ kind: 'THRESHOLD', spend: '0.00', reduction: { kind: 'AMOUNT', amount: '0.00' } }, { level: 'BILL' }),
      ['effect.spend AMOUNT_ZERO', 'effect.reduction.amount AMOUNT_ZERO'],
    ],
  ])('with %s', async (_what, definition, refusals) => {
    const expected = refusals.map((refusal) => (refusal.startsWith(' ') ? `definition${refusal}` : `definition.${refusal}`));
    expect(await refusalsOf(definition)).toEqual(expected);
  });

  it('of one line of business acts on that line alone', async () => {
    const account = { ...TENTH, level: 'ACCOUNT' };
    expect(await refusalsOf(account, 'MOBILE')).toEqual(['definition.appliesTo.products PRODUCTS_NEEDED']);
    expect(await refusalsOf({ ...account, appliesTo: { products: ['BASE', 'LINE'] } }, 'MOBILE')).toEqual([
      'definition.appliesTo.products.1 PRODUCT_OF_OTHER_SERVICE',
    ]);
    expect(await refusalsOf({ ...TENTH, appliesTo: { chargeCodes: ['BROADBAND_FEE'] } }, 'MOBILE')).toEqual([
      'definition.appliesTo.chargeCodes.0 CHARGE_CODE_OF_OTHER_SERVICE',
    ]);
    expect(await refusalsOf(units({ usageKinds: ['SMELL'] }), 'MOBILE')).toEqual(['definition.effect.usageKinds.0 USAGE_KIND_UNKNOWN']);
  });
});

describe('what is read', () => {
  const WHOLE = {
    level: 'SUBSCRIBER',
    appliesTo: {},
    lasts: { periods: null, amountMinor: null },
    priority: 100,
    exclusionGroup: null,
  } as const;
  const names = { zh: '九折', en: 'A tenth off' };

  it.each<[string, string | null, Document, unknown]>([
    ['PERCENTAGE', null, {}, { ...WHOLE, effect: { kind: 'PERCENTAGE', basisPoints: 1_000, of: 'REMAINING' }, capMinor: null }],
    [
      'AMOUNT',
      null,
      {
        effect: { kind: 'AMOUNT', amount: { amount: '12.34', currency: 'CNY' } },
        cap: '10.00',
        lasts: { periods: 6, amount: '99.99' },
        priority: 0,
      },
      {
        ...WHOLE,
        effect: { kind: 'AMOUNT', amountMinor: 1_234n, prorated: true },
        capMinor: 1_000n,
        lasts: { periods: 6, amountMinor: 9_999n },
        priority: 0,
      },
    ],
    [
      'PRICE_OVERRIDE',
      'MOBILE',
      { effect: others, appliesTo: { products: ['BASE'] }, exclusionGroup: 'FEE' },
      {
        ...WHOLE,
        effect: { kind: 'PRICE_OVERRIDE', priceCode: 'FEE', amountMinor: 990n },
        appliesTo: { products: ['BASE'] },
        exclusionGroup: 'FEE',
        capMinor: null,
      },
    ],
    [
      'FREE_UNITS',
      'MOBILE',
      { effect: units({ units: '999999999999999999' })['effect'] as Json },
      { ...WHOLE, effect: { kind: 'FREE_UNITS', usageKinds: ['DATA'], unit: 'BYTE', amount: 999_999_999_999_999_999n }, capMinor: null },
    ],
    [
      'WAIVER',
      null,
      { effect: { kind: 'WAIVER' }, appliesTo: { oneTime: true } },
      { ...WHOLE, effect: { kind: 'WAIVER' }, appliesTo: { oneTime: true }, capMinor: null },
    ],
    [
      'DEPOSIT_RETURN',
      null,
      { effect: deposit({ chargeCodes: ['MONTHLY_FEE'] })['effect'] as Json },
      {
        ...WHOLE,
        effect: {
          kind: 'DEPOSIT_RETURN',
          depositMinor: 20_000n,
          returns: { afterMonths: 1, months: 12, totalMinor: 24_000n, book: 'GIFT', chargeCodes: ['MONTHLY_FEE'] },
        },
        capMinor: null,
      },
    ],
    [
      'THRESHOLD',
      null,
      { effect: { kind: 'THRESHOLD', spend: '100.00', reduction: { kind: 'AMOUNT', amount: '5.00' } }, level: 'BILL' },
      {
        ...WHOLE,
        effect: { kind: 'THRESHOLD', spendMinor: 10_000n, reduction: { kind: 'AMOUNT', amountMinor: 500n } },
        level: 'BILL',
        capMinor: null,
      },
    ],
  ])('%s', async (kind, serviceType, more, expected) => {
    const { versionId } = await world.releasedDiscount(`READ-${kind}`, { ...TENTH, ...more }, { serviceType });
    const [found] = await world.granted({ codes: [`READ-${kind}`] });
    expect(found).toMatchObject({ versionId, serviceType, state: 'active', currency: 'CNY', budgetLeftMinor: null });
    expect(found?.definition).toEqual({ ...(expected as object), name: names, eligibility: {} });
    const named = await world.rows('SELECT charge_code AS code FROM discount_version_charge_code WHERE version_id = $1', versionId);
    expect(named).toEqual(kind === 'DEPOSIT_RETURN' ? [{ code: 'MONTHLY_FEE' }] : []);
  });

  it('takes the place of a price that is on sale when it is released', async () => {
    await world.product('LATER');
    const discountId = await world.discount('ANOTHER-PRICE', { serviceType: 'MOBILE' });
    const definition = (priceCode: string, product: string) => ({
      ...TENTH,
      effect: { ...others, priceCode },
      appliesTo: { products: [product] },
    });
    const asked = { discountId, expectedVersion: 1, definition: definition('FEE', 'LATER') };
    const { versionId } = await world.run(draftDiscountVersion, asked);
    await world.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' });
    const release = async (expectedVersion: number) => world.refused(moveDiscountVersion, { versionId, expectedVersion, to: 'active' });
    expect(await release(2)).toEqual(['definition.effect.priceCode PRICE_UNKNOWN']);
    await world.run(changeDiscountDraft, { versionId, expectedVersion: 2, definition: definition('FEES', 'BASE') });
    expect(await release(3)).toEqual(['definition.effect.priceCode PRICE_UNKNOWN']);
    await world.run(changeDiscountDraft, { versionId, expectedVersion: 3, definition: definition('FEE', 'BASE') });
    await world.run(moveDiscountVersion, { versionId, expectedVersion: 4, to: 'active' });
  });
});
