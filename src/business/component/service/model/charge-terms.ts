import type { ChargeKind, ChargeTerms } from '../../../../data/operation/service/charge-code';
import { refusedBy } from '../../../../kernel/result';
import { isCode, type ServiceCheck } from './checks';
import { refuseService } from './refusals';

export const WRITE_OFF_PRIORITY_MAX = 999;

/** Never discounted, whatever the terms say elsewhere (domain.md §5.4). */
const UNDISCOUNTED: readonly ChargeKind[] = ['LATE_FEE', 'ADJUSTMENT'];

/** Checks what is said of a charge code of a kind, as far as it can be seen from the terms alone. `field` is where they stand in the input. */
export function checkTerms(kind: ChargeKind, terms: ChargeTerms, field = 'terms'): ServiceCheck {
  const { writeOffPriority: priority } = terms;
  const priorityFits = Number.isInteger(priority) && priority >= 0 && priority <= WRITE_OFF_PRIORITY_MAX;
  return refusedBy(
    checkAccount(terms.revenueAccount, `${field}.revenueAccount`),
    checkAccount(terms.deferredAccount, `${field}.deferredAccount`),
    checkAccount(terms.discountAccount, `${field}.discountAccount`),
    !priorityFits && refuseService('WRITE_OFF_PRIORITY_INVALID', `${field}.writeOffPriority`),
    !isCode(terms.billGroup) && refuseService('BILL_GROUP_INVALID', `${field}.billGroup`),
    terms.taxCategory !== null && !isCode(terms.taxCategory) && refuseService('TAX_CATEGORY_NOT_FOUND', `${field}.taxCategory`),
    checkKind(kind, terms, field),
  );
}

function checkAccount(account: string | null, field: string): ServiceCheck {
  return refusedBy(account !== null && !/^[0-9]{4,12}$/.test(account) && refuseService('ACCOUNT_CODE_INVALID', field));
}

function checkKind(kind: ChargeKind, terms: ChargeTerms, field: string): ServiceCheck {
  const { taxCategory, discountable, discountAccount, invoiceable, bearsLateFee, collectedFor } = terms;
  if (kind === 'DEPOSIT') {
    const takenForRevenue = taxCategory !== null || discountable || invoiceable || bearsLateFee;
    return refusedBy(takenForRevenue && refuseService('DEPOSIT_TERMS', field));
  }
  const onBehalf = collectedFor !== null;
  return refusedBy(
    discountable && discountAccount === null && refuseService('DISCOUNT_ACCOUNT_NEEDED', `${field}.discountAccount`),
    discountable && (onBehalf || UNDISCOUNTED.includes(kind)) && refuseService('NEVER_DISCOUNTED', `${field}.discountable`),
    bearsLateFee && (onBehalf || kind === 'LATE_FEE') && refuseService('NEVER_LATE_FEE', `${field}.bearsLateFee`),
  );
}
