import { selectEveryOrderKindRule, type OrderKindRule, type SetOrderKindRule } from '../../../data/operation/order/order-kind-rule';
import type { ReadContext } from '../../context';
import { instantFromDatabase, type Instant } from '../../../kernel/clock';
import { localDate, type TimeZone } from '../../../kernel/calendar';
import { isBefore } from '../../../kernel/period';
import { refusedBy } from '../../../kernel/result';
import { ShortLived } from '../../../kernel/short-lived';
import { STOP_REASON_WORDS, STOP_REASON_BITS, stopReasonsOf, type LockedSubscriber } from '../subscriber';
import { FIRST_RULES } from './first-rules';
import type { OrderKindName } from './model/order-kinds';
import { refuseOrder, type OrderRefusal } from './model/refusals';

/** The rule of each kind and line of business at an instant. */
export type OrderRules = (kind: OrderKindName, serviceType: string | null) => OrderKindRule;

const KEPT_MS = 5_000;
const kept = new ShortLived<readonly SetOrderKindRule[]>(KEPT_MS);

/**
 * The rules that hold now: the line's own before that of every line, and that before the program's. They are asked of every order and
 * seldom set: each process keeps them for at most 5 s, with those that have been and are to come.
 */
export async function orderRules({ sql, now }: Pick<ReadContext, 'sql' | 'now'>): Promise<OrderRules> {
  const set = await kept.get(() => selectEveryOrderKindRule(sql));
  const held = set.filter(({ validFrom, validTo }) => !isBefore(now, validFrom) && (validTo === null || isBefore(now, validTo)));
  const rules = new Map<string, OrderKindRule>(held.map((rule) => [`${rule.kind} ${rule.serviceType ?? ''}`, rule]));
  return (kind, serviceType) => rules.get(`${kind} ${serviceType ?? ''}`) ?? rules.get(`${kind} `) ?? FIRST_RULES[kind];
}

export function forgetOrderRules(): void {
  kept.forget();
}

/** A product with the first day on which no contract binds it any more. */
export interface BoundProduct {
  readonly product: string;
  readonly until: string;
}

const ARREARS = STOP_REASON_BITS.ARREARS_ONE_WAY | STOP_REASON_BITS.ARREARS_TWO_WAY;

/** Whether a rule lets something be done for a subscriber: every reason why not, with the field of the input that named it. */
export function checkRule(
  rule: OrderKindRule,
  subscriber: LockedSubscriber,
  {
    now,
    timeZone,
    inArrears,
    activatedAt,
    bound,
    field,
  }: {
    readonly now: ReadContext['now'];
    readonly timeZone: TimeZone;
    readonly inArrears: boolean;
    /** When it was put in service, where it was opened ahead: before that it was in nobody's use. */
    readonly activatedAt: Instant | undefined;
    /** What a contract binds, where the rule asks for it. */
    readonly bound: readonly BoundProduct[];
    readonly field: string;
  },
): ReturnType<typeof refusedBy<OrderRefusal>> {
  const { stop_reasons: stops, opened_at: openedAt } = subscriber;
  const owed = rule.arrearsRefused && (inArrears || (stops & ARREARS) !== 0);
  // Arrears are told once, by their own name.
  const inTheWay = stops & ~rule.stopReasonsAllowed & (owed ? ~ARREARS : ~0);
  const opened = localDate(activatedAt ?? instantFromDatabase(openedAt), timeZone);
  const today = localDate(now, timeZone);
  const sinceLessThan = (length: { months?: number; days?: number }): boolean => today.since(opened.add(length)).sign < 0;
  return refusedBy<OrderRefusal>(
    inTheWay !== 0 &&
      refuseOrder('STOP_REASON_REFUSES', field, { reasons: stopReasonsOf(inTheWay).map((reason) => STOP_REASON_WORDS[reason]) }),
    owed && refuseOrder('IN_ARREARS', field),
    ...bound.map(({ product, until }) => rule.contractRefused && refuseOrder('IN_CONTRACT', field, { product, until })),
    sinceLessThan({ months: rule.monthsInNet }) && refuseOrder('MONTHS_IN_NET', field, { months: rule.monthsInNet }),
    sinceLessThan({ days: rule.daysInNet }) && refuseOrder('DAYS_IN_NET', field, { days: rule.daysInNet }),
  );
}
