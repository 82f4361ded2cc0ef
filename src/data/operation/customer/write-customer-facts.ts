import type { Transaction } from '../../connection/core-database';
import { raw, sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Period } from '../../../kernel/period';
import { lockHierarchy, standsAboveItself, type Hierarchy } from '../dated-fact/hierarchy';
import { insertDatedFact } from '../dated-fact/insert-dated-fact';
import { moveDatedFacts } from '../dated-fact/move-dated-facts';
import { writeDatedFact, type FactTable } from '../dated-fact/write-dated-fact';
import { CONTACT_FACT, DOCUMENT_FACT, MANAGER_FACT, RELATION_FACT, type RelationKind } from './customer-facts';

/** The facts of which a customer has any number at once. */
export type ManyFact = 'documents' | 'contacts' | 'relations';

const TABLES: Readonly<Record<ManyFact, FactTable>> = { documents: DOCUMENT_FACT, contacts: CONTACT_FACT, relations: RELATION_FACT };

/** How many facts of a kind hold now or will: new ones are limited by it. */
export async function countFactsInForce(
  transaction: Transaction,
  fact: ManyFact,
  customerId: Id<'customer'>,
  now: Instant,
): Promise<number> {
  const [row] = await transaction.query<{ total: number }>(sql`
    SELECT count(*)::integer AS total FROM ${raw(TABLES[fact].name)} f
    WHERE f.customer_id = ${customerId} AND upper_inf(f.recorded) AND f.valid && tstzrange(${now}, NULL)`);
  return row?.total ?? 0;
}

/** Ends a fact of the customer at an instant; returns what it said, or undefined when the customer has no such fact then. */
export async function endCustomerFact(
  transaction: Transaction,
  fact: ManyFact,
  { customerId, factId, at, now }: { customerId: Id<'customer'>; factId: Id<'fact'>; at: Instant; now: Instant },
): Promise<Readonly<Record<string, string | null>> | undefined> {
  const { replaced } = await writeDatedFact<Record<string, string | null>>(transaction, TABLES[fact], {
    key: { id: factId, customer_id: customerId },
    fact: null,
    valid: { from: at, to: null },
    now,
  });
  return replaced[0];
}

export interface NewRelation {
  readonly customerId: Id<'customer'>;
  readonly relatedCustomerId: Id<'customer'>;
  readonly kind: RelationKind;
}

export function insertRelation(transaction: Transaction, relation: NewRelation, valid: Period, now: Instant): Promise<Id<'fact'>> {
  const { customerId, relatedCustomerId, kind } = relation;
  return insertDatedFact(transaction, RELATION_FACT, { customer_id: customerId, related_customer_id: relatedCustomerId, kind }, valid, now);
}

const PARENTS: Hierarchy = {
  table: 'customer_relation',
  child: 'customer_id',
  parent: 'related_customer_id',
  only: raw(`f.kind = 'PARENT'`),
};

/** Keeps everyone else from changing who is whose parent, to the end of the transaction. Taken after the customers' rows. */
export function lockParents(transaction: Transaction): Promise<void> {
  return lockHierarchy(transaction, PARENTS);
}

/** Whether a customer stands above itself at any instant from `from` on; asked after the write, with {@link lockParents}. */
export function isItsOwnParent(transaction: Transaction, customerId: Id<'customer'>, from: Instant): Promise<boolean> {
  return standsAboveItself(transaction, PARENTS, customerId, from);
}

/** Gives the customer another manager 客户经理 for a time, or none. */
export async function writeManager(
  transaction: Transaction,
  customerId: Id<'customer'>,
  staffId: Id<'staff'> | null,
  valid: Period,
  now: Instant,
): Promise<{ id: Id<'fact'> | null; before: readonly Id<'staff'>[] }> {
  const { id, replaced } = await writeDatedFact<{ customer_id: string; staff_id: string }>(transaction, MANAGER_FACT, {
    key: { customer_id: customerId },
    fact: staffId === null ? null : { staff_id: staffId },
    valid,
    now,
  });
  return { id, before: replaced.map((row) => row.staff_id as Id<'staff'>) };
}

/** The customers that have a relation to this one, now or later. */
export async function selectCustomersRelatedTo(
  transaction: Transaction,
  customerId: Id<'customer'>,
  now: Instant,
  limit: number,
): Promise<Id<'customer'>[]> {
  const rows = await transaction.query<{ customer_id: Id<'customer'> }>(sql`
    SELECT DISTINCT f.customer_id FROM customer_relation f
    WHERE f.related_customer_id = ${customerId} AND upper_inf(f.recorded) AND f.valid && tstzrange(${now}, NULL)
    ORDER BY f.customer_id LIMIT ${limit}`);
  return rows.map((row) => row.customer_id);
}

/**
 * Moves what a customer has to another, from now on: documents, contacts, relations in both directions, manager. What both
 * have stays the other's; a relation between the two ends; the other's own parent and manager stand.
 */
export async function moveCustomerFacts(transaction: Transaction, from: Id<'customer'>, to: Id<'customer'>, now: Instant): Promise<void> {
  const move = { column: 'customer_id', from, to, now };
  await moveDatedFacts(transaction, DOCUMENT_FACT, { ...move, sameBy: ['kind', 'number'] });
  await moveDatedFacts(transaction, CONTACT_FACT, { ...move, sameBy: ['kind', 'value'] });
  await moveDatedFacts(transaction, MANAGER_FACT, { ...move, sameBy: [] });
  const outward = { ...move, otherColumn: 'related_customer_id' };
  await moveDatedFacts(transaction, RELATION_FACT, { ...outward, sameBy: ['kind'], only: raw(`f.kind = 'PARENT'`) });
  await moveDatedFacts(transaction, RELATION_FACT, {
    ...outward,
    sameBy: ['kind', 'related_customer_id'],
    only: raw(`f.kind <> 'PARENT'`),
  });
  await moveDatedFacts(transaction, RELATION_FACT, {
    ...move,
    column: 'related_customer_id',
    otherColumn: 'customer_id',
    sameBy: ['kind', 'customer_id'],
  });
}
