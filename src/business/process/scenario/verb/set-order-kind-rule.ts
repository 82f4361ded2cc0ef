import { type z } from 'zod';
import { FIRST_RULES, ORDER_KIND_NAMES, ORDER_REFUSALS, orderRules, setOrderKindRule, type OrderKindRule } from '../../../component/order';
import { operatorParameters } from '../../../component/organisation';
import { STOP_REASONS, bitsOf } from '../../../component/subscriber';
import { StepMistake } from '../problem';
import { amount, list, orNone, text, trueOrFalse, whole, word, type WrittenAmount } from '../written/fields';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

const REST_MAX = 1_000_000;

/** What a rule says beside its fee and the stops that it allows, each key as its kind of value is written. */
const restOfRule: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries(FIRST_RULES.OPEN)
    .filter(([name]) => name !== 'feeMinor' && name !== 'stopReasonsAllowed')
    .map(([name, value]) => [name, formOf(value).optional()]),
);

function formOf(value: unknown): z.ZodType {
  if (typeof value === 'number') return whole(-REST_MAX, REST_MAX);
  return typeof value === 'boolean' ? trueOrFalse : orNone(text);
}

/** Sets what holds for a kind of order 受理规则; what is not said stays as it is. */
export const setOrderKindRuleVerb = defineVerb({
  name: 'setOrderKindRule',
  refusals: ORDER_REFUSALS,
  input: {
    kind: word(ORDER_KIND_NAMES),
    serviceType: text.optional(),
    fee: amount.optional(),
    stopReasonsAllowed: list(word(STOP_REASONS)).optional(),
    ...restOfRule,
    from: time.optional(),
  },
  async run(stage, { kind, serviceType = null, fee, stopReasonsAllowed, from, ...rest }) {
    const { context } = stage;
    const { currency: feeCurrency } = await operatorParameters(context);
    const held = (await orderRules(context))(kind, serviceType);
    const rule: OrderKindRule = {
      ...bare(held),
      ...(rest as Partial<OrderKindRule>),
      ...feeOf(fee, feeCurrency),
      ...(stopReasonsAllowed !== undefined && { stopReasonsAllowed: bitsOf(stopReasonsAllowed) }),
    };
    return stage.execute(setOrderKindRule, { kind, serviceType, rule, feeCurrency, from: stage.instantOf(from) });
  },
});

/** Of a rule as it was set, what it says: not since when. */
function bare(held: OrderKindRule): OrderKindRule {
  const said = Object.keys(FIRST_RULES.OPEN) as (keyof OrderKindRule)[];
  return Object.fromEntries(said.map((name) => [name, held[name]])) as unknown as OrderKindRule;
}

function feeOf(fee: WrittenAmount | undefined, currency: Parameters<WrittenAmount['in']>[0]): { readonly feeMinor?: bigint } {
  if (fee === undefined) return {};
  const read = fee.in(currency);
  if ('reason' in read) throw new StepMistake(['fee'], read.reason);
  return { feeMinor: read.money.amountMinor };
}
