import type { Unit } from '../../context';
import { endCustomerFact, type ManyFact } from '../../../data/operation/customer/write-customer-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { periodOf } from '../../../kernel/period';
import { ok, type Result } from '../../../kernel/result';
import { customerToChange, type CustomerChange } from './customer-to-change';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface EndOfFact {
  readonly fact: ManyFact;
  readonly factId: Id<'fact'>;
  readonly at: Instant | null | undefined;
  /** The input field that names the fact. */
  readonly field: string;
}

/**
 * Ends a document, contact or relation of a customer at an instant (now, when none is given). One that would only have begun
 * then is taken back; what held before stays on record. A correction ends the wrong one and adds the right one.
 */
export async function endFact(
  unit: Unit,
  change: CustomerChange,
  end: EndOfFact,
): Promise<Result<{ customerId: Id<'customer'> }, CustomerRefusal>> {
  const period = periodOf(end.at, null, unit.now);
  if (period === undefined) return refuseCustomer('INVALID_PERIOD', 'at');
  const customer = await customerToChange(unit, change);
  if (!customer.ok) return customer;
  const ended = await endCustomerFact(unit.transaction, end.fact, {
    customerId: customer.value.id,
    factId: end.factId,
    at: period.from,
    now: unit.now,
  });
  if (ended === undefined) return refuseCustomer('FACT_NOT_FOUND', end.field);
  await recordChange(unit, customer.value, {
    before: { [end.fact]: ended },
    after: { [end.fact]: { id: end.factId, endedAt: period.from.toString() } },
    event: 'CustomerAttributeValueChangeEvent',
    payload: { changed: [end.fact] },
  });
  return ok({ customerId: customer.value.id });
}
