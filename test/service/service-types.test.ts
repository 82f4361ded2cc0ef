import {
  changeProvisioningAdapter, changeServiceType, findProvisioningAdapters, listServiceTypes, registerProvisioningAdapter, registerServiceType,
  retireServiceType, type NewServiceType,
} from '../../src/business/component/service'; // prettier-ignore
import { openSubscriber, subscriberProblems } from '../../src/business/component/subscriber';
import type { Unit } from '../../src/business/context';
import { createRole, createStaff, grantRole } from '../../src/business/component/staff';
import { encodeId, newId } from '../../src/kernel/id';
import type { Json } from '../../src/kernel/stable-json';
import { TEST_LIMITS, useDatabase } from '../support/database';
import { Graph, scopeAt, type Caller } from '../support/graph';
import { newKey, usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);

const BOX = {
  type: 'object',
  properties: {
    box: { type: 'string', enum: ['HD', '4K'], title: '机顶盒型号', titleEn: 'Model of the set-top box' },
    screens: { type: 'integer', minimum: 1, maximum: 4 },
  },
  required: ['box'],
  additionalProperties: false,
} as const;

let codes = 0;
const newCode = (): string => `TYPE_${(codes += 1)}`;
const television = (more: Partial<NewServiceType> = {}): NewServiceType => ({
  code: newCode(),
  name: '互动电视',
  nameEn: 'IPTV',
  identifierKind: 'LOGIN',
  identifierPattern: '^tv[0-9]{6}$',
  characteristics: BOX,
  resources: ['PORT'],
  usageKinds: ['VIDEO'],
  provisioningAdapter: null,
  ...more,
});
const register = async (more: Partial<NewServiceType> = {}): Promise<string> =>
  (await world.run(registerServiceType, television(more))).code;
const adapter = async (): Promise<string> => {
  const name = { code: newCode(), name: '装维工单', nameEn: 'Field work', kind: 'MANUAL' } as const;
  return (await world.run(registerProvisioningAdapter, { ...name, http: null, workQueue: 'FIELD' })).code;
};
let logins = 0;
const newLogin = (): string => `tv${String((logins += 1)).padStart(6, '0')}`;

/** Another process of the program: its modules loaded anew, with a connection and caches of its own. */
function anotherProcess(): { seenTypes: () => Promise<string[]>; close: () => Promise<void> } {
  const modules = {} as {
    service: typeof import('../../src/business/component/service');
    core: typeof import('../../src/data/connection/core-database');
  };
  jest.isolateModules(() => {
    modules.service = require('../../src/business/component/service') as typeof modules.service; // eslint-disable-line @typescript-eslint/no-require-imports
    modules.core = require('../../src/data/connection/core-database') as typeof modules.core; // eslint-disable-line @typescript-eslint/no-require-imports
  });
  const opened = modules.core.CoreDatabase.open(database.url, { ...TEST_LIMITS, poolSize: 1 }, () => undefined);
  return {
    seenTypes: async () => {
      const sql = (await opened).reader({ tally: { statements: 0 }, signal: undefined });
      return (await modules.service.listServiceTypes({ sql, scope: world.context.scope })).map((type) => type.code);
    },
    close: async () => (await opened).close(),
  };
}

