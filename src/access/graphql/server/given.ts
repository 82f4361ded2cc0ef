import { Failure } from '../../../kernel/failure';

type Given<Parts> = { [Name in keyof Parts]?: Exclude<Parts[Name], null | undefined> };

/** The parts that were given: GraphQL's null and absent mean the same for a filter. */
export function given<Parts extends object>(parts: Parts): Given<Parts> {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== null && value !== undefined)) as Given<Parts>;
}

/**
 * For an input whose null does something: it must be said, so that a forgotten field does not do it.
 * @throws Failure BAD_USER_INPUT
 */
export function saidOrNull<Value>(value: Value | null | undefined, field: string): Value | null {
  if (value === undefined) throw new Failure('BAD_USER_INPUT', `${field} must be given; null is an answer too.`, { field });
  return value;
}

/** The longest text that anything is searched by. */
const SEARCHED_LENGTH_MAX = 200;

/**
 * As {@link given}, for what is searched by: a text that is blank would find everything, an endless one keeps a connection busy.
 * @throws Failure BAD_USER_INPUT
 */
export function searchedBy<Parts extends object>(parts: Parts): Given<Parts> {
  const searched = given(parts);
  for (const [name, value] of Object.entries(searched)) {
    if (typeof value !== 'string') continue;
    if (value.trim() === '' || value.length > SEARCHED_LENGTH_MAX) {
      throw new Failure('BAD_USER_INPUT', `filter.${name} must have 1 to ${SEARCHED_LENGTH_MAX} characters.`, { field: `filter.${name}` });
    }
  }
  return searched;
}
