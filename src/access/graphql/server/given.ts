type Given<Parts> = { [Name in keyof Parts]?: Exclude<Parts[Name], null | undefined> };

/** The parts that were given: GraphQL's null and absent mean the same for a filter. */
export function given<Parts extends object>(parts: Parts): Given<Parts> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null && value !== undefined)) as Given<Parts>;
}
