import { Temporal } from 'temporal-polyfill';
import { selectVersionsById } from '../../src/business/component/product';
import {
  authorityOf, consumeBudget, draftDiscountVersion, isWithinAuthority, moveDiscountVersion, releaseDiscount, searchDiscounts, selectAuthorityOfRoles,
  selectBudgets, selectDiscountsByCode, selectDiscountsById, selectReleasesOfDiscounts, setDiscountAuthority, setDiscountBudget,
  type ReleaseDiscountInput,
  type SetDiscountAuthorityInput,
} from '../../src/business/component/discount'; // prettier-ignore
import { createOrganisation } from '../../src/business/component/organisation';
import { createRole, createStaff, grantRole } from '../../src/business/component/staff';
import { execute } from '../../src/business/execute';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { newKey, refusalsIn } from '../support/party-world';
import { TENTH, useCatalogueWorld, type ReleasedDiscount } from './catalogue-world';

/* What can be granted where, how much of it there is, and what somebody may give away by hand. */

const database = useDatabase();
const world = useCatalogueWorld(database);
const at = (text: string) => Temporal.Instant.from(text);
const page = { first: 50, after: null };
const yuan = (amountMinor: bigint, currency = 'CNY') => ({ amountMinor, currency: currency as CurrencyCode });

let everywhere: ReleasedDiscount;
let ofHangzhou: ReleasedDiscount;
let ofNingbo: ReleasedDiscount;
let hall: Id<'organisation'>;

beforeAll(async () => {
  everywhere = await world.releasedDiscount('ALL', TENTH);
  ofHangzhou = await world.releasedDiscount('OF-HZ', TENTH, { organisationId: world.hangzhou });
  ofNingbo = await world.releasedDiscount('OF-NB', TENTH, { organisationId: world.ningbo, serviceType: 'MOBILE' });
  hall = (await world.run(createOrganisation, { organisationId: world.hangzhou, code: 'HALL', name: '厅', kind: 'HALL' })).organisationId;
});

const codesOf = (found: readonly { readonly code: string }[]): string[] => found.map(({ code }) => code).sort();

async function releaseInput(more: Partial<ReleaseDiscountInput>): Promise<ReleaseDiscountInput> {
  const discountId = more.discountId ?? everywhere.discountId;
  return { discountId, organisationId: world.hangzhou, granted: true, expectedVersion: await world.versionOfDiscount(discountId), ...more };
}
const release = async (more: Partial<ReleaseDiscountInput>, context = world.context) =>
  world.run(releaseDiscount, await releaseInput(more), context);

