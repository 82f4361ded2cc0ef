import { empty, sql, type Sql } from '../../connection/sql';
import { ACCOUNT_BRIEF_COLUMNS, ACCOUNT_COLUMNS, toAccount, type Account, type AccountRow } from '../../operation/account/account';
import { CUSTOMER_BRIEF_COLUMNS, CUSTOMER_COLUMNS, toCustomer, type Customer, type CustomerRow } from '../../operation/customer/customer';
import {
  toContact, toDocument, type ContactRow, type CustomerContact, type CustomerDocument, type DocumentRow,
} from '../../operation/customer/customer-facts'; // prettier-ignore
import { DATED_BRIEF_COLUMNS, DATED_COLUMNS, dated, type DatedRow } from '../../operation/dated-fact/dated';
import { factNow } from '../../operation/dated-fact/fact-at';
import { FACTS_MAX } from '../../operation/dated-fact/select-facts';
import type { ScopedRead } from '../../operation/read-context';
import { visibleTo } from '../../operation/scope/visible-to';
import { toRelation, type PaidSubscriber, type PaymentRelationRow } from '../../operation/subscriber/payment-relation';
import {
  accessNumberNow, subscriberReadColumns, toSubscriber, type Subscriber, type SubscriberReadRow,
} from '../../operation/subscriber/subscriber'; // prettier-ignore
import { holdingParts, toHoldings, type Holdings, type HoldingsRow, type HoldingWants } from './holdings';
import { giveWay } from '../../../kernel/give-way';
import { toPage, type Page } from '../../../kernel/page';

/** Which parts of the picture are wanted. */
export interface CounterWants {
  /** Attributes and times, of the subscriber and what is read of the customer. */
  readonly details: boolean;
  readonly customer: CustomerWants | null;
  readonly holdings: HoldingWants | null;
}

/** What is wanted of the owner, and how much of each list. */
export interface CustomerWants {
  readonly documents: boolean;
  readonly contacts: boolean;
  /** How many of the customer's accounts; null: none. */
  readonly accounts: number | null;
  /** How many payment relations of each of these accounts; null: none. */
  readonly relations: number | null;
  /** How many of the subscribers that the customer owns; null: none. */
  readonly subscribers: number | null;
}

export interface CounterAccount {
  readonly account: Account;
  readonly relations: Page<PaidSubscriber> | undefined;
}

/** What was read together with a customer; a part that was not wanted is absent. */
export interface CounterCustomer {
  readonly documents: readonly CustomerDocument[] | undefined;
  readonly contacts: readonly CustomerContact[] | undefined;
  readonly accounts: Page<CounterAccount> | undefined;
  readonly subscribers: Page<Subscriber> | undefined;
}

/** A caller's number, what it holds, whose it is, and who pays: all that a clerk sees at once. */
export interface CounterView {
  readonly subscriber: Subscriber;
  /** The owner, null when outside the scope; absent when not wanted. */
  readonly customer: { readonly customer: Customer; readonly ahead: CounterCustomer } | null | undefined;
  readonly holdings: Holdings;
}

type RelationJson = PaymentRelationRow & DatedRow & { readonly subscriber: SubscriberReadRow };
type AccountJson = AccountRow & { readonly relations?: readonly RelationJson[] | null };

interface CounterRow extends HoldingsRow {
  readonly subscriber: SubscriberReadRow;
  readonly customer?: CustomerRow | null;
  readonly documents?: readonly (DocumentRow & DatedRow)[] | null;
  readonly contacts?: readonly (ContactRow & DatedRow)[] | null;
  readonly accounts?: readonly AccountJson[] | null;
  readonly subscribers?: readonly SubscriberReadRow[] | null;
}

/**
 * Reads a number's whole picture in one statement, the lists as JSON made by PostgreSQL. Four round trips of DataLoader
 * took three times as long. The statement varies by part of the customer, with what is held or without, and with its details or without,
 * so there are a hundred texts at the most.
 */
export async function selectCounterView(context: ScopedRead, accessNumber: string, wants: CounterWants): Promise<CounterView | undefined> {
  const { now, scope } = context;
  const { details, customer, holdings } = wants;
  const [row] = await context.sql.query<CounterRow>(sql`
    SELECT row_to_json(s) AS subscriber
      ${customer === null ? empty : customerParts(context, customer, details)}
      ${holdings === null ? empty : holdingParts(context, holdings)}
    FROM (
      SELECT ${subscriberReadColumns(sql`CASE WHEN f.kind = 'SIM' THEN ${accessNumberNow(now)} ELSE f.value END`, details)} FROM subscriber_identifier f
      JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(scope, 'subscriber:read', 's')}
      WHERE f.value = ${accessNumber} AND ${factNow('f', now)} ORDER BY f.kind = 'NUMBER' DESC, f.kind LIMIT 1
    ) s
    ${customer === null ? empty : ownerOf(context, details)}`);
  await giveWay();
  if (row === undefined) return undefined;
  return {
    subscriber: toSubscriber(row.subscriber),
    customer: customer === null ? undefined : toCounterCustomer(row, customer),
    holdings: holdings === null ? {} : toHoldings(row, holdings),
  };
}

