import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { Period } from '../../../kernel/period';
import { moveDatedFacts } from '../dated-fact/move-dated-facts';
import { writeDatedFact } from '../dated-fact/write-dated-fact';
import { PAYMENT_RELATION_FACT } from './payment-relation';
import type { SubscriberStatus } from './subscriber';
import { IDENTIFIER_FACT, ROLE_FACT, STATUS_FACT, type CustomerRole, type IdentifierKind } from './subscriber-facts';

/** Writes into the history what status the subscriber has from an instant on. */
export async function writeStatus(
  transaction: Transaction,
  subscriberId: Id<'subscriber'>,
  { status, stopReasons }: { status: SubscriberStatus; stopReasons: number },
  from: Instant,
  now: Instant,
): Promise<void> {
  const fact = { status, stop_reasons: stopReasons };
  await writeDatedFact(transaction, STATUS_FACT, { key: { subscriber_id: subscriberId }, fact, valid: { from, to: null }, now });
}

/** Gives the subscriber another number, login or SIM card from an instant on; returns those it replaces. */
export async function writeIdentifier(
  transaction: Transaction,
  subscriberId: Id<'subscriber'>,
  { kind, value }: { kind: IdentifierKind; value: string },
  valid: Period,
  now: Instant,
): Promise<{ id: Id<'fact'> | null; before: readonly string[] }> {
  const key = { subscriber_id: subscriberId, kind };
  const { id, replaced } = await writeDatedFact<{ subscriber_id: string; kind: string; value: string }>(transaction, IDENTIFIER_FACT, {
    key,
    fact: { value },
    valid,
    now,
  });
  return { id, before: replaced.map((row) => row.value) };
}

/** Gives a role to another customer from an instant on; returns whose it was. */
export async function writeRole(
  transaction: Transaction,
  subscriberId: Id<'subscriber'>,
  role: CustomerRole,
  customerId: Id<'customer'>,
  { valid, now }: { valid: Period; now: Instant },
): Promise<{ id: Id<'fact'> | null; before: readonly Id<'customer'>[] }> {
  const key = { subscriber_id: subscriberId, role };
  const fact = { customer_id: customerId };
  const { id, replaced } = await writeDatedFact<{ subscriber_id: string; role: string; customer_id: string }>(transaction, ROLE_FACT, {
    key,
    fact,
    valid,
    now,
  });
  return { id, before: replaced.map((row) => row.customer_id as Id<'customer'>) };
}

/** A closed subscriber gives back its identifiers and is paid for no longer, from the instant of its end. Who owned it stays known. */
export async function endReachAndPayment(
  transaction: Transaction,
  subscriberId: Id<'subscriber'>,
  at: Instant,
  now: Instant,
): Promise<void> {
  const end = { key: { subscriber_id: subscriberId }, fact: null, valid: { from: at, to: null }, now };
  await writeDatedFact(transaction, IDENTIFIER_FACT, end);
  await writeDatedFact(transaction, PAYMENT_RELATION_FACT, end);
}

/** The roles of a customer pass to another from now on; one subscriber's role is one customer's, so nothing collides. */
export function moveRoles(
  transaction: Transaction,
  from: Id<'customer'>,
  to: Id<'customer'>,
  now: Instant,
): Promise<readonly { readonly subscriber_id: Id<'subscriber'>; readonly role: CustomerRole }[]> {
  return moveDatedFacts(transaction, ROLE_FACT, { column: 'customer_id', from, to, now, sameBy: null });
}

/** What an account pays for passes to another from now on: for all its subscribers, or for those given. */
export async function movePaymentRelations(
  transaction: Transaction,
  from: Id<'account'>,
  to: Id<'account'>,
  { subscriberIds, now }: { subscriberIds: readonly Id<'subscriber'>[]; now: Instant },
): Promise<readonly Id<'subscriber'>[]> {
  const only = sql`f.subscriber_id = ANY (${subscriberIds}::uuid[])`;
  const move = { column: 'account_id', from, to, now, sameBy: null, only };
  const moved = await moveDatedFacts<{ subscriber_id: Id<'subscriber'> }>(transaction, PAYMENT_RELATION_FACT, move);
  return moved.map((row) => row.subscriber_id);
}

/** Moves the versions of locked subscribers on, of which a fact has changed. */
export async function touchSubscribers(transaction: Transaction, ids: readonly Id<'subscriber'>[]): Promise<void> {
  await transaction.query(sql`UPDATE subscriber SET version = version + 1 WHERE id = ANY (${ids}::uuid[])`);
}
