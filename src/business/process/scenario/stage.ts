import type { Actor, CallContext, CoreDatabase, FactTime } from '../../context';
import { execute, type UseCase } from '../../execute';
import { selectAccountsById } from '../../component/account';
import { isPermission, selectGrantsOfStaff, selectRolesById } from '../../component/staff';
import { SimulatedClock, type Instant } from '../../../kernel/clock';
import type { TimeZone } from '../../../kernel/calendar';
import { Failure, invariant } from '../../../kernel/failure';
import { isBefore } from '../../../kernel/period';
import { encodeId, type Id } from '../../../kernel/id';
import { formatAmount, type CurrencyCode, type Money } from '../../../kernel/money';
import type { Result } from '../../../kernel/result';
import { Scope } from '../../../kernel/scope';
import type { Json } from '../../../kernel/stable-json';
import { programContext } from '../program-context';
import { currentVersion, type VersionedKind } from './current-version';
import { StepMistake, type Place } from './problem';
import type { WrittenAmount } from './written/fields';
import { articleOf, NONE, type Handle, type HandleKind } from './written/handle';
import type { WrittenTime } from './written/written-time';

const ACTOR: Actor = { kind: 'SYSTEM', id: 'sanhu scenario', clientId: 'sanhu scenario', address: null };

/** Failures that a caller brings upon himself, so that a step may expect them like a refusal. */
const EXPECTED_FAILURES: readonly string[] = ['FORBIDDEN'];

/** On which a scenario is played: its database, its clock, who acts, and what its handles stand for. */
export class Stage {
  public readonly clock: SimulatedClock;
  private readonly ids = new Map<string, string>();
  private readonly names = new Map<string, string>();
  private readonly handles = new Map<string, Handle>();
  private wakings: Instant[] = [];
  private acting: Pick<CallContext, 'scope' | 'actor'> | null = null;
  private calls = 0;

  public constructor(
    private readonly database: CoreDatabase,
    private readonly zone: TimeZone,
    beginsAt: Instant,
  ) {
    this.clock = new SimulatedClock(beginsAt);
  }

  /** For reading: with the system's scope, at the time of the story. */
  public get context(): CallContext {
    return programContext(this.database, this.clock, ACTOR, 'scenario');
  }

  public now(): FactTime {
    return { validAt: this.clock.now(), knownAt: null };
  }

  /** Runs a use case as whoever acts in this step. Each call has a key of its own. */
  public async execute<Input, Output extends Json, Code extends string>(
    useCase: UseCase<Input, Output, Code>,
    input: Input,
  ): Promise<Result<Output>> {
    this.calls += 1;
    try {
      return await execute({ ...this.context, ...this.acting }, useCase, input, `scenario-${this.calls}`);
    } catch (error) {
      if (!(error instanceof Failure) || !EXPECTED_FAILURES.includes(error.code)) throw error;
      return { ok: false, refusals: [{ code: error.code, field: null, message: { zh: error.message, en: error.message } }] };
    }
  }

  /** Runs a use case that brings something, and gives it its handle. */
  public async bring<Input, Output extends Json, Code extends string, Kind extends HandleKind>(
    handle: Handle<Kind>,
    useCase: UseCase<Input, Output, Code>,
    input: Input,
    idOf: (output: Output) => Id<Kind>,
  ): Promise<Result<Output>> {
    const done = await this.execute(useCase, input);
    if (done.ok) this.define(handle, idOf(done.value));
    return done;
  }

  /** Everything until the next call is done by a member of staff with the rights granted to him; by the system, when null. */
  public async actAs(staff: Handle<'staff'> | null): Promise<void> {
    this.acting = null;
    if (staff === null) return;
    const { context } = this;
    const id = this.idOf(staff);
    const grants = await selectGrantsOfStaff(context, [id]);
    const roleIds = grants.map(({ roleId }) => roleId);
    const roles = new Map((await selectRolesById(context, roleIds)).map((role) => [role.id, role.permissions]));
    const held = grants.flatMap(({ roleId, organisationId: node, linesOfBusiness: lines }) =>
      (roles.get(roleId) ?? []).filter(isPermission).map((permission) => ({ permission, node, lines })),
    );
    const actor: Actor = { kind: 'STAFF', id: encodeId('staff', id), clientId: `scenario:${staff.name}`, address: null };
    this.acting = { scope: Scope.of(held), actor };
  }

