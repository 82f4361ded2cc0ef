import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { Transaction } from '../../connection/core-database';
import type { ScopedRead } from '../read-context';

/** What somebody at a counter gives away by hand: a discount beside those of the catalogue, or charges that are let off 减免. */
export const AUTHORITY_KINDS = ['MANUAL_DISCOUNT', 'WAIVER'] as const;
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number];

/** How much holders of a role may give away on one order 优惠权限, at the nodes of their grants. A part that is null has no limit. */
export interface DiscountAuthority {
  readonly roleId: Id<'role'>;
  readonly kind: AuthorityKind;
  /** ISO 4217. */
  readonly currency: string;
  readonly amountMinor: bigint | null;
  /** Of the order's one-time and first-period charges. */
  readonly basisPoints: number | null;
  readonly version: number;
}

interface AuthorityRow {
  readonly role_id: Id<'role'>;
  readonly kind: AuthorityKind;
  readonly currency: string;
  readonly amount_minor: string | null;
  readonly basis_points: number | null;
  readonly version: number;
}

const AUTHORITY_COLUMNS = sql`a.role_id, a.kind, a.currency, a.amount_minor::text AS amount_minor, a.basis_points, a.version`;

function toAuthority(row: AuthorityRow): DiscountAuthority {
  return {
    roleId: row.role_id,
    kind: row.kind,
    currency: row.currency,
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    basisPoints: row.basis_points,
    version: row.version,
  };
}

/** What roles may give away, at most two of each, by kind. Roles stand at no node: whoever holds `catalogue:read` anywhere sees it. */
export async function selectAuthorityOfRoles(context: ScopedRead, roleIds: readonly Id<'role'>[]): Promise<DiscountAuthority[]> {
  return context.scope.permits('catalogue:read') ? selectLimits(context, roleIds) : [];
}

/** As {@link selectAuthorityOfRoles}, of roles that the caller himself has: what they permit he may know. */
export async function selectLimits(context: { readonly sql: SqlRunner }, roleIds: readonly Id<'role'>[]): Promise<DiscountAuthority[]> {
  if (roleIds.length === 0) return [];
  const rows = await context.sql.query<AuthorityRow>(sql`
    SELECT ${AUTHORITY_COLUMNS} FROM discount_authority a WHERE a.role_id = ANY (${roleIds}::uuid[]) ORDER BY a.role_id, a.kind`);
  return rows.map(toAuthority);
}

/** Locks what a role may give away in a kind; undefined while nothing is said of it. */
export async function lockAuthority(
  transaction: Transaction,
  roleId: Id<'role'>,
  kind: AuthorityKind,
): Promise<DiscountAuthority | undefined> {
  const [row] = await transaction.query<AuthorityRow>(sql`
    SELECT ${AUTHORITY_COLUMNS} FROM discount_authority a WHERE a.role_id = ${roleId}::uuid AND a.kind = ${kind} FOR NO KEY UPDATE OF a`);
  return row === undefined ? undefined : toAuthority(row);
}

/**
 * Says what a role may give away in a kind.
 * @returns its new version; undefined when someone else said it first
 */
export async function writeAuthority(transaction: Transaction, authority: DiscountAuthority, now: Instant): Promise<number | undefined> {
  const { roleId, kind, currency, amountMinor, basisPoints, version } = authority;
  const [row] = await transaction.query<{ version: number }>(sql`
    INSERT INTO discount_authority AS a (role_id, kind, currency, amount_minor, basis_points, changed_at)
    VALUES (${roleId}, ${kind}, ${currency}, ${amountMinor}, ${basisPoints}, ${now})
    ON CONFLICT (role_id, kind) DO UPDATE SET currency = EXCLUDED.currency, amount_minor = EXCLUDED.amount_minor,
      basis_points = EXCLUDED.basis_points, version = a.version + 1, changed_at = EXCLUDED.changed_at
    WHERE a.version = ${version}
    RETURNING a.version`);
  return row?.version;
}
