import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import { among, join, raw, sql, type Sql } from '../../connection/sql';
import { factNow } from '../dated-fact/fact-at';
import type { ScopedRead } from '../read-context';
import { visibleTo } from '../scope/visible-to';
import {
  CUSTOMER_COLUMNS,
  toCustomer,
  type Customer,
  type CustomerGrade,
  type CustomerKind,
  type CustomerRow,
  type CustomerStatus,
} from './customer';

/** Customers by id, those in scope only; one statement for any number. */
export async function selectCustomersById(context: ScopedRead, ids: readonly Id<'customer'>[]): Promise<Customer[]> {
  const rows = await context.sql.query<CustomerRow>(sql`
    SELECT ${CUSTOMER_COLUMNS} FROM customer c
    WHERE c.id ${among(ids)} AND ${visibleTo(context.scope, 'customer:read', 'c')}`);
  return rows.map(toCustomer);
}

/** What a clerk knows of the customer that is looked for. Every part given must hold. */
export interface CustomerFilter {
  readonly customerNo?: string;
  /** Part of the name, Chinese or not. */
  readonly nameContains?: string;
  /** Beginning of the name: the fastest search by name. */
  readonly namePrefix?: string;
  /** Number of an identity document, whole. */
  readonly documentNumber?: string;
  /** Number of one of the customer's accounts. */
  readonly accountNo?: string;
  /** Access number or login of a subscriber that the customer owns, uses or pays for. */
  readonly accessNumber?: string;
  readonly organisationId?: Id<'organisation'>;
  readonly kind?: CustomerKind;
  readonly grade?: CustomerGrade;
  readonly status?: CustomerStatus;
  readonly managerId?: Id<'staff'>;
}

/**
 * One page of customers in the order of their ids (oldest first).
 *
 * A part of a name is first narrowed by its one- and two-character grams (pg_trgm needs three characters, Chinese names
 * have two or three), then compared whole.
 */
export async function searchCustomers(context: ScopedRead, filter: CustomerFilter, page: PageRequest): Promise<Page<Customer>> {
  const after = page.after === null ? [] : [sql`c.id > ${page.after[0]}::uuid`];
  const conditions = [visibleTo(context.scope, 'customer:read', 'c'), ...conditionsOf(context, filter), ...after];
  const rows = await context.sql.query<CustomerRow>(sql`
    SELECT ${CUSTOMER_COLUMNS} FROM customer c
    WHERE ${join(conditions, ' AND ')}
    ORDER BY c.id LIMIT ${page.first + 1}`);
  return toPage(rows.map(toCustomer), page.first);
}

function conditionsOf(context: ScopedRead, filter: CustomerFilter): Sql[] {
  const { now, scope } = context;
  const conditions: Sql[] = [];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) conditions.push(sql`c.${raw(column)} = ${value}`);
  };
  equal('customer_no', filter.customerNo);
  equal('kind', filter.kind);
  equal('grade', filter.grade);
  equal('status', filter.status);
  if (filter.namePrefix !== undefined) {
    conditions.push(sql`c.name ^@ ${filter.namePrefix}`);
  }
  if (filter.nameContains !== undefined) {
    conditions.push(sql`c.search_grams @> name_grams(${filter.nameContains})
      AND position(lower(${filter.nameContains}) IN lower(c.name || ' ' || coalesce(c.name_en, ''))) > 0`);
  }
  if (filter.documentNumber !== undefined) {
    conditions.push(
      sql`c.id IN (SELECT f.customer_id FROM customer_document f WHERE f.number = ${filter.documentNumber} AND ${factNow('f', now)})`,
    );
  }
  if (filter.accountNo !== undefined) {
    conditions.push(
      sql`c.id IN (SELECT a.customer_id FROM account a WHERE a.account_no = ${filter.accountNo} AND ${visibleTo(scope, 'account:read', 'a')})`,
    );
  }
  if (filter.accessNumber !== undefined) {
    conditions.push(sql`c.id IN (
      SELECT p.customer_id FROM subscriber_identifier f
      JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(scope, 'subscriber:read', 's')}
      JOIN subscriber_customer p ON p.subscriber_id = s.id AND ${factNow('p', now)}
      WHERE f.value = ${filter.accessNumber} AND ${factNow('f', now)})`);
  }
  if (filter.organisationId !== undefined) {
    conditions.push(
      sql`c.organisation_id IN (SELECT below.descendant_id FROM organisation_closure below WHERE below.ancestor_id = ${filter.organisationId})`,
    );
  }
  if (filter.managerId !== undefined) {
    conditions.push(
      sql`c.id IN (SELECT f.customer_id FROM customer_manager f WHERE f.staff_id = ${filter.managerId} AND ${factNow('f', now)})`,
    );
  }
  return conditions;
}