  public define<Kind extends HandleKind>(handle: Handle<Kind>, id: Id<Kind>): void {
    const { kind, name } = handle;
    this.ids.set(name, id);
    this.names.set(`${kind} ${id}`, name);
    this.handles.set(`${kind} ${id}`, handle);
  }

  /** What a file calls something that it has named. */
  public handleOf<Kind extends HandleKind>(kind: Kind, id: Id<Kind>): Handle<Kind> {
    const handle = this.handles.get(`${kind} ${id}`);
    invariant(handle !== undefined, `this ${kind} has a handle`);
    return handle as Handle<Kind>;
  }

  /** Has the clock stop at a time on its way: something is to begin then by itself. */
  public wakeAt(time: WrittenTime | undefined): void {
    const instant = this.instantOf(time);
    if (instant !== null) this.wakings.push(instant);
  }

  /** The times until then at which something is to begin, in their order; each once. */
  public wakingsUntil(instant: Instant): readonly Instant[] {
    const due = this.wakings.filter((one) => !isBefore(instant, one));
    this.wakings = this.wakings.filter((one) => isBefore(instant, one));
    return due.sort((one, other) => (isBefore(one, other) ? -1 : 1));
  }

  public idOf<Kind extends HandleKind>({ name }: Handle<Kind>): Id<Kind> {
    const id = this.ids.get(name);
    invariant(id !== undefined, `the handle ${name} was defined before it was used`);
    return id as Id<Kind>;
  }

  /** How a file names something that was read; `none` for nothing. */
  public nameOf<Kind extends HandleKind>(kind: Kind, id: Id<Kind> | null | undefined): string {
    return id == null ? NONE : (this.names.get(`${kind} ${id}`) ?? `(${articleOf(kind)} without a handle)`);
  }

  /** The names of many things, in alphabetical order: as a set they are equal when their texts are. */
  public namesOf<Kind extends HandleKind>(kind: Kind, ids: readonly Id<Kind>[]): readonly string[] {
    return ids.map((id) => this.nameOf(kind, id)).sort();
  }

  public versionOf<Kind extends VersionedKind>(kind: Kind, handle: Handle<Kind>): Promise<number> {
    return currentVersion(this.context, kind, this.idOf(handle));
  }

  /** The instant of a time of the file, or null where none is written. */
  public instantOf(time: WrittenTime | undefined): Instant | null {
    if (time === undefined) return null;
    const read = time.in(this.zone);
    invariant('instant' in read, 'the times of a file were checked when it was read');
    return read.instant;
  }

  /** An instant as it is compared and shown: local to the operator, as the file's times are. */
  public shownTime(instant: Instant | null): string {
    return instant === null ? NONE : instant.toZonedDateTimeISO(this.zone).toPlainDateTime().toString();
  }

  /** @throws StepMistake at `place` when it is no amount of the account's currency */
  public async moneyFor(account: Handle<'account'>, amount: WrittenAmount, place: Place): Promise<Money> {
    const read = amount.in(await this.currencyOf(this.idOf(account)));
    if ('reason' in read) throw new StepMistake(place, read.reason);
    return read.money;
  }

  public async currencyOf(accountId: Id<'account'>): Promise<CurrencyCode> {
    const [found] = await selectAccountsById(this.context, [accountId]);
    invariant(found !== undefined, 'an account that pays is there');
    return found.currency;
  }
}

/** An amount as it is compared and shown. */
export function textOf(money: Money): string {
  return `${formatAmount(money)} ${money.currency}`;
}
