import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { makeCommandLine, type Actions } from '../../src/access/cli/command-line';
import { Metrics } from '../../src/access/http/metrics';
import { NetworkMetrics, measureParked } from '../../src/access/http/network-metrics';
import { loadConfiguration } from '../../src/config/load-configuration';
import { PARAMETERS } from '../../src/config/parameters';

/* What deploy/ says of the program is true of it. The files are read as text: the project has no YAML parser of its own. */

const PROJECT = join(__dirname, '..', '..');
const files = new Map(filesBelow('deploy').map((path) => [path, readFileSync(join(PROJECT, path), 'utf8')]));
const initially = loadConfiguration({});

function filesBelow(folder: string): string[] {
  return readdirSync(join(PROJECT, folder)).flatMap((name) => {
    const path = join(folder, name);
    return statSync(join(PROJECT, path)).isDirectory() ? filesBelow(path) : [relative(PROJECT, join(PROJECT, path))];
  });
}

function textOf(path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error(`there is no ${path}`);
  return text;
}

function named(pattern: RegExp): [path: string, text: string][] {
  return [...files].filter(([path]) => pattern.test(path));
}

/** The first group of each match, with where it stands. */
function found(of: Iterable<[string, string]>, pattern: RegExp): { path: string; what: string }[] {
  return [...of].flatMap(([path, text]) => [...text.matchAll(pattern)].map((match) => ({ path, what: match[1] ?? match[0] })));
}

function only(path: string, pattern: RegExp): string {
  const values = new Set(found([[path, textOf(path)]], pattern).map(({ what }) => what));
  expect({ path, pattern: String(pattern), values: [...values] }).toEqual({ path, pattern: String(pattern), values: [expect.any(String)] });
  return [...values][0] ?? '';
}

const sources = [...filesBelow('src'), ...filesBelow('migrations')].map((path) => readFileSync(join(PROJECT, path), 'utf8')).join('\n');

test('every parameter that is named exists', () => {
  const known = new Set<string>(Object.values(PARAMETERS).map(({ variable }) => variable));
  const variables = found(files, /\b((?:SANHU|OTEL)_[A-Z_]*[A-Z]|(?:[A-Z]+_)*(?:DATABASE|REDIS)_URLS?)\b/g).filter(
    // The one that Kubernetes must not make.
    ({ what }) => what !== 'SANHU_CORE_PORT',
  );
  expect(variables.length).toBeGreaterThan(50);
  expect(variables.filter(({ what }) => !known.has(what))).toEqual([]);
});

test.each([
  ['deploy/systemd/sanhu.env.example', 'deploy/systemd/core.env.example'],
  ['deploy/systemd/sanhu.env.example', 'deploy/systemd/reporting.env.example'],
  ['deploy/systemd/sanhu.env.example', 'deploy/systemd/worker.env.example'],
  ['deploy/kubernetes/parameters.yaml', 'deploy/kubernetes/parameters.yaml'],
])('%s with %s starts the program, once its secrets are filled in', (shared, own) => {
  const assignments = [shared, own].flatMap((path) => [
    ...textOf(path).matchAll(/^ *((?:SANHU|OTEL|REDIS|REPORTING|DATABASE)\w*)(?:=|: )'?([^'\n]*)'?$/gm),
  ]);
  const environment = Object.fromEntries(assignments.map(([, name = '', value = '']) => [name, value]));
  const secrets = { DATABASE_URL: 'postgres://a:b@c/d', REPORTING_DATABASE_URLS: 'postgres://a:b@c/d', SANHU_SIGNING_KEY: 'x'.repeat(48) };
  for (const [name, value] of Object.entries(environment)) if (name in secrets) expect({ name, value }).toEqual({ name, value: '' });
  expect(loadConfiguration({ ...environment, ...secrets }).environment).toBe('production');
});

test('YAML has no tab, no odd indentation, no key twice in one mapping, and its brackets and quotes close', () => {
  const yaml = named(/\.ya?ml$/);
  expect(yaml.length).toBeGreaterThan(6);
  expect(yaml.flatMap(([path, text]) => problemsOfYaml(text).map((problem) => `${path}: ${problem}`))).toEqual([]);
  expect(problemsOfYaml('a:\n  b: 1\n  b: 2\n')).toHaveLength(1);
  expect(problemsOfYaml("a:\n   b: 'x\n\tc: [1\n").length).toBeGreaterThan(3);
});