describe('grantable', () => {
  const codes = ['ALL', 'OF-HZ', 'OF-NB', 'NOTHING'];

  it('answers what is granted at the node at the instant, by one statement and one for what was not read yet', async () => {
    expect(codesOf(await world.granted({ codes }))).toEqual(['ALL', 'OF-HZ']);
    expect(codesOf(await world.granted({ codes, organisationId: world.ningbo }))).toEqual(['ALL', 'OF-NB']);
    expect(codesOf(await world.granted({ codes, organisationId: world.root }))).toEqual(['ALL']);
    expect(codesOf(await world.granted({ codes, at: world.clock.now().subtract({ seconds: 1 }) }))).toEqual([]);
    const { tally } = world.context;
    const before = tally.statements;
    await world.granted({ codes });
    expect(tally.statements - before).toBe(1);
    expect(await world.granted({})).toEqual([]);
    expect(tally.statements - before).toBe(1);
  });

  it('shows a caller nothing that is not offered to him, by any read', async () => {
    const ningbo = world.as(['catalogue:read', 'catalogue:test'], world.ningbo);
    const ids = [everywhere, ofHangzhou, ofNingbo].map(({ discountId }) => discountId);
    expect(codesOf(await world.granted({ codes, versionIds: [ofHangzhou.versionId] }, ningbo))).toEqual(['ALL']);
    expect(codesOf(await selectDiscountsByCode(ningbo, codes))).toEqual(['ALL', 'OF-NB']);
    expect(codesOf(await selectDiscountsById(ningbo, ids))).toEqual(['ALL', 'OF-NB']);
    expect(codesOf((await searchDiscounts(ningbo, {}, page)).rows)).toEqual(['ALL', 'OF-NB']);
    expect(await selectVersionsById(ningbo, 'discount', [ofHangzhou.versionId])).toEqual([]);
    await world.run(setDiscountBudget, { discountId: ofHangzhou.discountId, expectedVersion: 4, limit: yuan(1n) });
    expect(await selectBudgets(ningbo, ids)).toEqual([]);
    const broadband = world.as(['catalogue:read'], world.ningbo, ['BROADBAND']);
    expect(codesOf(await world.granted({ codes, organisationId: world.ningbo }, broadband))).toEqual(['ALL']);
    const nobody = world.as(['customer:read'], world.ningbo);
    expect(await world.granted({ codes, organisationId: world.ningbo }, nobody)).toEqual([]);
    expect((await searchDiscounts(nobody, {}, page)).rows).toEqual([]);
  });

  it('answers a draft by its id to those who may try it', async () => {
    const discountId = await world.discount('DRAFT');
    const { versionId } = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: TENTH });
    const [found] = await world.granted({ versionIds: [versionId] }, world.as(['catalogue:read', 'catalogue:test'], world.hangzhou));
    expect([found?.state, found?.definition.effect]).toEqual(['draft', { kind: 'PERCENTAGE', basisPoints: 1_000, of: 'REMAINING' }]);
    expect(await world.granted({ versionIds: [versionId] }, world.as(['catalogue:read'], world.hangzhou))).toEqual([]);
    // Who may try drafts in one city does not try them in another.
    const tester = world.as(['catalogue:read', 'catalogue:test'], world.ningbo);
    expect(await world.granted({ versionIds: [versionId] }, tester)).toEqual([]);
    expect(codesOf(await world.granted({ versionIds: [versionId], organisationId: world.ningbo }, tester))).toHaveLength(1);
    expect(await world.granted({ codes: ['DRAFT'] })).toEqual([]);
  });

  it('does not answer by its id what was taken out of sale, not even to those who may try drafts', async () => {
    const { versionId } = await world.releasedDiscount('STOPPED', TENTH);
    expect(codesOf(await world.granted({ versionIds: [versionId] }))).toEqual(['STOPPED']);
    await world.run(moveDiscountVersion, { versionId, expectedVersion: 3, to: 'suspended' });
    expect(await world.granted({ versionIds: [versionId] })).toEqual([]);
    await world.run(moveDiscountVersion, { versionId, expectedVersion: 4, to: 'retired' });
    expect(await world.granted({ versionIds: [versionId] })).toEqual([]);
  });

  it('is searched by every part', async () => {
    const found = async (filter: Parameters<typeof searchDiscounts>[1]) =>
      codesOf((await searchDiscounts(world.context, filter, page)).rows);
    expect(await found({ serviceType: 'MOBILE' })).toEqual(['OF-NB']);
    expect(await found({ state: 'draft' })).toEqual(['DRAFT']);
    expect(await found({ organisationId: world.hangzhou })).toEqual(['OF-HZ']);
    expect(await found({ text: 'discount of-' })).toEqual(['OF-HZ', 'OF-NB']);
    expect(await found({ grantableAt: { organisationId: world.hangzhou, at: world.clock.now() } })).toEqual(['ALL', 'OF-HZ']);
    const first = await searchDiscounts(world.context, {}, { first: 1, after: null });
    expect([codesOf(first.rows), first.hasNextPage]).toEqual([['ALL'], true]);
    expect(codesOf((await searchDiscounts(world.context, {}, { first: 1, after: ['ALL'] })).rows)).toEqual(['DRAFT']);
  });
});

