import type { GatewayInterface } from '@apollo/server-gateway-interface';
import {
  BREAK, GraphQLError, Kind, OperationTypeNode, TypeInfo, execute, getNamedType, isInputObjectType, isNonNullType, isScalarType,
  isSpecifiedScalarType, typeFromAST, visit, visitWithTypeInfo,
  type DocumentNode, type ExecutionResult, type GraphQLSchema, type GraphQLType, type NamedTypeNode, type ValueNode,
} from 'graphql'; // prettier-ignore
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
    // Once: what cannot be compiled is not tried again.
    if (known.count === COMPILE_AT_USE && isCompilable(schema, document)) {
      const compiled = compileQuery(schema, document, operationName, { resolverInfoEnricher: enrichInfo });
      if (isCompiledQuery(compiled)) known.compiled = compiled;
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

/**
 * Whether a document may be compiled: graphql-jit must then do as graphql-js does, and it does not
 *
 * - with a literal text, which it writes into the code that it generates: one with its own marks would be run as code;
 * - with a literal of a scalar of ours: an instant becomes `{}`, and a variable inside a JSON value null;
 * - with a default of what must not be null, of a variable or inside an input: it refuses what leaves it out;
 * - with an input that holds its own type: it does not end.
 *
 * Nor are mutations: theirs is the time of the transaction. Clients that send a query again and again use variables.
 */
export function isCompilable(schema: GraphQLSchema, document: DocumentNode): boolean {
  const typeInfo = new TypeInfo(schema);
  let compilable = true;
  const unless = (isRefused: boolean): unknown => {
    compilable &&= !isRefused;
    return isRefused ? BREAK : undefined;
  };
  const checkLiteral = (node: ValueNode): unknown => {
    const type = getNamedType(typeInfo.getInputType());
    return unless(node.kind === Kind.STRING || (isScalarType(type) && !isSpecifiedScalarType(type)));
  };
  const literals = {
    StringValue: checkLiteral,
    ObjectValue: checkLiteral,
    ListValue: checkLiteral,
    IntValue: checkLiteral,
    FloatValue: checkLiteral,
  };
  visit(document, visitWithTypeInfo(typeInfo, {
    ...literals, BooleanValue: checkLiteral, EnumValue: checkLiteral,
    OperationDefinition: ({ operation }) => unless(operation !== OperationTypeNode.QUERY),
    VariableDefinition: ({ type, defaultValue }) =>
      unless((type.kind === Kind.NON_NULL_TYPE && defaultValue !== undefined) || isMisread(typeFromAST(schema, type as NamedTypeNode))),
  })); // prettier-ignore
  return compilable;
}

/** Whether an input holds, at any depth, a field that must not be null and has a default, or another of its own type. */
function isMisread(type: GraphQLType | undefined, above: readonly GraphQLType[] = []): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  if (above.includes(named)) return true;
  const within = [...above, named];
  return Object.values(named.getFields()).some(
    (field) => (isNonNullType(field.type) && field.defaultValue !== undefined) || isMisread(field.type, within),
  );
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
