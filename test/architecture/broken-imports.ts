import type { ForbiddenImport } from './cruise';
import { COMPONENTS } from './nouns';

/** An import of one file by another, as it would be written. `to` is where it leads. */
interface Import {
  readonly from: string;
  readonly line: string;
  readonly to: string;
}

const value = (from: string, to: string): Import => ({ from, to, line: `import '${specifier(from, to)}';` });
const type = (from: string, to: string): Import => ({ from, to, line: `import type { x } from '${specifier(from, to)}';` });
const inlineType = (from: string, to: string): Import => ({ from, to, line: `import { type x } from '${specifier(from, to)}';` });
const typeQuery = (from: string, to: string): Import => ({ from, to, line: `export type X = import('${specifier(from, to)}').x;` });
const reExport = (from: string, to: string): Import => ({ from, to, line: `export * from '${specifier(from, to)}';` });
const lazy = (from: string, to: string): Import => ({ from, to, line: `void import('${specifier(from, to)}');` });

function specifier(from: string, to: string): string {
  if (!/^(?:src|migrations|test)\/|^ormconfig\.ts$/.test(to)) return to;
  const up = from
    .split('/')
    .slice(0, -1)
    .map(() => '..');
  return `${up.length === 0 ? '.' : up.join('/')}/${to.replace(/\.ts$/, '')}`;
}

const component = (name: string, file: string): string => `src/business/component/${name}/${file}.ts`;