describe('release by level of a discount', () => {
  it('narrows who may have it at every level, and what is stopped above is not granted below', async () => {
    const { discountId } = await world.releasedDiscount('NARROWED', { ...TENTH, eligibility: { customerKinds: ['INDIVIDUAL'] } });
    await release({ discountId, narrowing: { grades: ['GOLD'] } }, world.as(['catalogue:release', 'catalogue:read'], world.hangzhou));
    await release({ discountId, organisationId: hall, narrowing: { tenureMonths: { least: 12 } } });
    const offerAt = async (organisationId: Id<'organisation'>) => (await world.granted({ codes: ['NARROWED'], organisationId }))[0];
    const individuals = { customerKinds: ['INDIVIDUAL'] };
    expect((await offerAt(hall))?.eligibility).toEqual([individuals, { tenureMonths: { least: 12 } }, { grades: ['GOLD'] }]);
    expect((await offerAt(world.ningbo))?.eligibility).toEqual([individuals]);
    await release({ discountId, granted: false });
    await release({ discountId, organisationId: hall, granted: true });
    expect([await offerAt(hall), await offerAt(world.hangzhou)]).toEqual([undefined, undefined]);
    const found = async (organisationId: Id<'organisation'>) => {
      const grantableAt = { organisationId, at: world.clock.now() };
      return (await searchDiscounts(world.context, { grantableAt, text: 'narrowed' }, page)).rows.length;
    };
    expect([await found(hall), await found(world.ningbo)]).toEqual([0, 1]);
  });

  it.each<[string, Partial<ReleaseDiscountInput>, string]>([
    ['a grade that is none', { narrowing: { grades: ['BEST'] } }, 'narrowing.grades.0 VALUE_UNKNOWN'],
    ['a node elsewhere', { narrowing: { organisations: ['NB'] } }, 'narrowing.organisations.0 ORGANISATION_UNKNOWN'],
    ['the past', { from: at('2020-01-01T00:00:00Z') }, 'from IN_THE_PAST'],
    ['an end before the beginning', { from: at('2097-02-01T00:00:00Z'), to: at('2097-01-01T00:00:00Z') }, 'to INVALID_PERIOD'],
    ['another version', { expectedVersion: 1 }, 'expectedVersion STALE_VERSION'],
  ])('refuses %s', async (_what, more, refusal) => {
    expect(await world.refused(releaseDiscount, await releaseInput(more))).toEqual([refusal]);
  });

  it('is said at the caller’s own nodes, of what is offered there, and read by those along the way', async () => {
    const hangzhou = world.as(['catalogue:release', 'catalogue:read'], world.hangzhou);
    const refused = async (more: Partial<ReleaseDiscountInput>, context = hangzhou) =>
      world.refused(releaseDiscount, await releaseInput(more), context);
    expect(await refused({ organisationId: world.ningbo })).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
    expect(await refused({ discountId: ofNingbo.discountId })).toEqual(['discountId NOT_FOUND']);
    const above = { discountId: ofHangzhou.discountId, organisationId: world.root };
    expect(await refused(above, world.context)).toEqual(['organisationId NOT_OFFERED_THERE']);
    await release({ from: at('2090-01-01T00:00:00Z'), granted: false });
    const saidAt = async (validAt: string, context = world.context) => {
      const said = await selectReleasesOfDiscounts(context, [everywhere.discountId], { validAt: at(validAt), knownAt: null }, page);
      return (said.get(everywhere.discountId)?.rows ?? []).map(({ granted }) => granted);
    };
    expect(await saidAt('2089-12-31T23:59:59Z')).toEqual([]);
    expect(await saidAt('2090-01-01T00:00:00Z')).toEqual([false]);
    expect(await saidAt('2090-01-01T00:00:00Z', hangzhou)).toEqual([false]);
    expect(await saidAt('2090-01-01T00:00:00Z', world.as(['catalogue:read'], world.ningbo))).toEqual([]);
  });
});

