import type { NumberPattern } from '../../../../data/operation/number/number-pattern';
import { refusedBy } from '../../../../kernel/result';
import { refuseNumber, type NumberRefusal } from './refusals';

/** The longest tail whose shape can be asked for. */
export const SHAPE_LENGTH_MAX = 8;

/** A pattern's texts are digits, but for the shape of its tail. */
const DIGITS = /^\d{1,18}$/;
const SHAPE = new RegExp(`^[A-J]{2,${SHAPE_LENGTH_MAX}}$`);

type Check = ReturnType<typeof refusedBy<NumberRefusal>>;

export function checkPattern({ tailShape, ...texts }: NumberPattern, field: string): Check {
  const refuse = (part: string): ReturnType<typeof refuseNumber> =>
    refuseNumber('PATTERN_INVALID', `${field}.${part}`, { max: SHAPE_LENGTH_MAX });
  return refusedBy<NumberRefusal>(
    ...Object.entries(texts).map(([part, text]) => text !== undefined && !DIGITS.test(text) && refuse(part)),
    tailShape !== undefined && !SHAPE.test(tailShape) && refuse('tailShape'),
  );
}

/** Whether a number looks like a pattern; the same that `looksLike` asks of PostgreSQL. */
export function matchesPattern({ startsWith, endsWith, contains, tailShape, without }: NumberPattern, value: string): boolean {
  if (startsWith !== undefined && !value.startsWith(startsWith)) return false;
  if (endsWith !== undefined && !value.endsWith(endsWith)) return false;
  if (contains !== undefined && !value.includes(contains)) return false;
  if (without !== undefined && [...without].some((digit) => value.includes(digit))) return false;
  return tailShape === undefined || hasTailShape(value, tailShape);
}

/** Equal letters stand for equal digits, and different ones for different. */
function hasTailShape(value: string, shape: string): boolean {
  if (value.length < shape.length) return false;
  const tail = value.slice(-shape.length);
  return [...shape].every((letter, place) =>
    [...shape].slice(0, place).every((other, earlier) => (letter === other) === (tail[place] === tail[earlier])),
  );
}

/** Numbers that look like the pattern are of the class. */
export interface ClassRule {
  readonly classCode: string;
  readonly pattern: NumberPattern;
}

/** The class of the first rule that fits; null when none does. */
export function classOf(rules: readonly ClassRule[], value: string): string | null {
  return rules.find(({ pattern }) => matchesPattern(pattern, value))?.classCode ?? null;
}
