import { passwordProblem } from './password-policy';

describe('the password policy', () => {
  it.each([
    ['a passphrase', 'correct horse battery', undefined],
    ['Chinese', '天行健君子以自强不息也', undefined],
    ['ten odd letters', 'k7#Tz-q2Lw', undefined],
    ['nine characters', 'k7#Tz-q2L', 'PASSWORD_TOO_SHORT'],
    ['nine characters of two code units each', '😀😁😂🤣😃😄😅😆😉', 'PASSWORD_TOO_SHORT'],
    ['more than 200', 'k7#Tz-q2Lw'.repeat(21), 'PASSWORD_TOO_LONG'],
    ['his log-in name', 'li.wei.2026', 'PASSWORD_LIKE_NAME'],
    ['his log-in name inside, in capitals', 'xx-LI.WEI-77', 'PASSWORD_LIKE_NAME'],
    ['one letter', 'aaaaaaaaaaaa', 'PASSWORD_TOO_SIMPLE'],
    ['four letters', 'abcdabcdabcd', 'PASSWORD_TOO_SIMPLE'],
    ['counting', '1234567890', 'PASSWORD_TOO_SIMPLE'],
    ['counting down', '9876543210', 'PASSWORD_TOO_SIMPLE'],
    ['the alphabet', 'abcdefghijkl', 'PASSWORD_TOO_SIMPLE'],
    ['a common word with digits', 'Password2026!', 'PASSWORD_TOO_SIMPLE'],
  ])('%s', (_what, password, problem) => {
    expect(passwordProblem(password, 'li.wei')).toBe(problem);
  });
});
