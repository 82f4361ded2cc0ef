import { z } from 'zod';
import type { DoneOutcome, RefusedOutcome, UnknownReason } from './network-command';
import type { Exchanged } from './exchange';

/** An attempt that settled nothing. */
export interface FailedAttempt {
  readonly kind: 'failed';
  readonly reason: UnknownReason;
  readonly detail: string;
  /** Whether another attempt may fare better. */
  readonly again: boolean;
  /** What the element asked for. */
  readonly afterMs: number;
}

/** What an answer says. */
export type Reading =
  | DoneOutcome
  | RefusedOutcome
  /** The element took it on: look at `poll`, or where its key is asked for, after `afterMs`. */
  | { readonly kind: 'later'; readonly poll: string | null; readonly afterMs: number }
  | { readonly kind: 'neverHeard' }
  | FailedAttempt;

const TEXT_LENGTH_MAX = 500;
const RESULTS_MAX = 32;
const RETRY_AFTER_MS_MAX = 60_000;
const POLL_AFTER_MS = 1_000;
const POLL_AFTER_MS_MIN = 20;
const POLL_AFTER_MS_MAX = 10_000;

/** Kept as JSON in the database, which takes neither the character 0 nor half of a pair. */
const kept = z.string().max(TEXT_LENGTH_MAX).regex(/^\P{Cc}*$/u).refine((text) => text.isWellFormed()); // prettier-ignore
const done = z.object({
  key: z.string(),
  reference: kept.nullish(),
  result: z
    .record(z.string().regex(/^[A-Za-z]\w{0,63}$/), kept)
    .refine((result) => Object.keys(result).length <= RESULTS_MAX)
    .nullish(),
});
const later = z.object({ key: z.string(), poll: z.string().max(2_000).nullish(), afterMs: z.number().nullish() });
const refused = z.object({ key: z.string(), code: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/), text: z.string().nullish() });
const unknownKey = z.object({ key: z.string(), code: z.literal('UNKNOWN_KEY') });

/**
 * Reads what came back for the command of this key. An answer that does not name the key is none: on a kept connection it may be
 * the second answer to what was asked before, and a page of a proxy is no word of the element.
 */
export function readAnswer(key: string, exchanged: Exchanged): Reading {
  if (exchanged.kind === 'none') return failed(exchanged.reason, exchanged.detail, exchanged.reason !== 'CANCELLED');
  const { status, retryAfter, body } = exchanged;
  const said = `HTTP ${status}`;
  if (status >= 500 || status === 429 || status === 408) return failed('ELEMENT_FAILED', said, true, retryAfterMs(retryAfter));
  const json = parsed(body);
  const bad = failed('BAD_ANSWER', `${said} with a body that is no answer to this command`, true);
  const read = <Value extends { readonly key: string }>(schema: z.ZodType<Value>): Value | undefined => {
    const result = schema.safeParse(json);
    return result.success && result.data.key === key ? result.data : undefined;
  };
  switch (status) {
    case 200: {
      const value = read(done);
      return value === undefined ? bad : { kind: 'done', reference: value.reference ?? null, result: value.result ?? {} };
    }
    case 202: {
      const value = read(later);
      return value === undefined ? bad : { kind: 'later', poll: value.poll ?? null, afterMs: pollAfterMs(value.afterMs) };
    }
    case 409:
    case 422: {
      const value = read(refused);
      return value === undefined ? bad : { kind: 'refused', code: value.code, text: readable(value.text ?? '') };
    }
    case 404:
      return read(unknownKey) === undefined ? failed('NOT_ACCEPTED', said, false) : { kind: 'neverHeard' };
    default:
      return status >= 200 && status < 300 ? bad : failed('NOT_ACCEPTED', said, false);
  }
}

export function failed(reason: UnknownReason, detail: string, again: boolean, afterMs = 0): FailedAttempt {
  return { kind: 'failed', reason, detail, again, afterMs };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** What is shown to a clerk: one line, and not a long one. */
function readable(text: string): string {
  const line = text.toWellFormed().replace(/\p{Cc}+/gu, ' ').trim(); // prettier-ignore
  return [...line].slice(0, TEXT_LENGTH_MAX).join('');
}

/** `Retry-After` in seconds; a date is not read, as its clock is another's. */
function retryAfterMs(header: string | undefined): number {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Math.min(Number(header) * 1_000, RETRY_AFTER_MS_MAX) : 0;
}

function pollAfterMs(given: number | null | undefined): number {
  return Math.min(Math.max(given ?? POLL_AFTER_MS, POLL_AFTER_MS_MIN), POLL_AFTER_MS_MAX);
}
