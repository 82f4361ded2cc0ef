import { execute, parse, validate, type DocumentNode, type ExecutionResult, type GraphQLError, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { enrichInfo } from '../../src/access/graphql/server/look-ahead';
import { makeGraphContext } from '../../src/access/graphql/server/make-context';
import { buildStaffContract } from '../../src/access/graphql/staff/staff-contract';
import { Authentication, type StaffPrincipal } from '../../src/business/component/staff';
import { keepUnit } from '../../src/business/execute';
import type { CoreDatabase } from '../../src/data/connection/core-database';
import type { Clock } from '../../src/kernel/clock';
import { Failure } from '../../src/kernel/failure';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import type { Language } from '../../src/kernel/result';
import { Scope, type Permission } from '../../src/kernel/scope';

/** Who sends an operation. */
export interface Caller {
  readonly scope: Scope;
  readonly language?: Language;
  /** The member of staff who calls; where no test asks who it is, somebody who is not in the database. */
  readonly staffId?: Id<'staff'>;
}

/** What came back, with errors as the guards would publish them. */
export interface GraphAnswer {
  readonly data: Readonly<Record<string, never>> | null;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  /** How many statements it took. */
  readonly statements: number;
}

const LIMITS = {
  accessTokenSeconds: 600, refreshTokenSeconds: 43_200, logInAttempts: 5, lockOutSeconds: 900,
  oidcIssuer: undefined, oidcAudience: undefined, oidcJwksUrl: undefined,
}; // prettier-ignore

const SOMEBODY = newId('staff');
const SESSION = newId('session');

/** The permissions at one node, for some lines of business. */
export function scopeAt(node: Id<'organisation'>, permissions: readonly Permission[], lines: readonly string[] | null = null): Scope {
  return Scope.of(permissions.map((permission) => ({ permission, node, lines })));
}

/** The staff contract, executed as a request is but without HTTP, guards and log-in: a test says who calls. */
export class Graph {
  public readonly schema: GraphQLSchema = buildStaffContract();
  public readonly credentials: Authentication;

  public constructor(
    private readonly database: CoreDatabase,
    private readonly clock: Clock,
    /** How operations are executed: as on their first use, or compiled as from the second on. */
    private readonly execution: 'plain' | 'compiled' = 'plain',
  ) {
    const signingKey = 'a signing key of at least 32 characters';
    this.credentials = new Authentication({ database, clock, keepUnit, signingKey, configuration: LIMITS });
  }

  /** Runs an operation; one that is not valid fails the test. */
  public async send(document: string, variables: Readonly<Record<string, unknown>>, caller: Caller): Promise<GraphAnswer> {
    const parsed = parse(document);
    const problems = validate(this.schema, parsed);
    if (problems.length > 0) throw new Error(`${problems.map((problem) => problem.message).join('\n')}\n${document}`);
    const { database, clock, credentials } = this;
    const context = makeGraphContext(
      { database, clock, credentials },
      {
        headers: { 'accept-language': caller.language ?? 'en' },
        address: '10.0.0.7',
        traceId: 'test-trace',
        principal: principalOf(caller),
        signal: new AbortController().signal,
        onStatement: undefined,
      },
    );
    const { data = null, errors = [] } = await this.run(parsed, variables, context);
    return { data: data as GraphAnswer['data'], errors: errors.map(published), statements: context.tally.statements };
  }

  private async run(document: DocumentNode, variables: Readonly<Record<string, unknown>>, context: object): Promise<ExecutionResult> {
    const { schema } = this;
    if (this.execution === 'plain') return execute({ schema, document, variableValues: variables, contextValue: context });
    const compiled = compileQuery(schema, document, undefined, { resolverInfoEnricher: enrichInfo });
    if (!isCompiledQuery(compiled)) throw new Error('not compiled');
    return compiled.query(undefined, context, variables);
  }

  /** The data of an operation that must not have an error. */
  public async read<Data>(document: string, variables: Readonly<Record<string, unknown>>, caller: Caller): Promise<Data> {
    const { data, errors } = await this.send(document, variables, caller);
    if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
    return data as unknown as Data;
  }
}

function principalOf({ scope, staffId = SOMEBODY }: Caller): StaffPrincipal {
  const apiClient = { id: newId('apiClient'), code: 'counter', documentMode: 'off', costCapacity: 10_000, costRestore: 500 } as const;
  const [node] = scope.permissions().flatMap((permission) => scope.grantsOf(permission).flatMap(({ nodes }) => nodes));
  const organisationId = (node ?? newId('organisation')) as Id<'organisation'>;
  return {
    kind: 'STAFF',
    actorId: encodeId('staff', staffId),
    sessionId: SESSION,
    apiClient,
    organisationId,
    scope,
    staffId,
    name: '测试',
  };
}

function published(error: GraphQLError): { code: string; message: string } {
  const cause = error.originalError;
  if (cause instanceof Failure) return { code: cause.code, message: cause.message };
  const code = error.extensions['code'];
  if (cause != null && typeof code !== 'string') throw cause; // an internal error: the test shows where it came from
  return { code: typeof code === 'string' ? code : 'BAD_USER_INPUT', message: error.message };
}
