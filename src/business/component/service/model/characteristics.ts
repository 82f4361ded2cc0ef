import { z } from 'zod';
import type { Characteristics } from '../../../../data/operation/service/service-type';
import type { Refusal, Result } from '../../../../kernel/result';
import { ok } from '../../../../kernel/result';
import type { Json } from '../../../../kernel/stable-json';
import { hasHiddenCharacters, isBlank } from '../../../../kernel/text';
import { isSafePattern } from './identifier-pattern';
import { SERVICE_REFUSALS, type ServiceRefusal } from './refusals';

/** The longest text that an attribute may be. */
export const ATTRIBUTE_LENGTH_MAX = 1_000;

/** Forms of a text that ajv knows and decides in time that grows no faster than the text. */
export const ATTRIBUTE_FORMATS = ['date', 'date-time', 'email', 'ipv4', 'ipv6'] as const;

const ATTRIBUTES_MAX = 50;
const CHOICES_MAX = 50;
const CHOICE_LENGTH_MAX = 100;
const TITLE_LENGTH_MAX = 200;
/** Each may take a quarter of a million steps on the worst text. */
const PATTERNS_MAX = 10;
const ATTRIBUTE_NAME = /^[a-z][A-Za-z0-9_]{0,39}$/;

/** What a form shows of it, in both languages: JSON Schema's own words are the Chinese ones. */
const words = {
  title: z.string().max(TITLE_LENGTH_MAX).optional(),
  titleEn: z.string().max(TITLE_LENGTH_MAX).optional(),
  description: z.string().max(ATTRIBUTE_LENGTH_MAX).optional(),
  descriptionEn: z.string().max(ATTRIBUTE_LENGTH_MAX).optional(),
};
const exact = z.number().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const attribute = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('string'),
    enum: z.array(z.string().min(1).max(CHOICE_LENGTH_MAX)).min(1).max(CHOICES_MAX).optional(),
    minLength: z.int().min(0).max(ATTRIBUTE_LENGTH_MAX).optional(),
    maxLength: z.int().min(1).max(ATTRIBUTE_LENGTH_MAX).optional(),
    pattern: z.string().optional(),
    format: z.enum(ATTRIBUTE_FORMATS).optional(),
    ...words,
  }),
  z.strictObject({
    type: z.literal('integer'),
    enum: z.array(z.int()).min(1).max(CHOICES_MAX).optional(),
    minimum: z.int().optional(),
    maximum: z.int().optional(),
    ...words,
  }),
  z.strictObject({
    type: z.literal('number'),
    enum: z.array(exact).min(1).max(CHOICES_MAX).optional(),
    minimum: exact.optional(),
    maximum: exact.optional(),
    ...words,
  }),
  z.strictObject({ type: z.literal('boolean'), ...words }),
]);
const characteristics = z.strictObject({
  type: z.literal('object'),
  properties: z.record(z.string().regex(ATTRIBUTE_NAME), attribute),
  required: z.array(z.string()).max(ATTRIBUTES_MAX).optional(),
  additionalProperties: z.boolean().optional(),
  ...words,
});

type Definition = z.infer<typeof characteristics>;
type Attribute = z.infer<typeof attribute>;
interface Problem {
  readonly path: readonly (string | number)[];
  readonly zh: string;
  readonly en: string;
}

/** How many problems are told at once. */
const PROBLEMS_MAX = 20;
/** How much of what was sent is said again in a message. */
const QUOTED_MAX = 200;

/**
 * Reads the definition of a subscriber's attributes: JSON Schema, but of a small part of it. One object of at most 50 texts, numbers and
 * truth values, each with its choices, length, range, pattern (`isSafePattern`) or format out of a closed list; nothing nested, nothing
 * that refers elsewhere, no keyword beside these. The empty schema takes any attributes.
 */
export function parseCharacteristics(json: Json, field = 'characteristics'): Result<Characteristics, ServiceRefusal> {
  if (json !== null && typeof json === 'object' && !Array.isArray(json) && Object.keys(json).length === 0) return ok({});
  const parsed = characteristics.safeParse(json, { error: z.locales.zhCN().localeError });
  const problems = parsed.success ? meaningProblems(parsed.data) : shapeProblems(json, parsed.error);
  if (!parsed.success || problems.length > 0)
    return { ok: false, refusals: problems.slice(0, PROBLEMS_MAX).map((one) => refusalOf(one, field)) };
  return ok(parsed.data as Characteristics);
}

