import type { z } from 'zod';
import type { FactTime } from '../../context';
import type { Json } from '../../../kernel/stable-json';
import type { Stage } from './stage';
import { fields } from './written/fields';
import { handle, type Handle, type HandleKind } from './written/handle';
import { time } from './written/written-time';

/** What of one kind of thing a file may expect. */
export interface Expectation {
  /** The kind of thing, and the key that names it. */
  readonly subject: HandleKind;
  /** The keys of which no history is kept: they cannot be asked for as of another time. */
  readonly undated: readonly string[];
  /** The keys that say where to look, and expect nothing themselves. */
  readonly asked: readonly string[];
  readonly input: z.ZodObject;
  /** Everything that can be expected, in the form in which a file writes it. */
  actual(stage: Stage, subject: Handle, time: FactTime, asked: Asked): Promise<Readonly<Record<string, Json>>>;
  /** Of what is there, what a file looks at. */
  narrowed(key: string, value: unknown, actual: Json): Json;
  /** A value that a file expects, in that form too. */
  expected(stage: Stage, key: string, value: unknown, subject: Handle): Promise<Json>;
}

/** What a file says to those keys. */
export type Asked = Readonly<Record<string, unknown>>;

/** The keys beside what is expected. */
export const TIME_KEYS = ['asOf', 'asKnown'] as const;

type Expected<Shape extends z.ZodRawShape> = { readonly [Key in keyof Shape]: Json };

interface Definition<Subject extends HandleKind, Shape extends z.ZodRawShape, AskedShape extends z.ZodRawShape> {
  readonly subject: Subject;
  readonly undated: readonly (keyof Shape & string)[];
  /** Each thing that can be expected; all are optional. */
  readonly shape: Shape;
  /** What tells where to look, beside the time. */
  readonly asked?: AskedShape;
  /** Whether what was known at another time can be asked for; it can, where nothing is said. */
  readonly asKnown?: false;
  actual(stage: Stage, subject: Handle<Subject>, time: FactTime, asked: z.output<z.ZodObject<AskedShape>>): Promise<Expected<Shape>>;
  /** How a value is written that is neither a handle nor a word or number, by its key. */
  readonly written?: {
    readonly [Key in keyof Shape]?: (stage: Stage, value: z.output<Shape[Key]>, subject: Handle<Subject>) => Json | Promise<Json>;
  };
  /** Of what is there, what a value looks at, by its key; all of it, where nothing is said. */
  readonly narrowed?: { readonly [Key in keyof Shape]?: (value: z.output<Shape[Key]>, actual: Json) => Json };
}

/** Declares what can be expected of a kind of thing. It stands in a file of its own in `expectation/`, and in the list `expectation/index.ts`. */
export function defineExpectation<
  Subject extends HandleKind,
  Shape extends z.ZodRawShape,
  AskedShape extends z.ZodRawShape = z.ZodRawShape,
>(definition: Definition<Subject, Shape, AskedShape>): Expectation {
  const { subject, undated, shape, asked: askedShape, written = {}, narrowed = {}, asKnown = true } = definition;
  const times = { asOf: time.optional(), ...(asKnown ? { asKnown: time.optional() } : {}) };
  return {
    subject,
    undated,
    asked: Object.keys(askedShape ?? {}),
    input: fields({ [subject]: handle(subject), ...times, ...askedShape, ...shape }),
    actual: (stage, of, at, asked) => definition.actual(stage, of as Handle<Subject>, at, asked as z.output<z.ZodObject<AskedShape>>),
    narrowed(key, value, actual) {
      const narrow = (narrowed as Readonly<Record<string, ((value: unknown, actual: Json) => Json) | undefined>>)[key];
      return narrow === undefined ? actual : narrow(value, actual);
    },
    async expected(stage, key, value, of) {
      const write = (written as Readonly<Record<string, ((...given: unknown[]) => Json | Promise<Json>) | undefined>>)[key];
      return write === undefined ? plain(value) : write(stage, value, of);
    },
  };
}

/** A handle as its name, nobody as `none`. */
function plain(value: unknown): Json {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object' && 'name' in value && 'kind' in value) return String(value.name);
  return value as Json;
}
