import type { Instant } from '../../../kernel/clock';
import type { TimeZone } from '../../../kernel/calendar';
import type { Asked, Expectation } from './expectation';
import type { Place } from './problem';
import type { Verb } from './verb';
import type { Handle } from './written/handle';
import type { WrittenTime } from './written/written-time';

/** A file that has been read and in which nothing is wrong by itself. */
export interface Scenario {
  readonly title: string;
  readonly zone: TimeZone;
  readonly operator: { readonly code: string; readonly name: string };
  readonly beginsAt: Instant;
  /** In the order in which they are played: what is listed before the timeline comes first. */
  readonly steps: readonly Step[];
}

/** What happens at one instant, and what is expected after it. */
export interface Step {
  readonly at: Instant;
  readonly place: Place;
  readonly action: Action | null;
  readonly expected: readonly Expected[];
}

export interface Action {
  readonly verb: Verb;
  readonly input: unknown;
  /** Of the verb's own keys. */
  readonly place: Place;
  readonly by: Handle<'staff'> | null;
  /** By what it is to be refused; null when it is not. */
  readonly refuses: readonly ExpectedRefusal[] | null;
}

export interface ExpectedRefusal {
  readonly code: string;
  /** The field to blame, as the API names it: `items.0.open.plan`; null: whichever. */
  readonly at: string | null;
}

export interface Expected {
  readonly expectation: Expectation;
  readonly subject: Handle;
  readonly asOf: WrittenTime | undefined;
  readonly asKnown: WrittenTime | undefined;
  /** Where to look, beside the time. */
  readonly asked: Asked;
  /** What is expected, by its key. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly place: Place;
}