describe('a new line of business', () => {
  it('is registered and sold by the API alone, nothing restarted', async () => {
    const graph = new Graph(database.core, world.clock);
    const caller: Caller = {
      scope: scopeAt(world.root, [
        'service:read', 'service:write', 'tax:write', 'tax:read', 'subscriber:write', 'subscriber:read', 'customer:read', 'account:write',
        'organisation:read',
      ]),
    }; // prettier-ignore
    const mutate = async (name: string, more: object, select: string): Promise<Record<string, unknown>> => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${select} userErrors { code field message } } }`;
      const { [name]: payload } = await graph.read<Record<string, Record<string, unknown>>>(
        document,
        { input: { idempotencyKey: newKey(), ...more } },
        caller,
      );
      return payload ?? {};
    };
    await mutate('registerProvisioningAdapter', { code: 'TV_HEADEND', name: '播控平台', nameEn: 'Head end', kind: 'HTTP',
      http: { endpoint: 'https://headend.example/v1' } }, 'provisioningAdapter { code }'); // prettier-ignore
    const registered = await mutate(
      'registerServiceType',
      { ...television(), code: 'IPTV', provisioningAdapter: 'TV_HEADEND' },
      'serviceType { code status }',
    );
    expect(registered).toEqual({ serviceType: { code: 'IPTV', status: 'ACTIVE' }, userErrors: [] });
    await mutate('registerTaxCategory', { code: 'TV', name: '增值', nameEn: 'Value-added', basisPoints: 600 }, 'taxCategory { code }');
    const terms = {
      revenueAccount: '600105', taxCategory: 'TV', writeOffPriority: 50, billGroup: 'TV', discountable: false, invoiceable: true, bearsLateFee: true,
    }; // prettier-ignore
    const fee = { code: 'TV_FEE', name: '电视月租', nameEn: 'Television fee', kind: 'RECURRING', serviceType: 'IPTV', terms };
    expect(await mutate('registerChargeCode', fee, 'chargeCode { serviceType { code provisioningAdapter { code } } }')).toEqual({
      chargeCode: { serviceType: { code: 'IPTV', provisioningAdapter: { code: 'TV_HEADEND' } } },
      userErrors: [],
    });

    const { customerId, accountId } = await world.payer();
    const subscriber = {
      serviceType: 'IPTV',
      organisationId: encodeId('organisation', world.hangzhou),
      ownerId: encodeId('customer', customerId),
      accountId: encodeId('account', accountId),
      identifier: newLogin(),
      attributes: { box: '4K', screens: 2 },
    };
    const open = async (more: object): Promise<unknown> => {
      const { userErrors } = await mutate('openSubscriber', { ...subscriber, ...more }, 'subscriber { id }');
      return (userErrors as { code: string; field: string[] }[]).map(({ code, field }) => `${field.join('.')} ${code}`);
    };
    // The head end is told by orders alone; a line that nobody provisions is opened without.
    expect(await open({})).toEqual(['serviceType BY_ORDER_ONLY']);
    await mutate('changeServiceType', { code: 'IPTV', expectedVersion: 1, provisioningAdapter: null }, 'serviceType { code }');
    expect(await open({ attributes: { box: 'SD', screens: 9, vip: true } })).toEqual([
      'attributes.vip ATTRIBUTE_UNKNOWN',
      'attributes.box ATTRIBUTE_INVALID',
      'attributes.screens ATTRIBUTE_INVALID',
    ]);
    expect(await open({ attributes: {} })).toEqual(['attributes.box ATTRIBUTE_MISSING']);
    expect(await open({ identifier: '13812345678' })).toEqual(['identifier IDENTIFIER_INVALID']);
    const opened = await mutate('openSubscriber', subscriber, 'subscriber { id accessNumber attributes serviceType { code nameEn } }');
    expect(opened).toMatchObject({
      subscriber: {
        accessNumber: subscriber.identifier,
        attributes: { box: '4K', screens: 2 },
        serviceType: { code: 'IPTV', nameEn: 'IPTV' },
      },
      userErrors: [],
    });
    const { id } = opened['subscriber'] as { id: string };
    const change = { subscriberId: id, expectedVersion: 1, attributes: { screens: 2 } };
    const { userErrors } = await mutate('changeSubscriber', change, 'subscriber { id }');
    expect(userErrors).toEqual([{ code: 'ATTRIBUTE_MISSING', field: ['attributes', 'box'], message: 'The attribute box must be given.' }]);
    expect(await mutate('changeSubscriber', { ...change, attributes: { box: 'HD' } }, 'subscriber { attributes }')).toEqual({
      subscriber: { attributes: { box: 'HD' } },
      userErrors: [],
    });
  });

  it('can be granted at once, and limits whoever it is granted to', async () => {
    const code = await register({ characteristics: {} });
    const { staffId } = await world.run(createStaff, { loginName: `tv.${codes}`, name: '王芳', organisationId: world.hangzhou });
    const { roleId } = await world.run(createRole, { code: `ROLE_${codes}`, name: '电视营业员', permissions: ['subscriber:write'] });
    await world.run(grantRole, { staffId, roleId, organisationId: world.hangzhou, linesOfBusiness: [code] });
    const { customerId: ownerId, accountId } = await world.payer();
    const input = { organisationId: world.hangzhou, ownerId, accountId, attributes: {} };
    const clerk = world.as(['subscriber:write', 'customer:read', 'account:write'], world.hangzhou, [code]);
    await world.run(openSubscriber, { ...input, serviceType: code, identifier: newLogin() }, clerk);
    expect(await world.refused(openSubscriber, { ...input, serviceType: 'MOBILE', identifier: '13800009999' }, clerk)).toEqual([
      'organisationId ORGANISATION_NOT_FOUND',
    ]);
  });

  it('is seen by a process that read the list before, 5 s later at most', async () => {
    const other = anotherProcess();
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    try {
      const before = await other.seenTypes();
      const code = await register();
      expect((await listServiceTypes(world.context)).map((type) => type.code)).toEqual([...before, code].sort());
      expect(await other.seenTypes()).toEqual(before); // that process keeps what it has
      clock.mockReturnValue(Date.now() + 5_001);
      expect(await other.seenTypes()).toEqual([...before, code].sort());
    } finally {
      clock.mockRestore();
      await other.close();
    }
  });
});

describe('a service type is refused', () => {
  const deep = (levels: number): Json => (levels === 0 ? { type: 'string' } : { type: 'object', properties: { below: deep(levels - 1) } });

  it.each<[string, Partial<NewServiceType>, string[]]>([
    ['with a code in small letters', { code: 'iptv' }, ['code CODE_INVALID']],
    ['without names', { name: '', nameEn: '\u200b' }, ['name BLANK', 'nameEn CHARACTERS_REFUSED']],
    ['with a name without end', { name: '电'.repeat(201) }, ['name TOO_LONG']],
    ['with a pattern that runs away', { identifierPattern: '^(a+)+$' }, ['identifierPattern IDENTIFIER_PATTERN_UNSAFE']],
    ['with a pattern that is none', { identifierPattern: String.raw`^a\-b$` }, ['identifierPattern IDENTIFIER_PATTERN_UNSAFE']],
    ['with a usage kind in Chinese', { usageKinds: ['视频'] }, ['usageKinds USAGE_KIND_INVALID']],
    ['with 21 usage kinds', { usageKinds: Array.from({ length: 21 }, (_, nth) => `KIND_${nth}`) }, ['usageKinds TOO_MANY']],
    ['with an adapter that there is not', { provisioningAdapter: 'NONE' }, ['provisioningAdapter ADAPTER_NOT_FOUND']],
    ['with nested attributes', { characteristics: deep(6) as never }, ['characteristics.properties.below.type CHARACTERISTICS_INVALID']],
    ['with a definition that reads another', { characteristics: { $ref: 'http://127.0.0.1/schema' } },
      ['characteristics.type CHARACTERISTICS_INVALID', 'characteristics.properties CHARACTERISTICS_INVALID', 'characteristics CHARACTERISTICS_INVALID']],
    ['with a huge definition', { characteristics: { type: 'object', properties: Object.fromEntries(
      Array.from({ length: 5_000 }, (_, nth) => [`a${nth}`, { type: 'boolean' }])) } }, ['characteristics.properties CHARACTERISTICS_INVALID']],
  ])('%s', async (_what, more, refusals) => {
    expect(await world.refused(registerServiceType, television(more))).toEqual(refusals);
  }); // prettier-ignore

  it('under a code that is taken, also by a retired one', async () => {
    const code = await register();
    expect(await world.refused(registerServiceType, television({ code }))).toEqual(['code CODE_TAKEN']);
    await world.run(retireServiceType, { code, expectedVersion: 1 });
    expect(await world.refused(registerServiceType, television({ code }))).toEqual(['code CODE_TAKEN']);
  });

  it('when there are 500', async () => {
    await database.raw(`INSERT INTO service_type (code, name, name_en, identifier_kind, identifier_pattern, created_at)
      SELECT 'FILLER_' || n, 'x', 'x', 'LOGIN', '^x$', now() FROM generate_series(1, 500) AS n`);
    expect(await world.refused(registerServiceType, television())).toEqual(['code TOO_MANY']);
    await database.raw(`DELETE FROM service_type WHERE code LIKE 'FILLER%'`);
  });
});

describe('a change of a service type', () => {
  it('leaves a trail, moves the version, and holds what is new to it', async () => {
    const code = await register({ characteristics: {} });
    const { customerId, accountId } = await world.payer();
    const subscriberId = await world.subscriber(customerId, accountId, {
      serviceType: code,
      identifier: newLogin(),
      attributes: { old: 1 },
    });
    await world.run(changeServiceType, { code, expectedVersion: 1, characteristics: BOX, usageKinds: ['VIDEO', 'DATA', 'VIDEO'] });
    const [stored] = await database.raw('SELECT usage_kinds, resources, version FROM service_type WHERE code = $1', [code]);
    expect(stored).toEqual({ usage_kinds: ['DATA', 'VIDEO'], resources: ['PORT'], version: 2 });
    // Who is there keeps what he has; who comes is held to what is new.
    expect(await database.raw('SELECT attributes FROM subscriber WHERE id = $1', [subscriberId])).toEqual([{ attributes: { old: 1 } }]);
    const another = {
      serviceType: code,
      organisationId: world.hangzhou,
      ownerId: customerId,
      accountId,
      identifier: newLogin(),
      attributes: { old: 1 },
    };
    expect(await world.refused(openSubscriber, another)).toEqual(['attributes.box ATTRIBUTE_MISSING', 'attributes.old ATTRIBUTE_UNKNOWN']);
    const trail = await database.raw(
      `SELECT e.operation, e.service_type = $1 AS of_its_line, e.before FROM audit_entry e JOIN service_type t ON t.id = e.subject_id
       WHERE t.code = $1 ORDER BY e.id`,
      [code],
    );
    expect(trail).toEqual([
      { operation: 'registerServiceType', of_its_line: true, before: null },
      { operation: 'changeServiceType', of_its_line: true, before: { characteristics: {}, usageKinds: ['VIDEO'] } },
    ]);
  });

  it('is refused when it is stale, unknown, unsound, or of one that is retired', async () => {
    const code = await register();
    expect(await world.refused(changeServiceType, { code, expectedVersion: 2, name: '电视' })).toEqual(['expectedVersion STALE_VERSION']);
    expect(await world.refused(changeServiceType, { code: 'NONE', expectedVersion: 1 })).toEqual(['code NOT_FOUND']);
    const unsound = { name: ' ', identifierPattern: 'x', characteristics: { type: 'array' } as never, usageKinds: ['x'] };
    expect(await world.refused(changeServiceType, { code, expectedVersion: 1, ...unsound })).toEqual([
      'name BLANK',
      'identifierPattern IDENTIFIER_PATTERN_UNSAFE',
      'usageKinds USAGE_KIND_INVALID',
      'characteristics.type CHARACTERISTICS_INVALID',
      'characteristics.properties CHARACTERISTICS_INVALID',
    ]);
    await world.run(retireServiceType, { code, expectedVersion: 1 });
    expect(await world.refused(changeServiceType, { code, expectedVersion: 2, name: '电视' })).toEqual(['code NOT_ACTIVE']);
    expect(await world.refused(retireServiceType, { code, expectedVersion: 2 })).toEqual(['code NOT_ACTIVE']);
  });

  it('takes service:write at the root, for that line of business', async () => {
    const code = await register();
    const elsewhere = [world.as(['service:write'], world.hangzhou), world.as(['service:write'], world.root, ['MOBILE'])];
    for (const context of elsewhere) {
      expect(await world.refused(registerServiceType, television(), context)).toEqual(['code OUTSIDE_SCOPE']);
      expect(await world.refused(changeServiceType, { code, expectedVersion: 1 }, context)).toEqual(['code OUTSIDE_SCOPE']);
      expect(await world.refused(retireServiceType, { code, expectedVersion: 1 }, context)).toEqual(['code OUTSIDE_SCOPE']);
    }
    await world.run(changeServiceType, { code, expectedVersion: 1, nameEn: 'Television' }, world.as(['service:write'], world.root, [code]));
  });
});

describe('a retired service type', () => {
  it('gets no new subscribers, singly or from a file; those that there are change on', async () => {
    const code = await register({ characteristics: {} });
    const { customerId, accountId } = await world.payer();
    await world.subscriber(customerId, accountId, { serviceType: code, identifier: newLogin() });
    await world.run(retireServiceType, { code, expectedVersion: 1 });
    const input = {
      serviceType: code,
      organisationId: world.hangzhou,
      ownerId: customerId,
      accountId,
      identifier: newLogin(),
      attributes: {},
    };
    expect(await world.refused(openSubscriber, input)).toEqual(['serviceType SERVICE_TYPE_RETIRED']);
    const end = await database.core.transaction(async (transaction) => {
      const unit = { ...world.context, transaction, sql: transaction } as unknown as Unit;
      const one = { ...input, subscriberId: newId('subscriber'), paymentRelations: [] };
      return { commit: false, value: await subscriberProblems(unit, [one], () => 'CNY') };
    });
    expect(end.value.map((problems) => problems.map(({ code: why }) => why))).toEqual([['SERVICE_TYPE_RETIRED']]);
  });
});

describe('a provisioning adapter', () => {
  it('is not retired while a service type in use names it, and named by none once it is', async () => {
    const code = await adapter();
    const type = await register({ provisioningAdapter: code });
    const retire = { code, expectedVersion: 1, status: 'RETIRED' as const };
    expect(await world.refused(changeProvisioningAdapter, retire)).toEqual(['status ADAPTER_IN_USE']);
    await world.run(changeServiceType, { code: type, expectedVersion: 1, provisioningAdapter: null });
    await world.run(changeProvisioningAdapter, retire);
    expect(await world.refused(changeServiceType, { code: type, expectedVersion: 2, provisioningAdapter: code })).toEqual([
      'provisioningAdapter ADAPTER_RETIRED',
    ]);
    expect(await world.refused(registerServiceType, television({ provisioningAdapter: code }))).toEqual([
      'provisioningAdapter ADAPTER_RETIRED',
    ]);
    await world.run(changeProvisioningAdapter, { code, expectedVersion: 2, status: 'ACTIVE' });
    await world.run(changeServiceType, { code: type, expectedVersion: 2, provisioningAdapter: code });
  });

  it('is either retired or named, never both, when two do it at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [code, type] = [await adapter(), await register()];
      await Promise.allSettled([
        world.run(changeProvisioningAdapter, { code, expectedVersion: 1, status: 'RETIRED' }),
        world.run(changeServiceType, { code: type, expectedVersion: 1, provisioningAdapter: code }),
      ]);
      const both = await database.raw(
        `SELECT a.code FROM provisioning_adapter a JOIN service_type t ON t.provisioning_adapter = a.code
         WHERE a.code = $1 AND a.status = 'RETIRED'`,
        [code],
      );
      expect(both).toEqual([]);
    }
  });

  it('is refused when its code is taken or no code, when it is stale or unknown, and to whoever may not', async () => {
    const code = await adapter();
    const manual = { name: '工单', nameEn: 'Orders', kind: 'MANUAL', http: null, workQueue: 'FIELD' } as const;
    expect(await world.refused(registerProvisioningAdapter, { ...manual, code })).toEqual(['code CODE_TAKEN']);
    expect(await world.refused(registerProvisioningAdapter, { ...manual, code: '工单', name: ' ', workQueue: 'x' })).toEqual([
      'code CODE_INVALID',
      'name BLANK',
      'workQueue WORK_QUEUE_INVALID',
    ]);
    const change = { code, expectedVersion: 1, name: '工单' };
    expect(await world.refused(changeProvisioningAdapter, { ...change, code: 'NONE' })).toEqual(['code NOT_FOUND']);
    expect(await world.refused(changeProvisioningAdapter, { ...change, expectedVersion: 2 })).toEqual(['expectedVersion STALE_VERSION']);
    expect(await world.refused(changeProvisioningAdapter, { ...change, nameEn: ' ' })).toEqual(['nameEn BLANK']);
    for (const context of [world.as(['service:write'], world.hangzhou), world.as(['service:write'], world.root, ['MOBILE'])]) {
      expect(await world.refused(changeProvisioningAdapter, change, context)).toEqual(['code OUTSIDE_SCOPE']);
      expect(await world.refused(registerProvisioningAdapter, { ...manual, code: newCode() }, context)).toEqual(['code OUTSIDE_SCOPE']);
    }
    expect(await findProvisioningAdapters(world.as(['service:write'], world.root), [code])).toEqual([]);
    expect((await findProvisioningAdapters(world.as(['service:read'], world.ningbo), [code])).map((one) => one.workQueue)).toEqual([
      'FIELD',
    ]);
  });

  it('keeps each setting that an HTTP call needs, and the database takes no half of one', async () => {
    const code = newCode();
    const http = {
      endpoint: 'http://10.1.2.3:8080/provision',
      timeoutMs: 900,
      attemptsMax: 2,
      backoffMs: 50,
      breakerFailures: 3,
      breakerOpenMs: 1_000,
    };
    await world.run(registerProvisioningAdapter, { code, name: '交换机', nameEn: 'Switch', kind: 'HTTP', http, workQueue: null });
    expect(await findProvisioningAdapters(world.context, [code])).toMatchObject([{ kind: 'HTTP', http, workQueue: null, version: 1 }]);
    await world.run(changeProvisioningAdapter, { code, expectedVersion: 1, http: { endpoint: 'https://switch.example/' } });
    expect(await findProvisioningAdapters(world.context, [code])).toMatchObject([
      { http: { endpoint: 'https://switch.example/', timeoutMs: 5_000, attemptsMax: 3 }, version: 2 },
    ]);
    await expect(database.raw('UPDATE provisioning_adapter SET timeout_ms = NULL WHERE code = $1', [code])).rejects.toMatchObject({
      constraint: 'provisioning_adapter_of_kind',
    });
  });
});
