import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Configuration } from '../../../config/parameters';
import { Failure } from '../../../kernel/failure';
import type { Metrics } from '../../http/metrics';
import { GraphqlEndpoint } from './graphql-endpoint';
import { guardPlugin } from './guard-plugin';
import type { GuardedContext } from './incoming-request';
import { OperationCharge } from './guard/charge';
import { FIXED_DOCUMENT_LIMITS, documentLimitRule, parseOptionsOf } from './guard/document-limits';
import { maskErrors } from './guard/mask-errors';
import type { TokenBucket } from './guard/token-bucket';
import type { DocumentLookup } from './guard/trusted-documents';

export interface ContractServices {
  readonly configuration: Configuration;
  readonly bucket: TokenBucket;
  readonly lookup: DocumentLookup;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** A contract behind every guard. */
export function makeContractEndpoint<Context extends GuardedContext>(
  schema: GraphQLSchema,
  services: ContractServices,
): GraphqlEndpoint<Context> {
  const { configuration, bucket, lookup, log } = services;
  const production = configuration.environment === 'production';
  const limits = {
    ...FIXED_DOCUMENT_LIMITS,
    tokensMax: configuration.queryTokensMax,
    depthMax: configuration.queryDepthMax,
    aliasesMax: configuration.queryAliasesMax,
  };
  const charges = new OperationCharge(schema, bucket, configuration.queryCostMax);
  // Apollo formats an error without its request; the trace is kept by the error until then.
  const traces = new WeakMap<object, string>();
  return new GraphqlEndpoint<Context>({
    schema,
    production,
    lookup,
    validationRules: [documentLimitRule(limits)],
    parseOptions: parseOptionsOf(limits),
    formatError: maskErrors({
      hideSchema: production,
      traceId: (error) => (typeof error === 'object' && error !== null ? traces.get(error) : undefined),
      report: (error, traceId) => log.error({ err: error, traceId }, 'request failed'),
    }),
    charges,
    plugins: [guardPlugin<Context>(charges), errorPlugin<Context>(traces, services.metrics)],
  });
}

/** Remembers whose error it was, and counts it by code. */
function errorPlugin<Context extends GuardedContext>(traces: WeakMap<object, string>, metrics: Metrics): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors: ({ errors, contextValue }) => {
          for (const error of errors) {
            traces.set(error, contextValue.traceId);
            const cause = error.originalError ?? error;
            metrics.countFailure(cause instanceof Failure ? cause.code : 'OTHER');
          }
          return Promise.resolve();
        },
      }),
  };
}