describe('a budget', () => {
  /** Takes from a budget in a unit of its own. */
  const take = (discountId: Id<'discount'>, amountMinor: bigint, commit = true): Promise<boolean> =>
    database.core
      .transaction(async (sql) => ({ commit, value: await consumeBudget({ sql }, discountId, amountMinor) }))
      .then((end) => end.value);
  const used = async (discountId: Id<'discount'>) => (await selectBudgets(world.context, [discountId]))[0]?.usedMinor;

  it('of 50 is given away 50 times by 100 at once, to the fen', async () => {
    const { discountId } = await world.releasedDiscount('FIFTY', TENTH);
    await world.run(setDiscountBudget, { discountId, expectedVersion: 4, limit: yuan(50n * 1_999n) });
    const taken = await Promise.all(Array.from({ length: 100 }, () => take(discountId, 1_999n)));
    expect([taken.filter(Boolean).length, await used(discountId)]).toEqual([50, 50n * 1_999n]);
    expect((await world.granted({ codes: ['FIFTY'] }))[0]?.budgetLeftMinor).toBe(0n);
    expect([await take(discountId, 1n), await take(discountId, 0n)]).toEqual([false, true]);
  });

  it('is taken only by what is committed, has an exact end, and is no limit where there is none', async () => {
    const { discountId } = await world.releasedDiscount('EXACT', TENTH);
    expect(await take(discountId, 10n ** 17n)).toBe(true);
    await world.run(setDiscountBudget, { discountId, expectedVersion: 4, limit: yuan(100n) });
    expect([await take(discountId, 60n, false), await used(discountId)]).toEqual([true, 0n]);
    expect([await take(discountId, 60n), await take(discountId, 41n), await take(discountId, 40n)]).toEqual([true, false, true]);
    expect(() => consumeBudget({ sql: world.context.sql }, discountId, -1n)).toThrow();
    await expect(database.raw(`UPDATE discount_budget SET used_minor = 101 WHERE discount_id = '${discountId}'`)).rejects.toMatchObject({
      constraint: 'discount_budget_used',
    });
  });

  it('is raised, and lowered no further than what was used, by who may release the discount', async () => {
    const { discountId } = await world.releasedDiscount('RAISED', TENTH, { organisationId: world.hangzhou });
    const set = async (limit = yuan(100n)) => ({ discountId, limit, expectedVersion: await world.versionOfDiscount(discountId) });
    await world.run(setDiscountBudget, await set());
    await take(discountId, 100n);
    expect(await world.refused(setDiscountBudget, await set(yuan(99n)))).toEqual(['limit BUDGET_BELOW_USED']);
    await world.run(setDiscountBudget, await set(yuan(101n)), world.as(['catalogue:release', 'catalogue:read'], world.hangzhou));
    expect(await take(discountId, 1n)).toBe(true);
    expect(await world.refused(setDiscountBudget, await set(yuan(200n, 'USD')))).toEqual(['limit CURRENCY_WRONG']);
    expect(await world.refused(setDiscountBudget, await set(yuan(-1n)))).toEqual(['limit LIMIT_INVALID']);
    expect(await world.refused(setDiscountBudget, await set(yuan(100_000_000_000_001n)))).toEqual(['limit LIMIT_INVALID']);
    expect(await world.refused(setDiscountBudget, { ...(await set()), expectedVersion: 1 })).toEqual(['expectedVersion STALE_VERSION']);
    expect(await world.refused(setDiscountBudget, await set(), world.as(['catalogue:release'], world.ningbo))).toEqual([
      'discountId NOT_FOUND',
    ]);
    const trail = await world.rows(
      `SELECT before, after FROM audit_entry WHERE subject_id = $1 AND operation = 'setDiscountBudget' ORDER BY id`, discountId,
    ); // prettier-ignore
    const budget = (limitMinor: string) => ({ budget: { currency: 'CNY', limitMinor } });
    expect(trail).toEqual([
      { before: { budget: null }, after: budget('100') },
      { before: budget('100'), after: budget('101') },
    ]);
  });
});

