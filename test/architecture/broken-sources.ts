/** Sources by path. */
type Sources = Readonly<Record<string, string>>;

export interface Example {
  /** Breaks the rule at the places given, `path:line`, and nowhere else. */
  readonly broken: Sources;
  readonly at: readonly string[];
  /** Looks much the same and is as it should be. */
  readonly sound: Sources;
}

const lines = (count: number): string => '  work();\n'.repeat(count);

const USE_CASE = `export interface UseCase { readonly name: string; readonly permission: string; run(unit: object, input: object): void }
export function execute(useCase: UseCase): void { useCase.run({}, {}); }
`;

const CREATE_THING = `import type { UseCase } from '../../execute';
export const createThing: UseCase = { name: 'createThing', permission: 'thing:write', run() {} };
`;

export const BROKEN_CALLS: Readonly<Record<string, Example>> = {
  'clock-in-kernel': {
    broken: {
      'src/business/a.ts':
        'export const a = new Date();\nexport const b = new Date(0);\nexport const c = Date.now();\nexport const d = [1].map(Math.random);\nexport const e = Date();',
      'src/data/b.ts':
        "import { Temporal } from 'temporal-polyfill';\nexport const now = Temporal.Now.instant();\nexport const then = globalThis.Date.now;",
      'migrations/0001-a.ts': 'export const at = Date.now();',
    },
    at: [
      'src/business/a.ts:1',
      'src/business/a.ts:2',
      'src/business/a.ts:3',
      'src/business/a.ts:4',
      'src/business/a.ts:5',
      'src/data/b.ts:2',
      'src/data/b.ts:3',
      'migrations/0001-a.ts:1',
    ],
    sound: {
      'src/kernel/clock.ts': 'export const now = () => new Date(Date.now());',
      'src/business/a.ts':
        "// new Date() and Date.now() are banned\nexport const said = 'new Date()';\nexport const at = (unit: { now: number }): number => Math.max(unit.now, 0);",
      'test/party/a.test.ts': 'const at = new Date();',
    },
  },
  'system-scope-in-processes': {
    broken: {
      'src/access/http/a.ts': "import { systemScope } from '../../kernel/scope';",
      'src/business/component/customer/a.ts':
        "import * as scope from '../../../kernel/scope';\nexport const all = scope.Scope.makeSystem();",
    },
    at: ['src/access/http/a.ts:1', 'src/business/component/customer/a.ts:2'],
    sound: {
      'src/kernel/scope.ts': 'export const systemScope = 1;',
      'src/business/process/merge/a.ts': "import { systemScope } from '../../../kernel/scope';",
      'src/access/cli/a.ts': "import { systemScope } from '../../kernel/scope';",
      'src/wiring/command/a.ts': "import { systemScope } from '../../kernel/scope';",
      'test/party/a.test.ts': "import { systemScope } from '../../src/kernel/scope';",
      'src/data/a.spec.ts': "import { systemScope } from '../kernel/scope';",
    },
  },
  'no-deciding-decorators': {
    broken: {
      'src/access/graphql/staff/a.ts': "import { Authorized } from 'type-graphql';",
      'src/access/graphql/server/b.ts': 'export const options = {\n  globalMiddlewares: [],\n};',
      'test/access/c.test.ts': "import * as graph from 'type-graphql';\n@graph.Authorized()\nclass C {}",
    },
    at: ['src/access/graphql/staff/a.ts:1', 'src/access/graphql/server/b.ts:2', 'test/access/c.test.ts:2'],
    sound: { 'src/access/graphql/staff/a.ts': '// @Authorized fails open\nexport const isAuthorized = true;' },
  },
  'sql-in-data': {
    broken: {
      'src/business/component/customer/a.ts': 'export const a = sql`anything`;\nexport const b = "SELECT id FROM customer";',
      'src/access/http/b.ts':
        'export const c = (name: string) => `update customer set name = ${name}`;\nexport const d = `UPDATE customer SET name = ${d}`;\nexport const e = `\n  INSERT INTO x VALUES (1)`;',
    },
    at: [
      'src/business/component/customer/a.ts:1',
      'src/business/component/customer/a.ts:2',
      'src/access/http/b.ts:2',
      'src/access/http/b.ts:3',
    ],
    sound: {
      'src/data/operation/customer/a.ts': 'export const a = sql`SELECT 1`;',
      'src/business/component/customer/a.ts':
        "export const text = 'Select a customer.';\nexport const verb = 'SELECT';\nexport const update = 'Update the name';",
    },
  },
  'transaction-in-execute': {
    broken: {
      'src/business/process/merge/a.ts': 'export const a = (context: any) => context.database.transaction(() => 1);',
      'src/access/http/b.ts': 'runner.startTransaction();',
    },
    at: ['src/business/process/merge/a.ts:1', 'src/access/http/b.ts:1'],
    sound: {
      'src/business/execute.ts': 'database.transaction();',
      'src/data/connection/a.ts': 'manager.transaction();',
      'src/business/process/merge/a.ts': 'write(unit.transaction);',
    },
  },
  'environment-in-config': {
    broken: {
      'src/access/http/a.ts': "export const port = process.env['PORT'];",
      'src/data/connection/b.ts': 'const { PGPORT } = process.env;',
    },
    at: ['src/access/http/a.ts:1', 'src/data/connection/b.ts:1'],
    sound: {
      'src/config/a.ts': "export const port = process.env['PORT'];",
      'src/main.ts': 'load(process.env);',
      'src/wiring/role/a.ts': 'load(process.env);',
      'src/data/connection/b.ts': "spawn('x', { env: { PATH: process.env['PATH'] } });",
    },
  },
  'kernel-without-io': {
    broken: { 'src/kernel/a.ts': 'console.log(1);\nexport const b = process.pid;\nvoid fetch("x");\nsetTimeout(() => 1);' },
    at: ['src/kernel/a.ts:1', 'src/kernel/a.ts:2', 'src/kernel/a.ts:3', 'src/kernel/a.ts:4'],
    sound: { 'src/kernel/a.ts': 'export const b = (x: { process: number }) => x.process;', 'src/data/a.ts': 'setTimeout(() => 1);' },
  },
  'model-never-waits': {
    broken: {
      'src/business/component/customer/model/a.ts': 'export async function a() {}\nexport function b(): Promise<void> { return c; }',
    },
    at: ['src/business/component/customer/model/a.ts:1', 'src/business/component/customer/model/a.ts:2'],
    sound: {
      'src/business/component/customer/model/a.ts': 'export function a(): number { return 1; }',
      'src/business/component/customer/b.ts': 'export async function b() {}',
    },
  },
};

