import type { Transaction } from '../../connection/core-database';
import { join, raw, sql, type Sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { newId, type Id } from '../../../kernel/id';
import type { Json } from '../../../kernel/stable-json';
import {
  ownerColumn,
  tableOf,
  toVersion,
  versionColumns,
  type ReleasedVersion,
  type Versioned,
  type VersionKind,
  type VersionRow,
  type VersionState,
} from './version';

/** Whose version it is; the caller locks the owner first. */
export async function selectOwnerOfVersion<Noun extends Versioned>(
  transaction: Transaction,
  noun: Noun,
  id: Id<VersionKind<Noun>>,
): Promise<Id<Noun> | undefined> {
  const [row] = await transaction.query<{ owner_id: Id<Noun> }>(sql`
    SELECT v.${ownerColumn(noun)} AS owner_id FROM ${tableOf(noun)} v WHERE v.id = ${id}::uuid`);
  return row?.owner_id;
}

/** A version of an owner that is locked: nobody else changes it meanwhile. */
export async function selectVersionOfLocked<Noun extends Versioned>(
  transaction: Transaction,
  noun: Noun,
  id: Id<VersionKind<Noun>>,
): Promise<ReleasedVersion<Noun>> {
  const [row] = await transaction.query<VersionRow<Noun>>(sql`
    SELECT ${versionColumns(noun)} FROM ${tableOf(noun)} v WHERE v.id = ${id}::uuid`);
  invariant(row !== undefined, 'the version of a locked owner is there');
  return toVersion(row);
}

/** The latest version of a locked owner. */
export async function selectLatestVersion<Noun extends Versioned>(
  transaction: Transaction,
  noun: Noun,
  ownerId: Id<Noun>,
): Promise<ReleasedVersion<Noun> | undefined> {
  const [row] = await transaction.query<VersionRow<Noun>>(sql`
    SELECT ${versionColumns(noun)} FROM ${tableOf(noun)} v WHERE v.${ownerColumn(noun)} = ${ownerId}::uuid ORDER BY v.number DESC LIMIT 1`);
  return row === undefined ? undefined : toVersion(row);
}

/** What a version names, by the tables that keep it for their foreign keys. */
export interface NamedCodes {
  readonly chargeCodes: readonly string[];
  readonly products: readonly string[];
}

export interface NewVersion<Noun extends Versioned> {
  readonly ownerId: Id<Noun>;
  readonly number: number;
  readonly currency: string;
  readonly definition: Json;
  readonly names: NamedCodes;
}

/** Adds a draft to a locked owner. */
export async function insertDraft<Noun extends Versioned>(
  transaction: Transaction,
  noun: Noun,
  { ownerId, number, currency, definition, names }: NewVersion<Noun>,
  now: Instant,
): Promise<Id<VersionKind<Noun>>> {
  const id = newId<VersionKind<Noun>>(`${noun}Version`);
  await transaction.query(sql`
    INSERT INTO ${tableOf(noun)} (id, ${ownerColumn(noun)}, number, state, currency, definition, created_at)
    VALUES (${id}, ${ownerId}, ${number}, 'draft', ${currency}, ${JSON.stringify(definition)}::jsonb, ${now})`);
  await insertNamedCodes(transaction, noun, id, names);
  return id;
}

/** Changes what a draft says, whole. */
export async function rewriteDraft<Noun extends Versioned>(
  transaction: Transaction,
  noun: Noun,
  { id, version }: Pick<ReleasedVersion<Noun>, 'id' | 'version'>,
  { currency, definition, names }: Pick<NewVersion<Noun>, 'currency' | 'definition' | 'names'>,
): Promise<void> {
  await transaction.query(sql`DELETE FROM ${raw(`${noun}_version_charge_code`)} WHERE version_id = ${id}`);
  await transaction.query(sql`DELETE FROM ${raw(`${noun}_version_product`)} WHERE version_id = ${id}`);
  await insertNamedCodes(transaction, noun, id, names);
  const changed = await transaction.query(sql`
    UPDATE ${tableOf(noun)} SET currency = ${currency}, definition = ${JSON.stringify(definition)}::jsonb, version = version + 1
    WHERE id = ${id} AND version = ${version} RETURNING id`);
  invariant(changed.length === 1, 'a version was changed without the lock of its owner');
}

async function insertNamedCodes(transaction: Transaction, noun: Versioned, id: string, names: NamedCodes): Promise<void> {
  await transaction.query(sql`
    INSERT INTO ${raw(`${noun}_version_charge_code`)} (version_id, charge_code) SELECT ${id}, unnest(${names.chargeCodes}::text[])`);
  await transaction.query(sql`
    INSERT INTO ${raw(`${noun}_version_product`)} (version_id, product_code) SELECT ${id}, unnest(${names.products}::text[])`);
}

/** What a move does to the times at which a version is sold: from an instant on it is, or it is not any more. */
export interface SaleChange {
  readonly onSale: boolean;
  readonly from: Instant;
}

/** Moves a version of a locked owner to another state. */
export async function moveVersion<Noun extends Versioned>(
  transaction: Transaction,
  noun: Noun,
  { id, version }: Pick<ReleasedVersion<Noun>, 'id' | 'version'>,
  { state, sale, releasedAt }: { readonly state: VersionState; readonly sale?: SaleChange; readonly releasedAt?: Instant },
): Promise<void> {
  const changes: Sql[] = [sql`state = ${state}`];
  if (sale !== undefined) changes.push(sql`sold = sold ${raw(sale.onSale ? '+' : '-')} tstzmultirange(tstzrange(${sale.from}, NULL))`);
  if (releasedAt !== undefined) changes.push(sql`released_at = ${releasedAt}`);
  const changed = await transaction.query(sql`
    UPDATE ${tableOf(noun)} SET ${join(changes)}, version = version + 1 WHERE id = ${id} AND version = ${version} RETURNING id`);
  invariant(changed.length === 1, 'a version was changed without the lock of its owner');
}

/**
 * Makes way for another version of a locked owner: what is sold now, or was to be, is sold until then and retired.
 * @returns the numbers of the versions that made way
 */
export async function supersedeVersions<Noun extends Versioned>(
  transaction: Transaction,
  noun: Noun,
  ownerId: Id<Noun>,
  byId: Id<VersionKind<Noun>>,
  from: Instant,
): Promise<readonly number[]> {
  const rows = await transaction.query<{ number: number }>(sql`
    UPDATE ${tableOf(noun)} SET sold = sold - tstzmultirange(tstzrange(${from}, NULL)), state = 'retired', version = version + 1
    WHERE ${ownerColumn(noun)} = ${ownerId} AND id <> ${byId} AND (state IN ('active', 'suspended') OR sold && tstzrange(${from}, NULL))
    RETURNING number`);
  return rows.map((row) => row.number).sort((one, other) => one - other);
}
