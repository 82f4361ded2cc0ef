import { z } from 'zod';
import { OPERATOR_PARAMETER_NAMES } from '../../component/organisation';
import { timeZoneOf, type TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import type { Problem } from './problem';
import { actionOf, contentOf, readExpected, readStep } from './read-step';
import { Reading } from './reading';
import type { Action, Scenario, Step } from './scenario';
import type { Verb } from './verb';
import { changeOperatorParameterVerb } from './verb/change-operator-parameter';
import { VERBS } from './verb/index';
import { fields, text, unknownKey } from './written/fields';
import { whyNoHandle } from './written/handle';
import { time, type WrittenTime } from './written/written-time';

const DEFAULT_ZONE = 'Asia/Shanghai';
const NO_ONE = { by: null, refuses: null } as const;

/** What a file may list before its timeline: block (`parties`), section (`customers`), and the verb that brings each entry. */
export const SECTIONS: readonly (readonly [block: string, section: string, verb: Verb])[] = VERBS.flatMap((verb) => {
  const [block, section] = verb.section?.split('.') ?? [];
  return block === undefined || section === undefined ? [] : [[block, section, verb] as const];
});
const BLOCKS = [...new Set(SECTIONS.map(([block]) => block))];

const anything = z.unknown().optional();

const operatorSchema = fields({
  code: text.default('OPERATOR'),
  ...Object.fromEntries(OPERATOR_PARAMETER_NAMES.map((name) => [name, z.json().optional()])),
});

const fileSchema = fields({
  scenario: text,
  about: text.optional(),
  operator: anything,
  begins: time,
  timeline: anything,
  expect: anything,
  ...Object.fromEntries(BLOCKS.map((block) => [block, anything])),
});

export const FILE_KEYS: readonly string[] = Object.keys(fileSchema.shape);
export const OPERATOR_KEYS: readonly string[] = Object.keys(operatorSchema.shape);

type Content = Readonly<Record<string, unknown>>;
export type ScenarioRead =
  { readonly ok: true; readonly scenario: Scenario } | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads a scenario from what its file says, as plain values. Everything that can be known without playing it is checked: keys,
 * words, times, and whether each handle was given before it is used.
 */
export function readScenario(json: unknown): ScenarioRead {
  const zone = zoneIn(json);
  const reading = new Reading(zone ?? (DEFAULT_ZONE as TimeZone));
  if (zone === undefined) reading.wrong(['operator', 'timeZone'], 'an IANA time zone such as Asia/Shanghai is needed here');
  const file = reading.read<Content>(fileSchema, json, []);
  const operator = reading.read<Content>(operatorSchema, file?.['operator'] ?? {}, ['operator']);
  if (file === undefined || operator === undefined || zone === undefined) return { ok: false, problems: reading.problems };
  const beginsAt = reading.instantOf(file['begins'] as WrittenTime, ['begins']);
  if (beginsAt === undefined) return { ok: false, problems: reading.problems };
  const steps = [...parameterSteps(reading, operator, beginsAt), ...listedSteps(reading, file, beginsAt)];
  steps.push(...timelineSteps(reading, file['timeline'], beginsAt));
  const at = steps.at(-1)?.at ?? beginsAt;
  steps.push({ at, place: ['expect'], action: null, expected: readExpected(reading, file['expect'], ['expect']) });
  if (reading.problems.length > 0) return { ok: false, problems: reading.problems };
  const title = file['scenario'] as string;
  const names = operator['name'] as Content | undefined;
  const root = { code: operator['code'] as string, name: typeof names?.['zh'] === 'string' ? names['zh'] : title };
  return { ok: true, scenario: { title, zone, operator: root, beginsAt, steps } };
}

/** Looked for first, since every time in the file is read in it. */
function zoneIn(json: unknown): TimeZone | undefined {
  const operator = (json as { readonly operator?: { readonly timeZone?: unknown } | null } | null)?.operator;
  const name = operator?.timeZone ?? DEFAULT_ZONE;
  return typeof name === 'string' ? timeZoneOf(name) : undefined;
}

function parameterSteps(reading: Reading, { code: _code, ...parameters }: Content, at: Instant): Step[] {
  return Object.entries(parameters).flatMap(([parameter, value]) => {
    if (value === undefined) return [];
    const place = ['operator', parameter];
    const action = actionOf(reading, changeOperatorParameterVerb, { parameter, value }, place, NO_ONE);
    return [stepOf(action, at)];
  });
}

/** What is listed before the timeline, in the order of the verbs, whatever the order in the file. */
function listedSteps(reading: Reading, file: Content, at: Instant): Step[] {
  const contents = new Map<string, Content>();
  for (const block of BLOCKS) {
    const content = file[block] == null ? {} : (contentOf(reading, file[block], [block]) ?? {});
    contents.set(block, content);
    const known = SECTIONS.filter(([name]) => name === block).map(([, section]) => section);
    for (const key of Object.keys(content)) if (!known.includes(key)) reading.wrong([block, key], unknownKey(key, known), 'key');
  }
  return SECTIONS.flatMap(([block, section, verb]) => {
    const listed = contents.get(block)?.[section];
    const entries =
      listed == null ? {} : (contentOf(reading, listed, [block, section], 'handles, each with what it stands for, are needed here') ?? {});
    return Object.entries(entries).map(([handle, entry]) => stepOf(listedAction(reading, verb, [block, section, handle], entry), at));
  });
}

function listedAction(reading: Reading, verb: Verb, place: readonly [string, string, string], entry: unknown): Action {
  const [, , handle] = place;
  const wrong = whyNoHandle(handle);
  if (wrong !== undefined) reading.wrong(place, wrong, 'key');
  const content = entry === null ? {} : contentOf(reading, entry, place);
  if (content !== undefined && 'handle' in content)
    reading.wrong([...place, 'handle'], 'the handle stands before the colon already', 'key');
  return actionOf(reading, verb, wrong === undefined ? { ...content, handle } : { ...content, handle: 'unreadable' }, place, NO_ONE);
}

function timelineSteps(reading: Reading, timeline: unknown, beginsAt: Instant): Step[] {
  if (timeline == null) return [];
  if (!Array.isArray(timeline)) {
    reading.wrong(['timeline'], 'a list of steps is needed here, each beginning with -');
    return [];
  }
  let after = beginsAt;
  return timeline.map((entry, n) => {
    const step = readStep(reading, entry, ['timeline', n], after);
    after = step.at;
    return step;
  });
}

function stepOf(action: Action, at: Instant): Step {
  return { at, place: action.place, action, expected: [] };
}