export const BROKEN_USE_CASES: Readonly<Record<string, Example>> = {
  'use-case-by-execute': {
    broken: {
      'src/business/execute.ts': USE_CASE,
      'src/business/component/thing/create-thing.ts': CREATE_THING,
      'src/business/process/merge/a.ts': [
        "import { createThing } from '../../component/thing/create-thing';",
        'createThing.run({}, {});',
        'const later = createThing.run;',
        "const other = createThing['run'];",
        'const { run } = createThing;',
        "const shaped = { name: 'x', permission: 'y', run: () => 1 };",
        'shaped.run();',
      ].join('\n'),
      'test/party/a.test.ts': "import { createThing as made } from '../../src/business/component/thing/create-thing';\nmade.run({}, {});",
    },
    at: [2, 3, 4, 5, 7].map((line) => `src/business/process/merge/a.ts:${line}`).concat('test/party/a.test.ts:2'),
    sound: {
      'src/business/execute.ts': USE_CASE,
      'src/business/component/thing/create-thing.ts': CREATE_THING,
      'src/business/process/merge/a.ts':
        "import { createThing } from '../../component/thing/create-thing';\nimport { execute } from '../../execute';\nexecute(createThing);",
      'src/access/http/b.ts': 'const storage = { run: (work: () => void) => work() };\nstorage.run(() => undefined);',
    },
  },
  'one-use-case-a-file': {
    broken: {
      'src/business/component/thing/create-thing.ts': `${CREATE_THING}export const changeThing: UseCase = createThing;`,
      'src/business/component/thing/things.ts': CREATE_THING,
    },
    at: ['src/business/component/thing/create-thing.ts:3', 'src/business/component/thing/things.ts:2'],
    sound: {
      'src/business/component/thing/create-thing.ts': CREATE_THING,
      'src/business/component/thing/index.ts': "export { createThing } from './create-thing';",
    },
  },
  'reads-not-wrapped': {
    broken: {
      'src/business/component/thing/a.ts':
        'export function readThings(context: C, ids: I) {\n  return selectThings(context, ids);\n}\nexport async function b(c: C) {\n  return await d(c);\n}',
    },
    at: ['src/business/component/thing/a.ts:1', 'src/business/component/thing/a.ts:4'],
    sound: {
      'src/business/component/thing/a.ts':
        'export function readThings(context: C, ids: I) {\n  return selectThings(context, unique(ids));\n}\nexport function b(c: C) {\n  check(c);\n  return d(c);\n}',
    },
  },
};

const HOUSE: Sources = { 'src/business/component/customer/README.md': '', 'src/business/component/customer/index.ts': '' };

