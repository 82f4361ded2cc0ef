import { registerEnumType } from 'type-graphql';
import type { Bilingual } from '../../../kernel/result';

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
