/** The two languages in which Sanhu speaks to people. */
export type Language = 'zh' | 'en';

/** A text in both languages. */
export type Bilingual = Readonly<Record<Language, string>>;

/** An expected refusal: a value, never thrown. A clerk can act on its message. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  /** The path of the input that is to blame; null when the refusal is of the whole. */
  readonly field: readonly string[] | null;
  readonly message: Bilingual;
}

export type Result<Value, Code extends string = string> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly refusals: readonly Refusal<Code>[] };

export function ok<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value };
}

/** What is filled into a sentence; words are given in both languages, codes by the words of the sentence. */
type Values = Readonly<Record<string, string | number | Bilingual | readonly (string | Bilingual)[]>>;

/** The words of a closed list of codes, every one of them. */
export type WordsOf<Name extends string> = Readonly<Record<Name, Bilingual>>;

/** In which words the codes are told that are filled into sentences: of a refusal, by the name of the value. */
type Vocabulary<Code extends string> = Readonly<Partial<Record<Code, Readonly<Record<string, WordsOf<string>>>>>>;

/** Makes one refusal as a result of its own. */
export type Refuse<Code extends string> = (
  code: Code,
  field?: string | readonly string[],
  values?: Values,
) => { ok: false; refusals: readonly Refusal<Code>[] };

/**
 * The closed list of a component's refusals, each with its sentence in both languages; `{name}` is filled in from `values`.
 * The list is also the error-code enum of the component's mutations. A code in a sentence says nothing to a clerk: `vocabulary` has its words.
 */
export function refusalsOf<Code extends string>(messages: Readonly<Record<Code, Bilingual>>, vocabulary?: Vocabulary<Code>): Refuse<Code> {
  return (code, field, values = {}) => ({
    ok: false,
    refusals: [
      {
        code,
        field: field === undefined ? null : typeof field === 'string' ? field.split('.') : field,
        message: {
          zh: fill(messages[code].zh, values, 'zh', vocabulary?.[code]),
          en: fill(messages[code].en, values, 'en', vocabulary?.[code]),
        },
      },
    ],
  });
}

function fill(sentence: string, values: Values, language: Language, vocabulary: Readonly<Record<string, WordsOf<string>>> = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    const told = (code: string | Bilingual): string =>
      typeof code === 'object' ? code[language] : (vocabulary[name]?.[code]?.[language] ?? code);
    if (typeof value !== 'object') return told(String(value));
    return 'zh' in value ? value[language] : value.map(told).join(language === 'zh' ? '、' : ', ');
  });
}

/** Joins the checks that said no, so that a clerk is told of every wrong field at once; `undefined` when none did. */
export function refusedBy<Code extends string>(
  ...checks: readonly (false | undefined | { readonly ok: false; readonly refusals: readonly Refusal<Code>[] })[]
): { ok: false; refusals: readonly Refusal<Code>[] } | undefined {
  const refusals = checks.flatMap((check) => (check === false || check === undefined ? [] : check.refusals));
  return refusals.length === 0 ? undefined : { ok: false, refusals };
}
