import type { Unit } from '../../context';
import { updateCustomer, type CustomerChanges, type LockedCustomer } from '../../../data/operation/customer/write-customer';
import type { Json } from '../../../kernel/stable-json';

interface Change {
  /** The customer's own columns that change; none when a fact of it changes. */
  readonly columns?: CustomerChanges;
  readonly before: Json;
  readonly after: Json;
  readonly event: 'CustomerAttributeValueChangeEvent' | 'CustomerStateChangeEvent';
  /** Never a name, a document or a contact: events leave the house. */
  readonly payload: Json;
}

/** Changes a locked customer and moves its version on, with its line in the audit trail and its event. */
export async function recordChange(
  unit: Unit,
  customer: LockedCustomer,
  { columns = {}, before, after, event, payload }: Change,
): Promise<void> {
  await updateCustomer(unit.transaction, customer, columns);
  const organisationId = columns.organisationId ?? customer.organisation_id;
  unit.audit({ subjectKind: 'customer', subjectId: customer.id, organisationId, before, after });
  unit.emit({ type: event, subjectKind: 'customer', subjectId: customer.id, payload });
}
