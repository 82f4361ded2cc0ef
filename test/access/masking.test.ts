import { createCustomer } from '../../src/business/component/customer';
import { PASSWORD } from './access-world';
import type { GraphqlAnswer } from '../support/http-server';
import { encodeId, freshKey, useHttpWorld, type Role } from './http-world';

const world = useHttpWorld();

/** A person of whom everything is known that a customer can have. No other test's data holds any of it. */
const PERSON = {
  name: '欧阳娜娜',
  nameEn: 'Nana Ouyang',
  resident: '110101199003072578',
  passport: 'E55667788',
  mobile: '13755667788',
  phone: '0571-88776655',
  email: 'nana.ouyang@example.com',
  address: '浙江省杭州市西湖区文三路九十九号',
  agent: '司马光年',
};
const IN_CLEAR = Object.values(PERSON);
let customerId: string;

/** Every answer of this file but those that reveal, and every secret that was sent or received. */
const answers: string[] = [];
const secrets: string[] = [PASSWORD, 'a wrong password of mine', 'a new password of mine'];

beforeAll(async () => {
  const made = await world.access.run(createCustomer, {
    organisationId: world.ours.node,
    kind: 'INDIVIDUAL',
    grade: 'GOLD',
    name: PERSON.name,
    nameEn: PERSON.nameEn,
    attributes: {},
    documents: [
      { kind: 'RESIDENT_ID', number: PERSON.resident },
      { kind: 'PASSPORT', number: PERSON.passport },
    ],
    contacts: [
      { kind: 'MOBILE', value: PERSON.mobile, person: PERSON.agent },
      { kind: 'PHONE', value: PERSON.phone },
      { kind: 'EMAIL', value: PERSON.email },
      { kind: 'ADDRESS', value: PERSON.address },
    ],
  });
  await world.parties.account(made.customerId, { organisationId: world.ours.node });
  customerId = encodeId('customer', made.customerId);
});

