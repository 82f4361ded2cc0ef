import { setTimeout as sleepFor } from 'node:timers/promises';
import { halfJitterGenerator, ExponentialBackoff, type IBackoff } from 'cockatiel';
import { outsideUrlProblem } from '../../kernel/outside-url';
import { Breakers, type BreakerState } from './breakers';
import { HttpExchanges, type Exchange, type Request } from './exchange';
import {
  assertKey, type HttpAdapterSettings, type NetworkCommand, type NetworkFinding, type NetworkOutcome,
} from './network-command'; // prettier-ignore
import { failed, readAnswer, type Reading } from './read-answer';

/** How time passes: the machine's own, or a test's. */
export interface Waiting {
  nowMs(): number;
  /** Ends early, without an error, when the signal is fired. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

/** A call that has ended, for metrics. */
export interface EndedCall {
  readonly adapter: string;
  readonly action: NetworkCommand['action'] | 'ASK';
  /** The outcome's kind; of an unknown one the reason. */
  readonly outcome: string;
  readonly attempts: number;
  readonly tookMs: number;
}

export interface NetworkCallsOptions {
  /** Bearer tokens by the adapter's code (`SANHU_PROVISIONING_CREDENTIALS`). */
  readonly credentials: Readonly<Record<string, string>>;
  readonly onCall?: (call: EndedCall) => void;
  readonly onBreaker?: (adapter: string, state: BreakerState) => void;
  /** No call takes longer, its attempts, waits and polls together. */
  readonly callMsMax?: number;
  readonly exchange?: Exchange;
  readonly waiting?: Waiting;
}

const CALL_MS_MAX = 60_000;
const BACKOFF_MS_MAX = 30_000;
/** A wait and an attempt for less than this settle nothing. */
const ATTEMPT_MS_MIN = 10;
const POLLS_MAX = 200;

const machineWaiting: Waiting = {
  nowMs: () => performance.now(),
  sleep: (milliseconds, signal) => sleepFor(milliseconds, undefined, { signal }).catch(() => undefined),
};

const NOT_FINISHED = { kind: 'unknown', reason: 'NOT_FINISHED', detail: 'the element works on it still' } as const;

/** One call under way. */
interface Call {
  readonly adapter: HttpAdapterSettings;
  readonly key: string;
  readonly signal: AbortSignal | undefined;
  readonly deadlineMs: number;
}

/**
 * The way out to network elements 网元. Commands and questions end in bounded time with one of a closed set of outcomes; they never
 * throw for what the other side does.
 */
export class NetworkCalls {
  private readonly http = new HttpExchanges();
  private readonly breakers: Breakers;
  private readonly exchange: Exchange;
  private readonly waiting: Waiting;

  public constructor(private readonly options: NetworkCallsOptions) {
    this.breakers = new Breakers((adapter, state) => options.onBreaker?.(adapter, state));
    this.exchange = options.exchange ?? this.http.exchange;
    this.waiting = options.waiting ?? machineWaiting;
  }

  /**
   * Tells the element, and again with the same key while nothing is known of what became of it. Once `refused` or `done`, it stays
   * so; `unknown` is called again later with the same key, or asked for.
   */
  public async call(adapter: HttpAdapterSettings, command: NetworkCommand, signal?: AbortSignal): Promise<NetworkOutcome> {
    const body = JSON.stringify(command);
    const { outcome, attempts, tookMs } = await this.until(adapter, command.key, signal, async (call) => {
      const reading = await this.attempt(call, 'POST', urlOf(adapter, 'commands'), body);
      if (reading.kind === 'later') return this.poll(call, reading);
      return reading.kind === 'neverHeard' ? failed('BAD_ANSWER', 'it says that it was never told what it is being told', true) : reading;
    });
    const settled = outcome.kind === 'neverHeard' || outcome.kind === 'inProgress' ? NOT_FINISHED : outcome;
    this.count(adapter, command.action, settled, attempts, tookMs);
    return settled;
  }

  /** Asks what became of a command whose answer was lost. Tells the element to do nothing. */
  public async ask(adapter: HttpAdapterSettings, key: string, signal?: AbortSignal): Promise<NetworkFinding> {
    const look = (call: Call): Promise<Reading> => this.attempt(call, 'GET', urlOf(adapter, placeOf(key)), null);
    const { outcome, attempts, tookMs } = await this.until(adapter, key, signal, look);
    this.count(adapter, 'ASK', outcome, attempts, tookMs);
    return outcome;
  }

  public close(): void {
    this.http.close();
  }

