import { printable } from './printing';

const covered = new Set([...'张伟·ABé \u00ad\u200b'].map((character) => character.codePointAt(0) ?? 0));

test.each([
  ['张伟·AB', '张伟·AB'],
  ['张𠮷', '张〔U+20BB7〕'],
  ['e\u0301', 'é'],
  ['A\u0301', '〔U+00C1〕'],
  ['A\u00adB', 'A〔U+00AD〕B'],
  ['A\u200bB', 'A〔U+200B〕B'],
  ['\u202eAB', '〔U+202E〕AB'],
  ['A\u0000', 'A〔U+0000〕'],
  ['A\ud842', 'A〔U+D842〕'],
  ['A\ue000', 'A〔U+E000〕'],
  ['A\tB', 'A B'],
  ['A\r\nB\n\nA\u2028B', 'A B A B'],
  ['', ''],
])('%j is printed as %j', (text, printed) => expect(printable(text, covered)).toBe(printed));

test('where lines may end, they do', () => expect(printable('A\r\nB\u2028A\n\nB', covered, 'many')).toBe('A\nB\nA\n\nB'));
