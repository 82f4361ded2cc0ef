import { refusedBy, type Refuse } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import { NAME_LENGTH_MAX } from './document-schema';
import type { DocumentRefusal } from './refusals';

type Check<Code extends string> = ReturnType<typeof refusedBy<Code>>;

/** Checks the code and the names of something in the catalogue, those that are given. */
export function checkIdentity<Code extends string>(
  { code, name, nameEn }: { readonly code?: string; readonly name?: string; readonly nameEn?: string },
  refuse: Refuse<Code | DocumentRefusal>,
): Check<Code | DocumentRefusal> {
  return refusedBy<Code | DocumentRefusal>(
    code !== undefined && !/^[A-Z0-9][A-Z0-9._-]{0,39}$/.test(code) && refuse('CODE_INVALID', 'code'),
    name !== undefined && checkName(name, 'name', refuse),
    nameEn !== undefined && checkName(nameEn, 'nameEn', refuse),
  );
}

function checkName<Code extends string>(
  text: string,
  field: string,
  refuse: Refuse<Code | DocumentRefusal>,
): Check<Code | DocumentRefusal> {
  return refusedBy<Code | DocumentRefusal>(
    isBlank(text) && refuse('BLANK', field),
    hasHiddenCharacters(text) && refuse('CHARACTERS_REFUSED', field),
    lengthOf(text) > NAME_LENGTH_MAX && refuse('TOO_LONG', field, { max: NAME_LENGTH_MAX }),
  );
}
