import {
  changeOperatorParameter,
  changeOrganisation,
  closeOrganisation,
  createOrganisation,
  foundOperator,
  listOperatorParameters,
  moveOrganisation,
  operatorParameters,
  searchOrganisations,
  selectChildren,
  selectOrganisationsById,
  selectPaths,
  selectSubtreeIds,
} from '../../src/business/component/organisation';
import { createCustomer } from '../../src/business/component/customer';
import type { CallContext } from '../../src/business/context';
import { execute } from '../../src/business/execute';
import type { Id } from '../../src/kernel/id';
import { Scope, type Permission } from '../../src/kernel/scope';
import { systemContext } from '../support/call-context';
import { useDatabase } from '../support/database';
import { newKey, refusalsIn } from '../support/party-world';
import { useAccessWorld } from './access-world';

type Node = Id<'organisation'>;

const database = useDatabase();
const world = useAccessWorld(database);

let codes = 0;
const newCode = (): string => `N${(codes += 1)}`;
const under = (parent: Node, kind: 'HALL' | 'DEPARTMENT' = 'HALL'): Promise<Node> => world.node(parent, newCode(), kind);
const as = (node: Node, ...permissions: Permission[]): CallContext =>
  systemContext(database.core, {
    clock: world.clock,
    scope: Scope.of(permissions.map((permission) => ({ permission, node, lines: null }))),
  });
const move = async (organisationId: Node, parentId: Node, context?: CallContext): Promise<string[]> => {
  const expectedVersion = await world.versionOf('organisation', organisationId);
  return refusalsIn(await execute(context ?? world.system, moveOrganisation, { organisationId, parentId, expectedVersion }, newKey()));
};
const close = async (organisationId: Node): Promise<string[]> => {
  const expectedVersion = await world.versionOf('organisation', organisationId);
  return refusalsIn(await execute(world.system, closeOrganisation, { organisationId, expectedVersion }, newKey()));
};

/** The closure as it must be, made from the parents alone. */
const closureIsRight = async (): Promise<boolean> => {
  const wrong = await database.raw(`
    WITH RECURSIVE pair AS (
      SELECT id AS ancestor_id, id AS descendant_id, 0 AS depth FROM organisation
      UNION ALL SELECT p.ancestor_id, o.id, p.depth + 1 FROM pair p JOIN organisation o ON o.parent_id = p.descendant_id
    )
    (SELECT * FROM pair EXCEPT SELECT ancestor_id, descendant_id, depth FROM organisation_closure)
    UNION ALL (SELECT ancestor_id, descendant_id, depth FROM organisation_closure EXCEPT SELECT * FROM pair)`);
  const [{ nodes } = { nodes: 0 }] = await database.raw<{ nodes: number }>(`
    SELECT count(*)::integer AS nodes FROM organisation o WHERE NOT EXISTS (
      SELECT FROM organisation_closure c JOIN organisation r ON r.id = c.ancestor_id AND r.parent_id IS NULL WHERE c.descendant_id = o.id)`);
  return wrong.length === 0 && nodes === 0;
};

describe('the tree', () => {
  it('has one root, which is the operator', async () => {
    expect(await world.refused(foundOperator, { code: 'SECOND', name: '二' })).toEqual(['ALREADY_FOUNDED']);
    expect(await world.refused(createOrganisation, { organisationId: world.root, code: newCode(), name: '省', kind: 'OPERATOR' })).toEqual([
      'kind KIND_OF_ROOT',
    ]);
    const version = await world.versionOf('organisation', world.root);
    expect(await world.refused(changeOrganisation, { organisationId: world.root, expectedVersion: version, kind: 'PROVINCE' })).toEqual([
      'kind KIND_OF_ROOT',
    ]);
    expect(await move(world.root, world.hangzhou)).toEqual(['organisationId ROOT_FIXED']);
    expect(await close(world.root)).toEqual(['organisationId ROOT_FIXED']);
  });

  it('tells of every wrong field at once', async () => {
    const input = { organisationId: world.root, code: 'kleine', name: ' ', nameEn: 'x'.repeat(201), kind: 'HALL' as const, taxNumber: '1' };
    expect(await world.refused(createOrganisation, input)).toEqual([
      'code CODE_INVALID',
      'name BLANK',
      'nameEn TOO_LONG',
      'taxNumber TAX_NUMBER_INVALID',
    ]);
  });

  it('takes a code once', async () => {
    expect(await world.refused(createOrganisation, { organisationId: world.ningbo, code: 'HZ', name: '杭州', kind: 'CITY' })).toEqual([
      'code CODE_TAKEN',
    ]);
  });

  it('is extended within the scope only', async () => {
    const clerk = as(world.hangzhou, 'organisation:write');
    const input = (organisationId: Node) => ({ organisationId, code: newCode(), name: '厅', kind: 'HALL' as const });
    expect(await world.refused(createOrganisation, input(world.ningbo), clerk)).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
    expect(await world.refused(createOrganisation, input(world.root), clerk)).toEqual(['organisationId ORGANISATION_NOT_FOUND']);
    expect(await world.run(createOrganisation, input(world.hallOne), clerk)).toHaveProperty('organisationId');
    await expect(execute(as(world.root, 'organisation:read'), createOrganisation, input(world.root), newKey())).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await closureIsRight()).toBe(true);
  });

  it('changes a node when its version is known, and makes it a legal entity by its tax number', async () => {
    const node = await under(world.ningbo);
    const change = { organisationId: node, expectedVersion: 1, name: '甬江厅', taxNumber: '91350100M000100Y43' };
    await world.run(changeOrganisation, change);
    expect(await world.refused(changeOrganisation, change)).toEqual(['expectedVersion STALE_VERSION']);
    const [found] = await selectOrganisationsById(world.system, [node]);
    expect(found).toMatchObject({ name: '甬江厅', legalEntity: true, taxNumber: '91350100M000100Y43', version: 2 });
    await world.run(changeOrganisation, { organisationId: node, expectedVersion: 2, taxNumber: null });
    expect(await selectOrganisationsById(world.system, [node])).toMatchObject([{ name: '甬江厅', legalEntity: false, taxNumber: null }]);
    expect((await world.trail(node)).map((entry) => entry.operation)).toEqual([
      'createOrganisation',
      'changeOrganisation',
      'changeOrganisation',
    ]);
  });
});

