import { draftProductVersion } from '../../src/business/component/product';
import { execute } from '../../src/business/execute';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { newKey } from '../support/party-world';
import { FEE, useCatalogueWorld } from './catalogue-world';

/* What is wrong with a document is told by the path at which it stands, in both languages, and nothing is stored. */

const database = useDatabase();
const world = useCatalogueWorld(database);

type Document = { readonly [part: string]: Json };
const fee = (more: Document): Document => ({ prices: [{ ...FEE, ...more }] });
const EARLY = { kind: 'FIXED', amount: '100.00', chargeCode: 'PENALTY', taxIncluded: true } as const;
const term = (more: Document): Document => ({ prices: [FEE], term: { months: 2, earlyTermination: EARLY, renewal: 'OPEN', ...more } });

beforeAll(async () => {
  await world.released('BASE', { prices: [FEE] });
  await world.released('LINE', { prices: [{ ...FEE, chargeCode: 'BROADBAND_FEE' }] }, { serviceType: 'BROADBAND' });
  await world.released('NINGBO', { prices: [FEE] }, { organisationId: world.ningbo });
});

async function refusalsOf(
  code: string,
  documents: { definition?: Json; bundle?: Json },
  kind: 'PLAN' | 'BUNDLE' = 'PLAN',
): Promise<string[]> {
  const productId = await world.product(code, { kind });
  const result = await execute(world.context, draftProductVersion, { productId, expectedVersion: 1, ...documents }, newKey());
  if (result.ok) throw new Error('not refused');
  for (const { message } of result.refusals) {
    expect(message.zh).toMatch(/\p{Script=Han}/u);
    expect(Object.values(message).join()).not.toMatch(/[{}]/);
  }
  expect(await world.rows('SELECT id FROM product_version WHERE product_id = $1', productId)).toEqual([]);
  return result.refusals.map(({ code: refusal, field }) => `${field?.join('.')} ${refusal}`);
}

let codes = 0;
const nextCode = (): string => `D-${(codes += 1)}`;

