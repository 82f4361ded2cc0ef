import { Temporal } from 'temporal-polyfill';
import {
  changeProductDraft, draftProductVersion, moveProductVersion, releaseProduct, searchProducts, selectProductsByCode, selectReleasesOfProducts,
  selectVersionsById, type Offer, type ReleaseProductInput,
} from '../../src/business/component/product'; // prettier-ignore
import { createOrganisation } from '../../src/business/component/organisation';
import { sql } from '../../src/data/connection/sql';
import type { Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { FEE, useCatalogueWorld, type Released } from './catalogue-world';

/* What can be sold where: the version in sale, what the nodes between say, and what another city never sees. */

const database = useDatabase();
const world = useCatalogueWorld(database);
const at = (text: string) => Temporal.Instant.from(text);
const page = { first: 50, after: null };
const AUTHORITY = { reductionBasisPoints: 2_000, increaseBasisPoints: 1_000 };
const PHASES = [{ periods: 3, amount: '10.00' }, { amount: '30.00' }];

let plan: Released;
let ofHangzhou: Released;
let ofNingbo: Released;
let hall: Id<'organisation'>;

beforeAll(async () => {
  plan = await world.released('PLAN', {
    prices: [
      { ...FEE, phases: PHASES, authority: AUTHORITY },
      { ...FEE, code: 'FIXED' },
    ],
  });
  ofHangzhou = await world.released('OF-HZ', { prices: [FEE] }, { organisationId: world.hangzhou });
  ofNingbo = await world.released('OF-NB', { prices: [FEE] }, { organisationId: world.ningbo });
  hall = (await world.run(createOrganisation, { organisationId: world.hangzhou, code: 'HALL', name: '厅', kind: 'HALL' })).organisationId;
});

const codesOf = (offers: readonly Offer[]): string[] => offers.map(({ code }) => code).sort();
const amountsOf = (offer: Offer | undefined): Record<string, bigint[]> =>
  Object.fromEntries(
    (offer?.definition.prices ?? []).map((price) => [
      price.code,
      price.kind === 'RECURRING' ? price.phases.map((phase) => phase.amountMinor) : [],
    ]),
  );

async function release(more: Partial<ReleaseProductInput>, context = world.context): Promise<void> {
  await world.run(releaseProduct, await releaseInput(more), context);
}
async function releaseInput(more: Partial<ReleaseProductInput>): Promise<ReleaseProductInput> {
  const productId = more.productId ?? plan.productId;
  return { productId, organisationId: world.hangzhou, sold: true, expectedVersion: await world.versionOfProduct(productId), ...more };
}

describe('sellable', () => {
  it('answers what is sold at the node at the instant, by one statement and one for what was not read yet', async () => {
    const codes = ['PLAN', 'OF-HZ', 'OF-NB', 'NOTHING'];
    expect(codesOf(await world.offers({ codes }))).toEqual(['OF-HZ', 'PLAN']);
    expect(codesOf(await world.offers({ codes, organisationId: world.ningbo }))).toEqual(['OF-NB', 'PLAN']);
    expect(codesOf(await world.offers({ codes, organisationId: world.root }))).toEqual(['PLAN']);
    expect(codesOf(await world.offers({ codes, at: world.clock.now().subtract({ seconds: 1 }) }))).toEqual([]);
    const { tally } = world.context;
    const before = tally.statements;
    await world.offers({ codes });
    expect(tally.statements - before).toBe(1);
    expect(await world.offers({})).toEqual([]);
  });

  it('shows a caller nothing that is not offered to him', async () => {
    const ningbo = world.as(['catalogue:read', 'catalogue:test'], world.ningbo);
    const codes = ['PLAN', 'OF-HZ', 'OF-NB'];
    expect(codesOf(await world.offers({ codes, versionIds: [ofHangzhou.versionId] }, ningbo))).toEqual(['PLAN']);
    expect(codesOf(await world.offers({ codes, organisationId: world.ningbo }, ningbo))).toEqual(['OF-NB', 'PLAN']);
    expect((await selectProductsByCode(ningbo, codes)).map(({ code }) => code)).toEqual(['OF-NB', 'PLAN']);
    expect((await searchProducts(ningbo, {}, page)).rows.map(({ code }) => code)).toEqual(['OF-NB', 'PLAN']);
    expect(await selectVersionsById(ningbo, 'product', [ofHangzhou.versionId])).toEqual([]);
    const broadband = world.as(['catalogue:read'], world.ningbo, ['BROADBAND']);
    expect(await world.offers({ codes, organisationId: world.ningbo }, broadband)).toEqual([]);
    const nobody = world.as(['customer:read'], world.ningbo);
    expect(await world.offers({ codes, organisationId: world.ningbo }, nobody)).toEqual([]);
  });

  it('answers a draft by its id, as it stands, to those who may try it', async () => {
    const productId = await world.product('DRAFT');
    const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, definition: { prices: [FEE] } });
    const asked = { versionIds: [versionId] };
    expect(amountsOf((await world.offers(asked))[0])).toEqual({ FEE: [3_000n] });
    const cheaper = { prices: [{ ...FEE, phases: [{ amount: '20.00' }] }] };
    await world.run(changeProductDraft, { versionId, expectedVersion: 1, definition: cheaper });
    const [offer] = await world.offers(asked, world.as(['catalogue:read', 'catalogue:test'], world.hangzhou));
    expect([offer?.state, amountsOf(offer)]).toEqual(['draft', { FEE: [2_000n] }]);
    expect(await world.offers(asked, world.as(['catalogue:read'], world.hangzhou))).toEqual([]);
    expect(await world.offers({ codes: ['DRAFT'] })).toEqual([]);
    // Who may try drafts in one city does not try them in another.
    const tester = world.as(['catalogue:read', 'catalogue:test'], world.ningbo);
    expect(await world.offers(asked, tester)).toEqual([]);
    expect(codesOf(await world.offers({ ...asked, organisationId: world.ningbo }, tester))).toEqual(['DRAFT']);
  });
});