describe('authority to give away by hand', () => {
  let roleId: Id<'role'>;
  const said = (more: Partial<SetDiscountAuthorityInput> = {}): SetDiscountAuthorityInput => ({
    roleId, kind: 'MANUAL_DISCOUNT', expectedVersion: 0, amount: yuan(5_000n), basisPoints: 1_000, ...more,
  }); // prettier-ignore
  const newRole = async (code: string) => (await world.run(createRole, { code, name: '值班长', permissions: ['catalogue:read'] })).roleId;

  beforeAll(async () => {
    roleId = await newRole('SHIFT_LEAD');
  });

  it('is said of a role by who may release everywhere, once for each that is at it', async () => {
    const { run, refused } = { run: world.run.bind(world), refused: world.refused.bind(world) };
    expect(await refused(setDiscountAuthority, said({ roleId: newId('role') }))).toEqual(['roleId ROLE_NOT_FOUND']);
    expect(await refused(setDiscountAuthority, said({ basisPoints: 10_001 }))).toEqual(['basisPoints BASIS_POINTS_INVALID']);
    expect(await refused(setDiscountAuthority, said({ basisPoints: 0.5 }))).toEqual(['basisPoints BASIS_POINTS_INVALID']);
    expect(await refused(setDiscountAuthority, said({ amount: yuan(1n, 'USD') }))).toEqual(['amount CURRENCY_WRONG']);
    expect(await refused(setDiscountAuthority, said({ amount: yuan(-1n) }))).toEqual(['amount LIMIT_INVALID']);
    const ofCity = world.as(['catalogue:release'], world.hangzhou);
    const ofLine = world.as(['catalogue:release'], world.root, ['MOBILE']);
    for (const context of [ofCity, ofLine]) expect(await refused(setDiscountAuthority, said(), context)).toEqual(['roleId OUTSIDE_SCOPE']);
    const both = await Promise.all([1, 2].map(() => execute(world.context, setDiscountAuthority, said(), newKey())));
    expect(both.map((end) => (end.ok ? 'said' : refusalsIn(end).join())).sort()).toEqual(['expectedVersion STALE_VERSION', 'said']);
    expect(await refused(setDiscountAuthority, said({ expectedVersion: 2 }))).toEqual(['expectedVersion STALE_VERSION']);
    await run(setDiscountAuthority, said({ expectedVersion: 1, basisPoints: null }));
    await run(setDiscountAuthority, said({ kind: 'WAIVER', amount: null }));
    expect(await selectAuthorityOfRoles(world.context, [roleId])).toEqual([
      { roleId, kind: 'MANUAL_DISCOUNT', currency: 'CNY', amountMinor: 5_000n, basisPoints: null, version: 2 },
      { roleId, kind: 'WAIVER', currency: 'CNY', amountMinor: null, basisPoints: 1_000, version: 1 },
    ]);
    expect(await selectAuthorityOfRoles(world.as(['customer:read'], world.root), [roleId])).toEqual([]);
  });

  it('is that of the roles that somebody has at the node, for the lines of the order', async () => {
    const [low, none] = [await newRole('COUNTER'), await newRole('SILENT')];
    await world.run(setDiscountAuthority, said({ roleId: low, amount: yuan(300n), basisPoints: null }));
    const { staffId } = await world.run(createStaff, { organisationId: world.hangzhou, loginName: 'lead', name: '张三' });
    const grant = (role: Id<'role'>, organisationId: Id<'organisation'>, linesOfBusiness: readonly string[] | null) =>
      world.run(grantRole, { staffId, roleId: role, organisationId, linesOfBusiness });
    await grant(low, world.hangzhou, null);
    await grant(none, world.hangzhou, null);
    await grant(roleId, hall, ['MOBILE']);
    const actor = { kind: 'STAFF', id: encodeId('staff', staffId), clientId: 'x', address: null } as const;
    const context = { ...world.as([], world.hangzhou), actor };
    const counter = { amountMinor: 300n, basisPoints: null };
    const lead = { amountMinor: 5_000n, basisPoints: null };
    const limits = async (node: Id<'organisation'>, lines?: readonly string[]) => {
      const { MANUAL_DISCOUNT: found } = await authorityOf(context, node, lines);
      return [...found].sort((one, other) => Number((one.amountMinor ?? 0n) - (other.amountMinor ?? 0n)));
    };
    expect(await limits(hall)).toEqual([counter, lead]);
    expect(await limits(hall, ['MOBILE'])).toEqual([counter, lead]);
    expect(await limits(hall, ['MOBILE', 'BROADBAND'])).toEqual([counter]);
    expect(await limits(world.hangzhou)).toEqual([counter]);
    expect(await limits(world.ningbo)).toEqual([]);
    expect((await authorityOf(context, hall)).WAIVER).toEqual([{ amountMinor: null, basisPoints: 1_000 }]);
    expect(isWithinAuthority(await limits(hall), { amountMinor: 5_000n, ofMinor: 5_000n })).toBe(true);
    await world.rows(`UPDATE staff SET status = 'DISABLED' WHERE id = $1`, staffId);
    expect(await limits(hall)).toEqual([]);
    expect((await authorityOf({ ...context, actor: { ...actor, kind: 'PARTNER' } }, hall)).WAIVER).toEqual([]);
    expect((await authorityOf(world.context, hall)).WAIVER).toEqual([{ amountMinor: null, basisPoints: null }]);
  });
});
