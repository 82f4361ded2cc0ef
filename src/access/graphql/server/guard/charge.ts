import type { DocumentNode, GraphQLSchema } from 'graphql';
import { when, type MaybePromise } from '../../../../kernel/maybe-promise';
import type { Charge, GuardedContext } from '../incoming-request';
import { checkIntrospection } from './introspection';
import { checkCost, costExtension, costPlanOf, refundOf, type CostExtension, type Variables } from './query-cost';
import { throttled, type Taken, type TokenBucket } from './token-bucket';

export interface ChargedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Variables | undefined;
}

/**
 * Asks of an operation before it runs: may the caller introspect, is it too dear, is the caller's budget spent? After it, gives
 * back what it did not cost.
 */
export class OperationCharge {
  public constructor(
    private readonly schema: GraphQLSchema,
    private readonly bucket: TokenBucket,
    private readonly costMax: number,
  ) {}

  /**
   * Charges what the operation may cost; at once, where the buckets are in process. Undefined: there is no such operation.
   * @throws Failure FORBIDDEN, QUERY_TOO_COMPLEX, THROTTLED
   */
  public take({ document, operationName, variables }: ChargedOperation, context: GuardedContext): MaybePromise<Charge | undefined> {
    checkIntrospection(document, context.scope);
    const plan = costPlanOf(this.schema, document, operationName);
    if (plan === undefined) return undefined;
    const requested = plan.requested(variables);
    checkCost(requested, this.costMax);
    const { apiClient, actorId } = context.principal;
    const limits = { capacity: apiClient.costCapacity, restorePerSecond: apiClient.costRestore };
    const charged = (taken: Taken): Charge => {
      if (!taken.allowed) throw throttled(taken);
      return { plan, requested, available: taken.available, limits };
    };
    const taking = this.bucket.take(actorId, requested, limits);
    return when(taking, charged);
  }

  /** Gives back what the answer did not cost, and tells what it cost. */
  public settle(charge: Charge, data: unknown, context: GuardedContext): CostExtension {
    const { plan, requested, available, limits } = charge;
    const actual = plan.actual(data);
    this.bucket.refund(context.principal.actorId, refundOf(requested, actual), limits);
    context.account.actualCost = actual;
    return costExtension(requested, actual, available, limits);
  }
}
