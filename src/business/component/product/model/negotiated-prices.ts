/** Amounts by price code that were agreed upon instead of the list 协议价, as an instance keeps them. */
export function writeNegotiated(agreed: ReadonlyMap<string, bigint>): string {
  return JSON.stringify(Object.fromEntries([...agreed].map(([code, amountMinor]) => [code, amountMinor.toString()])));
}

/** Reads them as they are stored; none where the list holds. */
export function readNegotiated(stored: string | null): ReadonlyMap<string, bigint> {
  const read = stored === null ? {} : (JSON.parse(stored) as Readonly<Record<string, string>>);
  return new Map(Object.entries(read).map(([code, amountMinor]) => [code, BigInt(amountMinor)]));
}
