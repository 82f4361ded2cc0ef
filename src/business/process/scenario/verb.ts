import type { z } from 'zod';
import type { Refusal, Result } from '../../../kernel/result';
import type { Stage } from './stage';
import { fields } from './written/fields';
import type { Handle } from './written/handle';

/** What may stand in a step: one thing that is done. */
export interface Verb {
  /** The mutation's name, where one mutation does it. */
  readonly name: string;
  /** Where, before the timeline, a file may list what this verb brings, as in `parties.customers`; each entry is keyed by its handle. */
  readonly section: string | null;
  /** Every code that `refuses` may name here. */
  readonly refusals: readonly string[];
  readonly input: z.ZodObject;
  /** The handles that a step would bring if all of it could be read: of what it says, unread. */
  brings(said: Readonly<Record<string, unknown>>): readonly Handle[];
  /** `input` is what the schema has read. */
  run(stage: Stage, input: unknown): Promise<Done>;
}

/** What came of a step: a refusal is for the file to expect. */
export type Done = Result<unknown>;
export type Refusals = readonly Refusal[];

interface Definition<Shape extends z.ZodRawShape> {
  readonly name: string;
  readonly section?: string;
  /** The closed lists of the components that may refuse. */
  readonly refusals: Readonly<Record<string, unknown>>;
  /** Each key of the step. A verb with a section has the key `handle`. */
  readonly input: Shape;
  /** Beside its own key `handle`. */
  brings?(said: Readonly<Record<string, unknown>>): readonly Handle[];
  run(stage: Stage, input: z.output<z.ZodObject<Shape>>): Promise<Done>;
}

/** Declares a verb. It stands in the file of its name in `verb/`, and in the list `verb/index.ts`. */
export function defineVerb<Shape extends z.ZodRawShape>(definition: Definition<Shape>): Verb {
  return {
    name: definition.name,
    section: definition.section ?? null,
    refusals: Object.keys(definition.refusals),
    input: fields(definition.input),
    brings: (said) => definition.brings?.(said) ?? [],
    run: (stage, input) => definition.run(stage, input as z.output<z.ZodObject<Shape>>),
  };
}
