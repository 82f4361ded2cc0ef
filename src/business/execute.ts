import { createHash } from 'node:crypto';
import type { Transaction } from '../data/connection/core-database';
import { sqlState, violatedConstraint } from '../data/connection/postgres-failure';
import { claimIdempotencyKey, storingIdempotentResult } from '../data/operation/idempotency/idempotency-key';
import { auditEntries, insertAuditEntries } from '../data/operation/audit/insert-audit-entries';
import { outboxEvents } from '../data/operation/outbox/outbox-events';
import type { Cancellation } from '../kernel/cancellation';
import { Failure } from '../kernel/failure';
import { ok, type Result } from '../kernel/result';
import type { Permission } from '../kernel/scope';
import { stableJson, type Json } from '../kernel/stable-json';
import type { Actor, AuditRecord, CallContext, DomainEvent, Unit } from './context';

/** A use case that writes: one file each. What it returns is stored with its idempotency key, so it is plain JSON. */
export interface UseCase<Input, Output extends Json, Code extends string> {
  readonly name: string;
  /** Needed somewhere for the call to begin; where exactly it must hold, the use case asks of the rows it touches. */
  readonly permission: Permission;
  run(unit: Unit, input: Input): Promise<Result<Output, Code>>;
  /** Database constraints that say no to a caller, by name: what they mean as a refusal. */
  readonly constraints?: Readonly<Record<string, () => Result<Output, Code>>>;
}

type Ended<Output, Code extends string> = { readonly result: Result<Output, Code>; readonly position: string | null };

/** Calls under way in this process. Equal calls join one promise before they take a connection. */
const underWay = new Map<string, CallUnderWay>();

interface CallUnderWay {
  readonly inputHash: string;
  readonly ended: Promise<Ended<unknown, string>>;
  /** Of the call that began. */
  readonly signal: Cancellation | undefined;
}

/**
 * The one way to run a use case that writes: permission, idempotency key, unit of work, audit trail, outbox, commit; the
 * whole again when PostgreSQL asks for it. A refusal leaves nothing behind, its key included.
 * @throws Failure FORBIDDEN, BAD_USER_INPUT, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS, DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE
 */
export async function execute<Input, Output extends Json, Code extends string>(
  context: CallContext,
  useCase: UseCase<Input, Output, Code>,
  input: Input,
  idempotencyKey: string,
): Promise<Result<Output, Code>> {
  if (!context.scope.permits(useCase.permission)) {
    throw new Failure('FORBIDDEN', `This needs the permission ${useCase.permission}.`, { permission: useCase.permission });
  }
  if (!/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) {
    throw new Failure('BAD_USER_INPUT', 'idempotencyKey must be 1 to 255 printable ASCII characters without spaces.');
  }
  const inputHash = createHash('sha256').update(stableJson(input)).digest();
  const place = `${context.actor.clientId}\n${useCase.name}\n${idempotencyKey}`;
  const other = underWay.get(place);
  if (other !== undefined && other.inputHash !== inputHash.toString('hex')) throw keyReused();
  const ended =
    (other?.ended as Promise<Ended<Output, Code>> | undefined) ?? begin(context, useCase, input, idempotencyKey, inputHash, place);
  try {
    const { result, position } = await ended;
    if (position !== null) context.onCommitted(position);
    return result;
  } catch (error) {
    // The one who began has hung up, or is past his deadline; who joined him has neither done, and begins himself.
    if (other?.signal?.aborted === true && context.signal?.aborted !== true) return execute(context, useCase, input, idempotencyKey);
    throw error;
  }
}

function begin<Input, Output extends Json, Code extends string>(
  context: CallContext,
  useCase: UseCase<Input, Output, Code>,
  input: Input,
  idempotencyKey: string,
  inputHash: Buffer,
  place: string,
): Promise<Ended<Output, Code>> {
  const ended = runUnit(context, useCase, input, idempotencyKey, inputHash).finally(() => underWay.delete(place));
  underWay.set(place, { inputHash: inputHash.toString('hex'), ended, signal: context.signal });
  return ended;
}