async function ask(role: Role, query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer> {
  const answer = await world.server.gql({ token: await world.token(role) }, query, variables);
  answers.push(answer.text);
  return answer;
}

const WHOLE = 'id name nameEn documents { number } contacts { value person }';
const MASKED = {
  name: '欧***',
  nameEn: 'N*** O*****',
  documents: expect.arrayContaining([{ number: '**************2578' }, { number: '*****7788' }]) as unknown,
  contacts: expect.arrayContaining([
    { value: '137****7788', person: '司***' },
    { value: '057******6655', person: null },
    { value: 'n***@example.com', person: null },
    { value: '浙江省杭州市****', person: null },
  ]) as unknown,
};

describe('a person’s data', () => {
  test('are masked for everybody, by whatever way they are read', async () => {
    for (const role of ['clerk', 'supervisor', 'cityAdmin', 'admin', 'auditor'] as const) {
      const byId = await ask(role, `query ($id: ID!) { customer(id: $id) { ${WHOLE} } node(id: $id) { ... on Customer { ${WHOLE} } } }`, {
        id: customerId,
      });
      expect(byId.data).toMatchObject({ customer: MASKED, node: MASKED });
    }
  });

  test.each([
    ['name', { nameContains: PERSON.name }],
    ['part of the name', { nameContains: '阳娜' }],
    ['beginning of the name', { namePrefix: '欧阳' }],
    ['name in English', { nameContains: 'nana' }],
    ['resident id', { documentNumber: PERSON.resident }],
    ['passport', { documentNumber: PERSON.passport }],
  ])('are masked in what is found by the %s', async (_by, filter) => {
    const found = await ask(
      'clerk',
      `query ($filter: CustomerFilter) { customers(first: 10, filter: $filter) { nodes { ${WHOLE} } edges { node { ${WHOLE} } } } }`,
      { filter },
    );
    expect(found.data).toMatchObject({ customers: { nodes: [MASKED], edges: [{ node: MASKED }] } });
  });

  test('are masked in the counter view', async () => {
    const { ours } = world;
    const query = `query ($number: String!) { subscriberByNumber(number: $number) {
      customer { ${WHOLE} accounts(first: 5) { nodes { accountNo } } subscribers(first: 5) { nodes { accessNumber } } } } }`;
    const view = await ask('supervisor', query, { number: ours.mobile });
    expect(view.data).toMatchObject({
      subscriberByNumber: {
        customer: { name: '杭*****', documents: [{ number: '*****4321' }], contacts: [{ value: '139****0001', person: '联***' }] },
      },
    });
    expect(view.text).not.toMatch(new RegExp([ours.personName, ours.passport, ours.mobileContact].join('|')));
  });

  test('are masked in what a change answers, and in what it is refused by', async () => {
    const input = {
      idempotencyKey: freshKey(),
      organisationId: encodeId('organisation', world.ours.node),
      kind: 'INDIVIDUAL',
      name: '诸葛小明',
      documents: [{ kind: 'RESIDENT_ID', number: '110101199003072570' }],
      contacts: [{ kind: 'EMAIL', value: 'not an address 诸葛' }],
    };
    const create = `mutation ($input: CreateCustomerInput!) {
      createCustomer(input: $input) { customer { ${WHOLE} } userErrors { code field message } } }`;
    const refused = await ask('clerk', create, { input });
    expect(refused.data).toMatchObject({ createCustomer: { customer: null } });
    const good = { ...input, documents: [{ kind: 'PASSPORT', number: 'E10203040' }], contacts: [{ kind: 'MOBILE', value: '13610203040' }] };
    const made = await ask('clerk', create, { input: { ...good, idempotencyKey: freshKey() } });
    expect(made.data).toMatchObject({
      createCustomer: {
        customer: { name: '诸***', documents: [{ number: '*****3040' }], contacts: [{ value: '136****3040' }] },
        userErrors: [],
      },
    });
    for (const answer of [refused, made]) expect(answer.text).not.toMatch(/诸葛小明|110101199003072570|诸葛|E10203040|13610203040/);
  });

  test('are masked in the audit trail, for whoever reads it', async () => {
    const trail = `query ($id: ID!) {
      auditTrail(first: 50, filter: { subjectId: $id }) { nodes { operation before after subject { ... on Customer { ${WHOLE} } } } } }`;
    for (const role of ['auditor', 'supervisor', 'admin'] as const) {
      const read = await ask(role, trail, { id: customerId });
      const { nodes } = read.data?.['auditTrail'] as { nodes: { operation: string; after: unknown }[] };
      expect(nodes.map(({ operation }) => operation)).toContain('createCustomer');
      expect(nodes.find(({ operation }) => operation === 'createCustomer')?.after).toMatchObject({ name: '欧***', nameEn: 'N*** O*****' });
    }
  });

  test('are masked for a partner', async () => {
    const { partners } = world;
    const read = await world.server.gql(
      { token: await world.partnerToken(), path: '/partner/graphql' },
      'query ($number: String!) { customers(first: 5, filter: { documentNumber: $number }) { nodes { name documents { number } } } }',
      { number: partners.passport },
    );
    answers.push(read.text);
    expect(read.data).toEqual({ customers: { nodes: [{ name: '伙*****', documents: [{ number: '*****4321' }] }] } });
  });
});

describe('revealPersonalData', () => {
  const reveal = `mutation ($input: RevealPersonalDataInput!) { revealPersonalData(input: $input) {
    personalData { name nameEn documents { number } contacts { value person } } userErrors { code field } } }`;
  const call = async (role: Role, more: Record<string, unknown> = {}): Promise<GraphqlAnswer> =>
    world.server.gql({ token: await world.token(role) }, reveal, {
      input: { idempotencyKey: freshKey(), customerId, fields: ['NAME', 'DOCUMENTS', 'CONTACTS'], reason: '客户到厅核验', ...more },
    });

  test('shows what was asked for to who may see it, and puts that on record', async () => {
    const shown = await call('supervisor', { fields: ['NAME', 'DOCUMENTS'] });
    expect(shown.data).toMatchObject({
      revealPersonalData: { personalData: { name: PERSON.name, nameEn: PERSON.nameEn, contacts: null }, userErrors: [] },
    });
    expect(shown.text).toContain(PERSON.resident);
    expect(shown.text).not.toContain(PERSON.mobile);
    const trail = await ask(
      'auditor',
      `query ($id: ID!) {
        auditTrail(first: 1, filter: { subjectId: $id, operation: "revealPersonalData" }) { nodes { after actor { id } } } }`,
      { id: customerId },
    );
    expect(trail.data).toEqual({
      auditTrail: {
        nodes: [
          {
            after: { seen: ['DOCUMENTS', 'NAME'], reason: '客户到厅核验' },
            actor: { id: encodeId('staff', world.staff.supervisor) },
          },
        ],
      },
    });
  });

  test('shows and records nothing for a clerk, at another place than the holder’s, or without a reason', async () => {
    const recorded = async (): Promise<unknown> =>
      world.database.raw(`SELECT count(*) FROM audit_entry WHERE operation = 'revealPersonalData'`);
    const before = await recorded();
    const clerk = await call('clerk');
    const elsewhere = await call('supervisor', { customerId: encodeId('customer', world.theirs.personId) });
    const silent = await call('supervisor', { reason: ' ' });
    answers.push(clerk.text, elsewhere.text, silent.text);
    expect(clerk.codes).toEqual(['FORBIDDEN']);
    expect(elsewhere.data).toEqual({
      revealPersonalData: { personalData: null, userErrors: [{ code: 'NOT_FOUND', field: ['customerId'] }] },
    });
    expect(silent.data).toEqual({ revealPersonalData: { personalData: null, userErrors: [{ code: 'REASON_NEEDED', field: ['reason'] }] } });
    expect(await recorded()).toEqual(before);
  });
});

describe('the log', () => {
  /** Requests that fail in every layer, each with something in it that must not be written down. */
  async function fail(): Promise<void> {
    const input = {
      idempotencyKey: freshKey(),
      organisationId: encodeId('organisation', world.ours.node),
      kind: 'INDIVIDUAL',
      name: PERSON.name,
      documents: [{ kind: 'RESIDENT_ID', number: PERSON.resident }],
      contacts: [{ kind: 'MOBILE', value: PERSON.mobile, person: PERSON.agent }],
    };
    const create = 'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } userErrors { code } } }';
    // Of GraphQL: a variable that does not fit. Of PostgreSQL: a character, a broken table, a constraint.
    for (const wrong of [
      { kind: PERSON.name },
      { grade: 7 },
      { name: `${PERSON.name}\u0000` },
      { idempotencyKey: PERSON.name },
      { organisationId: PERSON.resident },
      { attributes: { [PERSON.email]: '\u0000' } },
    ]) {
      await world.server.gql({ token: await world.token('clerk') }, create, { input: { ...input, ...wrong } });
    }
    for (const broken of [
      'ALTER TABLE customer_contact ADD CONSTRAINT never CHECK (false) NOT VALID',
      'ALTER TABLE customer_document ADD CONSTRAINT never CHECK (false) NOT VALID',
      'ALTER TABLE customer ADD CONSTRAINT never CHECK (false) NOT VALID',
    ]) {
      await world.database.raw(broken);
      const answer = await world.server.gql({ token: await world.token('clerk') }, create, {
        input: { ...input, idempotencyKey: freshKey() },
      });
      expect(answer.codes).toEqual(['INTERNAL_SERVER_ERROR']);
      answers.push(answer.text);
      await world.database.raw(broken.replace(/ADD (CONSTRAINT never).*/, 'DROP $1'));
    }
    await world.server.gql(
      { token: await world.token('clerk') },
      `{ customers(first: 5, filter: { nameContains: "${PERSON.name}", documentNumber: "${PERSON.resident}" }) { nodes { nam } } }`,
    );
    await world.server.request(
      `/graphql?query=${encodeURIComponent(`{ customers(first: 5, filter: { nameContains: "${PERSON.name}" }) { nodes { name } } }`)}`,
      { headers: { authorization: `Bearer ${await world.token('clerk')}` } },
    );
  }

  async function failToLogIn(): Promise<void> {
    const { accessToken, refreshToken } = await world.logIn('clerk');
    const session = await world.server.post('/auth/refresh', { refreshToken });
    secrets.push(
      accessToken,
      refreshToken,
      String(session.json['accessToken']),
      String(session.json['refreshToken']),
      world.partnerSecret,
      await world.partnerToken(),
    );
    await world.server.post('/auth/log-in', { loginName: 'clerk', password: 'a wrong password of mine' });
    await world.server.post('/auth/log-in', { loginName: 'a wrong password of mine', password: PASSWORD });
    await world.server.post('/auth/log-in', { loginName: ['x'], password: PASSWORD, extra: PASSWORD });
    await world.server.request('/auth/log-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"password":"${PASSWORD}"`,
    });
    const change = 'mutation ($input: ChangeOwnPasswordInput!) { changeOwnPassword(input: $input) { userErrors { code } } }';
    await ask('otherClerk', change, {
      input: { idempotencyKey: freshKey(), oldPassword: 'a wrong password of mine', password: 'a new password of mine' },
    });
    await world.database.raw('ALTER TABLE session ADD CONSTRAINT never CHECK (false) NOT VALID');
    const answers500 = [
      await world.server.post('/auth/log-in', { loginName: 'clerk', password: PASSWORD }),
      await world.server.post('/auth/token', {
        grant_type: 'client_credentials',
        client_id: 'partner-1',
        client_secret: world.partnerSecret,
      }),
      await world.server.post('/auth/refresh', { refreshToken: String(session.json['refreshToken']) }),
    ];
    await world.database.raw('ALTER TABLE session DROP CONSTRAINT never');
    for (const { status, text } of answers500) {
      expect([status, text]).toEqual([500, expect.stringContaining('INTERNAL_SERVER_ERROR')]);
      answers.push(text);
    }
  }

  test('holds no personal data, no password and no token, whatever fails', async () => {
    await fail();
    await failToLogIn();
    const log = world.server.logged.join('');
    expect(world.server.logged.filter((line) => line.includes('"level":50')).length).toBeGreaterThanOrEqual(6);
    const { ours, theirs, partners } = world;
    const others = [ours, theirs, partners].flatMap(({ personName, passport, mobileContact }) => [personName, passport, mobileContact]);
    const written = [...IN_CLEAR, ...others, ...secrets].filter(
      (text) => log.includes(text) || log.includes(JSON.stringify(text).slice(1, -1)),
    );
    expect(written).toEqual([]);
    // Nor a row that PostgreSQL shows in the detail of its error.
    expect(log).not.toMatch(/eyJhbGciOi|\$argon2id|Failing row contains/);
  });

  test('nor do the answers of this file hold any of it, but those that reveal', () => {
    const all = answers.join('');
    expect(answers.length).toBeGreaterThan(20);
    expect([...IN_CLEAR, ...secrets].filter((text) => all.includes(text))).toEqual([]);
  });

  test('nor do the metrics', async () => {
    const { text } = await world.server.request('/metrics');
    expect(text).toContain('sanhu_requests_total');
    expect([...IN_CLEAR, ...secrets].filter((part) => text.includes(part))).toEqual([]);
  });
});
