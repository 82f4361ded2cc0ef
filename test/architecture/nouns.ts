/**
 * The components in their one order: a component may import only those before it, and row locks are taken in this order.
 * What joins against the order is a process.
 */
export const COMPONENTS = [
  'organisation', 'staff', 'service', 'number', 'customer', 'account', 'subscriber', 'product', 'discount', 'tax', 'ledger', 'order',
  'allowance', 'rating', 'usage', 'billing', 'invoice', 'payment', 'credit', 'shift', 'partner', 'report', 'campaign', 'assurance',
] as const; // prettier-ignore

/** Folders and files of `data/operation` that belong to no noun and hold nobody's rows: any data operation may build on them. */
export const NEUTRAL_OPERATIONS = {
  /** The bitemporal shape that dated facts of every noun share. */
  'dated-fact': 'dated-fact/',
  /** The versions of what is drafted, released and sold: products and discounts share their form. */
  'released-version': 'released-version/',
  /** Writes the predicate of what the caller may see, for any scoped table. */
  scope: 'scope/',
  /** What every read takes. */
  'read-context': 'read-context\\.ts$',
} as const;

/** Neutral too, but written by `execute` alone, in the transaction of the use case: a component says `unit.audit` and `unit.emit`. */
export const UNIT_OPERATIONS = {
  idempotency: 'idempotency/',
  audit: 'audit/',
  outbox: 'outbox/',
} as const;

/**
 * Words that `kernel` must not speak. Of the components only those whose name means nothing else in a program: `number`,
 * `service`, `order`, `usage`, `report`, `product`, `shift` do.
 */
export const DOMAIN_WORDS = [
  'organisation', 'staff', 'customer', 'account', 'subscriber', 'discount', 'tax', 'ledger', 'allowance', 'tariff', 'bill', 'billing',
  'invoice', 'payment', 'partner', 'bundle', 'dunning',
] as const; // prettier-ignore

/** The folders that design.md §2 draws, and `wiring`, which `main.ts` grew into, and nothing beside them. A name that ends in `/` is a folder. */
export const LAYOUT: Readonly<Record<string, readonly string[]>> = {
  '': [
    'README.md',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'ormconfig.ts',
    'LICENSE',
    'schema/',
    'migrations/',
    'deploy/',
    'test/',
    'src/',
  ],
  'src/': ['main.ts', 'wiring/', 'config/', 'kernel/', 'access/', 'business/', 'data/'],
  'src/wiring/': ['settings.ts', 'explain.ts', 'role/', 'command/', 'README.md'],
  'src/access/': ['graphql/', 'http/', 'file/', 'event/', 'cli/', 'console/', 'README.md'],
  'src/access/graphql/': ['server/', 'staff/', 'reporting/', 'partner/', 'README.md'],
  'src/business/': ['execute.ts', 'context.ts', 'component/', 'process/', 'view/', 'README.md'],
  'src/data/': ['connection/', 'operation/', 'view/', 'engine/', 'provisioning/', 'README.md'],
};