it('does not offer by its id what was taken out of sale, not even to those who may try drafts', async () => {
  const { versionId } = await world.released('STOPPED', { prices: [FEE] });
  const asked = { versionIds: [versionId] };
  expect(codesOf(await world.offers(asked))).toEqual(['STOPPED']);
  await world.run(moveProductVersion, { versionId, expectedVersion: 3, to: 'suspended' });
  expect(await world.offers(asked)).toEqual([]);
  await world.run(moveProductVersion, { versionId, expectedVersion: 4, to: 'retired' });
  expect(await world.offers(asked)).toEqual([]);
});

describe('release by level', () => {
  it('changes prices at a node and below within the authority, and the nearest node decides', async () => {
    await release(
      { prices: [{ code: 'FEE', amounts: ['9.00', '25.00'] }] },
      world.as(['catalogue:release', 'catalogue:read'], world.hangzhou),
    );
    await release({ organisationId: hall, prices: [{ code: 'FEE', amounts: [{ amount: '8.00', currency: 'CNY' }, '24.00'] }] });
    const priceAt = async (organisationId: Id<'organisation'>) => amountsOf((await world.offers({ codes: ['PLAN'], organisationId }))[0]);
    expect(await priceAt(world.hangzhou)).toEqual({ FEE: [900n, 2_500n], FIXED: [3_000n] });
    expect(await priceAt(hall)).toEqual({ FEE: [800n, 2_400n], FIXED: [3_000n] });
    expect(await priceAt(world.ningbo)).toEqual({ FEE: [1_000n, 3_000n], FIXED: [3_000n] });
  });

  it.each<[string, Partial<ReleaseProductInput>, string]>([
    ['a fen below the authority', { prices: [{ code: 'FEE', amounts: ['7.99', '24.00'] }] }, 'prices.0.amounts.0 BEYOND_PRICE_AUTHORITY'],
    ['a fen above the authority', { prices: [{ code: 'FEE', amounts: ['10.00', '33.01'] }] }, 'prices.0.amounts.1 BEYOND_PRICE_AUTHORITY'],
    ['a price without authority', { prices: [{ code: 'FIXED', amounts: ['30.00'] }] }, 'prices.0.code NO_PRICE_AUTHORITY'],
    ['a price that is none', { prices: [{ code: 'OTHER', amounts: ['30.00'] }] }, 'prices.0.code PRICE_UNKNOWN'],
    ['one amount for two phases', { prices: [{ code: 'FEE', amounts: ['10.00'] }] }, 'prices.0.amounts AMOUNTS_MISMATCH'],
    ['an amount that is none', { prices: [{ code: 'FEE', amounts: ['much'] }] }, 'prices.0.amounts.0 AMOUNT_INVALID'],
    ['a grade that is none', { narrowing: { grades: ['BEST'] } }, 'narrowing.grades.0 VALUE_UNKNOWN'],
    ['a node elsewhere', { narrowing: { organisations: ['NB'] } }, 'narrowing.organisations.0 ORGANISATION_UNKNOWN'],
    ['the past', { from: at('2026-01-01T00:00:00Z') }, 'from IN_THE_PAST'],
    ['an end before the beginning', { from: at('2027-02-01T00:00:00Z'), to: at('2027-01-01T00:00:00Z') }, 'to INVALID_PERIOD'],
    ['another version', { expectedVersion: 1 }, 'expectedVersion STALE_VERSION'],
  ])('refuses %s', async (_what, more, refusal) => {
    expect(await world.refused(releaseProduct, await releaseInput(more))).toEqual([refusal]);
  }); // prettier-ignore

  it('is said at the caller’s own nodes, of what is offered there', async () => {
    const hangzhou = world.as(['catalogue:release', 'catalogue:read'], world.hangzhou);
    expect(await world.refused(releaseProduct, await releaseInput({ organisationId: world.ningbo }), hangzhou)).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
    expect(await world.refused(releaseProduct, await releaseInput({ productId: ofNingbo.productId }), hangzhou)).toEqual([
      'productId NOT_FOUND',
    ]);
    // Above its own node a product has nothing to say.
    const above = await releaseInput({ productId: ofHangzhou.productId, organisationId: world.root });
    expect(await world.refused(releaseProduct, above)).toEqual(['organisationId NOT_OFFERED_THERE']);
  });

  it('narrows who may have it at every level, and what is stopped above is not sold below', async () => {
    const { productId } = await world.released('NARROWED', { prices: [], eligibility: { customerKinds: ['INDIVIDUAL'] } });
    await release({ productId, narrowing: { grades: ['GOLD'] } });
    await release({ productId, organisationId: hall, narrowing: { tenureMonths: { least: 12 } } });
    const offerAt = async (organisationId: Id<'organisation'>) => (await world.offers({ codes: ['NARROWED'], organisationId }))[0];
    const individuals = { customerKinds: ['INDIVIDUAL'] };
    expect((await offerAt(hall))?.eligibility).toEqual([individuals, { tenureMonths: { least: 12 } }, { grades: ['GOLD'] }]);
    expect((await offerAt(world.ningbo))?.eligibility).toEqual([individuals]);
    await release({ productId, sold: false });
    await release({ productId, organisationId: hall, sold: true });
    expect([await offerAt(hall), await offerAt(world.hangzhou)]).toEqual([undefined, undefined]);
    const sellableAt = (organisationId: Id<'organisation'>) => ({
      sellableAt: { organisationId, at: world.clock.now() },
      text: 'narrowed',
    });
    const found = async (organisationId: Id<'organisation'>) =>
      (await searchProducts(world.context, sellableAt(organisationId), page)).rows.length;
    expect([await found(hall), await found(world.ningbo)]).toEqual([0, 1]);
  });

  it('is read as of an instant, as it was known, and not by another city', async () => {
    world.clock.set('2028-01-01T00:00:00Z');
    const { productId } = await world.released('DATED', { prices: [{ ...FEE, authority: AUTHORITY }] });
    await release({
      productId,
      prices: [{ code: 'FEE', amounts: ['25.00'] }],
      from: at('2028-02-01T00:00:00Z'),
      to: at('2028-03-01T00:00:00Z'),
    });
    const priceAt = async (text: string) => amountsOf((await world.offers({ codes: ['DATED'], at: at(text) }))[0])['FEE'];
    expect(await Promise.all(['2028-01-31T23:59:59Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'].map(priceAt))).toEqual([
      [3_000n],
      [2_500n],
      [3_000n],
    ]);
    world.clock.set('2028-01-10T00:00:00Z');
    await release({ productId, prices: [{ code: 'FEE', amounts: ['26.00'] }], from: at('2028-02-10T00:00:00Z') });
    const saidAt = async (validAt: string, knownAt: string | null, context = world.context) => {
      const time = { validAt: at(validAt), knownAt: knownAt === null ? null : at(knownAt) };
      const found = (await selectReleasesOfProducts(context, [productId], time, page)).get(productId)?.rows ?? [];
      return found.map(({ prices }) => JSON.stringify(prices));
    };
    const said = (amountMinor: string) => [JSON.stringify([{ code: 'FEE', amountsMinor: [amountMinor] }])];
    expect(await saidAt('2028-02-15T00:00:00Z', null)).toEqual(said('2600'));
    expect(await saidAt('2028-02-15T00:00:00Z', '2028-01-05T00:00:00Z')).toEqual(said('2500'));
    expect(await saidAt('2028-02-15T00:00:00Z', null, world.as(['catalogue:read'], world.hangzhou))).toEqual(said('2600'));
    expect(await saidAt('2028-02-15T00:00:00Z', null, world.as(['catalogue:read'], world.ningbo))).toEqual([]);
  });

  it('does not outlive the authority: what a later version does not allow is as if it were not said', async () => {
    const { productId } = await world.released('LATER', { prices: [{ ...FEE, authority: AUTHORITY }] });
    await release({ productId, prices: [{ code: 'FEE', amounts: ['25.00'] }] });
    expect(amountsOf((await world.offers({ codes: ['LATER'] }))[0])).toEqual({ FEE: [2_500n] });
    const expectedVersion = await world.versionOfProduct(productId);
    const dearer = { prices: [{ ...FEE, phases: [{ amount: '50.00' }], authority: AUTHORITY }] };
    const { versionId: next } = await world.run(draftProductVersion, { productId, expectedVersion, definition: dearer });
    expect(amountsOf((await world.offers({ versionIds: [next] }))[0])).toEqual({ FEE: [5_000n] });
  });

  it('has prices only of what is sold', async () => {
    const productId = await world.product('UNSOLD');
    const prices = [{ code: 'FEE', amounts: ['1.00'] }];
    expect(await world.refused(releaseProduct, await releaseInput({ productId, prices }))).toEqual(['productId NOT_IN_SALE']);
  });
});

