import { KeepAliveClient } from './keep-alive-client';
import type { Target } from './load-messages';

/** How many connections are opened at once: fewer than a listener's usual backlog. */
const OPENED_AT_ONCE = 100;

/** A target's connections and prebuilt requests. */
export class Connections {
  private readonly heads: readonly Buffer[];
  private readonly tails: readonly Buffer[];
  private readonly clients: KeepAliveClient[] = [];
  /** State of xorshift32: chance that costs nothing. */
  private seed = 0x9e3779b9;

  public constructor(private readonly target: Target) {
    this.heads = target.heads.map((head) => Buffer.from(head));
    this.tails = target.tails.map((tail) => Buffer.from(tail));
  }

  /** The first `count` connections, opened where they are not. */
  public async open(count: number): Promise<readonly KeepAliveClient[]> {
    while (this.clients.length < count) {
      const head = this.heads[this.clients.length % this.heads.length] ?? Buffer.alloc(0);
      this.clients.push(new KeepAliveClient(this.target.port, head));
    }
    const chosen = this.clients.slice(0, count);
    for (let first = 0; first < count; first += OPENED_AT_ONCE) {
      await Promise.all(chosen.slice(first, first + OPENED_AT_ONCE).map((client) => client.open()));
    }
    return chosen;
  }

  public close(): void {
    for (const client of this.clients) client.close();
  }

  public drawTail(): Buffer {
    this.seed ^= this.seed << 13;
    this.seed ^= this.seed >>> 17;
    this.seed ^= this.seed << 5;
    return this.tails[(this.seed >>> 0) % this.tails.length] as Buffer;
  }
}