async function runUnit<Input, Output extends Json, Code extends string>(
  context: CallContext,
  useCase: UseCase<Input, Output, Code>,
  input: Input,
  key: string,
  inputHash: Buffer,
): Promise<Ended<Output, Code>> {
  let afterwards: readonly (() => void)[] = [];
  try {
    const end = await context.database.transaction<Result<Output, Code>>(
      async (transaction) => {
        const now = context.clock.now();
        const place = { clientId: context.actor.clientId, operation: useCase.name, key };
        const earlier = await claim(transaction, { ...place, inputHash, createdAt: now });
        if (earlier !== undefined) return { commit: true, value: ok(earlier as Output) };
        const { unit, records, events, actions } = makeUnit(context, transaction, now);
        afterwards = actions; // of this attempt: an earlier one that was rolled back has nothing to follow
        const result = await useCase.run(unit, input);
        if (!result.ok) return { commit: false, value: result };
        const { actor, traceId } = context;
        const circumstances = { at: now, actor, traceId, operation: useCase.name };
        const trail = records.length === 0 ? [] : [auditEntries(records, circumstances)];
        const told = events.length === 0 ? [] : [outboxEvents(events, circumstances)];
        return { commit: true, value: result, last: storingIdempotentResult(place, result.value, [...trail, ...told]) };
      },
      { signal: context.signal, tally: context.tally },
    );
    if (!end.committed) return { result: end.value, position: null };
    for (const action of afterwards) action();
    return { result: end.value, position: end.position };
  } catch (error) {
    const refused = useCase.constraints?.[violatedConstraint(causeOf(error)) ?? '']?.();
    if (refused !== undefined) return { result: refused, position: null };
    throw error;
  }
}

/** What a kept unit is run with: there is no call yet, for nobody knows who calls. */
export interface KeptCircumstances extends Pick<CallContext, 'database' | 'clock' | 'traceId' | 'signal'> {
  readonly operation: string;
  readonly address: string | null;
}

/** A unit of work in which it is found out who calls. */
export interface KeptUnit extends Pick<Unit, 'transaction' | 'now'> {
  audit(actor: Pick<Actor, 'kind' | 'id'>, record: AuditRecord): void;
}

export type KeepUnit = <Value>(circumstances: KeptCircumstances, work: (unit: KeptUnit) => Promise<Value>) => Promise<Value>;

/**
 * Runs a unit of work of authentication: before it there is neither scope nor idempotency key. What it did is kept with its
 * trail, whatever it answers: a wrong password must be counted.
 * @throws Failure DEADLINE_EXCEEDED, DEPENDENCY_UNAVAILABLE
 */
export const keepUnit: KeepUnit = async ({ database, clock, traceId, signal, operation, address }, work) => {
  const end = await database.transaction(
    async (transaction) => {
      const now = clock.now();
      const trail: { readonly actor: Pick<Actor, 'kind' | 'id'>; readonly record: AuditRecord }[] = [];
      const value = await work({ transaction, now, audit: (actor, record) => void trail.push({ actor, record }) });
      for (const { actor, record } of trail) {
        await insertAuditEntries(transaction, [record], { at: now, actor: { ...actor, address }, traceId, operation });
      }
      return { commit: true, value };
    },
    { signal },
  );
  return end.value;
};

interface UnitParts {
  readonly unit: Unit;
  readonly records: AuditRecord[];
  readonly events: DomainEvent[];
  readonly actions: (() => void)[];
}

function makeUnit(context: CallContext, transaction: Transaction, now: Unit['now']): UnitParts {
  const records: AuditRecord[] = [];
  const events: DomainEvent[] = [];
  const actions: (() => void)[] = [];
  const answers = new Map<string, Promise<unknown>>();
  const unit: Unit = {
    sql: transaction,
    transaction,
    scope: context.scope,
    now,
    actor: context.actor,
    audit: (record) => void records.push(record),
    emit: (event) => void events.push(event),
    once: <Value>(key: string, read: () => Promise<Value>) => {
      const answer = (answers.get(key) as Promise<Value> | undefined) ?? read();
      answers.set(key, answer);
      return answer;
    },
    afterCommit: (action) => void actions.push(action),
  };
  return { unit, records, events, actions };
}

async function claim(transaction: Transaction, row: Parameters<typeof claimIdempotencyKey>[1]): Promise<Json | undefined> {
  try {
    const earlier = await claimIdempotencyKey(transaction, row);
    if (earlier === undefined) return undefined;
    if (!earlier.inputHash.equals(row.inputHash)) throw keyReused();
    return earlier.result;
  } catch (error) {
    if (sqlState(causeOf(error)) === '55P03') {
      throw new Failure('IDEMPOTENCY_IN_PROGRESS', 'A call with this key is still under way; ask again.', { retryAfterMs: 1_000 });
    }
    throw error;
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Failure && error.cause !== undefined ? error.cause : error;
}

function keyReused(): Failure {
  return new Failure('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used with another input.');
}
