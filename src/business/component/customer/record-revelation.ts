import type { UseCase } from '../../execute';
import { selectUnmaskable } from '../../../data/operation/customer/select-personal-data';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { isBlank, lengthOf } from '../../../kernel/text';
import type { PersonalField } from './model/personal-field';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';

const REASON_LENGTH_MAX = 500;

export interface RevealPersonalDataInput {
  readonly customerId: Id<'customer'>;
  readonly fields: readonly PersonalField[];
  /** Why the caller has to see it: goes into the audit trail as it is. */
  readonly reason: string;
}

/** Puts on record who sees what of a customer's personal data, and why. What is stored of it holds no personal data. */
export const recordRevelation: UseCase<RevealPersonalDataInput, { customerId: Id<'customer'>; recordedAt: string }, CustomerRefusal> = {
  name: 'revealPersonalData',
  permission: 'personal-data:unmask',
  async run(unit, { customerId, fields, reason }) {
    const refused = refusedBy(
      fields.length === 0 && refuseCustomer('FIELDS_NEEDED', 'fields'),
      isBlank(reason) && refuseCustomer('REASON_NEEDED', 'reason'),
      lengthOf(reason) > REASON_LENGTH_MAX && refuseCustomer('TOO_LONG', 'reason', { max: REASON_LENGTH_MAX }),
    );
    if (refused !== undefined) return refused;
    const organisationId = await selectUnmaskable(unit, customerId);
    if (organisationId === undefined) return refuseCustomer('NOT_FOUND', 'customerId');
    const seen = [...new Set(fields)].sort();
    unit.audit({ subjectKind: 'customer', subjectId: customerId, organisationId, before: null, after: { seen, reason: reason.trim() } });
    return ok({ customerId, recordedAt: unit.now.toString() });
  },
};
