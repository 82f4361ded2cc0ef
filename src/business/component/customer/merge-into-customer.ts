import type { Unit } from '../../context';
import { lockCustomers, touchCustomers, type LockedCustomer } from '../../../data/operation/customer/write-customer';
import {
  isItsOwnParent,
  lockParents,
  moveCustomerFacts,
  selectCustomersRelatedTo,
} from '../../../data/operation/customer/write-customer-facts';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { changeable } from './customer-to-change';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface MergeCustomersInput {
  readonly survivorId: Id<'customer'>;
  readonly survivorVersion: number;
  readonly mergedId: Id<'customer'>;
  readonly mergedVersion: number;
}

export interface CustomersToMerge {
  readonly survivor: LockedCustomer;
  readonly merged: LockedCustomer;
}

/** How many customers may have a relation to one that is merged. */
const RELATED_MAX = 1_000;

/** Locks two customers that may become one: both in scope, active, as the caller saw them, and of the same kind. */
export async function customersToMerge(unit: Unit, input: MergeCustomersInput): Promise<Result<CustomersToMerge, CustomerRefusal>> {
  const { survivorId, mergedId } = input;
  if (survivorId === mergedId) return refuseCustomer('MERGED_WITH_ITSELF', 'mergedId');
  const locked = new Map((await lockCustomers(unit, [survivorId, mergedId], 'customer:merge')).map((one) => [one.id, one]));
  const survivor = changeable(locked.get(survivorId), input.survivorVersion, { idField: 'survivorId', versionField: 'survivorVersion' });
  if (!survivor.ok) return survivor;
  const merged = changeable(locked.get(mergedId), input.mergedVersion, { idField: 'mergedId', versionField: 'mergedVersion' });
  if (!merged.ok) return merged;
  if (survivor.value.kind !== merged.value.kind) return refuseCustomer('KIND_DIFFERS', 'mergedId');
  return ok({ survivor: survivor.value, merged: merged.value });
}

/**
 * Makes one customer of two that are locked: documents, contacts, relations and manager pass to the survivor from now on
 * (its own parent and manager stand), and the merged one points to it. Facts of the time before stay where they were.
 * `wide` is the unit with the system's scope: whoever is related to the merged customer is touched, wherever it is managed.
 */
export async function mergeIntoCustomer(
  unit: Unit,
  wide: Unit,
  { survivor, merged }: CustomersToMerge,
): Promise<Result<null, CustomerRefusal>> {
  const related = await selectCustomersRelatedTo(unit.transaction, merged.id, unit.now, RELATED_MAX + 1);
  if (related.length > RELATED_MAX) return refuseCustomer('TOO_MANY', 'mergedId', { max: RELATED_MAX });
  const others = related.filter((id) => id !== survivor.id);
  const touched = await lockCustomers(wide, others, 'customer:write');
  await lockParents(unit.transaction);
  await moveCustomerFacts(unit.transaction, merged.id, survivor.id, unit.now);
  if (await isItsOwnParent(unit.transaction, survivor.id, unit.now)) return refuseCustomer('RELATION_CYCLE', 'mergedId');
  await touchCustomers(unit.transaction, others);
  for (const { id, organisation_id: organisationId } of touched) {
    unit.audit({
      subjectKind: 'customer',
      subjectId: id,
      organisationId,
      before: { relatedCustomerId: merged.id },
      after: { relatedCustomerId: survivor.id },
    });
  }
  await recordChange(unit, survivor, {
    before: null,
    after: { tookOver: merged.id },
    event: 'CustomerAttributeValueChangeEvent',
    payload: { changed: ['documents', 'contacts', 'relations', 'manager'], tookOver: merged.id },
  });
  await recordChange(unit, merged, {
    columns: { status: 'MERGED', mergedIntoId: survivor.id },
    before: { status: merged.status },
    after: { status: 'MERGED', mergedIntoId: survivor.id },
    event: 'CustomerStateChangeEvent',
    payload: { status: 'MERGED', mergedIntoId: survivor.id },
  });
  return ok(null);
}
