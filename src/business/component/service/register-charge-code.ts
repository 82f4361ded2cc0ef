import type { UseCase } from '../../execute';
import type { ChargeCodeName, ChargeTerms } from '../../../data/operation/service/charge-code';
import { insertChargeCode, writeTerms } from '../../../data/operation/service/write-charge-code';
import type { Instant } from '../../../kernel/clock';
import { periodOf } from '../../../kernel/period';
import { ok, refusedBy } from '../../../kernel/result';
import { EVERY_LINE, operatorNode } from '../organisation';
import { checkPartner } from './check-partner';
import { checkTerms } from './model/charge-terms';
import { checkCode, checkNames, isCode } from './model/checks';
import { refuseService, type ServiceRefusal } from './model/refusals';

export interface RegisterChargeCodeInput extends ChargeCodeName {
  /** Its first terms. */
  readonly terms: ChargeTerms;
  /** From when they hold; it may lie in the past, for nothing was charged under the code yet. Now, when not given. */
  readonly from?: Instant | null;
}

/** Registers a charge code 账目项 with its first terms, for one service type or for every one. */
export const registerChargeCode: UseCase<RegisterChargeCodeInput, { code: string }, ServiceRefusal> = {
  name: 'registerChargeCode',
  permission: 'service:write',
  constraints: {
    charge_code_pkey: () => refuseService('CODE_TAKEN', 'code'),
    charge_code_service_type_fkey: () => refuseService('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
    charge_code_terms_tax_category_fkey: () => refuseService('TAX_CATEGORY_NOT_FOUND', 'terms.taxCategory'),
  },
  async run(unit, { terms, from, ...name }) {
    const root = await operatorNode(unit, 'service:write', refuseService, { field: 'serviceType', line: name.serviceType ?? EVERY_LINE });
    if (!root.ok) return root;
    const valid = periodOf(from, null, unit.now);
    const refused = refusedBy(
      checkCode(name.code),
      checkNames(name),
      name.serviceType !== null && !isCode(name.serviceType) && refuseService('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
      checkTerms(name.kind, terms),
      await checkPartner(unit, terms.collectedFor),
    );
    if (refused !== undefined) return refused;
    if (valid === undefined) return refuseService('INVALID_PERIOD', 'from');
    const id = await insertChargeCode(unit.transaction, name, unit.now);
    await writeTerms(unit.transaction, name.code, terms, valid, unit.now);
    const after = { ...name, terms: { ...terms }, from: valid.from.toString() };
    const line = name.serviceType === null ? {} : { serviceType: name.serviceType };
    unit.audit({ subjectKind: 'chargeCode', subjectId: id, organisationId: root.value, ...line, before: null, after });
    unit.emit({ type: 'ChargeCodeCreateEvent', subjectKind: 'chargeCode', subjectId: id, payload: after });
    return ok({ code: name.code });
  },
};
