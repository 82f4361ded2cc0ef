import { z } from 'zod';
import type { Instant } from '../../../kernel/clock';
import { isBefore } from '../../../kernel/period';
import { TIME_KEYS } from './expectation';
import { EXPECTATIONS } from './expectation/index';
import type { Place } from './problem';
import type { Reading } from './reading';
import type { Action, Expected, ExpectedRefusal, Step } from './scenario';
import type { Verb } from './verb';
import { VERBS } from './verb/index';
import { eitherForm, list, listOf, suggestion, text } from './written/fields';
import { handle, Handle } from './written/handle';
import { time, type WrittenTime } from './written/written-time';

/** What a step may have beside its one verb. */
export const STEP_KEYS = ['at', 'by', 'refuses', 'expect', 'note'] as const;

const VERBS_BY_NAME = new Map(VERBS.map((verb) => [verb.name, verb]));
const EXPECTATIONS_BY_SUBJECT = new Map<string, (typeof EXPECTATIONS)[number]>(EXPECTATIONS.map((one) => [one.subject, one]));

/** Codes that are not a component's: the caller does not hold the permission anywhere. */
const FAILURE_CODES = ['FORBIDDEN'];

type Content = Readonly<Record<string, unknown>>;

/** The keys of a map of the file; undefined, and a problem, where it is none. */
export function contentOf(
  reading: Reading,
  value: unknown,
  place: Place,
  needed = 'keys with values are needed here',
): Content | undefined {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Content;
  reading.wrong(place, needed);
  return undefined;
}

/** One entry of the timeline; `after` is the time of the one before. */
export function readStep(reading: Reading, entry: unknown, place: Place, after: Instant): Step {
  const nothing: Step = { at: after, place, action: null, expected: [] };
  const content = contentOf(reading, entry, place, 'a step is needed here: a time (at) and a verb, or what is expected');
  if (content === undefined) return nothing;
  const verbs = verbsIn(reading, content, place);
  const at = readTime(reading, content['at'], [...place, 'at'], after);
  const [verb] = verbs;
  if (content['note'] !== undefined) reading.read(text, content['note'], [...place, 'note']);
  const action = verb === undefined ? null : readAction(reading, content, verb, place);
  if (verb === undefined) {
    for (const key of ['by', 'refuses'])
      if (key in content) reading.wrong([...place, key], `"${key}" belongs to a verb, and there is none here`, 'key');
  }
  return { at, place, action, expected: readExpected(reading, content['expect'], [...place, 'expect']) };
}

function verbsIn(reading: Reading, content: Content, place: Place): readonly Verb[] {
  const verbs: Verb[] = [];
  for (const key of Object.keys(content)) {
    const verb = VERBS_BY_NAME.get(key);
    const [first] = verbs;
    if (verb === undefined) {
      if (STEP_KEYS.some((known) => known === key)) continue;
      const known = [...STEP_KEYS, ...VERBS_BY_NAME.keys()];
      reading.wrong([...place, key], `there is no verb "${key}"${suggestion(key, known)}`, 'key');
    } else if (first !== undefined) {
      reading.wrong([...place, key], `a step does one thing, and this one does "${first.name}": begin another for "${key}"`, 'key');
    } else verbs.push(verb);
  }
  const isIdle = Object.keys(content).every((key) => key === 'at' || key === 'note' || key === 'by' || key === 'refuses');
  if (verbs.length === 0 && isIdle) reading.wrong(place, 'a step needs a verb, or "expect"');
  return verbs;
}

function readTime(reading: Reading, value: unknown, place: Place, after: Instant): Instant {
  const written = reading.read(time, value, place);
  const at = written === undefined ? undefined : reading.instantOf(written, place);
  if (at === undefined) return after;
  if (!isBefore(at, after)) return at;
  reading.wrong(place, `time goes backwards: ${written?.text ?? ''} lies before what comes above it`);
  return after;
}

function readAction(reading: Reading, content: Content, verb: Verb, place: Place): Action {
  const refuses = readCodes(reading, content['refuses'], verb, [...place, 'refuses']);
  const by = content['by'] === undefined ? null : (reading.read(handle('staff'), content['by'], [...place, 'by']) ?? null);
  if (by !== null) reading.check(by, [...place, 'by']);
  return actionOf(reading, verb, content[verb.name], [...place, verb.name], { by, refuses });
}

