import { Temporal } from 'temporal-polyfill';
import { VERSION_STATES, mayMove, selectVersionsOf, selectVersionsSoldAt, type VersionState } from '../../src/business/component/product';
import {
  changeDiscount, changeDiscountDraft, createDiscount, draftDiscountVersion, moveDiscountVersion, type CreateDiscountInput,
} from '../../src/business/component/discount'; // prettier-ignore
import { closeOrganisation, createOrganisation } from '../../src/business/component/organisation';
import { execute } from '../../src/business/execute';
import { newId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { newKey, refusalsIn } from '../support/party-world';
import { TENTH, useCatalogueWorld } from './catalogue-world';

const database = useDatabase();
const world = useCatalogueWorld(database);
const at = (text: string) => Temporal.Instant.from(text);
const off = (amount: string) => ({ ...TENTH, effect: { kind: 'AMOUNT', amount }, appliesTo: { chargeCodes: ['MONTHLY_FEE'] } });

let codes = 0;
const nextCode = (): string => `V-${(codes += 1)}`;

async function drafted(): Promise<{ discountId: Id<'discount'>; versionId: Id<'discountVersion'> }> {
  const discountId = await world.discount(nextCode());
  const { versionId } = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: off('5.00') });
  return { discountId, versionId };
}

async function versionOf(id: Id<'discountVersion'>): Promise<{ version: number; state: VersionState }> {
  const [row] = await world.rows<{ version: number; state: VersionState }>('SELECT version, state FROM discount_version WHERE id = $1', id);
  if (row === undefined) throw new Error('no version');
  return row;
}

async function move(versionId: Id<'discountVersion'>, ...states: readonly VersionState[]): Promise<void> {
  for (const to of states) {
    await world.run(moveDiscountVersion, { versionId, expectedVersion: (await versionOf(versionId)).version, to });
  }
}

/** How a version comes into each state. */
const WAYS: Readonly<Record<VersionState, readonly VersionState[]>> = {
  draft: [],
  inTest: ['inTest'],
  active: ['inTest', 'active'],
  suspended: ['inTest', 'active', 'suspended'],
  retired: ['retired'],
};

describe('the life of a version of a discount', () => {
  it.each(VERSION_STATES.flatMap((from) => VERSION_STATES.map((to) => [from, to] as const)))('%s → %s', async (from, to) => {
    const { versionId } = await drafted();
    await move(versionId, ...WAYS[from]);
    const { version } = await versionOf(versionId);
    const result = await execute(world.context, moveDiscountVersion, { versionId, expectedVersion: version, to }, newKey());
    expect(refusalsIn(result)).toEqual(mayMove(from, to) ? [] : ['to MOVE_REFUSED']);
    expect(await versionOf(versionId)).toEqual(mayMove(from, to) ? { version: version + 1, state: to } : { version, state: from });
  });

  it('leaves what was granted when: a successor, a suspension, an end that is planned', async () => {
    world.clock.set('2027-01-01T00:00:00Z');
    const { discountId, versionId: first } = await drafted();
    await move(first, 'inTest', 'active');
    const expectedVersion = await world.versionOfDiscount(discountId);
    const { versionId: second } = await world.run(draftDiscountVersion, { discountId, expectedVersion, definition: off('6.00') });
    await move(second, 'inTest');
    await world.run(moveDiscountVersion, { versionId: second, expectedVersion: 2, to: 'active', from: at('2027-03-01T00:00:00Z') });
    world.clock.set('2027-04-01T00:00:00Z');
    await move(second, 'suspended');
    world.clock.set('2027-04-10T00:00:00Z');
    await move(second, 'active');
    await world.run(moveDiscountVersion, { versionId: second, expectedVersion: 5, to: 'retired', from: at('2027-06-01T00:00:00Z') });
    const granted = async (text: string): Promise<number | null> =>
      (await selectVersionsSoldAt(world.context, 'discount', [discountId], at(text)))[0]?.number ?? null;
    expect(await Promise.all([
      granted('2026-12-31T23:59:59Z'), granted('2027-01-01T00:00:00Z'), granted('2027-02-28T23:59:59Z'), granted('2027-03-01T00:00:00Z'),
      granted('2027-04-01T00:00:00Z'), granted('2027-04-10T00:00:00Z'), granted('2027-05-31T23:59:59Z'), granted('2027-06-01T00:00:00Z'),
    ])).toEqual([null, 1, 1, 2, null, 2, 2, null]); // prettier-ignore
    const versions =
      (await selectVersionsOf(world.context, 'discount', [discountId], { first: 10, after: null })).get(discountId)?.rows ?? [];
    expect(versions.map(({ number, state, sold }) => `${number} ${state} ${sold.length}`)).toEqual(['2 retired 2', '1 retired 1']);
  });

  it('is planned where it can be, never in the past', async () => {
    const { versionId } = await drafted();
    await move(versionId, 'inTest');
    const planned = async (to: VersionState, from: string) =>
      world.refused(moveDiscountVersion, { versionId, expectedVersion: 2, to, from: at(from) });
    expect(await planned('active', '2027-01-01T00:00:00Z')).toEqual(['from IN_THE_PAST']);
    expect(await planned('draft', '2028-01-01T00:00:00Z')).toEqual(['from NOT_SCHEDULED']);
    expect(await planned('active', '9999-01-01T00:00:00Z')).toEqual(['from INVALID_PERIOD']);
  });

  it('asks again on release what the version names', async () => {
    const { versionId } = await drafted();
    await move(versionId, 'inTest');
    const [terms] = await world.rows<{ valid: string }>(`SELECT valid::text FROM charge_code_terms WHERE charge_code = 'MONTHLY_FEE'`);
    await world.rows(`UPDATE charge_code_terms SET valid = tstzrange(lower(valid), '2027-07-10') WHERE charge_code = 'MONTHLY_FEE'`);
    const later = { versionId, expectedVersion: 2, to: 'active', from: at('2027-07-10T00:00:00Z') } as const;
    expect(await world.refused(moveDiscountVersion, later)).toEqual(['definition.appliesTo.chargeCodes.0 CHARGE_CODE_NOT_IN_FORCE']);
    await world.rows(`UPDATE charge_code_terms SET valid = $1 WHERE charge_code = 'MONTHLY_FEE'`, terms?.valid);
    await world.run(moveDiscountVersion, later);
  });
});

