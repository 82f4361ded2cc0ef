import type { Json } from '../../../../kernel/stable-json';
import type { AuthorityKind } from '../../discount';

/** What a quotation gives away by hand, of one kind 手工优惠、减免. */
export interface GivenByHand {
  readonly kind: AuthorityKind;
  readonly amountMinor: bigint;
  /** The one-time and first-period charges that it is a part of, before anything is taken off. */
  readonly ofMinor: bigint;
  /** Whether it is beyond the authority of who asked: then an order of it waits for someone whose own covers it. */
  readonly needsApproval: boolean;
}

export function writeGivenAway(given: readonly GivenByHand[]): Json {
  return given.map((one) => ({ ...one, amountMinor: one.amountMinor.toString(), ofMinor: one.ofMinor.toString() }));
}

type Kept = Omit<GivenByHand, 'amountMinor' | 'ofMinor'> & Readonly<Record<'amountMinor' | 'ofMinor', string>>;

/** Reads it as it was kept. */
export function readGivenAway(json: Json): GivenByHand[] {
  return (json as unknown as readonly Kept[]).map((one) => ({
    ...one,
    amountMinor: BigInt(one.amountMinor),
    ofMinor: BigInt(one.ofMinor),
  }));
}
