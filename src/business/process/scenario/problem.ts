/** The way to a place in the file: keys, and positions in lists. */
export type Place = readonly (string | number)[];

/** What is wrong with a scenario, or what it expected in vain, and where that is written. */
export interface Problem {
  readonly place: Place;
  /** Whether the key itself is to blame, or what stands behind it. */
  readonly of: 'key' | 'value';
  readonly message: string;
  /** For an expectation that is not met. */
  readonly difference?: { readonly expected: string; readonly actual: string };
}

export function problemOf(place: Place, message: string, of: Problem['of'] = 'value'): Problem {
  return { place, of, message };
}

/** What a step cannot do for a reason that shows only when it runs. `place` is below the step's own input. */
export class StepMistake extends Error {
  public constructor(
    public readonly place: Place,
    message: string,
  ) {
    super(message);
    this.name = 'StepMistake';
  }
}