  /** Attempts until something is known, or no more may be made. */
  private async until(
    adapter: HttpAdapterSettings,
    key: string,
    signal: AbortSignal | undefined,
    attempt: (call: Call) => Promise<Reading>,
  ): Promise<{ readonly outcome: NetworkFinding; readonly attempts: number; readonly tookMs: number }> {
    assertKey(key);
    const begunMs = this.waiting.nowMs();
    const call = { adapter, key, signal, deadlineMs: begunMs + (this.options.callMsMax ?? CALL_MS_MAX) };
    const ended = (outcome: NetworkFinding, attempts: number) => ({ outcome, attempts, tookMs: this.waiting.nowMs() - begunMs });
    const problem = outsideUrlProblem(adapter.endpoint);
    if (problem !== undefined) return ended({ kind: 'unknown', reason: 'BAD_ENDPOINT', detail: problem }, 0);
    let backoff: IBackoff<unknown> = backoffOf(adapter);
    for (let made = 1; ; made += 1) {
      const reading = await attempt(call);
      if (reading.kind === 'later') return ended({ kind: 'inProgress' }, made);
      if (reading.kind !== 'failed') return ended(reading, made);
      const { reason, detail } = reading;
      const waitMs = Math.max(backoff.duration, reading.afterMs);
      const inTime = this.waiting.nowMs() + waitMs + ATTEMPT_MS_MIN < call.deadlineMs;
      if (!reading.again || made >= adapter.attemptsMax || !inTime) return ended({ kind: 'unknown', reason, detail }, made);
      await this.waiting.sleep(waitMs, signal);
      backoff = backoff.next(undefined);
    }
  }

  /** Looks again and again at a command that the element has taken on. What fails on the way is an attempt that failed. */
  private async poll(call: Call, taken: Reading & { readonly kind: 'later' }): Promise<Reading> {
    let reading: Reading = taken;
    for (let polls = 0; reading.kind === 'later'; polls += 1) {
      const { poll, afterMs } = reading;
      const unfinished = failed('NOT_FINISHED', NOT_FINISHED.detail, false);
      if (polls >= POLLS_MAX || this.waiting.nowMs() + afterMs + ATTEMPT_MS_MIN >= call.deadlineMs) return unfinished;
      await this.waiting.sleep(afterMs, call.signal);
      const url = pollUrl(call, poll);
      if (url === undefined) return failed('BAD_ANSWER', 'it is to be looked for elsewhere than at the element', false);
      reading = await this.attempt(call, 'GET', url, null);
    }
    return reading.kind === 'neverHeard' ? failed('ELEMENT_FAILED', 'it forgot what it had taken on', true) : reading;
  }

  private async attempt(
    { adapter, key, signal, deadlineMs }: Call,
    method: Request['method'],
    url: URL,
    body: string | null,
  ): Promise<Reading> {
    if (signal?.aborted === true) return failed('CANCELLED', 'cancelled', false);
    const reading = await this.breakers.attempt(adapter, async () => {
      const timeoutMs = Math.max(Math.min(adapter.timeoutMs, deadlineMs - this.waiting.nowMs()), ATTEMPT_MS_MIN);
      return readAnswer(key, await this.exchange({ method, url, headers: this.headersFor(adapter, key, body), body }, timeoutMs, signal));
    });
    if (reading.kind === 'failed' && reading.reason === 'BAD_ANSWER') this.http.dropIdle();
    return reading;
  }

  private headersFor(adapter: HttpAdapterSettings, key: string, body: string | null): Readonly<Record<string, string>> {
    const token = Object.hasOwn(this.options.credentials, adapter.code) ? this.options.credentials[adapter.code] : undefined;
    return {
      accept: 'application/json',
      'idempotency-key': key,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== null && { 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(body)) }),
    };
  }

  private count(
    { code: adapter }: HttpAdapterSettings,
    action: EndedCall['action'],
    outcome: NetworkFinding,
    attempts: number,
    tookMs: number,
  ): void {
    const named = outcome.kind === 'unknown' ? outcome.reason : outcome.kind;
    this.options.onCall?.({ adapter, action, outcome: named, attempts, tookMs });
  }
}

/** Where a command lies once the element was told of it. */
function placeOf(key: string): string {
  return `commands/${encodeURIComponent(key)}`;
}

function urlOf({ endpoint }: HttpAdapterSettings, place: string): URL {
  return new URL(place, endpoint.endsWith('/') ? endpoint : `${endpoint}/`);
}

/** What the element names, at its own address only: whoever answers must not lead the program, and its token, elsewhere. */
function pollUrl({ adapter, key }: Call, poll: string | null): URL | undefined {
  const home = urlOf(adapter, placeOf(key));
  if (poll === null) return home;
  if (!URL.canParse(poll, home)) return undefined;
  const url = new URL(poll, home);
  return url.origin === home.origin && url.username === '' && url.password === '' ? url : undefined;
}

function backoffOf({ backoffMs }: HttpAdapterSettings): IBackoff<unknown> {
  const maxDelay = Math.max(backoffMs, BACKOFF_MS_MAX);
  return new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay: backoffMs, maxDelay }).next();
}
