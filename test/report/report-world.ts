import { Temporal } from 'temporal-polyfill';
import {
  auditPartySummary,
  foldPartySummary,
  type MovementQuestion,
  type StockQuestion,
  type TrendQuestion,
} from '../../src/business/component/report';
import type { ReportContext } from '../../src/business/context';
import { systemScope, Scope } from '../../src/kernel/scope';
import type { TestDatabase } from '../support/database';
import type { PartyWorld } from '../support/party-world';

export const date = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);

/** A report's context on the test's one server, as if it were a replica without lag. */
export function reportContext(database: TestDatabase, world: PartyWorld, scope: Scope = systemScope): ReportContext {
  const now = world.clock.now();
  return { scope, now, replica: () => Promise.resolve({ runner: database.core.reader(), lagMs: 0, replica: 'test', asOf: now }) };
}

/** May read reports at a node, for some lines of business. */
export function financeAt(node: string, lines: readonly string[] | null = null): Scope {
  return Scope.of([{ permission: 'report:read', node, lines }]);
}

export const STOCK: StockQuestion = { organisationId: null, depth: 0, party: null, serviceType: null, byServiceType: false };

export const MOVEMENT: MovementQuestion = {
  organisationId: null, depth: 0, serviceType: null, byServiceType: false, from: date('2026-01-01'), to: date('2027-01-01'), by: 'DAY',
}; // prettier-ignore

export const TREND: TrendQuestion = {
  ...MOVEMENT, statuses: ['active', 'suspended', 'pendingTerminate'], byStatus: false, knownAt: null,
}; // prettier-ignore

/** Folds until nothing is left; returns how many deltas there were. */
export async function foldAll({ core }: TestDatabase, world: PartyWorld): Promise<number> {
  let rows = 0;
  for (;;) {
    const { value } = await core.transaction(async (transaction) => ({
      commit: true,
      value: await foldPartySummary(transaction, world.clock.now()),
    }));
    rows += value.rows;
    if (!value.more) return rows;
  }
}

export async function expectNoDifference({ core }: TestDatabase): Promise<void> {
  expect((await auditPartySummary({ sql: core.reader() })).differences).toEqual([]);
}
