import type { Example } from './broken-sources';

const lockOf = (entry: object): string => JSON.stringify({ packages: { '': {}, 'node_modules/pg': entry } });

const migration = (name: string, text = 'On a running system: locks nothing.'): string => `/** ${text} */\nexport class ${name} {}`;

/** Put together from parts, so that no tool that looks for secrets stumbles over this file. */
const join = (...parts: string[]): string => parts.join('');

export const BROKEN_REPOSITORY: Readonly<Record<string, Example>> = {
  'no-secret': {
    broken: {
      'src/a.ts': `const a = '${join('AK', 'IA', 'ABCDEFGHIJKLMNOP')}';\nconst b = \`${join('-----BEGIN ', 'PRIVATE KEY-----')}\`;`,
      'deploy/b.yaml': `apiKey: "${'0123456789abcdef'.repeat(2)}"`,
      'test/access/c.test.ts': `const bearer = '${join('eyJ', 'hbGciOiJIUzI1NiIsInR5', '.eyJ', 'zdWIiOiIxMjM0NTY3ODkw', '.x')}';`,
    },
    at: ['src/a.ts:1', 'src/a.ts:2', 'deploy/b.yaml:1', 'test/access/c.test.ts:1'],
    sound: { 'src/a.ts': "const password = 'counter-demo-1';\nconst token = randomBytes(32);\nconst secret = readFile(path);" },
  },
  'no-machine-path': {
    broken: { 'src/a.ts': "const a = '/home/me/sanhu';", 'deploy/b.md': 'see\n/work/main', 'test/c.ts': '// /Users/me' },
    at: ['src/a.ts:1', 'deploy/b.md:2', 'test/c.ts:1'],
    sound: { 'src/a.ts': "const a = '/var/lib/sanhu';\nconst b = 'test/work/x';\nconst c = `${tmp}/home/x`;" },
  },
  'nothing-for-later': {
    broken: { 'src/a.ts': 'x();\n// TODO: more', 'README.md': 'FIXME', 'deploy/b.yaml': '# HACK' },
    at: ['src/a.ts:2', 'README.md:1', 'deploy/b.yaml:1'],
    sound: { 'src/a.ts': '// what is to do is an issue; a hackathon is not' },
  },
  'line-length': {
    broken: { 'src/a.ts': `x();\n// ${'x'.repeat(158)}`, 'README.md': 'x'.repeat(161) },
    at: ['src/a.ts:2', 'README.md:1'],
    sound: { 'src/a.ts': `// ${'客'.repeat(157)}`, 'README.md': `| ${'x'.repeat(200)} |`, 'schema/staff.graphql': 'x'.repeat(200) },
  },
  'no-focused-test': {
    broken: {
      'src/a.spec.ts': "describe.only('a', () => {});\nfit('b', () => {});",
      'test/b.test.ts': "it.only.each([1])('c', () => {});",
    },
    at: ['src/a.spec.ts:1', 'src/a.spec.ts:2', 'test/b.test.ts:1'],
    sound: { 'src/a.spec.ts': "it('takes only one', () => { expect(options.only).toBe(1); });" },
  },
  'no-silent-skip': {
    broken: {
      'src/a.spec.ts': "it.skip('a', () => {});\nxit('b', () => {});\nit.todo('c');",
      'test/b.test.ts': "const withRedis = hasRedis ? describe : describe.skip;\nwithRedis('redis', () => {});",
    },
    at: ['src/a.spec.ts:1', 'src/a.spec.ts:2', 'src/a.spec.ts:3', 'test/b.test.ts:1'],
    sound: {
      'test/b.test.ts':
        "const withRedis = hasRedis ? describe : describe.skip;\nwithRedis(hasRedis ? 'redis' : 'redis (skipped: needs redis-server on the PATH)', () => {});",
    },
  },
  'migrations-listed': {
    broken: {
      'migrations/0001-first.ts': migration('First0001'),
      'migrations/0002-second.ts': migration('Second0002', 'Says nothing.'),
      'migrations/0002-third.ts': migration('Third0002'),
      'migrations/later.ts': '',
      'migrations/index.ts': 'export const migrations = [Second0002, First0001, Third0002] as const;',
    },
    at: ['migrations/later.ts:0', 'migrations/0002-third.ts:0', 'migrations/0002-second.ts:0', 'migrations/index.ts:0'],
    sound: {
      'migrations/0001-first.ts': migration('First0001'),
      'migrations/0002-second.ts': migration('Second0002'),
      'migrations/index.ts': 'export const migrations = [First0001, Second0002] as const;',
    },
  },
  'lockfile-of-the-registry': {
    broken: { 'package-lock.json': lockOf({ resolved: 'https://packages.example.com/pg.tgz', integrity: 'sha512-x' }) },
    at: ['package-lock.json:0'],
    sound: { 'package-lock.json': lockOf({ integrity: 'sha512-x' }) },
  },
  'install-scripts-approved': {
    broken: { 'package-lock.json': lockOf({ hasInstallScript: true }), 'package.json': '{ "allowScripts": { "graphql": true } }' },
    at: ['package.json:0'],
    sound: { 'package-lock.json': lockOf({ hasInstallScript: true }), 'package.json': '{ "allowScripts": { "pg": true } }' },
  },
  'pinned-versions': {
    broken: { 'package.json': '{ "dependencies": { "pg": "^8.0.0" }, "devDependencies": { "jest": "latest" } }' },
    at: ['package.json:0', 'package.json:0'],
    sound: { 'package.json': '{ "dependencies": { "pg": "8.23.1", "type-graphql": "2.0.0-rc.4" } }' },
  },
  'documents-name-what-exists': {
    broken: {
      'README.md': 'One\n`src/business/component/nobody/README.md` and [this](docs/gone.md).',
      'src/a/README.md': '[there](../b/README.md)',
    },
    at: ['README.md:2', 'README.md:2', 'src/a/README.md:1'],
    sound: {
      'README.md': '`src/a/b.ts`, `src/a/`, `src/<noun>/x.ts`, [here](src/a/b.ts), [there](https://example.com), [above](#top)',
      'src/a/b.ts': '',
    },
  },
  'ci-runs': { broken: {}, at: ['.ci/run:0'], sound: {} },
};
