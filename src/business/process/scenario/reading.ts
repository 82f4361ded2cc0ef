import type { z } from 'zod';
import type { TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { problemOf, type Place, type Problem } from './problem';
import { suggestion } from './written/fields';
import { articleOf, Handle, OPERATOR_HANDLE, type HandleKind } from './written/handle';
import { WrittenTime } from './written/written-time';

/** A file that is being read from its beginning on: which handles it has given so far, and what is wrong with it. */
export class Reading {
  public readonly problems: Problem[] = [];
  private readonly kinds = new Map<string, HandleKind>([[OPERATOR_HANDLE, 'organisation']]);

  public constructor(private readonly zone: TimeZone) {}

  public wrong(place: Place, message: string, of: Problem['of'] = 'value'): void {
    this.problems.push(problemOf(place, message, of));
  }

  /** What a value says; undefined, and a problem, where it is not of that form. */
  public read<Value>(schema: z.ZodType<Value>, value: unknown, place: Place): Value | undefined {
    const read = schema.safeParse(value, { reportInput: true });
    if (read.success) return read.data;
    this.problems.push(...problemsOf(read.error, place));
    return undefined;
  }

  public instantOf(time: WrittenTime, place: Place): Instant | undefined {
    const read = time.in(this.zone);
    if ('instant' in read) return read.instant;
    this.wrong(place, read.reason);
    return undefined;
  }

  /**
   * Checks every handle and time in what a step says. What the step brings has its handle from the next line on; not if it
   * `brings` nothing, because it is to be refused.
   */
  public check(value: unknown, place: Place, brings = true): void {
    const parts = [...partsOf(value, place)];
    for (const [part, at] of parts) {
      if (part instanceof WrittenTime) this.instantOf(part, at);
      else this.checkHandle(part, at);
    }
    if (brings) this.take(parts.flatMap(([part]) => (part instanceof Handle && part.isNew ? [part] : [])));
  }

  /** Has handles mean something from the next line on. */
  public take(handles: readonly Handle[]): void {
    for (const { name, kind } of handles) if (!this.kinds.has(name)) this.kinds.set(name, kind);
  }

  private checkHandle({ kind, name, isNew }: Handle, place: Place): void {
    const known = this.kinds.get(name);
    if (isNew) {
      if (known !== undefined) this.wrong(place, `"${name}" is ${articleOf(known)} already`);
    } else if (known === undefined) {
      const others = [...this.kinds].filter(([, other]) => other === kind).map(([other]) => other);
      this.wrong(place, `nothing before this line is called "${name}"${suggestion(name, others)}`);
    } else if (known !== kind) {
      this.wrong(place, `"${name}" is ${articleOf(known)}; ${articleOf(kind)} is needed here`);
    }
  }
}

/** The handles and times in a value that was read, each with its place. */
function* partsOf(value: unknown, place: Place): Generator<readonly [Handle | WrittenTime, Place]> {
  if (value instanceof Handle || value instanceof WrittenTime) yield [value, place];
  else if (value !== null && typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) yield* partsOf(part, [...place, Array.isArray(value) ? Number(key) : key]);
  }
}

/** What zod found, in our words and with its place. */
function problemsOf({ issues }: z.ZodError, place: Place): Problem[] {
  return issues.map((issue) => {
    const path = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    if (issue.code === 'unrecognized_keys') return problemOf([...place, ...path, issue.keys[0] ?? ''], issue.message, 'key');
    const missing = 'input' in issue && issue.input === undefined && path.length > 0;
    return problemOf([...place, ...path], missing ? `"${String(path.at(-1))}" is missing: ${issue.message}` : issue.message);
  });
}
