import { maskName } from '../../src/kernel/mask';
import { encodeId, type Id, type IdKind } from '../../src/kernel/id';
import type { TestDatabase } from '../support/database';

/** A row of any table that stands at a node, and every text by which it could be told. */
interface Placed {
  readonly kind: IdKind;
  readonly type: string;
  readonly id: string;
  readonly organisationId: string;
  readonly line: string | null;
  /** Whether it is used at its node and below it, and so seen from there too. */
  readonly offered?: boolean;
  readonly texts: readonly (string | null)[];
}

/** What a caller may see and what he may not, of everything there is. */
export interface View {
  /** Published ids by GraphQL type. */
  readonly inside: ReadonlyMap<string, readonly string[]>;
  readonly outside: ReadonlySet<string>;
}

/** Divides all rows by a scope: a node with all below it, and lines of business (every one, when null). */
export async function viewFrom(database: TestDatabase, node: Id<'organisation'>, lines: readonly string[] | null): Promise<View> {
  const below = await database.raw<{ id: string }>('SELECT descendant_id AS id FROM organisation_closure WHERE ancestor_id = $1', [node]);
  const above = await database.raw<{ id: string }>('SELECT ancestor_id AS id FROM organisation_closure WHERE descendant_id = $1', [node]);
  const nodes = new Set(below.map(({ id }) => id));
  const along = new Set([...nodes, ...above.map(({ id }) => id)]);
  const called = new Set<string>();
  const inside = new Map<string, string[]>();
  const outside = new Set<string>();
  for (const row of await everything(database)) {
    const isInside =
      (row.offered === true ? along : nodes).has(row.organisationId) && (lines === null || row.line === null || lines.includes(row.line));
    const publicId = encodeId(row.kind, row.id as Id<IdKind>);
    if (isInside) {
      inside.set(row.type, [...(inside.get(row.type) ?? []), publicId]);
      for (const text of row.texts) if (text !== null) called.add(text);
    } else for (const text of [publicId, row.id, ...row.texts]) if (text !== null && text !== '') outside.add(text);
  }
  // What something in scope is called as well, as a number of a pool and of its subscriber, tells nothing.
  for (const text of called) outside.delete(text);
  return { inside, outside };
}

async function everything(database: TestDatabase): Promise<Placed[]> {
  const customers = await database.raw<{ id: string; at: string; no: string; kind: string; name: string }>(
    'SELECT id, organisation_id AS at, customer_no AS no, kind, name FROM customer',
  );
  const tables: readonly [IdKind, string, string][] = [
    ['account', 'Account', 'SELECT id, organisation_id AS at, NULL AS line, ARRAY[account_no, name] AS texts FROM account'],
    [
      'subscriber',
      'Subscriber',
      `SELECT s.id, s.organisation_id AS at, s.service_type AS line,
      ARRAY[subscriber_no] || (SELECT array_agg(value) FROM subscriber_identifier f WHERE f.subscriber_id = s.id) AS texts
       FROM subscriber s`,
    ],
    [
      'productInstance',
      'ProductInstance',
      `SELECT i.id, s.organisation_id AS at, s.service_type AS line, ARRAY[]::text[] AS texts
       FROM product_instance i JOIN subscriber s ON s.id = i.subscriber_id`,
    ],
    [
      'grantedDiscount',
      'GrantedDiscount',
      `SELECT DISTINCT g.grant_id AS id, coalesce(s.organisation_id, b.organisation_id, a.organisation_id) AS at,
       s.service_type AS line, ARRAY[]::text[] AS texts
       FROM granted_discount g LEFT JOIN subscriber s ON s.id = g.subscriber_id LEFT JOIN bundle_instance b ON b.id = g.bundle_instance_id
         LEFT JOIN account a ON a.id = g.account_id`,
    ],
    ['bundleInstance', 'BundleInstance', 'SELECT id, organisation_id AS at, NULL AS line, ARRAY[]::text[] AS texts FROM bundle_instance'],
    ['organisation', 'Organisation', 'SELECT id, id AS at, NULL AS line, ARRAY[code, name] AS texts FROM organisation'],
    ['staff', 'Staff', 'SELECT id, organisation_id AS at, NULL AS line, ARRAY[login_name] AS texts FROM staff'],
    [
      'apiClient',
      'ApiClient',
      `SELECT id, coalesce(organisation_id, (SELECT o.id FROM organisation o WHERE o.parent_id IS NULL)) AS at,
      NULL AS line, ARRAY[code] AS texts FROM api_client`,
    ],
    [
      'numberPool',
      'NumberPool',
      'SELECT id, organisation_id AS at, service_type AS line, ARRAY[code, name] AS texts, true AS offered FROM number_pool',
    ],
    [
      'accessNumber',
      'AccessNumber',
      'SELECT id, organisation_id AS at, service_type AS line, ARRAY[value] AS texts, true AS offered FROM access_number',
    ],
    ['order', 'Order', 'SELECT id, organisation_id AS at, NULL AS line, ARRAY[order_no] AS texts FROM product_order'],
    ['quotation', 'Quotation', 'SELECT id, organisation_id AS at, NULL AS line, ARRAY[]::text[] AS texts FROM quotation'],
    ['workOrder', 'WorkOrder', 'SELECT id, organisation_id AS at, NULL AS line, ARRAY[]::text[] AS texts FROM work_order'],
    ['orderBatch', 'OrderBatch', 'SELECT id, organisation_id AS at, NULL AS line, ARRAY[file_name, file_digest] AS texts FROM order_batch'],
    ['importJob', 'ImportJob', 'SELECT id, organisation_id AS at, NULL AS line, ARRAY[file_name, file_digest] AS texts FROM import_job'],
    [
      'fact',
      'IdentityDocument',
      `SELECT f.id, c.organisation_id AS at, NULL AS line, ARRAY[]::text[] AS texts
       FROM customer_document f JOIN customer c ON c.id = f.customer_id`,
    ],
    [
      'fact',
      'Contact',
      `SELECT f.id, c.organisation_id AS at, NULL AS line, ARRAY[]::text[] AS texts
       FROM customer_contact f JOIN customer c ON c.id = f.customer_id`,
    ],
    [
      'fact',
      'SubscriberIdentifier',
      `SELECT f.id, s.organisation_id AS at, s.service_type AS line, ARRAY[]::text[] AS texts
       FROM subscriber_identifier f JOIN subscriber s ON s.id = f.subscriber_id`,
    ],
  ];
  const rows = await catalogue(database);
  for (const [kind, type, text] of tables) {
    const found = await database.raw<{ id: string; at: string; line: string | null; texts: string[]; offered?: boolean }>(text);
    rows.push(...found.map((row) => ({ ...row, kind, type, organisationId: row.at })));
  }
  return [
    ...customers.map(({ id, at, no, kind, name }): Placed => ({
      kind: 'customer',
      type: 'Customer',
      id,
      organisationId: at,
      line: null,
      texts: [no, kind === 'INDIVIDUAL' ? maskName(name) : name],
    })),
    ...rows,
  ];
}

