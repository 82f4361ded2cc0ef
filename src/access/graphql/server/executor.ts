import type { GatewayGraphQLRequestContext, GatewayInterface } from '@apollo/server-gateway-interface';
import {
  BREAK, GraphQLError, Kind, OperationTypeNode, TypeInfo, execute, getNamedType, isInputObjectType, isNonNullType, isScalarType,
  isSpecifiedScalarType, typeFromAST, visit, visitWithTypeInfo,
  type DocumentNode, type ExecutionResult, type GraphQLSchema, type GraphQLType, type NamedTypeNode, type ValueNode,
} from 'graphql'; // prettier-ignore
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';
import { countFields } from './guard/document-limits';
import type { AccountedRequest } from './incoming-request';
import { enrichInfo } from './look-ahead';

/** How many texts are kept with what was compiled of them: a deployment's clients send some hundreds. */
const TEXTS_MAX = 1_000;
/** About what is kept of a text, in bytes: for a character, its tokens and nodes; for a field, the code. */
const CHARACTER_BYTES = 5;
const FIELD_BYTES = 500;
/** A text of more is not kept, nor compiled: the counter view takes 30,000. */
const TEXT_BYTES_MAX = 300_000;
const TEXTS_BYTES_MAX = 64_000_000;

/** What is compiled on its second use: compiling costs more than one plain execution, and a query may never come again. */
const COMPILE_AT_USE = 2;

/** An operation that was parsed, validated and compiled before: a request that sends its text again needs none of that. */
export interface ReadyOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** What the resolvers made of it. The errors of graphql-jit are not yet as Apollo wants them: {@link repaired}. */
  readonly run: (context: object, variables: Variables | undefined) => ExecutionResult | Promise<ExecutionResult>;
}

type Variables = Readonly<Record<string, unknown>>;

interface KnownText {
  readonly bytes: number;
  readonly byName: Map<string, KnownOperation>;
}

interface KnownOperation {
  uses: number;
  ready: ReadyOperation | undefined;
}

/**
 * Executes operations through graphql-jit, by Apollo's gateway hook: the one place where Apollo Server lets another
 * executor in (apollographql/apollo-server#7981).
 */
export class CompiledExecution {
  /** By the text of the document; those of one text by the operation's name. */
  private readonly texts = new LRUCache<string, KnownText>({
    max: TEXTS_MAX,
    maxSize: TEXTS_BYTES_MAX,
    maxEntrySize: TEXT_BYTES_MAX,
    sizeCalculation: ({ bytes }) => bytes,
  });

  public constructor(private readonly schema: GraphQLSchema) {}

  /** What a request that Apollo let through has left behind for the next one of the same text. */
  public readyFor(query: string, operationName: string | undefined): ReadyOperation | undefined {
    return this.texts.get(query)?.byName.get(operationName ?? '')?.ready;
  }

  public gateway(): GatewayInterface {
    return {
      onSchemaLoadOrUpdate: (callback) => {
        callback({ apiSchema: this.schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: () => Promise.resolve({ executor: (request) => this.execute(request) }),
      stop: () => Promise.resolve(),
    };
  }

  private async execute({ document, source, operationName, request, context }: GatewayGraphQLRequestContext): Promise<ExecutionResult> {
    const { executed } = (context as Partial<AccountedRequest>).account ?? {};
    if (executed !== undefined) return repaired(executed);
    const { schema } = this;
    // Apollo found no such operation. Without this the document's only operation would run, whatever name was asked for.
    if (operationName === null && request.operationName !== undefined) {
      return execute({ schema, document, contextValue: context, operationName: request.operationName });
    }
    const ready = this.use(source, request.operationName, document, operationName);
    if (ready !== undefined) return repaired(await ready.run(context, request.variables));
    return plainExecution(schema, document, request.variables, context, operationName ?? undefined);
  }

  /** Counts one use of a text with the name that was asked for, and compiles the operation that this means when it is due. */
  private use(query: string, asked: string | undefined, document: DocumentNode, operationName: string | null): ReadyOperation | undefined {
    let text = this.texts.get(query);
    if (text === undefined) {
      text = { bytes: CHARACTER_BYTES * query.length + FIELD_BYTES * countFields(document), byName: new Map<string, KnownOperation>() };
      this.texts.set(query, text);
    }
    const { byName } = text;
    let known = byName.get(asked ?? '');
    if (known === undefined) byName.set(asked ?? '', (known = { uses: 0, ready: undefined }));
    known.uses += 1;
    // Once: what cannot be compiled is not tried again.
    if (known.uses === COMPILE_AT_USE && isCompilable(this.schema, document)) known.ready = this.compile(document, operationName);
    return known.ready;
  }

  private compile(document: DocumentNode, operationName: string | null): ReadyOperation | undefined {
    const compiled = compileQuery(this.schema, document, operationName ?? undefined, { resolverInfoEnricher: enrichInfo });
    if (!isCompiledQuery(compiled)) return undefined;
    const { query } = compiled as CompiledQuery<Record<string, unknown>, Variables>;
    return { document, operationName, run: (context, variables) => query(undefined, context, variables ?? {}) };
  }
}

/**
 * Whether a document may be compiled: graphql-jit must then do as graphql-js does, and it does not
 *
 * - with a literal text, which it writes into the code that it generates: one with its own marks would be run as code;
 * - with a literal of a scalar of ours: an instant becomes `{}`, and a variable inside a JSON value null;
 * - with a default of what must not be null, of a variable or inside an input: it refuses what leaves it out;
 * - with an input that holds its own type: it does not end;
 * - with a variable inside an input: what is left out becomes null;
 * - with `@skip` and `@include`: it writes their conditions into the nodes of the document, which several places share that
 *   spread one fragment, and so do the operations of one document;
 * - with `_` in an alias: it knows places by the names that lead there, joined by `_`.
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
    ObjectField: ({ value }) => unless(value.kind === Kind.VARIABLE),
    Directive: ({ name }) => unless(name.value === 'skip' || name.value === 'include'),
    Field: ({ alias }) => unless(alias?.value.includes('_') === true),
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
