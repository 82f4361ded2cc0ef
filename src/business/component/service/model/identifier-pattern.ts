import type { ServiceType } from '../../../../data/operation/service/service-type';

/** The longest identifier of any service: a broadband log-in. */
export const IDENTIFIER_LENGTH_MAX = 64;

const PATTERN_LENGTH_MAX = 200;
const REPETITION_MAX = 64;
/** Quantifiers that can match in more than one way; the time to match grows with their number as a power of the length. */
const CHOICES_MAX = 3;

const LITERAL = String.raw`[A-Za-z0-9@_:#-]|\\[.+*$^()|/\-]|\\d`;
const CLASS = String.raw`\[(?:[A-Za-z0-9._@:#-]|\\[.\-])+\]`;
const QUANTIFIER = String.raw`\?|\{\d{1,2}(?:,\d{1,2})?\}`;
const ALTERNATIVES = String.raw`\((?:\?:)?(?:${LITERAL})+(?:\|(?:${LITERAL})+)*\)`;
const SAFE = new RegExp(`^\\^(?:(?:${LITERAL}|${CLASS})(?:${QUANTIFIER})?|${ALTERNATIVES})+\\$$`);

/**
 * Whether a text is a pattern that identifiers may be matched with: anchored at both ends, of letters, digits, character
 * classes, groups of alternatives that do not repeat, and repetitions with a bound. It cannot run away: with nothing
 * nested and at most three repetitions of open length, an identifier of 64 characters is decided in some 260,000 steps
 * at worst.
 */
export function isSafePattern(pattern: string): boolean {
  if (pattern.length > PATTERN_LENGTH_MAX || !SAFE.test(pattern)) return false;
  const quantifiers = [...pattern.replace(/\[[^\]]*\]/g, 'c').matchAll(/\\.|\{(\d+)(?:,(\d+))?\}|\?(?!:)/g)];
  let choices = 0;
  for (const [text, least, most] of quantifiers) {
    if (text.startsWith('\\')) continue;
    if (text === '?' || most !== undefined) choices += 1;
    if (Number(most ?? least ?? 1) > REPETITION_MAX || Number(least ?? 0) > Number(most ?? REPETITION_MAX)) return false;
  }
  return choices <= CHOICES_MAX && compiles(pattern);
}

/** Some that the language lets through are none after all: `\-` outside a class, `[z-a]`. */
function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test('') || true;
  } catch {
    return false;
  }
}

const compiled = new Map<string, RegExp>();

/**
 * Whether a normalised identifier (no spaces, no hyphens in numbers) can be one of the service type's.
 * @throws Error when the service type has a pattern that is not safe: it was not registered through Sanhu
 */
export function identifierMatches({ code, identifierPattern }: Pick<ServiceType, 'code' | 'identifierPattern'>, value: string): boolean {
  if (value.length > IDENTIFIER_LENGTH_MAX) return false;
  let pattern = compiled.get(identifierPattern);
  if (pattern === undefined) {
    if (!isSafePattern(identifierPattern)) throw new Error(`invariant broken: the pattern of service type ${code} is not safe`);
    if (compiled.size >= 1_000) compiled.clear();
    pattern = new RegExp(identifierPattern, 'u');
    compiled.set(identifierPattern, pattern);
  }
  return pattern.test(value);
}
