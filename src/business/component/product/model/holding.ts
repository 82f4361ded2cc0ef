import type { Instant } from '../../../../kernel/clock';
import type { Id } from '../../../../kernel/id';
import { isBefore } from '../../../../kernel/period';
import { checkRules, type RuleBreach } from './eligibility';
import type { ProductRules } from './definition';

/** An instance that a subscriber holds or is to hold, and for how long. */
export interface HeldInstance {
  readonly instanceId: Id<'productInstance'>;
  readonly code: string;
  readonly rules: ProductRules;
  readonly from: Instant;
  readonly to: Instant | null;
}

/** A rule of an instance that is broken by what is held with it. */
export interface BrokenRule {
  readonly instanceId: Id<'productInstance'>;
  readonly code: string;
  readonly breach: RuleBreach;
}

/** What is held at an instant. */
export function heldAt<Held extends Pick<HeldInstance, 'from' | 'to'>>(held: readonly Held[], at: Instant): Held[] {
  return held.filter(({ from, to }) => !isBefore(at, from) && (to === null || isBefore(at, to)));
}

/**
 * The rules that what is to be held breaks, from an instant on: each once, whenever it is first broken. It is looked at when something
 * begins: what ends because another takes its place ends then, and what ends by itself is nobody's change.
 */
export function brokenRules(held: readonly HeldInstance[], from: Instant): BrokenRule[] {
  const moments = [from, ...held.map((one) => one.from).filter((at) => isBefore(from, at))];
  const broken = new Map<string, BrokenRule>();
  for (const moment of moments) {
    const then = heldAt(held, moment);
    const codes = then.map(({ code }) => code);
    for (const { instanceId, code, rules } of then) {
      for (const breach of checkRules(code, rules, codes)) {
        broken.set(`${instanceId} ${JSON.stringify(breach)}`, { instanceId, code, breach });
      }
    }
  }
  return [...broken.values()];
}
