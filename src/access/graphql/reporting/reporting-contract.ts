import type { GraphQLSchema } from 'graphql';
import { buildContract } from '../server/build-contract';
import { ReportResolver } from './report/report.resolver';

/** `/reporting/graphql`: what finance and managers count, read from a replica. It has no mutation. */
export function buildReportingContract(): GraphQLSchema {
  return buildContract([ReportResolver]);
}