/** For every rule, imports that break it and no other rule. */
export const BROKEN_IMPORTS: Readonly<Record<string, readonly Import[]>> = {
  'access-never-data': [
    value('src/access/http/a1.ts', 'src/data/connection/pool.ts'),
    type('src/access/http/a2.ts', 'src/data/operation/customer/rows.ts'),
    inlineType('src/access/http/a3.ts', 'src/data/operation/customer/rows.ts'),
    typeQuery('src/access/http/a4.ts', 'src/data/operation/customer/rows.ts'),
    lazy('src/access/http/a5.ts', 'src/data/operation/customer/rows.ts'),
  ],
  'business-never-access': [type(component('customer', 'b1'), 'src/access/http/plain.ts')],
  'data-never-above': [
    type('src/data/operation/customer/d1.ts', 'src/business/context.ts'),
    type('src/data/connection/d2.ts', 'src/access/http/plain.ts'),
  ],
  'kernel-stands-alone': [
    type('src/kernel/k1.ts', 'src/config/parameters.ts'),
    value('src/kernel/k2.ts', 'node:fs'),
    value('src/kernel/k3.ts', 'lru-cache'),
  ],
  'config-on-kernel-only': [type('src/config/c1.ts', 'src/business/context.ts')],
  'main-is-the-top': [
    value('src/access/cli/m1.ts', 'src/main.ts'),
    value('src/wiring/role/m1.ts', 'src/main.ts'),
    value('src/access/cli/m1.ts', 'src/wiring/settings.ts'),
  ],
  'no-test-in-the-program': [value('src/config/c2.ts', 'test/support/database.ts')],
  doors: [
    value(component('subscriber', 'e1'), component('customer', 'model/checks')),
    type('src/business/process/merge/e2.ts', component('customer', 'model/checks')),
  ],
  'doors-from-outside': [
    type('src/access/http/e3.ts', component('customer', 'model/checks')),
    value('src/access/http/e4.ts', 'src/business/view/counter/inner.ts'),
  ],
  'components-in-order': COMPONENTS.slice(0, -1).map((name, place) =>
    type(component(name, 'after'), component(COMPONENTS[place + 1] as string, 'index')),
  ),
  'components-below-processes': [
    value(component('account', 'f1'), 'src/business/process/merge/index.ts'),
    type(component('account', 'f2'), 'src/business/view/counter/index.ts'),
  ],
  'views-below-processes': [value('src/business/view/counter/g1.ts', 'src/business/process/merge/index.ts')],
  'frame-knows-no-noun': [value('src/business/execute-twice.ts', component('customer', 'index'))],
  'component-own-data': [
    type(component('account', 'h1'), 'src/data/operation/customer/rows.ts'),
    value(component('account', 'h2'), 'src/data/view/counter/select.ts'),
    value(component('account', 'h3'), 'src/data/operation/audit/insert.ts'),
    type(component('account', 'h6'), 'src/data/provisioning/tell.ts'),
  ],
  'process-own-data': [value('src/business/process/merge/i1.ts', 'src/data/operation/customer/rows.ts')],
  'view-own-data': [
    value('src/business/view/counter/j1.ts', 'src/data/view/other/select.ts'),
    value('src/business/view/counter/j2.ts', 'src/data/operation/customer/rows.ts'),
  ],
  'frame-own-data': [value('src/business/frame-rows.ts', 'src/data/operation/customer/rows.ts')],
  'databases-are-handed-over': [
    value('src/business/execute.ts', 'src/data/connection/pool.ts'),
    value('src/business/context.ts', 'src/data/connection/postgres-failure.ts'),
    value(component('account', 'h4'), 'src/data/connection/pool.ts'),
    value('src/business/process/merge/h5.ts', 'src/data/connection/pool.ts'),
  ],
  'components-never-execute': [value(component('account', 'l1'), 'src/business/execute.ts')],
  'model-is-pure': [
    value(component('account', 'model/m1'), 'src/data/operation/account/rows.ts'),
    value(component('account', 'model/m2'), component('account', 'plain')),
    value(component('account', 'model/m3'), 'node:fs'),
  ],
  'operation-own-noun': [
    type('src/data/operation/account/n1.ts', 'src/data/operation/customer/rows.ts'),
    value('src/data/operation/scope/n2.ts', 'src/data/operation/customer/rows.ts'),
  ],
  'neutral-operations-know-no-noun': [value('src/data/operation/read-context-two.ts', 'src/data/operation/customer/rows.ts')],
  'connection-is-lowest': [value('src/data/connection/o1.ts', 'src/data/operation/customer/rows.ts')],
  'engine-knows-no-noun': [value('src/data/engine/p1.ts', 'src/data/operation/customer/rows.ts')],
  'provisioning-knows-no-table': [
    type('src/data/provisioning/p2.ts', 'src/data/operation/customer/rows.ts'),
    value('src/data/provisioning/p3.ts', 'src/data/connection/pool.ts'),
  ],
  'data-views-apart': [value('src/data/view/counter/q1.ts', 'src/data/view/other/select.ts')],
  'migrations-are-closed': [
    value('migrations/0002-open.ts', 'src/data/connection/pool.ts'),
    value('migrations/0003-open.ts', 'src/kernel/plain.ts'),
  ],
  'migrations-in-data-only': [value('src/business/process/merge/r1.ts', 'migrations/0001-first.ts')],
  'ormconfig-in-data-only': [value('src/business/process/merge/s1.ts', 'ormconfig.ts')],
  'database-packages-in-data': [
    value('src/access/http/t1.ts', 'pg'),
    type(component('customer', 't2'), 'typeorm'),
    value('src/business/process/merge/t3.ts', '@dbos-inc/dbos-sdk'),
    value('src/config/t4.ts', 'pg'),
  ],
  'graphql-packages-in-access': [
    type(component('customer', 'u1'), 'graphql'),
    value('src/data/connection/u2.ts', 'type-graphql'),
    value('src/config/u3.ts', '@apollo/server'),
    value('src/config/u4.ts', 'graphql-jit'),
  ],
  'dataloader-in-loaders': [type('src/access/graphql/staff/customer/v1.resolver.ts', 'dataloader')],
  'no-container': [value('src/access/http/w1.ts', 'typedi')],
  'no-development-package': [value('src/access/http/x1.ts', 'fast-check')],
  'no-cycle': [type('src/access/file/cycle-a.ts', 'src/access/file/cycle-b.ts')],
  'contracts-apart': [type('src/access/graphql/partner/customer/y1.ts', 'src/access/graphql/staff/customer/plain.ts')],
};

