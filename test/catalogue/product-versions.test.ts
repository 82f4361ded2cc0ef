import { Temporal } from 'temporal-polyfill';
import {
  VERSION_STATES, changeProduct, changeProductDraft, createProduct, draftProductVersion, mayMove, moveProductVersion, selectVersionsOf,
  selectVersionsSoldAt, type CreateProductInput, type VersionState,
} from '../../src/business/component/product'; // prettier-ignore
import { closeOrganisation, createOrganisation } from '../../src/business/component/organisation';
import { execute } from '../../src/business/execute';
import { newId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { newKey, refusalsIn } from '../support/party-world';
import { FEE, useCatalogueWorld } from './catalogue-world';

const database = useDatabase();
const world = useCatalogueWorld(database);
const at = (text: string) => Temporal.Instant.from(text);
const page = { first: 10, after: null };
const amount = (text: string) => ({ prices: [{ ...FEE, phases: [{ amount: text }] }] });

let codes = 0;
const nextCode = (): string => `V-${(codes += 1)}`;

async function drafted(): Promise<{ productId: Id<'product'>; versionId: Id<'productVersion'> }> {
  const productId = await world.product(nextCode());
  const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, definition: amount('30.00') });
  return { productId, versionId };
}

async function versionOf(id: Id<'productVersion'>): Promise<{ version: number; state: VersionState }> {
  const [row] = await world.rows<{ version: number; state: VersionState }>('SELECT version, state FROM product_version WHERE id = $1', id);
  if (row === undefined) throw new Error('no version');
  return row;
}

async function move(versionId: Id<'productVersion'>, ...states: readonly VersionState[]): Promise<void> {
  for (const to of states) {
    await world.run(moveProductVersion, { versionId, expectedVersion: (await versionOf(versionId)).version, to });
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

describe('the life of a version', () => {
  it.each(VERSION_STATES.flatMap((from) => VERSION_STATES.map((to) => [from, to] as const)))('%s → %s', async (from, to) => {
    const { versionId } = await drafted();
    await move(versionId, ...WAYS[from]);
    const { version } = await versionOf(versionId);
    const result = await execute(world.context, moveProductVersion, { versionId, expectedVersion: version, to }, newKey());
    expect(refusalsIn(result)).toEqual(mayMove(from, to) ? [] : ['to MOVE_REFUSED']);
    expect(await versionOf(versionId)).toEqual(mayMove(from, to) ? { version: version + 1, state: to } : { version, state: from });
  });

  it('leaves what was sold when: a successor, a suspension, an end that is planned', async () => {
    world.clock.set('2027-01-01T00:00:00Z');
    const { productId, versionId: first } = await drafted();
    await move(first, 'inTest', 'active');
    const expectedVersion = await world.versionOfProduct(productId);
    const { versionId: second } = await world.run(draftProductVersion, { productId, expectedVersion, definition: amount('40.00') });
    await move(second, 'inTest');
    await world.run(moveProductVersion, { versionId: second, expectedVersion: 2, to: 'active', from: at('2027-03-01T00:00:00Z') });
    world.clock.set('2027-04-01T00:00:00Z');
    await move(second, 'suspended');
    world.clock.set('2027-04-10T00:00:00Z');
    await move(second, 'active');
    await world.run(moveProductVersion, { versionId: second, expectedVersion: 5, to: 'retired', from: at('2027-06-01T00:00:00Z') });
    const sold = async (text: string): Promise<number | null> =>
      (await selectVersionsSoldAt(world.context, 'product', [productId], at(text)))[0]?.number ?? null;
    expect(await Promise.all([
      sold('2026-12-31T23:59:59Z'), sold('2027-01-01T00:00:00Z'), sold('2027-02-28T23:59:59Z'), sold('2027-03-01T00:00:00Z'),
      sold('2027-04-01T00:00:00Z'), sold('2027-04-09T00:00:00Z'), sold('2027-04-10T00:00:00Z'), sold('2027-05-31T23:59:59Z'),
      sold('2027-06-01T00:00:00Z'),
    ])).toEqual([null, 1, 1, 2, null, null, 2, 2, null]); // prettier-ignore
    const versions = (await selectVersionsOf(world.context, 'product', [productId], page)).get(productId)?.rows ?? [];
    expect(versions.map(({ number, state, sold: periods }) => `${number} ${state} ${periods.length}`)).toEqual([
      '2 retired 2',
      '1 retired 1',
    ]);
  });

  it('takes effect now or later, and only what is sold can be planned', async () => {
    world.clock.set('2027-07-01T00:00:00Z');
    const { versionId } = await drafted();
    await move(versionId, 'inTest');
    const from = at('2027-06-30T00:00:00Z');
    expect(await world.refused(moveProductVersion, { versionId, expectedVersion: 2, to: 'active', from })).toEqual(['from IN_THE_PAST']);
    const later = at('2027-08-01T00:00:00Z');
    expect(await world.refused(moveProductVersion, { versionId, expectedVersion: 2, to: 'draft', from: later })).toEqual([
      'from NOT_SCHEDULED',
    ]);
    const never = at('9999-01-01T00:00:00Z');
    expect(await world.refused(moveProductVersion, { versionId, expectedVersion: 2, to: 'active', from: never })).toEqual([
      'from INVALID_PERIOD',
    ]);
  });

  it('asks again on release what the version names', async () => {
    world.clock.set('2027-07-02T00:00:00Z');
    const { versionId } = await drafted();
    await move(versionId, 'inTest');
    await world.rows(`UPDATE charge_code_terms SET valid = tstzrange(lower(valid), '2027-07-10') WHERE charge_code = 'MONTHLY_FEE'`);
    const later = { versionId, expectedVersion: 2, to: 'active', from: at('2027-07-10T00:00:00Z') } as const;
    expect(await world.refused(moveProductVersion, later)).toEqual(['definition.prices.0.chargeCode CHARGE_CODE_NOT_IN_FORCE']);
    await world.rows(`UPDATE charge_code_terms SET valid = tstzrange(lower(valid), NULL) WHERE charge_code = 'MONTHLY_FEE'`);
    await world.run(moveProductVersion, later);
  });

  it('asks that the members of a bundle have been released', async () => {
    await world.product('UNRELEASED');
    const member = {
      role: 'A',
      name: '甲',
      nameEn: 'A',
      products: ['UNRELEASED'],
      least: 1,
      most: 1,
      standard: 1,
      share: 1,
      chargeCode: 'MOBILE_FEE',
    };
    const bundle = { across: 'CUSTOMER', members: [member], prices: [FEE], whenMemberLeaves: { kind: 'END' } };
    const productId = await world.product('EARLY-BUNDLE', { kind: 'BUNDLE' });
    const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, bundle });
    await move(versionId, 'inTest');
    expect(await world.refused(moveProductVersion, { versionId, expectedVersion: 2, to: 'active' })).toEqual([
      'bundle.members.0.products.0 MEMBER_NOT_SOLD',
    ]);
  });
});

