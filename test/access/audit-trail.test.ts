import { changeCustomer, createCustomer } from '../../src/business/component/customer';
import { createStaff } from '../../src/business/component/staff';
import { stopSubscriber } from '../../src/business/component/subscriber';
import { encodeId, type Id } from '../../src/kernel/id';
import { Scope } from '../../src/kernel/scope';
import { useDatabase } from '../support/database';
import { Graph, scopeAt, type Caller } from '../support/graph';
import { newKey, usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);
let graph: Graph;

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly operation: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly serviceType: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}
interface Trail {
  readonly auditTrail: {
    readonly nodes: readonly Entry[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const TRAIL = `query ($first: Int!, $after: String, $filter: AuditTrailFilter) { auditTrail(first: $first, after: $after, filter: $filter) {
  nodes { id at operation subjectKind subjectId serviceType before after } pageInfo { hasNextPage endCursor } } }`;

async function trail(
  caller: Caller,
  filter: object = {},
  page: { first?: number; after?: string | null } = {},
): Promise<Trail['auditTrail']> {
  return (await graph.read<Trail>(TRAIL, { first: 100, filter, ...page }, caller)).auditTrail;
}
const auditor = (node: Id<'organisation'>, lines: readonly string[] | null = null): Caller => ({
  scope: scopeAt(node, ['audit:read'], lines),
});
const subjectsOf = ({ nodes }: Trail['auditTrail']): (string | null)[] => [...new Set(nodes.map((entry) => entry.subjectId))].sort();

const here = { mobile: '', broadband: '', customer: '' };
let there: string;
let customerId: Id<'customer'>;

beforeAll(async () => {
  graph = new Graph(database.core, world.clock);
  const payer = await world.payer();
  customerId = payer.customerId;
  here.customer = encodeId('customer', customerId);
  here.mobile = encodeId('subscriber', await world.subscriber(customerId, payer.accountId));
  here.broadband = encodeId(
    'subscriber',
    await world.subscriber(customerId, payer.accountId, { serviceType: 'BROADBAND', identifier: 'hz-line-1' }),
  );
  there = encodeId('customer', await world.customer({ organisationId: world.ningbo }));
  // What belongs to nobody that is known, as a log-in under a name that nobody has.
  await database.raw(
    `INSERT INTO audit_entry (id, at, actor_kind, actor_id, trace_id, operation, subject_kind, subject_id, after)
     VALUES (gen_random_uuid(), $1, 'STAFF', 'nobody', 't', 'logIn', 'staff', '00000000-0000-0000-0000-000000000000', '{"refused": "UNKNOWN"}')`,
    [world.clock.now().toString()],
  );
});

describe('who sees what of the audit trail', () => {
  it('shows what belongs at the caller’s node or below, and nothing beside it', async () => {
    const seen = subjectsOf(await trail(auditor(world.hangzhou)));
    expect(seen).toEqual(expect.arrayContaining([here.customer, here.mobile, here.broadband, encodeId('organisation', world.hangzhou)]));
    expect(seen).not.toContain(there);
    expect(subjectsOf(await trail(auditor(world.ningbo)))).toEqual([encodeId('organisation', world.ningbo), there].sort());
    expect(subjectsOf(await trail(auditor(world.root)))).toEqual(expect.arrayContaining([here.customer, there]));
  });

  it('shows what is of a line of business for grants of that line only, and what is of none for all', async () => {
    const seen = subjectsOf(await trail(auditor(world.hangzhou, ['MOBILE'])));
    expect(seen).toEqual(expect.arrayContaining([here.customer, here.mobile]));
    expect(seen).not.toContain(here.broadband);
  });

  it('does not join the node of one grant to the line of another', async () => {
    const scope = Scope.of([
      { permission: 'audit:read', node: world.hangzhou, lines: ['MOBILE'] },
      { permission: 'audit:read', node: world.ningbo, lines: ['BROADBAND'] },
    ]);
    const seen = subjectsOf(await trail({ scope }));
    expect(seen).toEqual(expect.arrayContaining([here.mobile, there]));
    expect(seen).not.toContain(here.broadband);
  });

  it('shows what belongs to no node from the root only, without a subject', async () => {
    const ofNobody = { operation: 'logIn' };
    expect((await trail(auditor(world.root), ofNobody)).nodes).toMatchObject([
      { subjectKind: 'STAFF', subjectId: null, after: { refused: 'UNKNOWN' } },
    ]);
    expect((await trail(auditor(world.hangzhou), ofNobody)).nodes).toEqual([]);
  });

  it('shows nothing without audit:read', async () => {
    const everythingElse = { scope: scopeAt(world.root, ['customer:read', 'subscriber:read', 'staff:read']) };
    expect((await trail(everythingElse)).nodes).toEqual([]);
    expect((await trail({ scope: Scope.none }, { subjectId: here.customer })).nodes).toEqual([]);
  });

  it('shows the subject and the actor themselves only as far as the caller may see them', async () => {
    const { staffId } = await world.run(createStaff, { loginName: 'auditee', name: '王芳', organisationId: world.hangzhou });
    const input = {
      kind: 'ENTERPRISE', name: '华光公司', organisationId: encodeId('organisation', world.hangzhou), idempotencyKey: newKey(),
    }; // prettier-ignore
    const clerk = { scope: scopeAt(world.hangzhou, ['customer:write', 'customer:read']), staffId };
    const document = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { code } } }';
    const { createCustomer: made } = await graph.read<{ createCustomer: { customer: { id: string } } }>(document, { input }, clerk);
    const ask = `query ($filter: AuditTrailFilter) { auditTrail(first: 1, filter: $filter) { nodes {
      address traceId actor { kind id node { __typename ... on Staff { name } } } subject { __typename id ... on Customer { name } } } } }`;
    const filter = { actorId: encodeId('staff', staffId) };
    const by = { kind: 'STAFF', id: filter.actorId };
    const seen = await graph.read(ask, { filter }, { scope: scopeAt(world.hangzhou, ['audit:read', 'customer:read', 'staff:read']) });
    const entry = { address: '10.0.0.7', traceId: 'test-trace' };
    expect(seen).toEqual({
      auditTrail: {
        nodes: [
          {
            ...entry,
            actor: { ...by, node: { __typename: 'Staff', name: '王芳' } },
            subject: { __typename: 'Customer', id: made.customer.id, name: '华光公司' },
          },
        ],
      },
    });
    expect(await graph.read(ask, { filter }, auditor(world.hangzhou))).toEqual({
      auditTrail: { nodes: [{ ...entry, actor: { ...by, node: null }, subject: null }] },
    });
  });
});

describe('what the audit trail says', () => {
  it('masks what is personal, before and after', async () => {
    const id = await world.customer({
      name: '欧阳娜娜', documents: [{ kind: 'PASSPORT', number: 'E12345678' }],
      contacts: [{ kind: 'MOBILE', value: '13812345678', person: '李娜' }],
    }); // prettier-ignore
    await world.run(changeCustomer, { customerId: id, expectedVersion: 1, name: '欧阳明' });
    const { nodes } = await trail(auditor(world.hangzhou), { subjectId: encodeId('customer', id) });
    expect(nodes).toMatchObject([
      { operation: 'changeCustomer', before: { name: '欧***' }, after: { name: '欧**' } },
      {
        operation: 'createCustomer',
        before: null,
        after: {
          name: '欧***',
          kind: 'INDIVIDUAL',
          documents: [{ number: '*****5678' }],
          contacts: [{ value: '138****5678', person: '李*' }],
        },
      },
    ]);
    expect(JSON.stringify(nodes)).not.toMatch(/欧阳|E12345678|13812345678|李娜/);
  });

  it('tells what of a subscriber was changed, and of which line', async () => {
    const [mobile] = await database.raw<{ id: Id<'subscriber'> }>(`SELECT id FROM subscriber WHERE service_type = 'MOBILE' LIMIT 1`);
    await world.run(stopSubscriber, { subscriberId: mobile?.id as Id<'subscriber'>, expectedVersion: 1, reason: 'LOSS' as const });
    expect((await trail(auditor(world.hangzhou), { operation: 'stopSubscriber' })).nodes).toMatchObject([
      {
        subjectKind: 'SUBSCRIBER',
        subjectId: here.mobile,
        serviceType: 'MOBILE',
        before: { stopReasons: [] },
        after: { stopReasons: ['LOSS'] },
      },
    ]);
  });
});

describe('reading on in the audit trail', () => {
  it('gives every entry once, newest first, however the pages are cut', async () => {
    const input = {
      kind: 'INDIVIDUAL',
      name: '张伟',
      grade: 'STANDARD',
      organisationId: world.ningbo,
      documents: [],
      contacts: [],
      attributes: {},
    } as const;
    // Several at one instant, so that the id has to decide.
    for (let made = 0; made < 5; made += 1) await world.run(createCustomer, input);
    world.clock.advance({ minutes: 1 });
    for (let made = 0; made < 4; made += 1) await world.run(createCustomer, input);
    const whole = (await trail(auditor(world.ningbo))).nodes;
    const instants = whole.map((entry) => entry.at);
    expect(instants).toEqual([...instants].sort().reverse());
    for (const first of [1, 2, 4]) {
      const read: Entry[] = [];
      let page = await trail(auditor(world.ningbo), {}, { first });
      for (; page.pageInfo.hasNextPage; page = await trail(auditor(world.ningbo), {}, { first, after: page.pageInfo.endCursor })) {
        expect(page.nodes).toHaveLength(first);
        read.push(...page.nodes);
      }
      expect([...read, ...page.nodes].map((entry) => entry.id)).toEqual(whole.map((entry) => entry.id));
    }
  });

  it('keeps to a subject, an operation and a time', async () => {
    const at = world.clock.advance({ hours: 1 });
    await world.run(changeCustomer, { customerId, expectedVersion: await world.versionOf('customer', customerId), grade: 'GOLD' as const });
    world.clock.advance({ hours: 1 });
    const of = async (filter: object): Promise<string[]> =>
      (await trail(auditor(world.hangzhou), filter)).nodes.map((entry) => entry.operation);
    expect(await of({ subjectId: here.customer })).toEqual(['changeCustomer', 'createCustomer']);
    expect(await of({ subjectId: here.customer, operation: 'createCustomer' })).toEqual(['createCustomer']);
    expect(await of({ from: at.toString() })).toEqual(['changeCustomer']);
    expect(await of({ subjectId: here.customer, to: at.toString() })).toEqual(['createCustomer']);
    expect(await of({ actorId: 'test', from: at.toString() })).toEqual(['changeCustomer']);
    expect(await of({ actorId: encodeId('customer', customerId) })).toEqual([]);
  });

  it('goes back 31 days, and for one subject or actor to the beginning', async () => {
    world.clock.advance({ hours: 24 * 40 });
    expect((await trail(auditor(world.hangzhou))).nodes).toEqual([]);
    expect((await trail(auditor(world.hangzhou), { subjectId: here.customer })).nodes).not.toEqual([]);
    expect((await trail(auditor(world.hangzhou), { actorId: 'test' })).nodes).not.toEqual([]);
    expect((await trail(auditor(world.hangzhou), { from: '2026-11-01T00:00:00Z' })).nodes).not.toEqual([]);
  });

  it.each([
    ['a subject that is no id', { filter: { subjectId: 'rubbish' } }],
    ['a cursor of another connection', { after: Buffer.from('["x"]').toString('base64url') }],
    ['a cursor that holds no instant', { after: Buffer.from('["x","y"]').toString('base64url') }],
    ['no first', { first: 0 }],
  ])('refuses %s', async (_what, variables) => {
    const answer = await graph.send(TRAIL, { first: 10, ...variables }, auditor(world.root));
    expect(answer.errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
  });
});
