import type { IncomingMessage } from 'node:http';
import { Failure } from '../../kernel/failure';

/** A request of which nothing has been done yet, but to read it. */
interface Waiting {
  readonly request: IncomingMessage;
  readonly bytes: number;
  readonly begin: (refused?: Failure) => void;
  readonly untilMs: number;
}

/** No more than these wait: nobody has been asked who he is yet, and what was sent is kept. */
const WAITING_MAX = 20_000;
const WAITING_BYTES_MAX = 64_000_000;

export interface AdmissionUse {
  readonly underWay: number;
  readonly waiting: number;
  readonly max: number;
}

/**
 * Lets so many requests at a time begin; the others wait in order, for a bounded time. Thousands of terminals share a few
 * connections to the database. A request that waits for one of them with its context and a dozen promises outlives the young
 * generation, and moving those took a further 40 µs of processor a request; here it waits as 3 KB.
 */
export class Admission {
  private begun = 0;
  private queue: Waiting[] = [];
  /** Where the first of those who wait stands; what is before it has begun. */
  private first = 0;
  private bytes = 0;
  private patience: NodeJS.Timeout | undefined;

  public constructor(
    private readonly places: number,
    private readonly waitMs: number,
    /** What a body counts for that does not say its length. */
    private readonly bodyLimitBytes: number,
  ) {}

  /**
   * Calls `begin` as soon as there is a place, or with a refusal when there was none in time, or too many wait. Who has begun says
   * so by `leave`, once; who was refused, or has hung up before there was a place, does not.
   */
  public enter(request: IncomingMessage, begin: (refused?: Failure) => void): void {
    if (this.begun < this.places) {
      this.begun += 1;
      begin();
      return;
    }
    const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
    const bytes = encoding === undefined ? Number(length ?? 0) : this.bodyLimitBytes;
    if (this.queue.length - this.first >= WAITING_MAX || this.bytes + bytes > WAITING_BYTES_MAX) {
      begin(tooMany());
      return;
    }
    this.bytes += bytes;
    this.queue.push({ request, bytes, begin, untilMs: performance.now() + this.waitMs });
    this.patience ??= setTimeout(() => this.refuseLate(), this.waitMs);
  }

  public leave(): void {
    this.begun -= 1;
    while (this.begun < this.places) {
      const next = this.takeFirst();
      if (next === undefined) return;
      if (hasHungUp(next)) continue;
      this.begun += 1;
      next.begin();
    }
  }

  public use(): AdmissionUse {
    return { underWay: this.begun, waiting: this.queue.length - this.first, max: this.places };
  }

  private takeFirst(): Waiting | undefined {
    const next = this.queue[this.first];
    if (next === undefined) return undefined;
    this.first += 1;
    this.bytes -= next.bytes;
    // Not one by one: to move thousands to the front is dear.
    if (this.first * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.first);
      this.first = 0;
    }
    return next;
  }

  /** Refuses those who have waited too long, and looks again when the next one will have. */
  private refuseLate(): void {
    this.patience = undefined;
    const nowMs = performance.now();
    for (let next = this.queue[this.first]; next !== undefined; next = this.queue[this.first]) {
      if (next.untilMs > nowMs) {
        this.patience = setTimeout(() => this.refuseLate(), next.untilMs - nowMs);
        return;
      }
      this.takeFirst();
      if (!hasHungUp(next)) next.begin(tooMany());
    }
  }
}

/** Whoever has hung up meanwhile wants nothing. By the socket: of several requests on one, only the first knows. */
function hasHungUp({ request }: Waiting): boolean {
  return request.socket.destroyed;
}

function tooMany(): Failure {
  return new Failure('DEPENDENCY_UNAVAILABLE', 'More requests wait than are answered in time; try again.', {
    reason: 'TOO_MANY_REQUESTS_WAIT',
  });
}