describe('moving a node', () => {
  it('takes all below it along, and shows it to those of the new place only', async () => {
    const department = await under(world.hangzhou, 'DEPARTMENT');
    const hall = await under(department);
    expect(await move(department, world.ningbo)).toEqual([]);
    expect(await closureIsRight()).toBe(true);
    const seenFrom = async (node: Node) => (await selectOrganisationsById(as(node, 'organisation:read'), [department, hall])).length;
    expect([await seenFrom(world.hangzhou), await seenFrom(world.ningbo), await seenFrom(world.root)]).toEqual([0, 2, 2]);
  });

  it('refuses to hang a node below itself', async () => {
    const department = await under(world.hangzhou, 'DEPARTMENT');
    const hall = await under(department);
    expect(await move(department, hall)).toEqual(['parentId BELOW_ITSELF']);
    expect(await move(department, department)).toEqual(['parentId BELOW_ITSELF']);
  });

  it('needs the right at the node, at the old parent and at the new', async () => {
    const department = await under(world.hangzhou, 'DEPARTMENT');
    const both = Scope.of([department, world.ningbo].map((node) => ({ permission: 'organisation:write' as const, node, lines: null })));
    expect(await move(department, world.ningbo, systemContext(database.core, { clock: world.clock, scope: both }))).toEqual([
      'organisationId OUTSIDE_SCOPE',
    ]);
    expect(await move(department, world.ningbo, as(world.hangzhou, 'organisation:write'))).toEqual(['parentId ORGANISATION_NOT_FOUND']);
    expect(await move(department, world.hangzhou, as(world.ningbo, 'organisation:write'))).toEqual(['organisationId NOT_FOUND']);
  });

  it('never makes a cycle, however many move at once', async () => {
    const [a, b, c] = [await under(world.hangzhou), await under(world.hangzhou), await under(world.hangzhou)];
    const outcomes = await Promise.all([move(a, b), move(b, c), move(c, a), under(a), under(b), move(a, c), under(c)]);
    expect(outcomes.filter((outcome) => Array.isArray(outcome) && outcome.length === 0).length).toBeGreaterThan(0);
    expect(await closureIsRight()).toBe(true);
  });

  it('keeps the closure right through a random history', async () => {
    const nodes = [await under(world.hangzhou, 'DEPARTMENT'), await under(world.ningbo, 'DEPARTMENT')];
    let seed = 7;
    const pick = (): Node => nodes[(seed = (seed * 48_271) % 2_147_483_647) % nodes.length] as Node;
    for (let step = 0; step < 20; step += 1) nodes.push(await under(pick()));
    for (let step = 0; step < 40; step += 1) await move(pick(), pick());
    expect(await closureIsRight()).toBe(true);
  });

  it('stops at the deepest level', async () => {
    let node = await under(world.ningbo);
    const made: Node[] = [node];
    while (made.length < 62) made.push((node = await under(node)));
    const input = { organisationId: node, code: newCode(), name: '层', kind: 'HALL' as const };
    expect(await world.refused(createOrganisation, input)).toEqual(['organisationId TREE_TOO_DEEP']);
    const pair = await under(world.hangzhou);
    await under(pair);
    expect(await move(pair, made[60] as Node)).toEqual(['parentId TREE_TOO_DEEP']);
    expect(await move(pair, made[59] as Node)).toEqual([]);
  });
});

