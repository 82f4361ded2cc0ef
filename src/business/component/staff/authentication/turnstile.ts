import { Failure } from '../../../../kernel/failure';

/** Lets so many through at a time, in the order in which they came; so many may wait, and the next is sent away. */
export class Turnstile {
  private inside = 0;
  private readonly waiting: (() => void)[] = [];

  public constructor(
    private readonly width: number,
    private readonly waitingMax: number,
  ) {}

  /** @throws Failure THROTTLED when too many wait already */
  public async pass<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.inside < this.width) this.inside += 1;
    else {
      if (this.waiting.length >= this.waitingMax) throw tooMany();
      // Whoever leaves hands his place on, so nobody who comes just then can slip in before.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.inside -= 1;
      else next();
    }
  }
}

/** A turnstile of width one for each name in use. */
export class TurnstilesByName {
  private readonly turnstiles = new Map<string, { readonly turnstile: Turnstile; users: number }>();

  public constructor(
    private readonly waitingMaxOfName: number,
    private readonly usersMax: number,
  ) {}

  private users = 0;

  /** @throws Failure THROTTLED when too many wait for this name, or for all names together */
  public async pass<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    if (this.users >= this.usersMax) throw tooMany();
    const entry = this.turnstiles.get(name) ?? { turnstile: new Turnstile(1, this.waitingMaxOfName), users: 0 };
    this.turnstiles.set(name, entry);
    entry.users += 1;
    this.users += 1;
    try {
      return await entry.turnstile.pass(work);
    } finally {
      entry.users -= 1;
      this.users -= 1;
      if (entry.users === 0) this.turnstiles.delete(name);
    }
  }
}

function tooMany(): Failure {
  return new Failure('THROTTLED', 'Too many log-ins at once; try again in a moment.', { retryAfterMs: 1_000 });
}