/** Imports that look much the same and are as they should be. */
const SOUND_IMPORTS: readonly Import[] = [
  type('src/access/file/cycle-b.ts', 'src/access/file/cycle-a.ts'), // a cycle is told once, by its first import
  ...COMPONENTS.slice(1).map((name, place) => value(component(name, 'before'), component(COMPONENTS[place] as string, 'index'))),
  value('src/main.ts', 'src/access/http/plain.ts'),
  value('src/main.ts', 'src/data/connection/pool.ts'),
  value('src/main.ts', 'src/wiring/settings.ts'),
  value('src/wiring/settings.ts', 'src/data/connection/pool.ts'),
  value('src/access/http/z1.ts', component('customer', 'index')),
  value('src/access/http/z1.ts', 'src/business/execute.ts'),
  value('src/access/http/z1.ts', 'src/kernel/plain.ts'),
  value('src/access/http/z1.ts', 'graphql'),
  value('src/access/graphql/staff/customer/z2.loader.ts', 'dataloader'),
  value('src/access/graphql/server/z3.ts', 'dataloader'),
  reExport(component('customer', 'index'), 'src/data/operation/customer/rows.ts'),
  value(component('customer', 'z4'), 'src/data/operation/scope/visible-to.ts'),
  value(component('customer', 'z4'), component('customer', 'model/checks')),
  type(component('customer', 'z4'), 'src/business/execute.ts'),
  inlineType(component('customer', 'z4'), 'src/business/execute.ts'),
  type(component('customer', 'model/z5'), 'src/data/operation/customer/rows.ts'),
  value(component('customer', 'model/z5.spec'), 'fast-check'),
  value('src/business/execute.ts', 'src/data/operation/audit/insert.ts'),
  type('src/business/context.ts', 'src/data/connection/pool.ts'),
  type(component('customer', 'z4'), 'src/data/connection/pool.ts'),
  value('src/business/execute.ts', 'src/data/connection/postgres-failure.ts'),
  value('src/business/process/merge/z6.ts', component('customer', 'index')),
  value('src/business/process/merge/z6.ts', component('assurance', 'index')),
  value('src/business/process/merge/z6.ts', 'src/data/operation/merge/rows.ts'),
  value('src/business/process/merge/z6.ts', 'src/data/engine/run.ts'),
  value('src/business/process/merge/z6.ts', 'src/data/provisioning/tell.ts'),
  value('src/business/process/merge/z6.ts', 'src/business/execute.ts'),
  value('src/business/view/counter/index.ts', 'src/data/view/counter/select.ts'),
  value('src/data/view/counter/select.ts', 'src/data/operation/customer/rows.ts'),
  value('src/data/operation/entities.ts', 'src/data/operation/customer/rows.ts'),
  value('src/data/operation/customer/z7.ts', 'src/data/connection/pool.ts'),
  value('src/data/connection/z8.ts', 'ormconfig.ts'),
  value('src/data/connection/z8.ts', 'pg'),
  value('src/data/connection/z8.ts', 'migrations/0001-first.ts'),
  value('ormconfig.ts', 'migrations/0001-first.ts'),
  value('ormconfig.ts', 'src/data/operation/entities.ts'),
  type('migrations/0001-first.ts', 'typeorm'),
  value('src/kernel/z9.ts', 'temporal-polyfill'),
];

const PACKAGES = [
  'pg', 'typeorm', '@dbos-inc/dbos-sdk', 'graphql', 'type-graphql', '@apollo/server', 'graphql-jit', 'dataloader', 'typedi',
  'temporal-polyfill', 'lru-cache', 'fast-check',
] as const; // prettier-ignore

/** A small Sanhu on disk that breaks every rule once or more: paths and texts. */
export function brokenTree(): Map<string, string> {
  const files = new Map<string, string>();
  const imports = [...Object.values(BROKEN_IMPORTS).flat(), ...SOUND_IMPORTS];
  for (const { to } of imports) if (/^(?:src|migrations|test)\//.test(to)) files.set(to, 'export type x = string;\n');
  for (const { from, line } of imports) files.set(from, `${line}\n${files.get(from) ?? ''}`);
  for (const name of PACKAGES) {
    files.set(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    files.set(`node_modules/${name}/index.js`, '');
  }
  const dependencies = Object.fromEntries(PACKAGES.filter((name) => name !== 'fast-check').map((name) => [name, '1.0.0']));
  files.set('package.json', JSON.stringify({ name: 'broken', version: '1.0.0', dependencies, devDependencies: { 'fast-check': '1.0.0' } }));
  files.set(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { target: 'es2023', module: 'node20' }, include: ['src', 'migrations', 'ormconfig.ts'] }),
  );
  return files;
}

/** What is to be found in it, and nothing else. A package's path is where it is installed. */
export function expectedViolations(): ForbiddenImport[] {
  return Object.entries(BROKEN_IMPORTS).flatMap(([rule, imports]) =>
    imports.map(({ from, to }) => ({ rule, from, to: resolved(to), round: [] })),
  );
}

function resolved(to: string): string {
  return (PACKAGES as readonly string[]).includes(to) ? `node_modules/${to}/index.js` : to.replace(/^node:/, '');
}
