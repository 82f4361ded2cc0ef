import type { UseCase } from '../../execute';
import type { ChargeTerms } from '../../../data/operation/service/charge-code';
import { lockChargeCode, touchChargeCode, writeTerms } from '../../../data/operation/service/write-charge-code';
import type { Instant } from '../../../kernel/clock';
import { isBefore, periodOf } from '../../../kernel/period';
import { ok, refusedBy } from '../../../kernel/result';
import { EVERY_LINE, operatorNode } from '../organisation';
import { checkPartner } from './check-partner';
import { checkTerms } from './model/charge-terms';
import { refuseService, type ServiceRefusal } from './model/refusals';

export interface ChangeChargeCodeTermsInput {
  readonly code: string;
  readonly expectedVersion: number;
  /** All of them, not what changes. */
  readonly terms: ChargeTerms;
  /** Now, when not given. It may lie in the past only while nothing was charged under the code. */
  readonly from?: Instant | null;
  /** No end, when not given: what was planned for later is replaced as well. */
  readonly to?: Instant | null;
}

/**
 * Gives a charge code other terms from an instant on, or for a time. What was charged stays with the terms that it was charged
 * under, so the past can be corrected only while there is nothing of the kind.
 */
export const changeChargeCodeTerms: UseCase<ChangeChargeCodeTermsInput, { code: string }, ServiceRefusal> = {
  name: 'changeChargeCodeTerms',
  permission: 'service:write',
  constraints: { charge_code_terms_tax_category_fkey: () => refuseService('TAX_CATEGORY_NOT_FOUND', 'terms.taxCategory') },
  async run(unit, { code, expectedVersion, terms, from, to }) {
    const locked = await lockChargeCode(unit.transaction, code);
    if (locked === undefined) return refuseService('NOT_FOUND', 'code');
    const root = await operatorNode(unit, 'service:write', refuseService, { field: 'code', line: locked.service_type ?? EVERY_LINE });
    if (!root.ok) return root;
    if (locked.version !== expectedVersion) return refuseService('STALE_VERSION', 'expectedVersion', { version: locked.version });
    const valid = periodOf(from, to, unit.now);
    const refused = refusedBy(
      checkTerms(locked.kind, terms),
      await checkPartner(unit, terms.collectedFor),
      valid !== undefined && locked.first_charged_at !== null && isBefore(valid.from, unit.now) && refuseService('ALREADY_CHARGED', 'from'),
    );
    if (refused !== undefined) return refused;
    if (valid === undefined) return refuseService('INVALID_PERIOD', to == null ? 'from' : 'to');
    const replaced = await writeTerms(unit.transaction, code, terms, valid, unit.now);
    await touchChargeCode(unit.transaction, locked);
    const after = { code, terms: { ...terms }, from: valid.from.toString(), to: valid.to?.toString() ?? null };
    const line = locked.service_type === null ? {} : { serviceType: locked.service_type };
    const before = { terms: replaced.map((old) => ({ ...old })) };
    unit.audit({ subjectKind: 'chargeCode', subjectId: locked.code_id, organisationId: root.value, ...line, before, after });
    unit.emit({ type: 'ChargeCodeAttributeValueChangeEvent', subjectKind: 'chargeCode', subjectId: locked.code_id, payload: after });
    return ok({ code });
  },
};
