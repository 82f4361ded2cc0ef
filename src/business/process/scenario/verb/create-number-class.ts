import { createNumberClass, NUMBER_REFUSALS } from '../../../component/number';
import { operatorParameters } from '../../../component/organisation';
import type { Money } from '../../../../kernel/money';
import { StepMistake } from '../problem';
import { amount, text, whole, type WrittenAmount } from '../written/fields';
import { codeOf, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Makes a class of good numbers 建立号码等级. */
export const createNumberClassVerb = defineVerb({
  name: 'createNumberClass',
  section: 'numbers.classes',
  refusals: NUMBER_REFUSALS,
  input: {
    handle: newHandle('numberClass'),
    name: text.optional(),
    nameEn: text.optional(),
    minimumSpend: amount.optional(),
    minimumSpendMonths: whole(-9_999, 9_999).default(0),
    deposit: amount.optional(),
  },
  async run(stage, { handle: numberClass, name = numberClass.name, nameEn = numberClass.name, minimumSpend, minimumSpendMonths, deposit }) {
    const { currency } = await operatorParameters(stage.context);
    const money = (written: WrittenAmount | undefined, key: string): Money => {
      const read = written?.in(currency) ?? { money: { amountMinor: 0n, currency } };
      if ('reason' in read) throw new StepMistake([key], read.reason);
      return read.money;
    };
    const terms = { minimumSpend: money(minimumSpend, 'minimumSpend'), minimumSpendMonths, deposit: money(deposit, 'deposit') };
    const input = { code: codeOf(numberClass), name, nameEn, ...terms };
    return stage.bring(numberClass, createNumberClass, input, ({ numberClassId }) => numberClassId);
  },
});
