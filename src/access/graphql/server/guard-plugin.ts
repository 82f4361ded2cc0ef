import type { ApolloServerPlugin, GraphQLRequestContext, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { Failure } from '../../../kernel/failure';
import type { Scope } from '../../../kernel/scope';
import type { AccountedRequest } from './incoming-request';
import type { Principal } from '../../../business/component/staff';
import { checkIntrospection } from './guard/introspection';
import { checkCost, costExtension, costPlanOf, refundOf, type CostPlan } from './guard/query-cost';
import { refuseRequest } from './guard/request-error';
import { throttled, type BucketLimits, type TokenBucket } from './guard/token-bucket';

/** What a guarded request carries. */
export interface GuardedContext extends AccountedRequest {
  readonly scope: Scope;
  readonly principal: Principal;
  readonly traceId: string;
}

export interface GuardOptions {
  readonly schema: GraphQLSchema;
  readonly bucket: TokenBucket;
  readonly costMax: number;
}

/** What one request was charged. */
interface Charge {
  readonly plan: CostPlan;
  readonly requested: number;
  readonly available: number;
  readonly limits: BucketLimits;
}

/**
 * Asks of each operation, before it runs: may the caller introspect, is it too dear, is the caller's budget spent? After it,
 * gives back what it did not cost and says so in `extensions`.
 */
export function guardPlugin<Context extends GuardedContext>({ schema, bucket, costMax }: GuardOptions): ApolloServerPlugin<Context> {
  async function charge(request: GraphQLRequestContext<Context>): Promise<Charge | undefined> {
    const { document, operationName, contextValue } = request;
    if (document === undefined) return undefined;
    checkIntrospection(document, contextValue.scope);
    const plan = costPlanOf(schema, document, operationName);
    if (plan === undefined) return undefined;
    const requested = plan.requested(request.request.variables);
    checkCost(requested, costMax);
    const { principal } = contextValue;
    const limits = { capacity: principal.apiClient.costCapacity, restorePerSecond: principal.apiClient.costRestore };
    const taking = bucket.take(principal.actorId, requested, limits);
    const taken = taking instanceof Promise ? await taking : taking;
    if (!taken.allowed) throw throttled(taken);
    return { plan, requested, available: taken.available, limits };
  }

  return {
    requestDidStart: () => {
      let charged: Charge | undefined;
      const listener: GraphQLRequestListener<Context> = {
        didResolveOperation: async (request) => {
          request.contextValue.account.operationName = request.operationName ?? null;
          try {
            charged = await charge(request);
          } catch (error) {
            throw error instanceof Failure ? refuseRequest(error) : error;
          }
        },
        willSendResponse: ({ response, contextValue, errors }) => {
          if (response.body.kind !== 'single') return Promise.resolve();
          const { singleResult } = response.body;
          const extensions: Record<string, unknown> = { ...singleResult.extensions };
          if (charged !== undefined) {
            const actual = charged.plan.actual(singleResult.data);
            bucket.refund(contextValue.principal.actorId, refundOf(charged.requested, actual), charged.limits);
            extensions['cost'] = costExtension(charged.requested, actual, charged.available, charged.limits);
            contextValue.account.actualCost = actual;
          }
          const { account } = contextValue;
          if (account.readAfter !== null) extensions['readAfter'] = account.readAfter;
          if (errors !== undefined && errors.length > 0) {
            extensions['traceId'] = contextValue.traceId;
            account.outcome = errors.some(isFault) ? 'error' : 'refused';
          }
          singleResult.extensions = extensions;
          return Promise.resolve();
        },
      };
      return Promise.resolve(listener);
    },
  };
}

const FAULTS: ReadonlySet<unknown> = new Set(['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'REPLICA_BEHIND', 'INTERNAL_SERVER_ERROR']);

/** Whether an error is Sanhu's own and not the caller's: what operations count. */
function isFault({ originalError, extensions }: GraphQLError): boolean {
  const cause = originalError instanceof GraphQLError ? originalError.originalError : originalError;
  if (cause instanceof Failure) return FAULTS.has(cause.code);
  return cause != null || FAULTS.has(extensions['code']);
}
