/**
 * What a reader wants of a value: the neutral form of a selection, so that a data operation can fetch a known nested
 * shape in one statement without knowing GraphQL.
 */
export interface Selection {
  /** The field, if it is wanted; not when it is wanted twice with different arguments: then it cannot be fetched ahead. */
  field(name: string): SelectedField | undefined;
  /** Whether nothing but these fields is wanted, at any depth. */
  isWithin(fields: FieldSet): boolean;
}

/** Fields by name. An object for the life of the program: what has been found of one is remembered. */
export interface FieldSet {
  readonly names: ReadonlySet<string>;
  /** Below these anything may be wanted. */
  readonly whole: ReadonlySet<string>;
}

export interface SelectedField {
  /** The value of an argument; `undefined` when it is not given (or given as null). */
  arg(name: string): unknown;
  readonly selection: Selection;
}

/** Wants nothing below. */
export const NOTHING: Selection = { field: () => undefined, isWithin: () => true };
