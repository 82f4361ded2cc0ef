import { HttpServer, type GraphqlAnswer } from '../support/http-server';
import { encodeId, freshKey, useHttpWorld } from './http-world';

const world = useHttpWorld();
const another = new HttpServer(world.database);

/** A second instance of the operator's core: it shares the database and the signing key, and nothing else. */
beforeAll(() => another.start({ clock: world.access.clock, authentication: world.access.anotherProcess() }));
afterAll(() => another.stop());

const CREATE = `mutation ($input: CreateCustomerInput!) {
  createCustomer(input: $input) { customer { id customerNo name version } userErrors { code field message } }
}`;
const CHANGE = `mutation ($input: ChangeAccountInput!) {
  changeAccount(input: $input) { account { id name version } userErrors { code field message } }
}`;

function newCustomer(name: string, idempotencyKey = freshKey()): Record<string, unknown> {
  const organisationId = encodeId('organisation', world.ours.node);
  return { input: { idempotencyKey, organisationId, kind: 'ENTERPRISE', name } };
}

const create = async (variables: Record<string, unknown>, server = world.server): Promise<GraphqlAnswer> =>
  server.gql({ token: await world.token('clerk') }, CREATE, variables);

const countOf = async (name: string): Promise<unknown> => {
  const [row] = await world.database.raw<object>(
    `SELECT count(*)::int AS customers,
            (SELECT count(*)::int FROM audit_entry a WHERE a.subject_id IN (SELECT id FROM customer WHERE name = $1)) AS trail,
            (SELECT count(*)::int FROM outbox_event e WHERE e.subject_id IN (SELECT id FROM customer WHERE name = $1)) AS events
     FROM customer WHERE name = $1`,
    [name],
  );
  return row;
};

describe('one call that is made again and again', () => {
  test('200 at once have one effect and 200 equal answers', async () => {
    const variables = newCustomer('二百');
    const answers = await Promise.all(Array.from({ length: 200 }, () => create(variables)));
    for (const { status, data, codes } of answers) expect([status, data, codes]).toEqual([200, answers[0]?.data, []]);
    expect(answers[0]?.data).toMatchObject({ createCustomer: { customer: { name: '二百', version: 1 }, userErrors: [] } });
    expect(await countOf('二百')).toEqual({ customers: 1, trail: 1, events: 1 });
  });

  test('nor do 200 on two instances have another effect', async () => {
    const variables = newCustomer('两台');
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, place) => create(variables, place % 2 === 0 ? world.server : another)),
    );
    for (const { status, data, codes } of answers) expect([status, data, codes]).toEqual([200, answers[0]?.data, []]);
    expect(await countOf('两台')).toEqual({ customers: 1, trail: 1, events: 1 });
  });

  test('later, the first result comes again, with what else is asked for as it is now', async () => {
    const variables = newCustomer('以后');
    const first = await create(variables);
    const { customer } = first.data?.['createCustomer'] as { customer: { id: string } };
    await world.database.raw(`UPDATE customer SET version = 9 WHERE name = '以后'`);
    const again = await create(variables, another);
    expect(again.data).toMatchObject({ createCustomer: { customer: { id: customer.id, version: 9 }, userErrors: [] } });
  });

  test('with another input it is refused by name', async () => {
    const key = freshKey();
    await create(newCustomer('甲', key));
    const [other, elsewhere] = [await create(newCustomer('乙', key)), await create(newCustomer('丙', key), another)];
    expect([other.codes, elsewhere.codes]).toEqual([['IDEMPOTENCY_KEY_REUSED'], ['IDEMPOTENCY_KEY_REUSED']]);
    expect([await countOf('乙'), await countOf('丙')]).toEqual(Array(2).fill({ customers: 0, trail: 0, events: 0 }));
  });

  test('with another input at the same time, one is done and the others are refused', async () => {
    const key = freshKey();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, place) => create(newCustomer(`同时${place % 4}`, key), place % 2 === 0 ? world.server : another)),
    );
    const done = new Set(answers.flatMap(({ codes, data }) => (codes.length === 0 ? [JSON.stringify(data)] : [])));
    const codes = new Set(answers.flatMap((answer) => answer.codes));
    expect([done.size, [...codes]]).toEqual([1, ['IDEMPOTENCY_KEY_REUSED']]);
    const [row] = await world.database.raw<{ made: number }>(`SELECT count(*)::int AS made FROM customer WHERE name LIKE '同时%'`);
    expect(row?.made).toBe(1);
  });

  test('after a refusal, the corrected input goes through with the same key', async () => {
    const key = freshKey();
    const refused = await create(newCustomer(' ', key));
    expect(refused.data).toMatchObject({ createCustomer: { customer: null, userErrors: [{ code: 'BLANK', field: ['name'] }] } });
    const corrected = await create(newCustomer('更正', key));
    expect(corrected.data).toMatchObject({ createCustomer: { customer: { name: '更正' }, userErrors: [] } });
  });

  test('a key belongs to who calls: another’s call with the same key is another call', async () => {
    const variables = newCustomer('各人');
    const [clerk, supervisor] = [
      await create(variables),
      await world.server.gql({ token: await world.token('supervisor') }, CREATE, variables),
    ];
    expect(supervisor.data).not.toEqual(clerk.data);
    expect(await countOf('各人')).toEqual({ customers: 2, trail: 2, events: 2 });
  });

  test.each(['', ' ', 'a b', '键', 'x'.repeat(256), '\u0000'])('a key that is none (%j) is refused', async (key) => {
    expect((await create(newCustomer('无键', key))).codes).toEqual(['BAD_USER_INPUT']);
  });
});

describe('two clerks who change one account', () => {
  const change = async (role: 'clerk' | 'supervisor', version: number, name: string, server: HttpServer): Promise<unknown> => {
    const input = { idempotencyKey: freshKey(), accountId: encodeId('account', world.ours.accountId), expectedVersion: version, name };
    const answer = await server.gql({ token: await world.token(role) }, CHANGE, { input });
    expect([answer.status, answer.codes]).toEqual([200, []]);
    return answer.data?.['changeAccount'];
  };

  test('at once: one wins, the other is told', async () => {
    for (let version = await world.parties.versionOf('account', world.ours.accountId), round = 0; round < 20; version += 1, round += 1) {
      const results = await Promise.all([
        change('clerk', version, `甲${round}`, world.server),
        change('supervisor', version, `乙${round}`, another),
      ]);
      const won = results.filter((result) => (result as { account: unknown }).account !== null);
      const told = results.filter((result) => (result as { account: unknown }).account === null);
      expect(won).toEqual([{ account: expect.objectContaining({ version: version + 1 }) as unknown, userErrors: [] }]);
      const message = expect.stringContaining(`version ${version + 1}`) as unknown;
      expect(told).toEqual([{ account: null, userErrors: [{ code: 'STALE_VERSION', field: ['expectedVersion'], message }] }]);
    }
  });

  test('the loser reads again, and is not told off a second time', async () => {
    const version = await world.parties.versionOf('account', world.ours.accountId);
    await change('clerk', version, '先', world.server);
    expect(await change('supervisor', version, '后', world.server)).toMatchObject({ account: null });
    expect(await change('supervisor', version + 1, '后', world.server)).toMatchObject({ account: { name: '后', version: version + 2 } });
  });
});
