import { lockKindRules, writeOrderKindRule, type OrderKindRule } from '../../../data/operation/order/order-kind-rule';
import type { UseCase } from '../../execute';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { formatAmount, type CurrencyCode } from '../../../kernel/money';
import { isBefore, periodOf } from '../../../kernel/period';
import { ok, refusedBy } from '../../../kernel/result';
import { managingNode, operatorParameters, selectRootId } from '../organisation';
import { selectServiceTypes } from '../service';
import { FIRST_RULES } from './first-rules';
import { forgetOrderRules } from './order-rules';
import type { OrderKindName } from './model/order-kinds';
import { refuseOrder, type OrderRefusal } from './model/refusals';

export interface SetOrderKindRuleInput {
  readonly kind: OrderKindName;
  /** For this line of business alone; for every line, when null. */
  readonly serviceType: string | null;
  /** Where it says nothing of contracts, what the program's own rule of the kind says. */
  readonly rule: Omit<OrderKindRule, 'contractRefused'> & { readonly contractRefused?: boolean | undefined };
  readonly feeCurrency: CurrencyCode;
  /** Now, when not given; never in the past, where orders were accepted by what held then. */
  readonly from?: Instant | null;
}

/** Sets what holds for a kind of order 受理规则, for the whole operator, from an instant on. */
export const setOrderKindRule: UseCase<SetOrderKindRuleInput, { ruleId: Id<'fact'> | null }, OrderRefusal> = {
  name: 'setOrderKindRule',
  permission: 'orderrule:write',
  constraints: {
    order_kind_rule_fee_charge_code_fkey: () => refuseOrder('CHARGE_CODE_NOT_FOUND', 'feeChargeCode'),
    order_kind_rule_service_type_fkey: () => refuseOrder('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
  },
  async run(unit, { kind, serviceType, rule: asked, feeCurrency, from }) {
    const rule = { ...asked, contractRefused: asked.contractRefused ?? FIRST_RULES[kind].contractRefused };
    const rootId = await selectRootId(unit);
    if (rootId === undefined || (await managingNode(unit, rootId, 'orderrule:write', refuseOrder)) !== undefined) {
      return refuseOrder('OUTSIDE_SCOPE', 'kind');
    }
    const { currency } = await operatorParameters(unit);
    const valid = periodOf(from, null, unit.now);
    if (valid === undefined) return refuseOrder('INVALID_PERIOD', 'from');
    const refused = refusedBy<OrderRefusal>(
      isBefore(valid.from, unit.now) && refuseOrder('IN_THE_PAST', 'from'),
      serviceType !== null &&
        (await selectServiceTypes(unit, [serviceType])).length === 0 &&
        refuseOrder('SERVICE_TYPE_NOT_FOUND', 'serviceType'),
      feeCurrency !== currency && refuseOrder('CURRENCY_DIFFERS', 'fee.currency'),
      rule.feeMinor > FEE_MINOR_MAX &&
        refuseOrder('RULE_INVALID', 'fee.amount', { reason: `≤ ${formatAmount({ amountMinor: FEE_MINOR_MAX, currency: feeCurrency })}` }),
      ...checkBounds(rule),
      kind === 'SYNCHRONISE' && rule.feeMinor > 0n && refuseOrder('RULE_INVALID', 'fee.amount', { reason: SYSTEM_PAYS_NOTHING }),
    );
    if (refused !== undefined) return refused;
    unit.afterCommit(forgetOrderRules);
    await lockKindRules(unit.transaction, kind);
    const ruleId = await writeOrderKindRule(unit.transaction, { kind, serviceType, rule }, valid, unit.now);
    const after = { kind, serviceType, ...rule, feeMinor: rule.feeMinor.toString(), from: valid.from.toString() };
    unit.audit({ subjectKind: 'orderKindRule', subjectId: ruleId ?? rootId, organisationId: rootId, before: null, after });
    unit.emit({
      type: 'OrderKindRuleAttributeValueChangeEvent',
      subjectKind: 'orderKindRule',
      subjectId: ruleId ?? rootId,
      payload: { kind, serviceType },
    });
    return ok({ ruleId });
  },
};

/** Its orders are the system's own: they would wait for a payment for ever, and the network would be told of nothing. */
const SYSTEM_PAYS_NOTHING = { zh: '同步开通由系统发起，不收费', en: 'the system itself orders that, and pays nothing' };

/** The fees of all items of an order, with their tax, are one amount in the database. */
const FEE_MINOR_MAX = 100_000_000_000_000n;

const BOUNDS = { dueMinutes: [1, 525_600], monthsInNet: [0, 120], daysInNet: [0, 3_650], paymentHours: [1, 8_760] } as const;

function checkBounds(rule: OrderKindRule): (false | ReturnType<typeof refuseOrder>)[] {
  const outside = Object.entries(BOUNDS).map(([name, [least, most]]) => {
    const value = rule[name as keyof typeof BOUNDS];
    return (
      !(Number.isInteger(value) && value >= least && value <= most) && refuseOrder('RULE_INVALID', name, { reason: `${least}–${most}` })
    );
  });
  const queue = rule.workQueue;
  return [
    ...outside,
    rule.feeMinor < 0n && refuseOrder('RULE_INVALID', 'fee.amount', { reason: '≥ 0' }),
    rule.feeMinor > 0n && rule.feeChargeCode === null && refuseOrder('CHARGE_CODE_NEEDED', 'feeChargeCode'),
    queue !== null && !/^[A-Z][A-Z0-9_]{1,39}$/.test(queue) && refuseOrder('RULE_INVALID', 'workQueue', { reason: 'A–Z, 0–9, _' }),
  ];
}