describe('closing a node', () => {
  const customer = (organisationId: Node) => ({
    kind: 'INDIVIDUAL' as const, name: '张伟', grade: 'STANDARD' as const, organisationId, documents: [], contacts: [], attributes: {},
  }); // prettier-ignore

  it('waits until nothing is managed there', async () => {
    const department = await under(world.hangzhou, 'DEPARTMENT');
    const hall = await under(department);
    expect(await close(department)).toEqual(['organisationId STILL_IN_USE']);
    const staffId = await world.staff('closing.hall', hall);
    expect(await close(hall)).toEqual(['organisationId STILL_IN_USE']);
    await database.raw(`UPDATE staff SET status = 'DISABLED' WHERE id = $1`, [staffId]);
    await world.run(createCustomer, customer(hall));
    expect(await close(hall)).toEqual(['organisationId STILL_IN_USE']);
    await database.raw(`UPDATE customer SET status = 'CLOSED' WHERE organisation_id = $1`, [hall]);
    expect([await close(hall), await close(department)]).toEqual([[], []]);
    expect(await close(hall)).toEqual(['organisationId NOT_ACTIVE']);
    expect(await world.refused(createCustomer, customer(hall))).toEqual(['organisationId ORGANISATION_CLOSED']);
    expect(await world.refused(createOrganisation, { organisationId: hall, code: newCode(), name: '厅', kind: 'HALL' })).toEqual([
      'organisationId ORGANISATION_CLOSED',
    ]);
  });

  it('and putting something there at the same time: one of them wins', async () => {
    for (let round = 0; round < 10; round += 1) {
      const hall = await under(world.hangzhou);
      const [closed, opened] = await Promise.all([close(hall), execute(world.system, createCustomer, customer(hall), newKey())]);
      const [row] = await database.raw<{ status: string; customers: number }>(
        `SELECT status, (SELECT count(*)::integer FROM customer WHERE organisation_id = o.id) AS customers
         FROM organisation o WHERE id = $1`,
        [hall],
      );
      expect(row).toEqual(opened.ok ? { status: 'ACTIVE', customers: 1 } : { status: 'CLOSED', customers: 0 });
      expect(closed).toEqual(opened.ok ? ['organisationId STILL_IN_USE'] : []);
    }
  });
});

describe('reading the tree', () => {
  it('shows what is in scope only, by every way', async () => {
    const clerk = as(world.hangzhou, 'organisation:read');
    const visible = (await selectOrganisationsById(clerk, [world.root, world.hangzhou, world.hallOne, world.ningbo])).map(
      (node) => node.code,
    );
    expect(visible.sort()).toEqual(['HZ', 'HZ-1']);
    expect((await searchOrganisations(clerk, { kind: 'CITY' }, { first: 10, after: null })).rows.map((node) => node.code)).toEqual(['HZ']);
    expect((await searchOrganisations(clerk, { withinId: world.ningbo }, { first: 10, after: null })).rows).toEqual([]);
    expect((await selectPaths(clerk, [world.hallOne])).get(world.hallOne)?.map((node) => node.code)).toEqual(['HZ', 'HZ-1']);
    expect((await selectPaths(clerk, [world.ningboHall])).size).toBe(0);
    expect(await selectChildren(clerk, [world.root, world.ningbo], 10)).toMatchObject([{ code: 'HZ' }]);
    expect((await selectSubtreeIds(clerk, world.ningbo, { first: 10, after: null })).rows).toEqual([]);
    expect(await selectOrganisationsById(as(world.hangzhou, 'organisation:write'), [world.hangzhou])).toEqual([]);
  });

  it('goes from page to page in the order of the codes', async () => {
    const parent = await under(world.ningbo, 'DEPARTMENT');
    for (const code of ['P-3', 'P-1', 'P-2']) await world.node(parent, code);
    const first = await searchOrganisations(world.system, { parentId: parent }, { first: 2, after: null });
    expect([first.rows.map((node) => node.code), first.hasNextPage]).toEqual([['P-1', 'P-2'], true]);
    const last = first.rows[1];
    const second = await searchOrganisations(world.system, { parentId: parent }, { first: 2, after: [last?.code ?? '', last?.id ?? ''] });
    expect([second.rows.map((node) => node.code), second.hasNextPage]).toEqual([['P-3'], false]);
    expect((await selectChildren(world.system, [parent], 1)).map((node) => node.code)).toEqual(['P-1']);
    const subtree = await selectSubtreeIds(world.system, parent, { first: 3, after: null });
    expect([subtree.rows.length, subtree.hasNextPage]).toEqual([3, true]);
  });

  it('finds by part of either name and by status', async () => {
    const node = await under(world.hangzhou);
    await world.run(changeOrganisation, { organisationId: node, expectedVersion: 1, name: '西湖营业厅', nameEn: 'West Lake Hall' });
    const find = async (nameContains: string) =>
      (await searchOrganisations(world.system, { nameContains, status: 'ACTIVE' }, { first: 5, after: null })).rows.map(
        (found) => found.id,
      );
    expect([await find('湖营'), await find('west LAKE'), await find('100%')]).toEqual([[node], [node], []]);
  });
});

