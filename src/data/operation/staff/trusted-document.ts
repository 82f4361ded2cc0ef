import type { Transaction } from '../../connection/core-database';
import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';

/** An operation that a client was built with, under the SHA-256 of its text. */
export interface TrustedDocument {
  /** `sha256:` and 64 hexadecimal digits. */
  readonly id: string;
  readonly body: string;
}

/** The text of a client's document; undefined when the client has none of that id. */
export async function selectTrustedDocument(runner: SqlRunner, clientId: Id<'apiClient'>, documentId: string): Promise<string | undefined> {
  const [row] = await runner.query<{ body: string }>(sql`
    SELECT d.body FROM trusted_document d WHERE d.api_client_id = ${clientId}::uuid AND d.document_id = ${documentId}`);
  return row?.body;
}

/** Adds documents that the client has not yet; returns how many it then has. The caller holds the client's row. */
export async function insertTrustedDocuments(
  transaction: Transaction,
  clientId: Id<'apiClient'>,
  documents: readonly TrustedDocument[],
  now: Instant,
): Promise<number> {
  await transaction.query(sql`
    INSERT INTO trusted_document (api_client_id, document_id, body, created_at)
    SELECT ${clientId}::uuid, r.id, r.body, ${now}::timestamptz
    FROM unnest(${documents.map((document) => document.id)}::text[], ${documents.map((document) => document.body)}::text[]) AS r (id, body)
    ON CONFLICT DO NOTHING`);
  const [row] = await transaction.query<{ count: number }>(sql`
    SELECT count(*)::integer AS count FROM trusted_document d WHERE d.api_client_id = ${clientId}::uuid`);
  return row?.count ?? 0;
}
