import type { Transaction } from '../../connection/core-database';
import { sql, type Sql } from '../../connection/sql';
import type { SqlRunner } from '../../connection/run-statement';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { DATED_COLUMNS, dated, type Dated, type DatedRow } from '../dated-fact/dated';
import { factAt, type FactTime } from '../dated-fact/fact-at';
import { writeDatedFact, type FactTable } from '../dated-fact/write-dated-fact';

/** What holds for one kind of order 受理规则: its fee, how long it may take, and whom it is refused. */
export interface OrderKindRule {
  /** In the operator's currency; 0: free. */
  readonly feeMinor: bigint;
  /** Under which the fee is billed; there is one where there is a fee. */
  readonly feeChargeCode: string | null;
  readonly feeTaxIncluded: boolean;
  readonly dueMinutes: number;
  /** Whole months, and days, since the subscriber was opened 在网时长. */
  readonly monthsInNet: number;
  readonly daysInNet: number;
  /** Bits of stop reasons that do not stand in the way. */
  readonly stopReasonsAllowed: number;
  readonly arrearsRefused: boolean;
  /** Whether a contract that binds one of the subscriber's products stands in the way. */
  readonly contractRefused: boolean;
  /** Where people do a step of it; null: no step of it is done by hand. */
  readonly workQueue: string | null;
  /** For how long it waits for its payment, or for approval. */
  readonly paymentHours: number;
}

/** A rule as the operator has set it, for every line of business (`serviceType` null) or for one. */
export interface SetOrderKindRule extends OrderKindRule, Dated {
  readonly kind: string;
  readonly serviceType: string | null;
}

const RULE_FACT: FactTable = {
  name: 'order_kind_rule',
  columns: [
    'kind',
    'service_type',
    'fee_minor',
    'fee_charge_code',
    'fee_tax_included',
    'due_minutes',
    'months_in_net',
    'days_in_net',
    'stop_reasons_allowed',
    'arrears_refused',
    'contract_refused',
    'work_queue',
    'payment_hours',
  ],
};

interface RuleRow extends DatedRow {
  readonly kind: string;
  readonly service_type: string | null;
  readonly fee_minor: string;
  readonly fee_charge_code: string | null;
  readonly fee_tax_included: boolean;
  readonly due_minutes: number;
  readonly months_in_net: number;
  readonly days_in_net: number;
  readonly stop_reasons_allowed: number;
  readonly arrears_refused: boolean;
  readonly contract_refused: boolean;
  readonly work_queue: string | null;
  readonly payment_hours: number;
}

/** Every rule that the operator has set, at a time: at most one for each kind and line of business. */
export function selectOrderKindRules(runner: SqlRunner, time: FactTime): Promise<SetOrderKindRule[]> {
  return selectWhere(runner, factAt('f', time));
}

/** Every rule that has held, holds or is to hold, as is known today. */
export function selectEveryOrderKindRule(runner: SqlRunner): Promise<SetOrderKindRule[]> {
  return selectWhere(runner, sql`upper_inf(f.recorded)`);
}

async function selectWhere(runner: SqlRunner, condition: Sql): Promise<SetOrderKindRule[]> {
  const rows = await runner.query<RuleRow>(sql`
    SELECT f.kind, f.service_type, f.fee_minor, f.fee_charge_code, f.fee_tax_included, f.due_minutes, f.months_in_net, f.days_in_net,
           f.stop_reasons_allowed, f.arrears_refused, f.contract_refused, f.work_queue, f.payment_hours, ${DATED_COLUMNS}
    FROM order_kind_rule f WHERE ${condition} ORDER BY f.kind, f.service_type NULLS FIRST`);
  return rows.map((row) =>
    dated(row, {
      kind: row.kind,
      serviceType: row.service_type,
      feeMinor: BigInt(row.fee_minor),
      feeChargeCode: row.fee_charge_code,
      feeTaxIncluded: row.fee_tax_included,
      dueMinutes: row.due_minutes,
      monthsInNet: row.months_in_net,
      daysInNet: row.days_in_net,
      stopReasonsAllowed: row.stop_reasons_allowed,
      arrearsRefused: row.arrears_refused,
      contractRefused: row.contract_refused,
      workQueue: row.work_queue,
      paymentHours: row.payment_hours,
    }),
  );
}

/** Whoever sets a rule of a kind waits for whoever else does: there is no row that both could lock before the first. */
export async function lockKindRules(transaction: Transaction, kind: string): Promise<void> {
  await transaction.query(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`sanhu order kind ${kind}`}, 0))`);
}

/** Sets a rule from an instant on; what was planned from then on is replaced. */
export async function writeOrderKindRule(
  transaction: Transaction,
  { kind, serviceType, rule }: { readonly kind: string; readonly serviceType: string | null; readonly rule: OrderKindRule },
  valid: { readonly from: Instant; readonly to: Instant | null },
  now: Instant,
): Promise<Id<'fact'> | null> {
  const fact = {
    kind,
    service_type: serviceType,
    fee_minor: rule.feeMinor,
    fee_charge_code: rule.feeChargeCode,
    fee_tax_included: rule.feeTaxIncluded,
    due_minutes: rule.dueMinutes,
    months_in_net: rule.monthsInNet,
    days_in_net: rule.daysInNet,
    stop_reasons_allowed: rule.stopReasonsAllowed,
    arrears_refused: rule.arrearsRefused,
    contract_refused: rule.contractRefused,
    work_queue: rule.workQueue,
    payment_hours: rule.paymentHours,
  };
  const key = { kind, "coalesce(service_type, '')": serviceType ?? '' };
  return (await writeDatedFact(transaction, RULE_FACT, { key, fact, valid, now })).id;
}
