import { Command, InvalidArgumentError } from 'commander';

export const ROLES = ['core', 'reporting', 'worker'] as const;
export type Role = (typeof ROLES)[number];

/** What each command does; `main.ts` says how. */
export interface Actions {
  readonly serve: (roles: readonly Role[]) => Promise<void>;
  readonly migrate: () => Promise<void>;
  readonly found: (options: FoundOptions) => Promise<void>;
  readonly seed: () => Promise<void>;
  readonly importFile: (file: string, options: ImportOptions) => Promise<void>;
  readonly orderBatch: (file: string, options: BatchOptions) => Promise<void>;
  readonly scenario: (files: readonly string[], options: { readonly keep: boolean }) => Promise<void>;
  readonly audit: (options: { readonly rebuild: boolean }) => Promise<void>;
  readonly doctor: () => Promise<void>;
  readonly fulfil: (orderNos: readonly string[]) => Promise<void>;
  readonly config: () => void;
  readonly schema: (options: { readonly publish: boolean }) => Promise<void>;
}

export interface FoundOptions {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly administrator: string;
}

export interface ImportOptions {
  readonly mapping: string;
  readonly organisation?: string;
  readonly rejects?: string;
}

export interface BatchOptions {
  readonly customer: string;
  readonly account: string;
  readonly organisation: string;
  readonly encoding: 'utf-8' | 'gb18030';
  readonly refused?: string;
  readonly retry: boolean;
}

function readEncoding(text: string): BatchOptions['encoding'] {
  if (text !== 'utf-8' && text !== 'gb18030') throw new InvalidArgumentError('utf-8 or gb18030');
  return text;
}

function readRoles(text: string): readonly Role[] {
  const roles = text.split(',').map((role) => role.trim());
  const unknown = roles.filter((role) => !ROLES.includes(role as Role));
  if (unknown.length > 0 || roles.length === 0) throw new InvalidArgumentError(`roles are ${ROLES.join(', ')}`);
  return ROLES.filter((role) => roles.includes(role));
}

/** The `sanhu` command. */
export function makeCommandLine(version: string, actions: Actions): Command {
  const program = new Command('sanhu').description('Sanhu 三户: an integrated revenue gateway for telecom operators').version(version);
  program
    .command('serve')
    .description('serve the API; without DATABASE_URL on an embedded PostgreSQL primary and standby')
    .option('--role <roles>', `comma-separated: ${ROLES.join(', ')}`, readRoles, ROLES)
    .action(({ role }: { role: readonly Role[] }) => actions.serve(role));
  program.command('migrate').description('bring the schema of DATABASE_URL up to date').action(actions.migrate);
  program
    .command('found')
    .description('found the operator of an empty database, with its first administrator; the password is read from standard input')
    .requiredOption('--code <code>', 'of the root of the organisation tree, in capitals')
    .requiredOption('--name <name>')
    .option('--name-en <name>')
    .option('--administrator <loginName>', 'log-in name of the first administrator', 'admin')
    .action(actions.found);
  program.command('seed').description('write the demonstration operator into an empty database').action(actions.seed);
  program
    .command('import')
    .description('open customers, accounts and subscribers from a CSV or JSON Lines file')
    .argument('<file>')
    .requiredOption('--mapping <file>', 'which column is what: a JSON file, or the name of one in deploy/import')
    .option('--organisation <code>', 'the node below which parties are placed; the operator itself when not given')
    .option('--rejects <file>', 'where rejected rows are named; beside the file when not given')
    .action((file: string, options: ImportOptions) => actions.importFile(file, options));
  program
    .command('order-batch')
    .description(
      'accept the orders of one customer from a CSV file, one a row; the columns are described in src/business/process/order-batch',
    )
    .argument('<file>')
    .requiredOption('--customer <number>', 'whose orders they are')
    .requiredOption('--account <number>', 'that what is due is charged to')
    .requiredOption('--organisation <code>', 'the hall that accepts them')
    .option('--encoding <encoding>', 'utf-8 or gb18030', readEncoding, 'utf-8')
    .option('--refused <file>', 'where rows that are no orders are named; beside the file when not given')
    .option('--retry', 'try rows again whose orders were refused', false)
    .action((file: string, options: BatchOptions) => actions.orderBatch(file, options));
  program
    .command('scenario')
    .description('play scenario files, each on a database of its own; ends with 1 where one does not go as it says')
    .argument('<files...>', 'as described in test/scenario/README.md')
    .option('--keep', 'keep the databases, and print their addresses', false)
    .action(actions.scenario);
  program
    .command('audit')
    .description('prove that the books and summaries agree; says where they do not, and then ends with 1')
    .option('--rebuild', 'make the report summaries anew', false)
    .action(actions.audit);
  program.command('config').description('list every parameter with its value').action(actions.config);
  program.command('doctor').description('check what this installation needs, and say what is wrong').action(actions.doctor);
  program
    .command('fulfil')
    .description('have a worker go on with orders whose fulfilment stands still, as doctor names them')
    .argument('<orderNo...>')
    .action(actions.fulfil);
  program
    .command('schema')
    .description('write the published contracts to schema/')
    .option('--publish', 'also make them what later changes are measured against: on a release', false)
    .action(actions.schema);
  return program;
}