describe('the document of a product', () => {
  it.each<[string, Json, string[]]>([
    ['no prices', {}, ['prices FIELD_MISSING']],
    ['what nobody knows', { prices: [], colour: 'red' }, ['colour FIELD_UNKNOWN']],
    ['a list instead of an object', [], [' FIELD_MALFORMED']],
    ['51 prices', { prices: Array.from({ length: 51 }, (_, nth) => ({ ...FEE, code: `P${nth}` })) }, ['prices TOO_MANY']],
    ['no kind of price', fee({ kind: null }), ['prices.0.kind VALUE_UNKNOWN']],
    ['another kind of price', fee({ kind: 'GIFT' }), ['prices.0.kind VALUE_UNKNOWN']],
    ['a field of another kind', fee({ amount: '1.00' }), ['prices.0.amount FIELD_UNKNOWN']],
    [
      'no amount',
      { prices: [FEE, { ...FEE, code: 'F2' }, fee({ phases: [{}], code: 'F3' })['prices'] as never].flat() },
      ['prices.2.phases.0.amount FIELD_MISSING'],
    ],
    ['a number for an amount', fee({ phases: [{ amount: 30 }] }), ['prices.0.phases.0.amount AMOUNT_INVALID']],
    ['a thousandth', fee({ phases: [{ amount: '30.005' }] }), ['prices.0.phases.0.amount AMOUNT_INVALID']],
    ['less than nothing', fee({ phases: [{ amount: '-0.01' }] }), ['prices.0.phases.0.amount AMOUNT_INVALID']],
    ['more than there is', fee({ phases: [{ amount: '1000000000000.01' }] }), ['prices.0.phases.0.amount AMOUNT_INVALID']],
    ['another currency', fee({ phases: [{ amount: { amount: '30.00', currency: 'USD' } }] }), ['prices.0.phases.0.amount CURRENCY_WRONG']],
    ['no phase', fee({ phases: [] }), ['prices.0.phases TOO_FEW']],
    ['a last phase that ends', fee({ phases: [{ periods: 3, amount: '1.00' }] }), ['prices.0.phases.0.periods LAST_PHASE_CLOSED']],
    ['a first phase without end', fee({ phases: [{ amount: '1.00' }, { amount: '2.00' }] }), ['prices.0.phases.0.periods PHASE_OPEN']],
    ['no periods', fee({ phases: [{ periods: 0, amount: '1.00' }, { amount: '2.00' }] }), ['prices.0.phases.0.periods NUMBER_TOO_SMALL']],
    ['half a period', fee({ trial: { unit: 'MONTH', count: 1.5 } }), ['prices.0.trial.count FIELD_MALFORMED']],
    ['a blank name', fee({ name: ' ' }), ['prices.0.name BLANK']],
    ['a name that nobody sees', fee({ nameEn: 'a\u202eb' }), ['prices.0.nameEn CHARACTERS_REFUSED']],
    ['a name without end', fee({ name: '名'.repeat(101) }), ['prices.0.name TOO_LONG']],
    ['a code in small letters', fee({ code: 'fee' }), ['prices.0.code CODE_INVALID']],
    ['a code given twice', { prices: [FEE, FEE] }, ['prices.1.code GIVEN_TWICE']],
    ['a stop reason that is none', fee({ suspension: [{ reason: 'MOOD', kind: 'NONE' }] }), ['prices.0.suspension.0.reason VALUE_UNKNOWN']],
    [
      'a stop reason twice',
      fee({
        suspension: [
          { reason: 'LOSS', kind: 'NONE' },
          { reason: 'LOSS', kind: 'FULL' },
        ],
      }),
      ['prices.0.suspension.1.reason GIVEN_TWICE'],
    ],
    [
      'a replacement without amount',
      fee({ suspension: [{ reason: 'LOSS', kind: 'REPLACEMENT' }] }),
      ['prices.0.suspension.0.amount AMOUNT_MISMATCH'],
    ],
    [
      'days without number',
      fee({ suspension: [{ reason: 'LOSS', kind: 'NONE', span: { kind: 'DAYS' } }] }),
      ['prices.0.suspension.0.span.days DAYS_MISMATCH'],
    ],
    ['a charge code that is none', fee({ chargeCode: 'NOTHING' }), ['prices.0.chargeCode CHARGE_CODE_UNKNOWN']],
    ['a charge code of another kind', fee({ chargeCode: 'DEPOSIT' }), ['prices.0.chargeCode CHARGE_CODE_OF_OTHER_KIND']],
    ['a charge code of another line', fee({ chargeCode: 'BROADBAND_FEE' }), ['prices.0.chargeCode CHARGE_CODE_OF_OTHER_SERVICE']],
    [
      'usage that the line has not',
      {
        prices: [
          {
            kind: 'USAGE',
            code: 'U',
            name: '量',
            nameEn: 'U',
            chargeCode: 'MOBILE_USAGE',
            taxIncluded: true,
            usageKind: 'SMELL',
            tariff: 'T',
          },
        ],
      },
      ['prices.0.usageKind USAGE_KIND_UNKNOWN'],
    ],
    ['a product that is none', { prices: [], rules: { requires: [['BASE', 'NOBODY']] } }, ['rules.requires.0.1 PRODUCT_UNKNOWN']],
    ['a product of another city', { prices: [], rules: { excludes: ['NINGBO'] } }, ['rules.excludes.0 PRODUCT_UNKNOWN']],
    [
      'what is required and excluded',
      { prices: [], rules: { requires: [['BASE']], excludes: ['BASE'] } },
      ['rules.requires.0 CONTRADICTION'],
    ],
    [
      'what is held and not held',
      { prices: [], eligibility: { holdsAnyOf: ['BASE'], holdsNoneOf: ['BASE'] } },
      ['eligibility.holdsNoneOf CONTRADICTION'],
    ],
    [
      'a node that is none',
      { prices: [], eligibility: { organisations: ['HZ', 'NOWHERE'] } },
      ['eligibility.organisations.1 ORGANISATION_UNKNOWN'],
    ],
    [
      'tenure from 12 to 6 months',
      { prices: [], eligibility: { tenureMonths: { least: 12, most: 6 } } },
      ['eligibility.tenureMonths LEAST_ABOVE_MOST'],
    ],
    ['a standard above the most', { prices: [], quantity: { least: 1, standard: 3, most: 2 } }, ['quantity LEAST_ABOVE_MOST']],
    ['a term of 121 months', term({ months: 121 }), ['term.months NUMBER_TOO_LARGE']],
    [
      'a table longer than its term',
      term({ earlyTermination: { ...EARLY, kind: 'BY_MONTH', amount: null, amounts: ['3.00', '2.00', '1.00'] } }),
      ['term.earlyTermination.amounts MONTHS_MISMATCH'],
    ],
    [
      'a penalty under a fee’s code',
      term({ earlyTermination: { ...EARLY, chargeCode: 'MONTHLY_FEE' } }),
      ['term.earlyTermination.chargeCode CHARGE_CODE_OF_OTHER_KIND'],
    ],
    [
      'several things at once',
      fee({ name: ' ', chargeCode: 'x', timing: 'NEVER' }),
      ['prices.0.name BLANK', 'prices.0.chargeCode CODE_INVALID', 'prices.0.timing VALUE_UNKNOWN'],
    ],
  ])('with %s', async (_what, definition, refusals) => {
    const expected = refusals.map((refusal) => (refusal.startsWith(' ') ? `definition${refusal}` : `definition.${refusal}`));
    expect(await refusalsOf(nextCode(), { definition })).toEqual(expected);
  });

  it('is of the kind of its product', async () => {
    expect(await refusalsOf(nextCode(), { bundle: {} })).toEqual(['bundle DEFINITION_OF_OTHER_KIND']);
    expect(await refusalsOf(nextCode(), { definition: {} }, 'BUNDLE')).toEqual(['definition DEFINITION_OF_OTHER_KIND']);
    expect(await refusalsOf(nextCode(), { definition: { prices: [] }, bundle: {} })).toEqual(['bundle DEFINITION_OF_OTHER_KIND']);
  });
});