/** What one verb does with what stands behind it. */
export function actionOf(reading: Reading, verb: Verb, value: unknown, place: Place, more: Pick<Action, 'by' | 'refuses'>): Action {
  const input = reading.read<unknown>(verb.input, value ?? {}, place);
  const brings = more.refuses === null;
  reading.check(input ?? handleBrought(verb, value), place, brings);
  if (input === undefined && brings && isContent(value)) reading.take(verb.brings(value));
  return { verb, input, place, ...more };
}

/** The handle that a step would bring if it could be read: later lines are not to blame for it. */
function handleBrought(verb: Verb, value: unknown): unknown {
  if (!isContent(value) || !('handle' in value)) return undefined;
  const read = (verb.input.shape['handle'] as z.ZodType | undefined)?.safeParse(value['handle']);
  return read?.success === true && read.data instanceof Handle ? { handle: read.data } : undefined;
}

function isContent(value: unknown): value is Content {
  return value !== null && typeof value === 'object';
}

const CODE_ERROR = 'the code of a refusal is needed here, as UNCHANGED, or UNCHANGED at items.0.open.plan';
const CODE = /^(\w+)(?: at ([\w.]+))?$/;
const code = z.string({ error: CODE_ERROR }).transform((written, context): ExpectedRefusal => {
  const [, named = '', at = null] = CODE.exec(written) ?? [];
  if (named === '') context.addIssue({ code: 'custom', message: CODE_ERROR });
  return { code: named, at };
});
const codes = eitherForm((input) => (Array.isArray(input) ? list(code) : code.transform((one) => [one])));

function readCodes(reading: Reading, value: unknown, verb: Verb, place: Place): readonly ExpectedRefusal[] | null {
  if (value === undefined) return null;
  const read = reading.read(codes, value, place) ?? [];
  const known = [...verb.refusals, ...FAILURE_CODES];
  for (const { code: unknown } of read.filter((one) => !known.includes(one.code))) {
    reading.wrong(place, `${verb.name} is never refused by "${unknown}"${suggestion(unknown, known)}; it can be by ${listOf(known)}`);
  }
  return read;
}

/** A list of expectations; none, where the key is missing. */
export function readExpected(reading: Reading, value: unknown, place: Place): readonly Expected[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    reading.wrong(place, 'a list of expectations is needed here, each beginning with -');
    return [];
  }
  return value.flatMap((entry, n) => readExpectation(reading, entry, [...place, n]) ?? []);
}

function readExpectation(reading: Reading, entry: unknown, place: Place): Expected | undefined {
  const subjects = [...EXPECTATIONS_BY_SUBJECT.keys()];
  const content = contentOf(reading, entry, place, `an expectation is needed here, as "subscriber: …" with what it should be`);
  // The first key says what is looked at: a customer has accounts, and an account has a customer.
  const [first = ''] = Object.keys(content ?? {});
  const expectation = EXPECTATIONS_BY_SUBJECT.get(first);
  if (content === undefined) return undefined;
  if (expectation === undefined) {
    const message = `an expectation begins with what is looked at: ${listOf(subjects)}`;
    reading.wrong([...place, first], `${message}${suggestion(first, subjects)}`, 'key');
    return undefined;
  }
  const input = reading.read<Content>(expectation.input, content, place);
  if (input === undefined) return undefined;
  reading.check(input, place);
  const { [expectation.subject]: subject, asOf, asKnown, ...rest } = input;
  const asked = Object.fromEntries(Object.entries(rest).filter(([key]) => expectation.asked.includes(key)));
  const values = Object.fromEntries(Object.entries(rest).filter(([key]) => key in content && !(key in asked)));
  if (Object.keys(values).length === 0) reading.wrong(place, `nothing is expected here: one of ${listOf(keysOf(expectation))} is needed`);
  if (asOf !== undefined || asKnown !== undefined) {
    for (const key of expectation.undated.filter((one) => one in values)) {
      reading.wrong([...place, key], `no history is kept of this: expect "${key}" without ${listOf(TIME_KEYS)}`, 'key');
    }
  }
  const times = { asOf: asOf as WrittenTime | undefined, asKnown: asKnown as WrittenTime | undefined };
  return { expectation, subject: subject as Handle, ...times, asked, values, place };
}

/** What can be expected of a kind of thing. */
export function keysOf({ subject, input }: (typeof EXPECTATIONS)[number]): readonly string[] {
  return Object.keys(input.shape).filter((key) => key !== subject && !TIME_KEYS.some((one) => one === key));
}
