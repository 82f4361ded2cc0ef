import { createHash } from 'node:crypto';
import type { UseCase } from '../../execute';
import { insertTrustedDocuments, type TrustedDocument } from '../../../data/operation/staff/trusted-document';
import { lockApiClient } from '../../../data/operation/staff/write-api-client';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { selectRootId } from '../organisation';
import { refuseStaff, type StaffRefusal } from './model/refusals';

export interface RegisterTrustedDocumentsInput {
  readonly apiClientId: Id<'apiClient'>;
  /** Each under `sha256:` and the digest of its text in hexadecimal digits. */
  readonly documents: readonly TrustedDocument[];
}

const DOCUMENTS_A_CALL_MAX = 500;
const DOCUMENTS_OF_CLIENT_MAX = 10_000;
const BODY_LENGTH_MAX = 65_536;

/**
 * Adds to the operations that a client was built with 可信文档. They are never taken away: an older build of the client
 * may still be running. Adding changes nothing that is there, so no version is asked for.
 */
export const registerTrustedDocuments: UseCase<
  RegisterTrustedDocumentsInput,
  { apiClientId: Id<'apiClient'>; documentCount: number },
  StaffRefusal
> = {
  name: 'registerTrustedDocuments',
  permission: 'client:write',
  async run(unit, { apiClientId, documents }) {
    const client = await lockApiClient(unit, apiClientId);
    if (client === undefined) return refuseStaff('NOT_FOUND', 'apiClientId');
    const wrong = documents.findIndex(({ id, body }) => body.length === 0 || body.length > BODY_LENGTH_MAX || id !== documentIdOf(body));
    const refused = refusedBy(
      documents.length > DOCUMENTS_A_CALL_MAX && refuseStaff('TOO_MANY', 'documents', { max: DOCUMENTS_A_CALL_MAX }),
      wrong >= 0 && refuseStaff('DOCUMENT_INVALID', `documents.${wrong}`),
    );
    if (refused !== undefined) return refused;
    const documentCount = await insertTrustedDocuments(unit.transaction, apiClientId, documents, unit.now);
    if (documentCount > DOCUMENTS_OF_CLIENT_MAX) return refuseStaff('TOO_MANY', 'documents', { max: DOCUMENTS_OF_CLIENT_MAX });
    const organisationId = client.organisation_id ?? (await selectRootId(unit)) ?? null;
    const after = { documents: documents.map((document) => document.id), documentCount };
    unit.audit({ subjectKind: 'apiClient', subjectId: apiClientId, organisationId, before: null, after });
    return ok({ apiClientId, documentCount });
  },
};

/** The id of a trusted document: `sha256:` and the digest of its text in hexadecimal digits. */
export function documentIdOf(body: string): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}
