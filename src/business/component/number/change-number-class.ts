import type { UseCase } from '../../execute';
import { lockNumberClass, updateNumberClass } from '../../../data/operation/number/write-number-class';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { checkDepositCode } from './check-deposit-code';
import { fieldsOf, toJson } from './create-number-class';
import { checkNamed, checkTerms, type ClassTerms } from './model/checks';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { whereClassesStand } from './where-classes-stand';

export interface ChangeNumberClassInput extends Partial<ClassTerms> {
  readonly numberClassId: Id<'numberClass'>;
  readonly expectedVersion: number;
  readonly name?: string;
  readonly nameEn?: string | null;
}

/**
 * Changes a class of good numbers 变更号码等级; what is not given stays. Who has taken a number of it keeps the terms that he
 * undertook: they are part of his order.
 */
export const changeNumberClass: UseCase<ChangeNumberClassInput, { numberClassId: Id<'numberClass'> }, NumberRefusal> = {
  name: 'changeNumberClass',
  permission: 'number:write',
  async run(unit, input) {
    const root = await whereClassesStand(unit);
    if (!root.ok) return root;
    const known = await lockNumberClass(unit.transaction, input.numberClassId);
    if (known === undefined) return refuseNumber('NOT_FOUND', 'numberClassId');
    if (known.version !== input.expectedVersion) return refuseNumber('STALE_VERSION', 'expectedVersion', { version: known.version });
    const { code, currency } = known;
    const next = {
      code,
      name: input.name ?? known.name,
      nameEn: input.nameEn === undefined ? known.nameEn : input.nameEn,
      minimumSpend: input.minimumSpend ?? { amountMinor: known.minimumSpendMinor, currency },
      minimumSpendMonths: input.minimumSpendMonths ?? known.minimumSpendMonths,
      deposit: input.deposit ?? { amountMinor: known.depositMinor, currency },
      depositChargeCode: input.depositChargeCode === undefined ? known.depositChargeCode : input.depositChargeCode,
    };
    const refused = refusedBy(checkNamed(next), checkTerms(next), await checkDepositCode(unit, input.depositChargeCode));
    if (refused !== undefined) return refused;
    const [before, after] = [toJson(fieldsBefore(known)), toJson(fieldsOf(next))];
    await updateNumberClass(unit.transaction, known, fieldsOf(next));
    const subject = { subjectKind: 'numberClass', subjectId: known.id } as const;
    unit.audit({ ...subject, organisationId: root.value, before, after });
    unit.emit({ ...subject, type: 'NumberClassAttributeValueChangeEvent', payload: { code, ...after } });
    return ok({ numberClassId: known.id });
  },
};

type Known = NonNullable<Awaited<ReturnType<typeof lockNumberClass>>>;

function fieldsBefore({
  name,
  nameEn,
  currency,
  minimumSpendMinor,
  minimumSpendMonths,
  depositMinor,
  depositChargeCode,
}: Known): Parameters<typeof toJson>[0] {
  return { name, nameEn, currency, minimumSpendMinor, minimumSpendMonths, depositMinor, depositChargeCode };
}
