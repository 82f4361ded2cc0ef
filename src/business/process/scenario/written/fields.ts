import { z } from 'zod';
import { closestWord } from '../../../../kernel/closest-word';
import { currencyOf, parseAmount, type CurrencyCode, type Money } from '../../../../kernel/money';
import type { Json } from '../../../../kernel/stable-json';
import { NONE } from './handle';

/** How long a text of a file may be; what a name may have at most, the use case says. */
const TEXT_LENGTH_MAX = 2_000;
const LIST_LENGTH_MAX = 500;

/** The keys of a step or an expectation, each once; any other is told with the one that was most likely meant. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const keys = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKey(issue.keys[0] ?? '', keys) : `${listOf(keys)} are needed here`),
  });
}

export function unknownKey(key: string, known: readonly string[]): string {
  return `there is no key "${key}" here${suggestion(key, known)}; the keys are ${listOf(known)}`;
}

/** `: did you mean "x"?`, where one of the words is close; nothing else. */
export function suggestion(word: string, known: readonly string[]): string {
  const meant = closestWord(word, known);
  return meant === undefined ? '' : `: did you mean "${meant}"?`;
}

export function listOf(words: readonly string[]): string {
  return words.join(', ');
}

const asText = z.union([z.string(), z.number()], { error: 'a text is needed here' }).transform(String);

/** A text, also where it looks like a number. */
export const text: z.ZodType<string> = asText.pipe(z.string().max(TEXT_LENGTH_MAX, `a text has at most ${TEXT_LENGTH_MAX} characters`));

/** A whole number. */
export function whole(min: number, max: number): z.ZodType<number> {
  const error = `a whole number from ${min} to ${max} is needed here`;
  return z.int({ error }).min(min, error).max(max, error);
}

/** One of a closed list of words. */
export function word<const Word extends string>(words: readonly Word[]): z.ZodType<Word> {
  return z.enum(words as readonly [Word, ...Word[]], {
    error: ({ input }) => {
      const needed = `one of ${listOf(words)} is needed here`;
      return typeof input === 'string' && suggestion(input, words) !== '' ? `${needed}${suggestion(input, words)}` : needed;
    },
  });
}

export const trueOrFalse: z.ZodType<boolean> = z.boolean({ error: 'true or false is needed here' });

export function list<Item>(item: z.ZodType<Item>): z.ZodType<Item[]> {
  return z.array(item, { error: 'a list is needed here' }).max(LIST_LENGTH_MAX, `a list has at most ${LIST_LENGTH_MAX} entries`);
}

/** What is read by one form or another, as it looks: told in the words of that form alone. */
export function eitherForm<Value>(formOf: (input: unknown) => z.ZodType<Value>): z.ZodType<Value> {
  return z.unknown().transform((input, context): Value => {
    const read = formOf(input).safeParse(input, { reportInput: true });
    if (read.success) return read.data;
    for (const issue of read.error.issues) {
      const told = { message: issue.message, path: [...issue.path] };
      context.addIssue(issue.code === 'unrecognized_keys' ? { ...told, code: issue.code, keys: issue.keys } : { ...told, code: 'custom' });
    }
    return z.NEVER;
  });
}

/** Something, or `none`: null. */
export function orNone<Value>(something: z.ZodType<Value>): z.ZodType<Value | null> {
  return eitherForm<Value | null>((input) => (input === NONE ? nothing : something));
}

const nothing = z.unknown().transform(() => null);

const AMOUNT = /^-?\d{1,15}(?:\.\d{1,6})?(?: [A-Z]{3})?$/;
const AMOUNT_ERROR = 'an amount as 30.00, or 30.00 USD, is needed here';

/** An amount in the currency that it names, or else in that of what it is for. Its digits are those of the file: it never was a float. */
export class WrittenAmount {
  public constructor(private readonly written: string) {}

  /** Why it is none in that currency, or the money. */
  public in(currency: CurrencyCode): { readonly money: Money } | { readonly reason: string } {
    const [digits = '', named = currency] = this.written.split(' ');
    const known = currencyOf(named);
    if (known === undefined) return { reason: `there is no currency ${named}` };
    const money = parseAmount(digits, known);
    return money === undefined ? { reason: `${digits} is finer than ${known}, or too large` } : { money };
  }
}

export const amount: z.ZodType<WrittenAmount> = asText.transform((written, context): WrittenAmount => {
  if (!AMOUNT.test(written)) context.addIssue({ code: 'custom', message: AMOUNT_ERROR });
  return new WrittenAmount(written);
});

/** Attributes of a party: whatever the operator keeps there. */
export const attributes: z.ZodType<Readonly<Record<string, Json>>> = z.record(z.string(), z.json(), {
  error: 'keys with values are needed here',
});

type Given<Changes> = { readonly [Key in keyof Changes]?: Exclude<Changes[Key], undefined> };

/** Without the keys that a step does not have. */
export function given<Changes extends object>(changes: Changes): Given<Changes> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Given<Changes>;
}
