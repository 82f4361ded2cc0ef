import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { GraphQLError, execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { enrichInfo } from './look-ahead';

/** How many compiled operations are kept: a deployment's clients send some hundreds. */
const COMPILED_MAX = 1_000;

/** What is compiled on its second use: compiling costs more than one plain execution, and a query may never come again. */
const COMPILE_AT_USE = 2;

type Compiled = CompiledQuery<ExecutionResult, object>;

/**
 * Executes operations through graphql-jit, by Apollo's gateway hook: the one place where Apollo Server lets another
 * executor in (apollographql/apollo-server#7981).
 */
export function compiledExecution(schema: GraphQLSchema): GatewayInterface {
  const uses = new LRUCache<string, { count: number; compiled: Compiled | undefined }>({ max: COMPILED_MAX });

  function compiledFor(key: string, document: DocumentNode, operationName: string | undefined): Compiled | undefined {
    const known = uses.get(key) ?? { count: 0, compiled: undefined };
    known.count += 1;
    if (known.count === 1) uses.set(key, known);
    if (known.compiled === undefined && known.count >= COMPILE_AT_USE) {
      const compiled = compileQuery(schema, document, operationName, { resolverInfoEnricher: enrichInfo });
      if (isCompiledQuery(compiled)) known.compiled = compiled as Compiled;
    }
    return known.compiled;
  }

  return {
    onSchemaLoadOrUpdate: (callback) => {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: async ({ document, queryHash, operationName, request, context }) => {
          // Apollo found no such operation. Without this the document's only operation would run, whatever name was asked for.
          if (operationName === null && request.operationName !== undefined) {
            return execute({ schema, document, contextValue: context, operationName: request.operationName });
          }
          const name = operationName ?? undefined;
          const compiled = compiledFor(`${queryHash} ${name ?? ''}`, document, name);
          if (compiled === undefined) {
            return plainExecution(schema, document, request.variables, context, name);
          }
          const result = await compiled.query(undefined, context, request.variables ?? {});
          return repaired(result as ExecutionResult);
        },
      }),
    stop: () => Promise.resolve(),
  };
}

async function plainExecution(
  schema: GraphQLSchema,
  document: DocumentNode,
  variableValues: Record<string, unknown> | undefined,
  contextValue: unknown,
  operationName: string | undefined,
): Promise<ExecutionResult> {
  return execute({ schema, document, contextValue, ...(variableValues && { variableValues }), ...(operationName && { operationName }) });
}

/**
 * graphql-jit's errors have no `extensions`, which Apollo reads, and no AST nodes, by which Apollo tells an error of
 * coercion; without this each of them would become an internal error.
 */
function repaired(result: ExecutionResult): ExecutionResult {
  if (result.errors === undefined) return result;
  const errors = result.errors.map((error) => {
    const cause = error.originalError as (Error & { extensions?: Record<string, unknown> }) | undefined;
    const extensions = { ...cause?.extensions };
    if (result.data === undefined) extensions['code'] ??= 'BAD_USER_INPUT';
    const complete = new GraphQLError(error.message, { path: error.path ?? null, originalError: cause ?? null, extensions });
    Object.defineProperty(complete, 'locations', { value: error.locations, enumerable: true });
    return complete;
  });
  return { ...result, errors };
}
