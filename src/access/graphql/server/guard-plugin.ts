import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { Failure } from '../../../kernel/failure';
import type { Charge, GuardedContext } from './incoming-request';
import type { OperationCharge } from './guard/charge';
import { refuseRequest } from './guard/request-error';

/** Charges each operation before it runs, settles after it, and tells it in `extensions`. */
export function guardPlugin<Context extends GuardedContext>(charges: OperationCharge): ApolloServerPlugin<Context> {
  return {
    requestDidStart: () => {
      let charged: Charge | undefined;
      const listener: GraphQLRequestListener<Context> = {
        didResolveOperation: async ({ request, document, operationName, contextValue }) => {
          contextValue.account.operationName = operationName;
          try {
            charged =
              contextValue.account.charge ?? (await charges.take({ document, operationName, variables: request.variables }, contextValue));
          } catch (error) {
            throw error instanceof Failure ? refuseRequest(error) : error;
          }
        },
        willSendResponse: ({ response, contextValue, errors }) => {
          if (response.body.kind !== 'single') return Promise.resolve();
          const { singleResult } = response.body;
          const { account } = contextValue;
          if (errors !== undefined && errors.length > 0) account.outcome = errors.some(isFault) ? 'error' : 'refused';
          singleResult.extensions = { ...singleResult.extensions, ...answerExtensions(charges, charged, singleResult.data, contextValue) };
          if (account.outcome !== 'ok') singleResult.extensions['traceId'] = contextValue.traceId;
          return Promise.resolve();
        },
      };
      return Promise.resolve(listener);
    },
  };
}

/** What an answer tells beside its data: what it cost, and from where on a replica shows what it wrote. */
export function answerExtensions(
  charges: OperationCharge,
  charge: Charge | undefined,
  data: unknown,
  context: GuardedContext,
): Record<string, unknown> {
  const { readAfter } = context.account;
  return {
    ...(charge !== undefined && { cost: charges.settle(charge, data, context) }),
    ...(readAfter !== null && { readAfter }),
  };
}

const FAULTS: ReadonlySet<unknown> = new Set(['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'REPLICA_BEHIND', 'INTERNAL_SERVER_ERROR']);

/** Whether an error is Sanhu's own and not the caller's: what operations count. */
function isFault({ originalError, extensions }: GraphQLError): boolean {
  const cause = originalError instanceof GraphQLError ? originalError.originalError : originalError;
  if (cause instanceof Failure) return FAULTS.has(cause.code);
  return cause != null || FAULTS.has(extensions['code']);
}
