import { lengthOf } from '../../../../kernel/text';

export const PASSWORD_LENGTH_MIN = 10;
export const PASSWORD_LENGTH_MAX = 200;

export type PasswordProblem = 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_LONG' | 'PASSWORD_TOO_SIMPLE' | 'PASSWORD_LIKE_NAME';

/** What people choose when ten characters are asked for, without the digits at the end; compared in small letters. */
const COMMON = [
  'password', 'passw0rd', 'administrator', 'admin', 'qwertyuiop', 'qwerty', 'iloveyou', 'welcome', 'abcdefghij', '1q2w3e4r5t', 'woaini', 'letmein',
]; // prettier-ignore

/**
 * Why a password may not be used. Long rather than odd (NIST SP 800-63B): no rule on kinds of characters, but nothing
 * that repeats, counts, is commonplace, or holds the log-in name.
 */
export function passwordProblem(password: string, loginName: string): PasswordProblem | undefined {
  const length = lengthOf(password);
  if (length < PASSWORD_LENGTH_MIN) return 'PASSWORD_TOO_SHORT';
  if (length > PASSWORD_LENGTH_MAX) return 'PASSWORD_TOO_LONG';
  const folded = password.toLowerCase();
  if (folded.includes(loginName.toLowerCase())) return 'PASSWORD_LIKE_NAME';
  if (new Set(folded).size < 5 || isRun(folded)) return 'PASSWORD_TOO_SIMPLE';
  return COMMON.includes(folded.replace(/[\d!@#._-]+$/, '')) || COMMON.includes(folded) ? 'PASSWORD_TOO_SIMPLE' : undefined;
}

/** Whether each character follows the one before, up or down, as in 1234567890 or zyxwvutsrq. */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((letter, place) => ((letter.codePointAt(0) ?? 0) - (text.codePointAt(place) ?? 0) + 10) % 10);
  return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}
