import { insertQuotation } from '../../../data/operation/order/quotation';
import type { Unit } from '../../context';
import { newId, type Id } from '../../../kernel/id';
import type { Reservation } from '../discount';
import type { CurrencyCode } from '../../../kernel/money';
import { writeRequest, type QuotationRequest } from './model/quotation-request';
import { writeGivenAway, type GivenByHand } from './model/given-away';
import { writeBudgets } from './model/quoted-budgets';
import { dueOf, writeLines, type QuoteLine } from './model/quote-line';

/** For how long prices are held to what was said. */
export const QUOTATION_VALID_HOURS = 24;

export interface NewQuotation {
  readonly organisationId: Id<'organisation'>;
  readonly customerId: Id<'customer'>;
  readonly accountId: Id<'account'> | null;
  readonly request: QuotationRequest;
  /** The lines of business that its items are about. */
  readonly serviceTypes: readonly string[];
  readonly lines: readonly QuoteLine[];
  readonly currency: CurrencyCode;
  readonly givenAway: readonly GivenByHand[];
  readonly budgets: readonly Reservation[];
}

/** Keeps a quotation as it was said to the customer. */
export async function keepQuotation(
  unit: Unit,
  { request, lines, serviceTypes, budgets, givenAway, ...quotation }: NewQuotation,
): Promise<Id<'quotation'>> {
  const id = newId('quotation');
  const dueMinor = dueOf(lines);
  await insertQuotation(unit.transaction, {
    ...quotation,
    id,
    request: writeRequest(request) as object,
    lines: writeLines(lines) as object,
    serviceTypes: [...serviceTypes],
    budgets: writeBudgets(budgets) as object,
    givenAway: writeGivenAway(givenAway) as object,
    approvalNeeded: givenAway.some(({ needsApproval }) => needsApproval),
    dueMinor,
    validUntil: unit.now.add({ hours: QUOTATION_VALID_HOURS }),
    actorKind: unit.actor.kind,
    actorId: unit.actor.id,
    usedByOrderId: null,
    createdAt: unit.now,
  });
  const { organisationId, customerId, currency } = quotation;
  const after = { customerId, kinds: request.items.map(({ kind }) => kind), dueMinor: dueMinor.toString(), currency };
  unit.audit({ subjectKind: 'quotation', subjectId: id, organisationId, before: null, after });
  unit.emit({ type: 'QuotationCreateEvent', subjectKind: 'quotation', subjectId: id, payload: after });
  return id;
}
