import { PERMISSION_CODES } from '../../src/business/component/staff';
import { useDatabase } from '../support/database';
import { Graph, scopeAt, type Caller } from '../support/graph';
import { newKey } from '../support/party-world';
import { useCatalogueWorld } from './catalogue-world';

/* A product manager defines, tries, narrows and releases a discount by the API alone. */

const database = useDatabase();
const world = useCatalogueWorld(database);

test('a discount is defined and released by the API alone', async () => {
  const graph = new Graph(database.core, world.clock);
  const caller: Caller = { scope: scopeAt(world.root, [...PERMISSION_CODES]) };
  const send = async (name: string, select: string, input: object): Promise<Readonly<Record<string, unknown>>> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const text = `mutation ($input: ${type}!) { payload: ${name}(input: $input) { ${select} userErrors { code field } } }`;
    const answer = await graph.read<{ payload: Readonly<Record<string, unknown>> }>(
      text, { input: { ...input, idempotencyKey: newKey() } }, caller,
    ); // prettier-ignore
    expect(answer.payload['userErrors']).toEqual([]);
    return answer.payload;
  };
  const nodes = await graph.read<{ organisations: { nodes: { id: string; code: string }[] } }>(
    '{ organisations(first: 10) { nodes { id code } } }', {}, caller,
  ); // prettier-ignore
  const nodeOf = (code: string) => nodes.organisations.nodes.find((one) => one.code === code)?.id;
  const discount = 'discount { id version }';
  const made = await send('createDiscount', discount, {
    code: 'STUDENT',
    name: '校园优惠',
    nameEn: 'Student',
    organisationId: nodeOf('ZJ'),
  });
  const { id: discountId } = made['discount'] as { id: string };
  const definition = {
    name: '校园八折', nameEn: 'Student 20% off', effect: { kind: 'PERCENTAGE', basisPoints: 2_000, of: 'LIST' }, level: 'SUBSCRIBER',
    appliesTo: { chargeCodes: ['MONTHLY_FEE'] }, lasts: { periods: 12 }, cap: { amount: '30.00', currency: 'CNY' },
  }; // prettier-ignore
  const drafted = await send('draftDiscountVersion', 'discountVersion { id }', { discountId, expectedVersion: 1, definition });
  const { id: versionId } = drafted['discountVersion'] as { id: string };
  for (const [place, to] of ['inTest', 'active'].entries()) {
    await send('moveDiscountVersion', 'discountVersion { state }', { versionId, expectedVersion: place + 1, to });
  }
  await send('releaseDiscount', discount, { discountId, expectedVersion: 4, organisationId: nodeOf('NB'), granted: false });
  await send('setDiscountBudget', discount, { discountId, expectedVersion: 5, limit: { amount: '1000.00', currency: 'CNY' } });
  const seen = await graph.read(
    `query ($hz: ID!, $nb: ID!) {
      discount(code: "STUDENT") { version budget { limit { amount } used { amount } } versionGranted {
        number definition { name cap { amount } lasts { periods } effect { basisPoints of } appliesTo { chargeCodes } } } }
      here: discounts(first: 5, filter: { grantableAt: { organisationId: $hz } }) { nodes { code } }
      there: discounts(first: 5, filter: { grantableAt: { organisationId: $nb } }) { nodes { code } }
    }`,
    { hz: nodeOf('HZ'), nb: nodeOf('NB') },
    caller,
  );
  expect(seen).toEqual({
    discount: {
      version: 6,
      budget: { limit: { amount: '1000.00' }, used: { amount: '0.00' } },
      versionGranted: {
        number: 1,
        definition: {
          name: '校园八折', cap: { amount: '30.00' }, lasts: { periods: 12 }, effect: { basisPoints: 2_000, of: 'LIST' },
          appliesTo: { chargeCodes: ['MONTHLY_FEE'] },
        },
      },
    },
    here: { nodes: [{ code: 'STUDENT' }] },
    there: { nodes: [] },
  }); // prettier-ignore
  const granted = async (organisationId: typeof world.root) => (await world.granted({ codes: ['STUDENT'], organisationId })).length;
  expect([await granted(world.hangzhou), await granted(world.ningbo)]).toEqual([1, 0]);
});
