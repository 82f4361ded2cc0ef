import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { refusedBy, type Refusal, type Refuse } from '../../../kernel/result';
import type { Permission } from '../../../kernel/scope';
import { holdCustomers } from './hold-customers';

/** The codes that a component which ties things to customers has in its closed list. */
export type HeldCustomerRefusal = 'CUSTOMER_NOT_FOUND' | 'CUSTOMER_NOT_ACTIVE';

/**
 * Checks that something may be tied to customers: each is in scope and active. They can then neither be closed nor merged
 * before the unit ends, and others may tie things to them at the same time.
 * @returns undefined when it may; else the refusals, in the words of the component that asks
 */
export async function holdActiveCustomers<Code extends string>(
  unit: Unit,
  wanted: readonly { readonly id: Id<'customer'>; readonly field: string }[],
  permission: Permission,
  refuse: Refuse<Code | HeldCustomerRefusal>,
): Promise<{ ok: false; refusals: readonly Refusal<Code | HeldCustomerRefusal>[] } | undefined> {
  const ids = [...new Set(wanted.map(({ id }) => id))];
  const statuses = new Map((await holdCustomers(unit, ids, permission)).map((customer) => [customer.id, customer.status]));
  // One customer may be wanted more than once for the same field: it is refused once.
  const idsByField = new Map(wanted.map(({ id, field }) => [field, id]));
  return refusedBy(
    ...[...idsByField].map(([field, id]) => {
      const status = statuses.get(id);
      if (status === undefined) return refuse('CUSTOMER_NOT_FOUND', field);
      return status !== 'ACTIVE' && refuse('CUSTOMER_NOT_ACTIVE', field);
    }),
  );
}
