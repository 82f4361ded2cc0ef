import { Temporal } from 'temporal-polyfill';
import type { CallContext } from '../../src/business/context';
import type { SqlRunner } from '../../src/data/connection/run-statement';
import { statementOf, type Sql } from '../../src/data/connection/sql';
import type { TestDatabase } from './database';

/** A node of a plan, as far as the tests look at it. */
export interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Runs a read, and shows how PostgreSQL ran each of its statements: every node of their plans. */
export async function plansOf(
  database: TestDatabase,
  context: CallContext,
  read: (context: CallContext) => Promise<unknown>,
): Promise<Plan[]> {
  const sent: Sql[] = [];
  const sql: SqlRunner = {
    query: <Row>(statement: Sql) => {
      sent.push(statement);
      return context.sql.query<Row>(statement);
    },
  };
  await read(Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(context), sql: { value: sql } }) as CallContext);
  const plans: Plan[] = [];
  for (const { statement, values } of sent.map(statementOf)) {
    const given = values.map((value) => (value instanceof Temporal.Instant ? value.toString() : value));
    const [row] = await database.raw<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`, given);
    plans.push(...nodesOf((row as NonNullable<typeof row>)['QUERY PLAN'][0].Plan));
  }
  return plans;
}
