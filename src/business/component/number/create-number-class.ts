import type { UseCase } from '../../execute';
import { insertNumberClass, type NumberClassFields } from '../../../data/operation/number/write-number-class';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { checkDepositCode } from './check-deposit-code';
import { checkNamed, checkTerms, type ClassTerms } from './model/checks';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { whereClassesStand } from './where-classes-stand';

export interface CreateNumberClassInput extends ClassTerms {
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string | null;
}

/** Makes a class of good numbers 建立号码等级, with what whoever takes one undertakes to spend and deposits. */
export const createNumberClass: UseCase<CreateNumberClassInput, { numberClassId: Id<'numberClass'> }, NumberRefusal> = {
  name: 'createNumberClass',
  permission: 'number:write',
  constraints: { number_class_code_key: () => refuseNumber('CODE_TAKEN', 'code') },
  async run(unit, input) {
    const root = await whereClassesStand(unit);
    if (!root.ok) return root;
    const refused = refusedBy(checkNamed(input), checkTerms(input), await checkDepositCode(unit, input.depositChargeCode));
    if (refused !== undefined) return refused;
    const { code } = input;
    const fields = fieldsOf(input);
    const numberClassId = await insertNumberClass(unit.transaction, { code, ...fields }, unit.now);
    const subject = { subjectKind: 'numberClass', subjectId: numberClassId } as const;
    unit.audit({ ...subject, organisationId: root.value, before: null, after: { code, ...toJson(fields) } });
    unit.emit({ ...subject, type: 'NumberClassCreateEvent', payload: { code, ...toJson(fields) } });
    return ok({ numberClassId });
  },
};

export function fieldsOf({
  name,
  nameEn = null,
  minimumSpend,
  minimumSpendMonths,
  deposit,
  depositChargeCode = null,
}: CreateNumberClassInput): NumberClassFields {
  return {
    name,
    nameEn,
    currency: minimumSpend.currency,
    minimumSpendMinor: minimumSpend.amountMinor,
    minimumSpendMonths,
    depositMinor: deposit.amountMinor,
    depositChargeCode,
  };
}

/** Amounts in the trail are texts: JSON has no whole numbers of that size. */
export function toJson({ minimumSpendMinor, depositMinor, ...fields }: NumberClassFields): Readonly<Record<string, Json>> {
  return { ...fields, minimumSpendMinor: minimumSpendMinor.toString(), depositMinor: depositMinor.toString() };
}
