/** Choices that look like chance and are the same on every run (mulberry32, 32 bits of state). */
export class Chance {
  public constructor(private state: number) {}

  /** From 0, below 1. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  public between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  public one<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item {
    return items[Math.floor(this.next() * items.length)] as Item;
  }

  /** True in `percent` of a hundred cases. */
  public percent(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  public digits(count: number): string {
    return Array.from({ length: count }, () => this.between(0, 9)).join('');
  }
}