describe('a draft of a discount', () => {
  it('is a copy of the latest version when nothing is said, and there is one at a time', async () => {
    const { discountId, versionId } = await drafted();
    const again = async () => ({ discountId, expectedVersion: await world.versionOfDiscount(discountId) });
    expect(await world.refused(draftDiscountVersion, await again())).toEqual(['discountId DRAFT_EXISTS']);
    await move(versionId, 'inTest', 'active');
    const { versionId: copy } = await world.run(draftDiscountVersion, await again());
    const rows = await world.rows<{ number: number; definition: unknown }>(
      'SELECT definition, number FROM discount_version WHERE id = ANY ($1) ORDER BY number', [versionId, copy],
    ); // prettier-ignore
    expect(rows.map(({ number }) => number)).toEqual([1, 2]);
    expect(rows[1]?.definition).toEqual(rows[0]?.definition);
    const empty = await world.discount(nextCode());
    expect(await world.refused(draftDiscountVersion, { discountId: empty, expectedVersion: 1 })).toEqual(['NOTHING_TO_COPY']);
  });

  it('is changed, drafted and moved by one of two product managers at once', async () => {
    const { versionId } = await drafted();
    const ends = async (calls: readonly Promise<Awaited<ReturnType<typeof execute>>>[]) =>
      (await Promise.all(calls)).map((end) => (end.ok ? 'done' : refusalsIn(end).join())).sort();
    const change = (amount: string) =>
      execute(world.context, changeDiscountDraft, { versionId, expectedVersion: 1, definition: off(amount) }, newKey());
    expect(await ends(['6.00', '7.00'].map(change))).toEqual(['done', 'expectedVersion STALE_VERSION']);
    const discountId = await world.discount(nextCode());
    const draft = () => execute(world.context, draftDiscountVersion, { discountId, expectedVersion: 1, definition: off('1.00') }, newKey());
    expect(await ends([draft(), draft()])).toEqual(['done', 'expectedVersion STALE_VERSION']);
    const test = () => execute(world.context, moveDiscountVersion, { versionId, expectedVersion: 2, to: 'inTest' }, newKey());
    expect(await ends([test(), test()])).toEqual(['done', 'expectedVersion STALE_VERSION']);
  });

  it('never changes once it was released, not even by SQL', async () => {
    const { versionId } = await drafted();
    await move(versionId, 'inTest', 'active');
    expect(await world.refused(changeDiscountDraft, { versionId, expectedVersion: 3, definition: off('1.00') })).toEqual([
      'versionId NOT_A_DRAFT',
    ]);
    for (const text of [
      `UPDATE discount_version SET definition = '{}' WHERE id = '${versionId}'`,
      `UPDATE discount_version SET state = 'draft' WHERE id = '${versionId}'`,
      `DELETE FROM discount_version WHERE id = '${versionId}'`,
      `DELETE FROM discount_version_charge_code WHERE version_id = '${versionId}'`,
    ]) {
      await expect(database.raw(text)).rejects.toMatchObject({ constraint: 'discount_version_immutable' });
    }
  });
});