describe('a draft', () => {
  it('is a copy of the latest version when nothing is said, and there is one at a time', async () => {
    const { productId, versionId } = await drafted();
    const again = async () => ({ productId, expectedVersion: await world.versionOfProduct(productId) });
    expect(await world.refused(draftProductVersion, await again())).toEqual(['productId DRAFT_EXISTS']);
    await move(versionId, 'inTest', 'active');
    const { versionId: copy } = await world.run(draftProductVersion, await again());
    const rows = await world.rows('SELECT definition, number FROM product_version WHERE id = ANY ($1) ORDER BY number', [versionId, copy]);
    expect(rows).toEqual([
      { number: 1, definition: expect.anything() as unknown },
      { number: 2, definition: (rows[0] as { definition: unknown }).definition },
    ]);
    const empty = await world.product(nextCode());
    expect(await world.refused(draftProductVersion, { productId: empty, expectedVersion: 1 })).toEqual(['NOTHING_TO_COPY']);
  });

  it('is changed by one of two product managers at once', async () => {
    const { versionId } = await drafted();
    const ends = await Promise.all(
      ['31.00', '32.00'].map((text) =>
        execute(world.context, changeProductDraft, { versionId, expectedVersion: 1, definition: amount(text) }, newKey()),
      ),
    );
    expect(ends.map((end) => (end.ok ? 'changed' : refusalsIn(end).join())).sort()).toEqual(['changed', 'expectedVersion STALE_VERSION']);
  });

  it('never changes once it was released, not even by SQL', async () => {
    const { productId, versionId } = await drafted();
    await move(versionId, 'inTest', 'active');
    expect(await world.refused(changeProductDraft, { versionId, expectedVersion: 3, definition: amount('1.00') })).toEqual([
      'versionId NOT_A_DRAFT',
    ]);
    for (const text of [
      `UPDATE product_version SET definition = '{}' WHERE id = '${versionId}'`,
      `UPDATE product_version SET state = 'draft' WHERE id = '${versionId}'`,
      `UPDATE product_version SET number = 7 WHERE id = '${versionId}'`,
      `UPDATE product_version SET currency = 'USD' WHERE id = '${versionId}'`,
      `DELETE FROM product_version WHERE id = '${versionId}'`,
      `DELETE FROM product_version_charge_code WHERE version_id = '${versionId}'`,
      `INSERT INTO product_version_charge_code VALUES ('${versionId}', 'DEPOSIT')`,
      `UPDATE product_version_charge_code SET charge_code = 'DEPOSIT' WHERE version_id = '${versionId}'`,
    ]) {
      await expect(database.raw(text)).rejects.toMatchObject({ constraint: 'product_version_immutable' });
    }
    // Nothing that it names can go, and no two versions can be sold at once.
    await expect(database.raw(`DELETE FROM charge_code WHERE code = 'MONTHLY_FEE'`)).rejects.toMatchObject({ code: '23503' });
    const other = `INSERT INTO product_version (id, product_id, number, state, currency, definition, sold, released_at, created_at)
      VALUES ('${newId('productVersion')}', '${productId}', 9, 'active', 'CNY', '{}', '{[2000-01-01,)}', now(), now())`;
    await expect(database.raw(other)).rejects.toMatchObject({ constraint: 'product_version_sold_overlaps' });
  });
});

