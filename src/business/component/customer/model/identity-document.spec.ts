import { creditCodeCheckLetter, isDocumentNumber, normaliseDocumentNumber, residentCheckLetter } from './identity-document';

describe('a resident identity number 公民身份号码', () => {
  it.each([
    // The two examples that GB 11643-1999 itself prints.
    ['11010519491231002X', true],
    ['440524188001010014', true],
    // One digit off, two neighbours swapped: the check letter finds both.
    ['11010519491231003X', false],
    ['110105194912310020', false],
    ['440524188001010041', false],
    ['441524188001010014', false],
    // Not a date, though the check letter is right.
    [`11010519490230002${residentCheckLetter('11010519490230002')}`, false],
    [`11010518491231002${residentCheckLetter('11010518491231002')}`, false],
    [`11010519491331002${residentCheckLetter('11010519491331002')}`, false],
    // 2000 was a leap year, 1900 was not.
    [`11010520000229002${residentCheckLetter('11010520000229002')}`, true],
    [`11010519000229002${residentCheckLetter('11010519000229002')}`, false],
    ['11010519491231002x', false],
    ['110105491231002', false],
    ['', false],
  ])('%s → %s', (number, valid) => {
    expect(isDocumentNumber('RESIDENT_ID', number)).toBe(valid);
  });
});

describe('a unified social credit code 统一社会信用代码', () => {
  it.each([
    // Registered codes of companies, as their licences and annual reports print them.
    ['91350100M000100Y43', true], // the example of GB 32100-2015
    ['914403001922038216', true], // Huawei Technologies
    ['9144030071526726XG', true], // Tencent Computer Systems
    ['914403001922038217', false],
    ['91350100M000100Y34', false],
    ['91350100I000100Y43', false], // I, O, S, V and Z are not used
    ['91350100M000100Y4', false],
  ])('%s → %s', (number, valid) => {
    expect(isDocumentNumber('BUSINESS_LICENCE', number)).toBe(valid);
  });

  it('has a check letter that any single change of a digit breaks', () => {
    const letters = '91350100M000100Y4';
    const check = creditCodeCheckLetter(letters);
    for (let place = 0; place < letters.length; place += 1) {
      const changed = letters.slice(0, place) + (letters[place] === '7' ? '8' : '7') + letters.slice(place + 1);
      expect({ place, check: creditCodeCheckLetter(changed) }).not.toEqual({ place, check });
    }
  });
});

describe('other documents', () => {
  it.each([
    ['PASSPORT', 'E12345678', true],
    ['PASSPORT', 'E1', false],
    ['PASSPORT', 'E12345-78', false],
    ['MILITARY_ID', '军字第2001988号', true],
    ['HOUSEHOLD_REGISTER', '012345678', true],
    ['OTHER', '', false],
    ['OTHER', 'a b', false],
    ['OTHER', 'x'.repeat(41), false],
  ] as const)('%s %j → %s', (kind, number, valid) => {
    expect(isDocumentNumber(kind, number)).toBe(valid);
  });

  it('are kept in capitals without spaces', () => {
    expect(normaliseDocumentNumber(' 110105 19491231 002x\t')).toBe('11010519491231002X');
  });
});