/** What the shape breaks, in both languages: zod finds the same again with the words of the other. */
function shapeProblems(json: Json, { issues }: z.ZodError): Problem[] {
  const english = characteristics.safeParse(json, { error: z.locales.en().localeError }).error?.issues ?? [];
  return issues.map(({ path, message }, place) => {
    return { path: path.map((part) => (typeof part === 'symbol' ? '' : part)), zh: message, en: english[place]?.message ?? message };
  });
}

function refusalOf({ path, zh, en }: Problem, field: string): Refusal<ServiceRefusal> {
  const { CHARACTERISTICS_INVALID: message } = SERVICE_REFUSALS;
  const said = (sentence: string, rule: string): string => sentence.replace('{rule}', () => rule.slice(0, QUOTED_MAX));
  return {
    code: 'CHARACTERISTICS_INVALID',
    field: [field, ...path.map((part) => String(part).slice(0, QUOTED_MAX))],
    message: { zh: said(message.zh, zh), en: said(message.en, en) },
  };
}

/** What no shape says: how the parts of a definition go together. */
function meaningProblems(definition: Definition): Problem[] {
  const { properties, required = [] } = definition;
  const attributes = Object.entries(properties);
  const patterns = attributes.filter(([, one]) => one.type === 'string' && one.pattern !== undefined).length;
  const problems = [
    ...(attributes.length > ATTRIBUTES_MAX
      ? [problem(['properties'], `最多 ${ATTRIBUTES_MAX} 个属性`, `at most ${ATTRIBUTES_MAX} attributes`)]
      : []),
    ...(patterns > PATTERNS_MAX ? [problem(['properties'], `最多 ${PATTERNS_MAX} 个 pattern`, `at most ${PATTERNS_MAX} patterns`)] : []),
    ...(new Set(required).size < required.length ? [problem(['required'], '属性重复', 'an attribute is named twice')] : []),
    ...required.flatMap((name, place) =>
      Object.hasOwn(properties, name) ? [] : [problem(['required', place], '该属性未定义', 'there is no such attribute')],
    ),
    ...wordProblems(definition, []),
  ];
  return [...problems, ...attributes.flatMap(([name, one]) => attributeProblems(one, ['properties', name]))];
}

function attributeProblems(one: Attribute, path: readonly string[]): Problem[] {
  const problems = wordProblems(one, path);
  if (one.type === 'boolean') return problems;
  if (one.enum !== undefined && new Set<string | number>(one.enum).size < one.enum.length)
    problems.push(problem([...path, 'enum'], '选项重复', 'a choice is named twice'));
  const [least, most] = one.type === 'string' ? [one.minLength, one.maxLength] : [one.minimum, one.maximum];
  if (least !== undefined && most !== undefined && least > most)
    problems.push(problem(path, '下限大于上限', 'the least is above the most'));
  if (one.type === 'string' && one.pattern !== undefined && !isSafePattern(one.pattern)) {
    const { zh, en } = SERVICE_REFUSALS.IDENTIFIER_PATTERN_UNSAFE;
    problems.push(problem([...path, 'pattern'], zh, en));
  }
  return problems;
}

/** Whoever gives a word in one language gives it in the other. */
function wordProblems(one: { readonly [Word in keyof typeof words]?: string | undefined }, path: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  for (const [word, other] of [['title', 'titleEn'], ['description', 'descriptionEn']] as const) {
    if ((one[word] === undefined) !== (one[other] === undefined))
      problems.push(problem(path, `${word} 与 ${other} 须同时填写`, `${word} and ${other} are given together`));
    for (const name of [word, other]) {
      const text = one[name];
      if (text !== undefined && (isBlank(text) || hasHiddenCharacters(text)))
        problems.push(problem([...path, name], '不能为空或含有不可见字符', 'blank, or holds hidden characters'));
    }
  } // prettier-ignore
  return problems;
}

function problem(path: readonly (string | number)[], zh: string, en: string): Problem {
  return { path, zh, en };
}
