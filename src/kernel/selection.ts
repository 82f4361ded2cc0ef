/**
 * What a reader wants of a value: the neutral form of a selection, so that a data operation can fetch a known nested
 * shape in one statement without knowing GraphQL.
 */
export interface Selection {
  /** The field, if it is wanted; not when it is wanted twice with different arguments: then it cannot be fetched ahead. */
  field(name: string): SelectedField | undefined;
  /** Whether nothing but these fields is wanted, at any depth. */
  isWithin(names: ReadonlySet<string>): boolean;
}

export interface SelectedField {
  /** The value of an argument; `undefined` when it is not given (or given as null). */
  arg(name: string): unknown;
  readonly selection: Selection;
}

/** Wants nothing below. */
export const NOTHING: Selection = { field: () => undefined, isWithin: () => true };
