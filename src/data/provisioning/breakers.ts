import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen, type CircuitBreakerPolicy } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import type { HttpAdapterSettings } from './network-command';
import { failed, type Reading } from './read-answer';

export type BreakerState = 'closed' | 'open' | 'halfOpen';

interface KeptBreaker {
  readonly policy: CircuitBreakerPolicy;
  readonly madeFor: string;
}

const BREAKERS_MAX = 1_000;

/** Carries an attempt's failure through the breaker, which counts what is thrown. */
class AttemptFailure extends Error {
  public constructor(public readonly reading: Reading & { readonly kind: 'failed' }) {
    super(reading.reason);
  }
}

/** One circuit breaker 熔断器 for each adapter, in this process. */
export class Breakers {
  private readonly kept = new LRUCache<string, KeptBreaker>({ max: BREAKERS_MAX });

  public constructor(private readonly onChange: (adapter: string, state: BreakerState) => void) {}

  /** Makes the attempt, unless the element is left alone. One attempt at a time finds out whether it is back; others do not wait. */
  public async attempt(adapter: HttpAdapterSettings, make: () => Promise<Reading>): Promise<Reading> {
    const policy = this.of(adapter);
    const leftAlone = failed('BREAKER_OPEN', 'the element failed too often and is left alone', false);
    if (policy.state === CircuitState.HalfOpen) return leftAlone;
    try {
      return await policy.execute(async () => {
        const reading = await make();
        if (reading.kind === 'failed') throw new AttemptFailure(reading);
        return reading;
      });
    } catch (error) {
      if (error instanceof AttemptFailure) return error.reading;
      if (error instanceof BrokenCircuitError) return leftAlone;
      throw error;
    }
  }

  /** The breaker is made anew, closed, when its settings or the address change: what failed may be another element. */
  private of({ code, endpoint, breakerFailures, breakerOpenMs }: HttpAdapterSettings): CircuitBreakerPolicy {
    const madeFor = JSON.stringify([endpoint, breakerFailures, breakerOpenMs]);
    const kept = this.kept.get(code);
    if (kept?.madeFor === madeFor) return kept.policy;
    const policy = circuitBreaker(handleWhen(countsAgainstElement), {
      halfOpenAfter: breakerOpenMs,
      breaker: new ConsecutiveBreaker(breakerFailures),
    });
    policy.onStateChange((state) => this.onChange(code, STATES[state] ?? 'open'));
    this.kept.set(code, { policy, madeFor });
    if (kept !== undefined) this.onChange(code, 'closed');
    return policy;
  }
}

const STATES: Readonly<Record<number, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'halfOpen',
};

/** An element that answers, be it that it does not accept how it is called, is not failing; nor is one that nobody waited for. */
function countsAgainstElement(error: Error): boolean {
  return error instanceof AttemptFailure && error.reading.reason !== 'NOT_ACCEPTED' && error.reading.reason !== 'CANCELLED';
}
