import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { ReadContext } from '../../../context';
import { selectSessionAccess, type SessionAccess } from '../../../../data/operation/staff/select-session-access';
import { wallClockMs } from '../../../../kernel/clock';
import { Failure } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { AccessChangeFeed } from './access-change-feed';
import { accessSequence, isStillCurrent, type AccessReading } from './access-changes';
import { readAccessToken, type AccessToken } from './access-token';
import { deriveKeys } from './keys';
import { principalOf, type Principal } from './principal';

/** Sessions that a process remembers; a terminal is one. */
const REMEMBERED_MAX = 50_000;
/** However quiet the feed of changes is, a session is read again after this. */
const KEPT_MS = 60_000;
/** That a session is no more is remembered for a shorter time: a client can be enabled again. */
const ENDED_KEPT_MS = 5_000;
/** Reads of one session for one request, when its access changes again and again meanwhile. */
const READS_MAX = 3;
const ARRIVAL_POLL_MS = 100;

interface KnownSession extends AccessReading {
  /** Undefined: the session is revoked, or nobody may use it now. */
  readonly principal: Principal | undefined;
  readonly keptUntilMs: number;
}

/**
 * Says who calls. A token that is known is answered at once, without a promise. Revocations and changed grants take
 * effect within 5 s in every process, at once in the one that made them.
 */
export class TokenVerifier {
  private readonly key: KeyObject;
  private readonly feed: AccessChangeFeed;
  private readonly tokens = new LRUCache<string, AccessToken>({ max: REMEMBERED_MAX });
  private readonly sessions = new LRUCache<Id<'session'>, KnownSession>({ max: REMEMBERED_MAX });
  private readonly reading = new Map<Id<'session'>, Promise<KnownSession>>();

  /**
   * @param runner where sessions are read: the core, or in a process of its own for reporting, a replica
   * @param arrivesWithinMs how long a session that was opened just now may take to reach that server; 0 on the core
   */
  public constructor(
    signingKey: string,
    private readonly runner: () => ReadContext['sql'],
    private readonly arrivesWithinMs = 0,
  ) {
    this.key = deriveKeys(signingKey).accessToken;
    this.feed = new AccessChangeFeed(runner, arrivesWithinMs > 0);
  }

  /** @throws Failure UNAUTHENTICATED, DEPENDENCY_UNAVAILABLE, DEADLINE_EXCEEDED */
  public verifyAccessToken(text: string): Principal | Promise<Principal> {
    const nowMs = wallClockMs();
    const token = this.tokens.get(text);
    if (token !== undefined && nowMs < token.expiresAtMs) {
      const known = this.sessions.get(token.sessionId);
      if (known?.principal !== undefined && nowMs < known.keptUntilMs && this.feed.isFresh(nowMs) && isStillCurrent(known)) {
        return known.principal;
      }
    }
    return this.verify(text);
  }

  private async verify(text: string): Promise<Principal> {
    const token = this.tokens.get(text) ?? (await readAccessToken(this.key, text));
    if (token === undefined || wallClockMs() >= token.expiresAtMs)
      throw unauthenticated('The access token is malformed, forged or expired.');
    this.tokens.set(text, token);
    await this.feed.refresh();
    const { principal } = await this.currentSession(token.sessionId);
    if (principal === undefined) throw unauthenticated('This log-in has ended; log in again.');
    return principal;
  }

  private async currentSession(id: Id<'session'>): Promise<KnownSession> {
    for (let reads = 0; ; reads += 1) {
      const known = this.sessions.get(id);
      if (known !== undefined && wallClockMs() < known.keptUntilMs && isStillCurrent(known)) return known;
      if (reads === READS_MAX)
        throw new Failure('THROTTLED', 'The rights of this log-in are just being changed; try again.', { retryAfterMs: 500 });
      await this.readSession(id);
    }
  }

  private readSession(id: Id<'session'>): Promise<KnownSession> {
    const under = this.reading.get(id);
    if (under !== undefined) return under;
    const reading = this.readNow(id).finally(() => this.reading.delete(id));
    this.reading.set(id, reading);
    return reading;
  }

  private async readNow(id: Id<'session'>): Promise<KnownSession> {
    const startedAt = accessSequence();
    const nowMs = wallClockMs();
    const access = await this.readAccess(id);
    const expiresAtMs = access?.expiresAt.epochMilliseconds ?? 0;
    const ended = access === undefined || expiresAtMs <= nowMs;
    const known: KnownSession = {
      principal: ended ? undefined : principalOf(access),
      keptUntilMs: ended ? nowMs + ENDED_KEPT_MS : Math.min(nowMs + KEPT_MS, expiresAtMs),
      startedAt,
      checkedAt: startedAt,
      subjects: [id, ...(access === undefined ? [] : [access.client.id, ...(access.staff === null ? [] : [access.staff.id])]),
        ...new Set(access?.grants.map((grant) => grant.roleId))],
    }; // prettier-ignore
    this.sessions.set(id, known);
    return known;
  }

  /** A token with a good signature names a session that exists, or existed: on a replica it may be on its way. */
  private async readAccess(id: Id<'session'>): Promise<SessionAccess | undefined> {
    for (let waitedMs = 0; ; waitedMs += ARRIVAL_POLL_MS) {
      const access = await selectSessionAccess(this.runner(), id);
      if (access !== undefined || waitedMs >= this.arrivesWithinMs) return access;
      await sleep(ARRIVAL_POLL_MS);
    }
  }
}

function unauthenticated(message: string): Failure {
  return new Failure('UNAUTHENTICATED', message);
}