describe('a product', () => {
  const valid = (): CreateProductInput => ({
    code: nextCode(), name: '产品', nameEn: 'Product', kind: 'PLAN', serviceType: 'MOBILE', organisationId: world.hangzhou,
  }); // prettier-ignore

  it('is refused where it is wrong', async () => {
    await world.product('TAKEN');
    expect(await world.refused(createProduct, { ...valid(), code: 'TAKEN' })).toEqual(['code CODE_TAKEN']);
    expect(await world.refused(createProduct, { ...valid(), code: 'a', name: ' ', nameEn: 'x'.repeat(101) })).toEqual([
      'code CODE_INVALID',
      'name BLANK',
      'nameEn TOO_LONG',
    ]);
    expect(await world.refused(createProduct, { ...valid(), serviceType: null })).toEqual(['serviceType SERVICE_TYPE_NEEDED']);
    expect(await world.refused(createProduct, { ...valid(), kind: 'BUNDLE' })).toEqual(['serviceType SERVICE_TYPE_OF_BUNDLE']);
    expect(await world.refused(createProduct, { ...valid(), serviceType: 'IPTV' })).toEqual(['serviceType SERVICE_TYPE_NOT_FOUND']);
    expect(await world.refused(createProduct, { ...valid(), organisationId: newId('organisation') })).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
  });

  it('is written where the caller may write its line of business', async () => {
    const mobileOnly = world.as(['catalogue:write', 'catalogue:read'], world.hangzhou, ['MOBILE']);
    const { productId } = await world.run(createProduct, valid(), mobileOnly);
    expect(await world.refused(createProduct, { ...valid(), serviceType: 'BROADBAND' }, mobileOnly)).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
    // A bundle is of every line.
    expect(await world.refused(createProduct, { ...valid(), kind: 'BUNDLE', serviceType: null }, mobileOnly)).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
    const change = { productId, expectedVersion: 1, name: '新名' };
    const ningbo = world.as(['catalogue:write', 'catalogue:read'], world.ningbo);
    expect(await world.refused(changeProduct, change, ningbo)).toEqual(['productId NOT_FOUND']);
    await world.run(changeProduct, change, mobileOnly);
    expect(await world.refused(changeProduct, change, mobileOnly)).toEqual(['expectedVersion STALE_VERSION']);
  });

  it('is released by who may release at its node; to try it is enough to write', async () => {
    const productId = await world.product(nextCode(), { organisationId: world.hangzhou });
    const writer = world.as(['catalogue:write', 'catalogue:read'], world.hangzhou);
    const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, definition: amount('1.00') }, writer);
    await world.run(moveProductVersion, { versionId, expectedVersion: 1, to: 'inTest' }, writer);
    const release = { versionId, expectedVersion: 2, to: 'active' } as const;
    expect(await world.refused(moveProductVersion, release, writer)).toEqual(['versionId NOT_FOUND']);
    const elsewhere = world.as(['catalogue:release', 'catalogue:read'], world.ningbo);
    expect(await world.refused(moveProductVersion, release, elsewhere)).toEqual(['versionId NOT_FOUND']);
    await world.run(moveProductVersion, release, world.as(['catalogue:release', 'catalogue:read'], world.root));
  });

  it('keeps its node from being closed while it has a version that is not retired', async () => {
    const { organisationId } = await world.run(createOrganisation, { organisationId: world.root, code: 'SZ', name: '苏州', kind: 'CITY' });
    const productId = await world.product(nextCode(), { organisationId });
    const { versionId } = await world.run(draftProductVersion, { productId, expectedVersion: 1, definition: amount('1.00') });
    expect(await world.refused(closeOrganisation, { organisationId, expectedVersion: 1 })).toEqual(['organisationId STILL_IN_USE']);
    await move(versionId, 'retired');
    await world.run(closeOrganisation, { organisationId, expectedVersion: 1 });
  });
});
