import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { LockedOrganisation } from './lock-organisation';
import { OrganisationEntity } from './organisation.entity';

export type NewOrganisation = Pick<OrganisationEntity, 'code' | 'name' | 'nameEn' | 'kind' | 'parentId' | 'taxNumber'>;

/** Adds a node and its closure rows. Where it has a parent, the caller holds the tree's shape. */
export async function insertOrganisation(transaction: Transaction, node: NewOrganisation, now: Instant): Promise<Id<'organisation'>> {
  const id = newId('organisation');
  const legalEntity = node.taxNumber !== null;
  await transaction.manager.insert(OrganisationEntity, { ...node, id, legalEntity, status: 'ACTIVE', version: 1, createdAt: now });
  await transaction.query(sql`
    INSERT INTO organisation_closure (ancestor_id, descendant_id, depth)
    SELECT ${id}::uuid, ${id}::uuid, 0
    UNION ALL
    SELECT up.ancestor_id, ${id}::uuid, up.depth + 1 FROM organisation_closure up WHERE up.descendant_id = ${node.parentId}::uuid`);
  return id;
}

export type OrganisationChanges = Partial<Pick<OrganisationEntity, 'name' | 'nameEn' | 'kind' | 'taxNumber' | 'parentId' | 'status'>>;

/** Changes a locked node and moves its version on. */
export async function updateOrganisation(transaction: Transaction, node: LockedOrganisation, changes: OrganisationChanges): Promise<void> {
  const legal = changes.taxNumber === undefined ? {} : { legalEntity: changes.taxNumber !== null };
  const where = { id: node.id, version: node.version };
  const { affected } = await transaction.manager.update(OrganisationEntity, where, { ...changes, ...legal, version: node.version + 1 });
  invariant(affected === 1, 'a locked organisation has changed');
}

/**
 * Hangs a node with all below it under another parent: the pairs of what was above it with all of the subtree go, those
 * of what is above it now come. Reads see the old tree until the commit, then the new. The caller holds the tree's shape.
 */
export async function moveSubtree(transaction: Transaction, id: Id<'organisation'>, parentId: Id<'organisation'>): Promise<void> {
  await transaction.query(sql`
    DELETE FROM organisation_closure pair USING organisation_closure up, organisation_closure down
    WHERE up.descendant_id = ${id}::uuid AND up.ancestor_id <> ${id}::uuid AND down.ancestor_id = ${id}::uuid
      AND pair.descendant_id = down.descendant_id AND pair.ancestor_id = up.ancestor_id`);
  await transaction.query(sql`
    INSERT INTO organisation_closure (ancestor_id, descendant_id, depth)
    SELECT up.ancestor_id, down.descendant_id, up.depth + 1 + down.depth
    FROM organisation_closure up CROSS JOIN organisation_closure down
    WHERE up.descendant_id = ${parentId}::uuid AND down.ancestor_id = ${id}::uuid`);
}

/** Where a node stands: how far below the root, how many levels are below it, and whether `otherId` is it or below it. */
export async function measureSubtree(
  transaction: Transaction,
  id: Id<'organisation'>,
  otherId: Id<'organisation'> | null,
): Promise<{ readonly depth: number; readonly height: number; readonly holdsOther: boolean }> {
  const [row] = await transaction.query<{ depth: number; height: number; holds_other: boolean }>(sql`
    SELECT (SELECT max(depth) FROM organisation_closure WHERE descendant_id = ${id}::uuid) AS depth,
           (SELECT max(depth) FROM organisation_closure WHERE ancestor_id = ${id}::uuid) AS height,
           EXISTS (SELECT FROM organisation_closure
                   WHERE ancestor_id = ${id}::uuid AND descendant_id = ${otherId}::uuid) AS holds_other`);
  invariant(row !== undefined, 'a node has no closure rows');
  return { depth: row.depth, height: row.height, holdsOther: row.holds_other };
}

/** What keeps a node from being closed. */
export const OCCUPANTS = [
  'NODE',
  'STAFF',
  'API_CLIENT',
  'NUMBER_POOL',
  'CUSTOMER',
  'ACCOUNT',
  'SUBSCRIBER',
  'PRODUCT',
  'DISCOUNT',
] as const;
export type Occupant = (typeof OCCUPANTS)[number];

/**
 * What is still managed at a node. It reads the tables of other nouns, which is this statement's whole purpose: a node
 * that looked only at its own would be closed under the feet of others. Holding the node's row FOR UPDATE keeps more from
 * coming, since whatever is put there locks that row by its foreign key.
 */
export async function selectOccupants(transaction: Transaction, id: Id<'organisation'>): Promise<readonly Occupant[]> {
  const rows = await transaction.query<{ occupant: Occupant }>(sql`
    SELECT occupant FROM (VALUES
      ('NODE', EXISTS (SELECT FROM organisation WHERE parent_id = ${id}::uuid AND status = 'ACTIVE')),
      ('STAFF', EXISTS (SELECT FROM staff WHERE organisation_id = ${id}::uuid AND status = 'ACTIVE')),
      ('API_CLIENT', EXISTS (SELECT FROM api_client WHERE organisation_id = ${id}::uuid AND status = 'ACTIVE')),
      ('NUMBER_POOL', EXISTS (SELECT FROM number_pool WHERE organisation_id = ${id}::uuid AND status = 'ACTIVE')),
      ('CUSTOMER', EXISTS (SELECT FROM customer WHERE organisation_id = ${id}::uuid AND status = 'ACTIVE')),
      ('ACCOUNT', EXISTS (SELECT FROM account WHERE organisation_id = ${id}::uuid AND status = 'ACTIVE')),
      ('SUBSCRIBER', EXISTS (SELECT FROM subscriber WHERE organisation_id = ${id}::uuid AND closed_at IS NULL)),
      ('PRODUCT', EXISTS (SELECT FROM product p JOIN product_version v ON v.product_id = p.id AND v.state <> 'retired'
                          WHERE p.organisation_id = ${id}::uuid)),
      ('DISCOUNT', EXISTS (SELECT FROM discount d JOIN discount_version v ON v.discount_id = d.id AND v.state <> 'retired'
                           WHERE d.organisation_id = ${id}::uuid))
    ) AS occupants (occupant, here) WHERE here`);
  return rows.map((row) => row.occupant);
}