function ownerOf({ scope, now }: ScopedRead, details: boolean): Sql {
  return sql`LEFT JOIN LATERAL (
      SELECT ${details ? CUSTOMER_COLUMNS : CUSTOMER_BRIEF_COLUMNS} FROM subscriber_customer f
      JOIN customer c ON c.id = f.customer_id AND ${visibleTo(scope, 'customer:read', 'c')}
      WHERE f.subscriber_id = s.id AND f.role = 'OWNER' AND ${factNow('f', now)} LIMIT 1
    ) c ON true`;
}

function customerParts(context: ScopedRead, wants: CustomerWants, details: boolean): Sql {
  return sql`, row_to_json(c) AS customer
      ${wants.documents ? sql`, ${documentsOf(context, details)} AS documents` : empty}
      ${wants.contacts ? sql`, ${contactsOf(context, details)} AS contacts` : empty}
      ${wants.accounts === null ? empty : sql`, ${accountsOf(context, wants.accounts, wants.relations, details)} AS accounts`}
      ${wants.subscribers === null ? empty : sql`, ${subscribersOf(context, wants.subscribers, details)} AS subscribers`}`;
}

function documentsOf({ now }: ScopedRead, details: boolean): Sql {
  return sql`(SELECT json_agg(d) FROM (
    SELECT f.customer_id, f.kind, f.number, f.issuing_authority, ${details ? DATED_COLUMNS : DATED_BRIEF_COLUMNS} FROM customer_document f
    WHERE f.customer_id = c.id AND ${factNow('f', now)} ORDER BY f.id LIMIT ${FACTS_MAX}) d)`;
}

function contactsOf({ now }: ScopedRead, details: boolean): Sql {
  return sql`(SELECT json_agg(d) FROM (
    SELECT f.customer_id, f.kind, f.value, f.person, ${details ? DATED_COLUMNS : DATED_BRIEF_COLUMNS} FROM customer_contact f
    WHERE f.customer_id = c.id AND ${factNow('f', now)} ORDER BY f.id LIMIT ${FACTS_MAX}) d)`;
}

function accountsOf(context: ScopedRead, first: number, relations: number | null, details: boolean): Sql {
  return sql`(SELECT json_agg(d) FROM (
    SELECT ${details ? ACCOUNT_COLUMNS : ACCOUNT_BRIEF_COLUMNS}
      ${relations === null ? empty : sql`, ${relationsOf(context, relations, details)} AS relations`} FROM account a
    WHERE a.customer_id = c.id AND ${visibleTo(context.scope, 'account:read', 'a')} ORDER BY a.id LIMIT ${first + 1}) d)`;
}

function relationsOf({ scope, now }: ScopedRead, first: number, details: boolean): Sql {
  return sql`(SELECT json_agg(r) FROM (
    SELECT f.subscriber_id, f.account_id, f.charge_group, f.priority, f.cap_minor::text AS cap_minor, f.is_default,
      ${details ? DATED_COLUMNS : DATED_BRIEF_COLUMNS},
      (SELECT row_to_json(p) FROM (SELECT ${subscriberReadColumns(accessNumberNow(now), details)}) p) AS subscriber
    FROM payment_relation f JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(scope, 'subscriber:read', 's')}
    WHERE f.account_id = a.id AND ${factNow('f', now)} ORDER BY f.id LIMIT ${first + 1}) r)`;
}

function subscribersOf({ scope, now }: ScopedRead, first: number, details: boolean): Sql {
  return sql`(SELECT json_agg(d) FROM (
    SELECT ${subscriberReadColumns(accessNumberNow(now), details)} FROM subscriber_customer f
    JOIN subscriber s ON s.id = f.subscriber_id AND ${visibleTo(scope, 'subscriber:read', 's')}
    WHERE f.customer_id = c.id AND f.role = 'OWNER' AND ${factNow('f', now)} ORDER BY s.id LIMIT ${first + 1}) d)`;
}

function toCounterCustomer(row: CounterRow, wants: CustomerWants): NonNullable<CounterView['customer']> | null {
  if (row.customer == null) return null;
  const { accounts, relations, subscribers } = wants;
  const accountRows = accounts === null ? undefined : (row.accounts ?? []).map((account) => toCounterAccount(account, relations));
  return {
    customer: toCustomer(row.customer),
    ahead: {
      documents: wants.documents ? (row.documents ?? []).map(toDocument) : undefined,
      contacts: wants.contacts ? (row.contacts ?? []).map(toContact) : undefined,
      accounts: accounts === null || accountRows === undefined ? undefined : toPage(accountRows, accounts),
      subscribers: subscribers === null ? undefined : toPage((row.subscribers ?? []).map(toSubscriber), subscribers),
    },
  };
}

function toCounterAccount(row: AccountJson, first: number | null): CounterAccount {
  const relations =
    first === null
      ? undefined
      : toPage(
          (row.relations ?? []).map((relation) => ({
            relation: dated(relation, toRelation(relation)),
            subscriber: toSubscriber(relation.subscriber),
          })),
          first,
        );
  return { account: toAccount(row), relations };
}