describe('the document of a bundle', () => {
  const member = (more: Document = {}): Document => ({
    role: 'PHONE',
    name: '手机',
    nameEn: 'Phone',
    products: ['BASE'],
    least: 1,
    most: 3,
    standard: 1,
    share: 2,
    chargeCode: 'MOBILE_FEE',
    ...more,
  });
  const bundle = (more: Document): Document => ({
    across: 'FAMILY',
    members: [member()],
    prices: [FEE],
    whenMemberLeaves: { kind: 'END' },
    ...more,
  });
  const allowance = (more: Document): Document => ({
    allowances: [
      { code: 'DATA', name: '流量', nameEn: 'Data', unit: 'BYTE', amount: '1024', usageKinds: ['DATA'], roles: ['PHONE'], ...more },
    ],
  });

  it.each<[string, Document, string[]]>([
    ['no member', { members: [] }, ['members TOO_FEW', 'members SHARES_EMPTY']],
    ['a role twice', { members: [member(), member()] }, ['members.1.role GIVEN_TWICE']],
    ['no shares', { members: [member({ share: 0 })] }, ['members SHARES_EMPTY']],
    [
      'products of two lines in a role',
      { members: [member({ products: ['BASE', 'LINE'] })] },
      ['members.0.products.1 MEMBER_OF_SEVERAL_SERVICES'],
    ],
    ['a product that is none', { members: [member({ products: ['NOBODY'] })] }, ['members.0.products.0 PRODUCT_UNKNOWN']],
    ['a product of a city', { members: [member({ products: ['NINGBO'] })] }, ['members.0.products.0 PRODUCT_UNKNOWN']],
    [
      'the charge code of another line',
      { members: [member({ chargeCode: 'BROADBAND_FEE' })] },
      ['members.0.chargeCode CHARGE_CODE_OF_OTHER_SERVICE'],
    ],
    ['a standard below the least', { members: [member({ standard: 0 })] }, ['members.0 LEAST_ABOVE_MOST']],
    ['usage of its own', { prices: [{ ...FEE, kind: 'USAGE' }] }, ['prices.0.kind VALUE_UNKNOWN']],
    ['an allowance of nobody', allowance({ roles: ['CAT'] }), ['allowances.0.roles.0 ROLE_UNKNOWN']],
    ['an allowance of no usage', allowance({ usageKinds: ['SMELL'] }), ['allowances.0.usageKinds.0 USAGE_KIND_UNKNOWN']],
    ['an allowance of half a byte', allowance({ amount: '0.5' }), ['allowances.0.amount FIELD_MALFORMED']],
    [
      'another price of nothing',
      { prices: [], whenMemberLeaves: { kind: 'REPRICE', amount: '1.00' } },
      ['whenMemberLeaves NO_RECURRING_PRICE'],
    ],
    ['a grace without days', { whenMemberLeaves: { kind: 'GRACE' } }, ['whenMemberLeaves.days FIELD_MISSING']],
  ])('with %s', async (_what, more, refusals) => {
    expect(await refusalsOf(nextCode(), { bundle: bundle(more) }, 'BUNDLE')).toEqual(refusals.map((refusal) => `bundle.${refusal}`));
  });

  it('does not name a bundle', async () => {
    await world.released('PAIR', bundle({}), { kind: 'BUNDLE' });
    expect(
      await refusalsOf(nextCode(), { bundle: bundle({ members: [member({ products: ['PAIR'], chargeCode: 'MONTHLY_FEE' })] }) }, 'BUNDLE'),
    ).toEqual(['bundle.members.0.products.0 MEMBER_IS_BUNDLE']);
  });
});
