import { registerEnumType } from 'type-graphql';
import type { Bilingual, WordsOf } from '../../../kernel/result';

/** A GraphQL enum of a closed list of names, with what each means where that is given. */
export function enumOf<Name extends string>(
  name: string,
  values: readonly Name[],
  { description, meanings }: { description?: string; meanings?: Readonly<Record<Name, Bilingual>> } = {},
): Readonly<Record<Name, Name>> {
  const made = Object.fromEntries(values.map((value) => [value, value])) as Record<Name, Name>;
  registerEnumType(made, {
    name,
    ...(description !== undefined && { description }),
    ...(meanings !== undefined && {
      valuesConfig: Object.fromEntries(
        values.map((value) => [value, { description: `${meanings[value].en} ${meanings[value].zh}` }]),
      ) as Partial<Record<Name, { description: string }>>,
    }),
  });
  return made;
}

/** The meanings of an enum whose Chinese words are those of refusals, with what each means in English. */
export function inWords<Name extends string>(
  words: WordsOf<Name>,
  english: Readonly<Record<Name, string>>,
): Readonly<Record<Name, Bilingual>> {
  const names = Object.keys(english) as Name[];
  return Object.fromEntries(names.map((name) => [name, { zh: words[name].zh, en: english[name] }])) as Record<Name, Bilingual>;
}