export const BROKEN_SHAPES: Readonly<Record<string, Example>> = {
  'function-length': {
    broken: {
      'src/a.ts': `export function long() {\n${lines(69)}}`,
      'src/b.ts': `class B {\n  method() {\n${lines(69)}  }\n}`,
    },
    at: ['src/a.ts:1', 'src/b.ts:2'],
    sound: {
      'src/a.ts': `export function fits() {\n${lines(68)}}`,
      'src/c.spec.ts': `describe('c', () => {\n${lines(100)}});\ndescribe.each([1])('d', () => {\n${lines(100)}});`,
    },
  },
  'kebab-case': {
    broken: { 'src/data/createCustomer.ts': '', 'src/data/Customer/a.ts': '', 'test/a_b.test.ts': '', 'src/a.service.ts': '' },
    at: ['src/data/createCustomer.ts:0', 'src/data/Customer/a.ts:0', 'test/a_b.test.ts:0', 'src/a.service.ts:0'],
    sound: {
      'src/data/create-customer.ts': '',
      'src/a/customer.entity.ts': '',
      'src/a/b.spec.ts': '',
      'src/a/README.md': '',
      'test/scenario/first-month.yaml': '',
      'migrations/0001-a.ts': '',
    },
  },
  'telling-names': {
    broken: {
      'src/utils/a.ts': '',
      'src/data/date-helpers.ts': '',
      'src/common.ts': '',
      'src/data/connection-manager.ts': '',
      'test/support/misc.ts': '',
    },
    at: ['src/utils/a.ts:0', 'src/data/date-helpers.ts:0', 'src/common.ts:0', 'src/data/connection-manager.ts:0', 'test/support/misc.ts:0'],
    sound: {
      'src/business/component/customer/assign-manager.ts': '',
      'src/data/operation/customer/customer-manager.ts': '',
      'src/business/component/organisation/managing-node.ts': '',
    },
  },
  layout: {
    broken: {
      'eslint.config.mjs': '',
      'docs/a.md': '',
      'src/server.ts': '',
      'src/services/a.ts': '',
      'src/wiring/a.ts': '',
      'src/access/rest/a.ts': '',
      'src/business/start.ts': '',
      'src/data/model/a.ts': '',
    },
    at: [
      'eslint.config.mjs:0',
      'docs/:0',
      'src/server.ts:0',
      'src/services/:0',
      'src/wiring/a.ts:0',
      'src/access/rest/:0',
      'src/business/start.ts:0',
      'src/data/model/:0',
    ],
    sound: {
      '.prettierignore': '',
      'package.json': '',
      'src/main.ts': '',
      'src/wiring/role/a.ts': '',
      'src/access/cli/a.ts': '',
      'src/business/execute.ts': '',
      'src/data/engine/a.ts': '',
      'deploy/compose.yaml': '',
    },
  },
  'component-shape': {
    broken: { 'src/business/component/customer/a.ts': '', 'src/business/process/merge/a.ts': '', 'src/business/view/counter/a.ts': '' },
    at: [
      'src/business/component/customer/README.md:0',
      'src/business/component/customer/index.ts:0',
      'src/business/process/merge/index.ts:0',
      'src/business/view/counter/index.ts:0',
    ],
    sound: { ...HOUSE, 'src/business/process/merge/index.ts': '', 'src/business/view/counter/index.ts': '' },
  },
  'same-noun-in-every-layer': {
    broken: {
      ...HOUSE,
      'src/business/component/wallet/index.ts': '',
      'src/data/operation/client/a.ts': '',
      'src/data/view/hall/a.ts': '',
      'src/access/graphql/staff/clients/a.ts': '',
    },
    at: ['src/business/component/wallet:0', 'src/data/operation/client:0', 'src/data/view/hall:0', 'src/access/graphql/staff/clients:0'],
    sound: {
      ...HOUSE,
      'src/business/process/merge/index.ts': '',
      'src/business/view/counter/index.ts': '',
      'src/data/operation/customer/a.ts': '',
      'src/data/operation/merge/a.ts': '',
      'src/data/operation/scope/visible-to.ts': '',
      'src/data/operation/audit/a.ts': '',
      'src/data/view/counter/a.ts': '',
      'src/access/graphql/staff/customer/a.ts': '',
      'src/access/graphql/staff/counter/a.ts': '',
    },
  },
  'kernel-without-domain-words': {
    broken: {
      'src/kernel/invoice-no.ts': '',
      'src/kernel/a.ts':
        'const customer = 1;\nexport interface AccountNo {}\nexport const readSubscribers = customer;\nexport function maskPayment() {}',
    },
    at: ['src/kernel/invoice-no.ts:0', 'src/kernel/a.ts:2', 'src/kernel/a.ts:3', 'src/kernel/a.ts:4'],
    sound: {
      'src/kernel/a.ts': 'export const ID_PREFIXES = { customer: "cus" };\nexport function parseAmount() {}',
      'src/business/component/customer/customer.ts': 'export const customer = 1;',
    },
  },
  'no-lone-interface': {
    broken: { 'src/a.ts': 'export interface Store { read(): void }\nexport class SqlStore implements Store { read() {} }' },
    at: ['src/a.ts:2'],
    sound: {
      'src/a.ts':
        'export interface Store { read(): void }\nexport class SqlStore implements Store { read() {} }\nexport class MemoryStore implements Store { read() {} }',
      'src/b.ts':
        'export interface Clock { now(): number }\nexport class Machine implements Clock { now() { return 1; } }\nexport const fixed: Clock = { now: () => 1 };',
      'src/c.ts': 'export interface Row { readonly id: string }\nexport class Customer implements Row { id = "" }',
    },
  },
};