/** Of this transaction alone: rows of the catalogue that were read, by whatever way. */
const ROWS_READ = sql`
  SELECT sum(seq_tup_read + idx_tup_fetch) AS n FROM pg_stat_xact_user_tables WHERE relname IN ('product', 'product_version')`;

test('what is asked of two products among 5,000 reads a few rows of them', async () => {
  await database.raw(`INSERT INTO product (id, code, name, name_en, kind, organisation_id, service_type, created_at)
    SELECT gen_random_uuid(), 'MANY-' || n, 'x', 'x', 'PLAN', '${world.root}', 'MOBILE', now() FROM generate_series(1, 5000) n`);
  await database.raw(`INSERT INTO product_version (id, product_id, number, state, currency, definition, sold, released_at, created_at)
    SELECT gen_random_uuid(), id, 1, 'active', 'CNY', '{"prices":[],"eligibility":{}}', '{[2000-01-01,)}', now(), now()
    FROM product WHERE code LIKE 'MANY-%'`);
  await database.raw('ANALYZE product');
  await database.raw('ANALYZE product_version');
  const codes = ['MANY-17', 'MANY-4711'];
  const read = await world.context.database.transaction(async (transaction) => {
    const rowsRead = async (): Promise<number> => {
      const [row] = await transaction.query<{ n: string }>(ROWS_READ);
      return Number(row?.n);
    };
    const before = await rowsRead();
    const offers = await world.offers({ codes }, { ...world.context, sql: transaction });
    expect(codesOf(offers)).toEqual(codes);
    return { commit: false, value: (await rowsRead()) - before };
  });
  expect(read.value).toBeLessThan(50);
});