describe('a discount', () => {
  const valid = (): CreateDiscountInput => ({
    code: nextCode(), name: '优惠', nameEn: 'Discount', serviceType: 'MOBILE', organisationId: world.hangzhou,
  }); // prettier-ignore

  it('is refused where it is wrong', async () => {
    await world.discount('TAKEN');
    expect(await world.refused(createDiscount, { ...valid(), code: 'TAKEN' })).toEqual(['code CODE_TAKEN']);
    expect(await world.refused(createDiscount, { ...valid(), code: 'a', name: ' ', nameEn: 'x'.repeat(101) })).toEqual([
      'code CODE_INVALID',
      'name BLANK',
      'nameEn TOO_LONG',
    ]);
    expect(await world.refused(createDiscount, { ...valid(), serviceType: 'IPTV' })).toEqual(['serviceType SERVICE_TYPE_NOT_FOUND']);
    expect(await world.refused(createDiscount, { ...valid(), organisationId: newId('organisation') })).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
  });

  it('is written where the caller may write its line of business', async () => {
    const mobileOnly = world.as(['catalogue:write', 'catalogue:read'], world.hangzhou, ['MOBILE']);
    const { discountId } = await world.run(createDiscount, valid(), mobileOnly);
    for (const serviceType of ['BROADBAND', null]) {
      expect(await world.refused(createDiscount, { ...valid(), serviceType }, mobileOnly)).toEqual([
        'organisationId ORGANISATION_NOT_FOUND',
      ]);
    }
    const change = { discountId, expectedVersion: 1, name: '新名' };
    const ningbo = world.as(['catalogue:write', 'catalogue:read'], world.ningbo);
    expect(await world.refused(changeDiscount, change, ningbo)).toEqual(['discountId NOT_FOUND']);
    expect(await world.refused(changeDiscount, { ...change, name: '' }, mobileOnly)).toEqual(['name BLANK']);
    await world.run(changeDiscount, change, mobileOnly);
    expect(await world.refused(changeDiscount, change, mobileOnly)).toEqual(['expectedVersion STALE_VERSION']);
    const draft = { discountId, expectedVersion: 2, definition: off('1.00') };
    expect(await world.refused(draftDiscountVersion, draft, ningbo)).toEqual(['discountId NOT_FOUND']);
    const { versionId } = await world.run(draftDiscountVersion, draft, mobileOnly);
    expect(await world.refused(changeDiscountDraft, { ...draft, versionId, expectedVersion: 1 }, ningbo)).toEqual(['versionId NOT_FOUND']);
  });

  it('is released by who may release at its node; to try it is enough to write', async () => {
    const discountId = await world.discount(nextCode(), { organisationId: world.hangzhou });
    const writer = world.as(['catalogue:write', 'catalogue:read'], world.hangzhou);
    const { versionId } = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: off('1.00') }, writer);
    await world.run(moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' }, writer);
    const release = { versionId, expectedVersion: 2, to: 'active' } as const;
    expect(await world.refused(moveDiscountVersion, release, writer)).toEqual(['versionId NOT_FOUND']);
    const elsewhere = world.as(['catalogue:release', 'catalogue:read'], world.ningbo);
    expect(await world.refused(moveDiscountVersion, release, elsewhere)).toEqual(['versionId NOT_FOUND']);
    await world.run(moveDiscountVersion, release, world.as(['catalogue:release', 'catalogue:read'], world.root));
  });

  it('keeps its node from being closed while it has a version that is not retired', async () => {
    const { organisationId } = await world.run(createOrganisation, { organisationId: world.root, code: 'SZ', name: '苏州', kind: 'CITY' });
    const discountId = await world.discount(nextCode(), { organisationId });
    const { versionId } = await world.run(draftDiscountVersion, { discountId, expectedVersion: 1, definition: off('1.00') });
    expect(await world.refused(closeOrganisation, { organisationId, expectedVersion: 1 })).toEqual(['organisationId STILL_IN_USE']);
    await move(versionId, 'retired');
    await world.run(closeOrganisation, { organisationId, expectedVersion: 1 });
  });
});