function problemsOfYaml(text: string): string[] {
  const problems: string[] = [];
  let keys: { indent: number; seen: Set<string> }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const at = (problem: string): unknown => problems.push(`line ${index + 1}: ${problem}`);
    if (line.includes('\t')) at('a tab');
    if (line.startsWith('---')) keys = [];
    const bare = line.replace(/'[^']*'|"[^"]*"/g, '""').replace(/(?:^| )#.*$/, '');
    if (bare.trim() === '') continue;
    if (/'/.test(bare)) at('a quote that does not close');
    if ((bare.match(/[[{]/g) ?? []).length !== (bare.match(/[\]}]/g) ?? []).length) at('a bracket that does not close');
    const [, spaces = '', dashes = '', key] = /^( *)((?:- )*)(?:([^\s:{["][^:{["]*):(?: |$))?/.exec(bare) ?? [];
    if (spaces.length % 2 === 1) at('odd indentation');
    const indent = spaces.length + dashes.length;
    keys = keys.filter((level) => level.indent <= (dashes === '' ? indent : spaces.length));
    if (key === undefined) continue;
    let level = keys.find((one) => one.indent === indent);
    if (level === undefined) keys.push((level = { indent, seen: new Set() }));
    if (level.seen.has(key) && key !== '<<') at(`${key} twice`);
    level.seen.add(key);
  }
  return problems;
}

test('haproxy and the Ingress pass on the paths that the program serves, and neither health nor metrics', () => {
  const http = filesBelow('src/access/http').filter((path) => !path.endsWith('.spec.ts'));
  const routes = http.map((path) => readFileSync(join(PROJECT, path), 'utf8')).join('\n');
  const served = new Set(
    [...routes.matchAll(/(?:\b(?:path|url): |\broute\(|\.(?:get|post|put|all)\()['`](?:\$\{below\})?(\/[^'`]+)['`]/g)].map(
      ([, path = '']) => path,
    ),
  );
  const inside = [...served].filter((path) => /^\/(?:health\/|metrics$)/.test(path));
  expect(inside.sort()).toEqual(['/health/live', '/health/ready', '/metrics']);
  const outside = [...served].filter((path) => !inside.includes(path)).sort();
  expect(outside.length).toBeGreaterThan(8);

  const cfg = textOf('deploy/haproxy/haproxy.cfg');
  const passed = [...cfg.matchAll(/^ {2}acl \w+ path (.+)$/gm)].flatMap(([, paths = '']) => paths.split(' '));
  expect([...new Set(passed)].sort()).toEqual(outside);
  expect(cfg.match(/acl \w+ path_(?:beg|reg|dir|sub)/g)).toBeNull();
  const ingress = [...textOf('deploy/kubernetes/ingress.yaml').matchAll(/path: (\S+), pathType: (\w+)/g)];
  expect([...new Set(ingress.map(([, path]) => path))].sort()).toEqual(outside);
  expect(new Set(ingress.map(([, , kind]) => kind))).toEqual(new Set(['Exact']));
});

test('ports agree', () => {
  const port = String(initially.port);
  const cfg = textOf('deploy/haproxy/haproxy.cfg');
  expect(new Set([...cfg.matchAll(/server (?:core|reporting)-\d (\S+)/g)].map(([, address = '']) => address.split(':')[1]))).toEqual(
    new Set([port]),
  );
  for (const path of [
    'deploy/kubernetes/parameters.yaml',
    'deploy/compose/compose.yaml',
    'deploy/compose/Dockerfile',
    'deploy/systemd/core.env.example',
  ]) {
    expect({ path, port: only(path, /SANHU_PORT[:=] ?'?(\d+)/g) }).toEqual({ path, port });
  }
  expect(
    new Set(
      found(named(/kubernetes\/(?:core|reporting|worker|network-policy)\.yaml$/), /(?:containerPort|[ {]port): (\d+)/g).map(
        ({ what }) => what,
      ),
    ),
  ).toEqual(new Set([port]));
  expect(only('deploy/compose/Dockerfile', /EXPOSE (\d+)/g)).toBe(port);
  const primary = /^listen postgresql\n {2}bind :(\d+)/m.exec(cfg)?.[1];
  expect(only('deploy/compose/compose.yaml', /@haproxy:(\d+)/g)).toBe(primary);
  expect(only('deploy/systemd/sanhu.env.example', /@haproxy:(\d+)/g)).toBe(primary);
  expect(new Set(found(files, /postgres-\d:(\d{4})/g).map(({ what }) => what))).toEqual(
    new Set([only('deploy/postgresql/primary.conf', /^port = (\d+)/gm)]),
  );
});

test('servers of haproxy are services of compose', () => {
  const services = new Set([...textOf('deploy/compose/compose.yaml').matchAll(/^ {2}([a-z][a-z0-9-]*):/gm)].map(([, name]) => name));
  const servers = [...textOf('deploy/haproxy/haproxy.cfg').matchAll(/^ {2}server \S+ ([a-z0-9-]+):/gm)].map(([, name]) => name);
  expect(servers.length).toBeGreaterThan(4);
  expect(servers.filter((name) => !services.has(name))).toEqual([]);
});

/** A cancelled statement is given up on (pool.ts) and a commit waited for (pool.ts) after the deadline, in seconds. */
const CANCEL = 3;
const COMMIT = 10;
const CLOSE = 5;

test('whoever waits for the program waits longer than its deadlines', () => {
  const core = initially.requestDeadlineMs / 1_000 + CANCEL + COMMIT;
  const reporting = initially.reportingDeadlineMs / 1_000 + CANCEL;
  const cfg = textOf('deploy/haproxy/haproxy.cfg');
  const timeoutOf = (backend: string): number =>
    Number(new RegExp(`^backend ${backend}\\n(?: .*\\n)*? {2}timeout server (\\d+)s`, 'm').exec(cfg)?.[1]);
  expect(timeoutOf('core')).toBeGreaterThan(core);
  expect(timeoutOf('reporting')).toBeGreaterThan(reporting);
  const answered = Number(/ANSWERED_WITHIN_MS = ([\d_]+)/.exec(sources)?.[1]?.replace('_', '')) / 1_000;
  const stop = Number(only('deploy/systemd/sanhu@.service', /^TimeoutStopSec=(\d+)s/gm));
  expect(stop).toBeGreaterThan(answered + CANCEL + COMMIT + CLOSE);
  expect(Number(only('deploy/compose/compose.yaml', /x-program(?:.*\n)*? {2}stop_grace_period: (\d+)s/g))).toBe(stop);
  for (const role of ['core', 'reporting', 'worker']) {
    const text = textOf(`deploy/kubernetes/${role}.yaml`);
    const pause = Number(/'sleep', '(\d+)'/.exec(text)?.[1] ?? 0);
    expect(Number(/terminationGracePeriodSeconds: (\d+)/.exec(text)?.[1])).toBe(stop + pause);
  }
  const standby = textOf('deploy/postgresql/standby.conf');
  for (const name of ['max_standby_streaming_delay', 'wal_receiver_timeout']) {
    expect(Number(new RegExp(`^${name} = '(\\d+)s'`, 'm').exec(standby)?.[1]) * 1_000).toBeLessThan(initially.reportingLagLimitMs);
  }
});

test('pods get no variables of Services, of which SANHU_CORE_PORT would stop the start', () => {
  expect(() => loadConfiguration({ SANHU_CORE_PORT: 'tcp://10.0.0.1:4000' })).toThrow('SANHU_CORE_PORT: no such parameter');
  const pods = named(/kubernetes\/.*\.yaml$/).filter(([, text]) => text.includes('containers:'));
  expect(pods.length).toBe(4);
  for (const [path, text] of pods)
    expect({ path, links: text.includes('\n      enableServiceLinks: false\n') }).toEqual({ path, links: true });
});

test('Node gets the same options wherever the program is started', () => {
  const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const options = /^node ((?:--\S+ )+)dist\/src\/main\.js serve$/.exec(scripts.start)?.[1]?.trim();
  expect(only('deploy/systemd/sanhu@.service', /^ExecStart=\/usr\/bin\/node ((?:--\S+ ?)+) dist/gm)).toBe(options);
  expect(only('deploy/compose/Dockerfile', /^ENTRYPOINT \["node", "((?:--[^"]+)+)", "dist/gm)).toBe(options);
});

test('the connection budget fits max_connections', () => {
  const limit = Number(only('deploy/postgresql/primary.conf', /^max_connections = (\d+)/gm));
  const readme = textOf('deploy/README.md');
  const more = Number(/WORKER_POOL_MORE = (\d+);/.exec(sources)?.[1]);
  const ofEngine = Number(/ENGINE_POOL_SIZE = (\d+);/.exec(sources)?.[1]);
  const ofClient = Number(/ENGINE_CLIENT_POOL_SIZE = (\d+);/.exec(sources)?.[1]);
  const besides = more + 1 + ofEngine + ofClient + 1;
  const worker = initially.workerConcurrency + besides;
  expect(readme).toContain(`worker processes × (SANHU_WORKER_CONCURRENCY + ${besides}) `);
  expect(readme).toContain(`(SANHU_CORE_POOL_SIZE + ${1 + ofClient}) `);
  const core = initially.corePoolSize + 1 + ofClient;
  const maxCores = Number(only('deploy/kubernetes/core.yaml', /maxReplicas: (\d+)/g));
  expect((maxCores + 1) * core + 3 * worker + 15).toBeLessThanOrEqual(limit);
});

test('metrics, database roles and the slot that are named exist', () => {
  const { registry } = new Metrics({ pools: () => [], replicas: () => [] });
  void new NetworkMetrics(registry);
  measureParked(registry, () => Promise.resolve(0));
  const metrics = registry.getMetricsAsArray().map(({ name }) => name);
  const roles = [...textOf('deploy/postgresql/roles.sql').matchAll(/'(sanhu_\w+)'/g)].map(([, name]) => name);
  const known = new Set([...metrics, ...roles, 'sanhu_standby', 'sanhu_standby_2']);
  const names = found(files, /\b((?:sanhu|nodejs)_[a-z][a-z0-9_]*)\b/g);
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter(({ what }) => !known.has(what))).toEqual([]);
});

test('codes, messages of the log and commands that the runbook names exist', () => {
  const pages = named(/^deploy\/.*\.md$/);
  // PostgreSQL's statements, its log levels and placeholders are in capitals too.
  const codes = found(pages, /`([A-Z]{2,}(?:_[A-Z]+)+|RUNNING|WAITING|STOPPED|FAILED|COMPLETED)`/g).filter(
    ({ what }) => !Object.values(PARAMETERS).some(({ variable }) => variable === what),
  );
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter(({ what }) => !sources.includes(what))).toEqual([]);

  const logged = [
    'Redis is away',
    'Redis is back',
    'workflows are parked',
    'maintenance failed',
    'durable engine',
    'role ended',
    'TAKEN_OVER',
    'FOUND_LOST',
    'BEAT_FAILED',
  ];
  const all = pages.map(([, text]) => text).join('\n');
  expect(logged.filter((line) => !all.includes(line) || !sources.includes(line))).toEqual([]);

  const nothing = (): never => {
    throw new Error('no command runs here');
  };
  const commandLine = makeCommandLine('0', new Proxy({} as Actions, { get: () => nothing }));
  const commands = new Set(commandLine.commands.map((command) => command.name()));
  // Not the namespace (`kubectl -n sanhu`), nor the name of a file.
  const used = found(pages, /(?<!-n |in )(?<=[`\s])sanhu ([a-z]+)\b(?! for `node)/g);
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter(({ what }) => !commands.has(what))).toEqual([]);
});

test('mutations that the runbook names exist', () => {
  const published = readFileSync(join(PROJECT, 'schema', 'staff.graphql'), 'utf8');
  const mutations = found(named(/runbook\/.*\.md$/), /`((?:set|change|rotate|create|revoke|grant)[A-Z]\w*)`/g);
  expect(mutations.length).toBeGreaterThan(4);
  expect(mutations.filter(({ what }) => !new RegExp(`^  ${what}\\(`, 'm').test(published))).toEqual([]);
});

test('each page of the runbook says what is seen, why, what to do and when it is over, and is listed', () => {
  const pages = named(/^deploy\/runbook\/(?!README).*\.md$/);
  expect(pages.length).toBeGreaterThanOrEqual(14);
  for (const [path, text] of pages) {
    const order = ['**Seen.**', '**Why', '**Do.**', '**Over**'].map((mark) => text.indexOf(mark));
    expect({ path, order }).toEqual({ path, order: [...order].filter((place) => place > 0).sort((a, b) => a - b) });
    expect(textOf('deploy/runbook/README.md')).toContain(`(${path.split('/').at(-1)})`);
  }
});

test('links lead to files', () => {
  const broken = found(named(/\.md$/), /\]\(([^)#\s]+)\)/g).filter(
    ({ path, what }) => !what.includes('://') && !files.has(join(path, '..', what)),
  );
  expect(broken).toEqual([]);
});

test('no file under deploy holds a secret', () => {
  expect(found(named(/env\.example$/), /^(?:.*(?:PASSWORD|KEY|URLS?))=(.+)$/gm)).toEqual([]);
  const addresses = found(files, /(?:postgres(?:ql)?|rediss?):\/\/[\w-]*:([^@\s]*)@/g);
  expect(addresses.length).toBeGreaterThan(5);
  expect(addresses.filter(({ what }) => !/^(?:…|\$\{\w+:\?\})$/.test(what))).toEqual([]);
});