/** What is offered at a node is seen along the way up and down. */
async function catalogue(database: TestDatabase): Promise<Placed[]> {
  const tables: readonly [IdKind, string, string][] = [
    ['product', 'Product', 'SELECT id, organisation_id AS at, service_type AS line, ARRAY[code, name, name_en] AS texts FROM product'],
    [
      'productVersion',
      'ProductVersion',
      `SELECT v.id, p.organisation_id AS at, p.service_type AS line, ARRAY[]::text[] AS texts
       FROM product_version v JOIN product p ON p.id = v.product_id`,
    ],
    [
      'fact',
      'ProductRelease',
      `SELECT f.id, f.organisation_id AS at, p.service_type AS line, ARRAY[]::text[] AS texts
       FROM product_release f JOIN product p ON p.id = f.product_id`,
    ],
    ['discount', 'Discount', 'SELECT id, organisation_id AS at, service_type AS line, ARRAY[code, name, name_en] AS texts FROM discount'],
    [
      'discountVersion',
      'DiscountVersion',
      `SELECT v.id, d.organisation_id AS at, d.service_type AS line, ARRAY[]::text[] AS texts
       FROM discount_version v JOIN discount d ON d.id = v.discount_id`,
    ],
    [
      'fact',
      'DiscountRelease',
      `SELECT f.id, f.organisation_id AS at, d.service_type AS line, ARRAY[]::text[] AS texts
       FROM discount_release f JOIN discount d ON d.id = f.discount_id`,
    ],
  ];
  const rows: Placed[] = [];
  for (const [kind, type, text] of tables) {
    const found = await database.raw<{ id: string; at: string; line: string | null; texts: string[] }>(text);
    rows.push(...found.map((row) => ({ ...row, kind, type, organisationId: row.at, offered: true })));
  }
  return rows;
}

/** A UUID, or an application: the trail of a log-in says by which one it was. */
const OF_THE_TRAIL = /^(?:[0-9a-f]{8}-|cli_)/;

/**
 * The texts in an answer that tell of something outside. What an entry of the audit trail holds of a change are the subject's
 * own facts; ids in them are internal (no contract takes them), so there, and only there, a UUID tells nothing. Nor does the
 * id of whoever changed something in scope: that he did is what the trail is for, who he is `node` keeps to itself.
 */
export function told(outside: ReadonlySet<string>, answer: unknown, inTrail = false): string[] {
  if (typeof answer === 'string') return outside.has(answer) && !(inTrail && OF_THE_TRAIL.test(answer)) ? [answer] : [];
  if (typeof answer !== 'object' || answer === null) return [];
  const isActor = '__typename' in answer && answer.__typename === 'AuditActor';
  return Object.entries(answer).flatMap(([key, part]) =>
    isActor && key === 'id' ? [] : told(outside, part, inTrail || /(^|_)(before|after)$/.test(key)),
  );
}
