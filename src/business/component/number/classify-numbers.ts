import type { UseCase } from '../../execute';
import { updateNumberClasses } from '../../../data/operation/number/write-access-numbers';
import { selectKnownClassCodes } from '../../../data/operation/number/write-number-class';
import { ok } from '../../../kernel/result';
import { numbersToChange, type NumbersChanged, type NumbersInput } from './change-standing';
import { refuseNumber, type NumberRefusal } from './model/refusals';
import { recordClass } from './record-numbers';

export interface ClassifyNumbersInput extends NumbersInput {
  /** Null: of no class. */
  readonly classCode: string | null;
}

/** Puts numbers into a class 号码分级, or out of any. Whoever has one already keeps the terms that he undertook. */
export const classifyNumbers: UseCase<ClassifyNumbersInput, NumbersChanged, NumberRefusal> = {
  name: 'classifyNumbers',
  permission: 'number:write',
  async run(unit, { classCode, ...input }) {
    const known = await selectKnownClassCodes(unit.transaction, classCode === null ? [] : [classCode]);
    if (classCode !== null && !known.has(classCode)) return refuseNumber('CLASS_NOT_FOUND', 'classCode');
    const numbers = await numbersToChange(unit, input);
    if (!numbers.ok) return numbers;
    const accessNumberIds = numbers.value.map(({ id }) => id);
    await updateNumberClasses(unit, accessNumberIds, classCode);
    for (const number of numbers.value) recordClass(unit, number, classCode);
    return ok({ accessNumberIds });
  },
};