describe("the operator's parameters", () => {
  it('hold from the start, change by version, and are in force here at once', async () => {
    expect(await operatorParameters(world.system)).toMatchObject({ timeZone: 'Asia/Shanghai', currency: 'CNY' });
    const change = { parameter: 'timeZone' as const, value: 'Asia/Urumqi', expectedVersion: 0 };
    expect(await world.run(changeOperatorParameter, change)).toEqual({ parameter: 'timeZone', version: 1 });
    expect(await operatorParameters(world.system)).toMatchObject({ timeZone: 'Asia/Urumqi' });
    expect(await world.refused(changeOperatorParameter, change)).toEqual(['expectedVersion STALE_VERSION']);
    await world.run(changeOperatorParameter, { ...change, value: 'Asia/Shanghai', expectedVersion: 1 });
    expect(await world.refused(changeOperatorParameter, { ...change, expectedVersion: 1 })).toEqual(['expectedVersion STALE_VERSION']);
    expect(await listOperatorParameters(world.system)).toMatchObject([
      { name: 'timeZone', version: 2 },
      { name: 'currency', version: 0 },
      { name: 'calendar', version: 0, value: { firstDayOfWeek: 1, holidays: [] } },
      { name: 'numberReservationMinutes', version: 0, value: 30 },
      { name: 'numberFreezeDays', version: 0, value: 90 },
      { name: 'proration', version: 0, value: 'BY_DAY' },
      { name: 'terminationDay', version: 0, value: 'FREE' },
      { name: 'firstPartialPiece', version: 0, value: 'NEXT_BILL' },
      { name: 'changesWithinPeriod', version: 0, value: 'NEXT_BILL' },
      { name: 'partialFirstPeriod', version: 0, value: 'COUNTS' },
      { name: 'contractsWhileStopped', version: 0, value: 'RUN_ON' },
      { name: 'taxRounding', version: 0, value: 'PER_BILL' },
      { name: 'name', version: 0 },
    ]);
    expect(await listOperatorParameters(as(world.root, 'organisation:read'))).toEqual([]);
  });

  it('hold the calendar: the first day of the week and the holidays', async () => {
    const change = {
      parameter: 'calendar' as const,
      value: { firstDayOfWeek: 7, holidays: ['2027-01-01', '2027-10-01'] },
      expectedVersion: 0,
    };
    await world.run(changeOperatorParameter, change);
    const { calendar } = await operatorParameters(world.system);
    expect([calendar.firstDayOfWeek, ...calendar.holidays.map(String)]).toEqual([7, '2027-01-01', '2027-10-01']);
    const unordered = { ...change, value: { firstDayOfWeek: 7, holidays: ['2027-10-01', '2027-01-01'] }, expectedVersion: 1 };
    expect(await world.refused(changeOperatorParameter, unordered)).toEqual(['value PARAMETER_INVALID']);
  });

  it('are changed by who may do so at the root, to values that they can have', async () => {
    const change = { parameter: 'name' as const, value: { zh: '浙江电信', en: 'Zhejiang Telecom' }, expectedVersion: 0 };
    expect(await world.refused(changeOperatorParameter, change, as(world.hangzhou, 'parameter:write'))).toEqual([
      'parameter OUTSIDE_SCOPE',
    ]);
    expect(await world.refused(changeOperatorParameter, { ...change, value: '浙江电信' })).toEqual(['value PARAMETER_INVALID']);
    await world.run(changeOperatorParameter, change, as(world.root, 'parameter:write'));
  });

  it('keep the currency once there is an account', async () => {
    const change = { parameter: 'currency' as const, value: 'HKD', expectedVersion: 0 };
    await world.run(changeOperatorParameter, change);
    const { customerId } = await world.run(createCustomer, {
      kind: 'INDIVIDUAL', name: '张伟', grade: 'STANDARD', organisationId: world.hallOne, documents: [], contacts: [], attributes: {},
    }); // prettier-ignore
    await database.raw(
      `INSERT INTO account (id, customer_id, organisation_id, name, currency, rating_type, payment_method, created_at)
       VALUES (gen_random_uuid(), $1, $2, 'a', 'HKD', 'POSTPAID', 'CASH', now())`, [customerId, world.hallOne]); // prettier-ignore
    expect(await world.refused(changeOperatorParameter, { ...change, value: 'CNY', expectedVersion: 1 })).toEqual(['value CURRENCY_FIXED']);
  });
});
