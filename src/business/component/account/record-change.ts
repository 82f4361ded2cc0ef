import type { Unit } from '../../context';
import { updateAccount, type AccountChanges, type LockedAccount } from '../../../data/operation/account/write-account';
import type { Json } from '../../../kernel/stable-json';

interface Change {
  /** The account's own columns that change; none when a fact of it changes. */
  readonly columns?: AccountChanges;
  readonly before: Json;
  readonly after: Json;
  readonly event: 'AccountAttributeValueChangeEvent' | 'AccountStateChangeEvent';
  readonly payload: Json;
}

/** Changes a locked account and moves its version on, with its line in the audit trail and its event. */
export async function recordChange(
  unit: Unit,
  account: LockedAccount,
  { columns = {}, before, after, event, payload }: Change,
): Promise<void> {
  await updateAccount(unit.transaction, account, columns);
  const organisationId = columns.organisationId ?? account.organisation_id;
  unit.audit({ subjectKind: 'account', subjectId: account.id, organisationId, before, after });
  unit.emit({ type: event, subjectKind: 'account', subjectId: account.id, payload });
}
