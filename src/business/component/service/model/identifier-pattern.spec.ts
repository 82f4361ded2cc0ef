import { FIRST_SERVICE_TYPES } from './first-service-types';
import { identifierMatches, isSafePattern } from './identifier-pattern';

const typeOf = (code: string) => {
  const type = FIRST_SERVICE_TYPES.find((candidate) => candidate.code === code);
  if (type === undefined) throw new Error(code);
  return type;
};

describe('the identifier of a service type', () => {
  it.each([
    ['FIXED_LINE', '057188880001', true],
    ['FIXED_LINE', '0571-88880001', false],
    ['FIXED_LINE', '57188880001', false],
    ['FIXED_LINE', '05718888000112', false],
    ['WIRELESS_FIXED_LINE', '01062345678', true],
    ['MOBILE', '13812345678', true],
    ['MOBILE', '12812345678', false],
    ['MOBILE', '138123456789', false],
    ['MOBILE', '13812345678\n', false],
    ['INTELLIGENT_NETWORK', '4008001234', true],
    ['INTELLIGENT_NETWORK', '8008001234', true],
    ['INTELLIGENT_NETWORK', '5008001234', false],
    ['BROADBAND', 'hz88880001@163.gd', true],
    ['BROADBAND', 'HZ88880001', false],
    ['BROADBAND', 'ab', false],
    ['BROADBAND', 'a'.repeat(65), false],
  ])('%s: %j → %s', (code, value, matches) => {
    expect(identifierMatches(typeOf(code), value)).toBe(matches);
  });

  it('throws at a pattern that was not registered through Sanhu', () => {
    expect(() => identifierMatches({ code: 'X', identifierPattern: '^(a+)+$' }, 'aaaa')).toThrow(/pattern of service type X is not safe/);
  });
});

describe('a safe pattern', () => {
  it.each(FIRST_SERVICE_TYPES.map((type) => type.identifierPattern))('%s is one', (pattern) => {
    expect(isSafePattern(pattern)).toBe(true);
  });

  it.each([
    ['a group of alternatives', String.raw`^(?:400|800)\d{7}$`],
    ['escaped letters', String.raw`^\+86\d{11}$`],
    ['a class with hyphen and dot', String.raw`^iptv-[a-z0-9.-]{4,20}$`],
    ['three open repetitions', String.raw`^a{1,64}b{1,64}c?$`],
  ])('may hold %s', (_what, pattern) => {
    expect(isSafePattern(pattern)).toBe(true);
    expect(() => new RegExp(pattern, 'u')).not.toThrow();
  });

  it.each([
    ['no anchors', String.raw`\d{4}`],
    ['no end', String.raw`^\d{4}`],
    ['a repetition without bound', String.raw`^\d+$`],
    ['a repetition without upper bound', String.raw`^\d{2,}$`],
    ['a repeated group', String.raw`^(ab|a){1,9}$`],
    ['a nested group', String.raw`^((a|b)|c)$`],
    ['a reference back', String.raw`^(a|b)\1$`],
    ['a look ahead', String.raw`^(?=a)a$`],
    ['any character', String.raw`^.{1,9}$`],
    ['a repetition above 64', String.raw`^\d{65}$`],
    ['a range that goes down', String.raw`^\d{9,3}$`],
    ['four open repetitions', String.raw`^a{1,9}b{1,9}c{1,9}d?$`],
    ['more than 200 letters', `^${'a'.repeat(200)}$`],
    ['nothing', ''],
    ['an escape that is none', String.raw`^a\-b$`],
    ['a class that goes down', '^[z-a]$'],
  ])('has not %s', (_what, pattern) => {
    expect(isSafePattern(pattern)).toBe(false);
  });

  it('decides the worst identifier quickly', () => {
    const startedMs = performance.now();
    identifierMatches({ code: 'WORST', identifierPattern: '^[a-z]{1,64}[a-z]{1,64}[a-z]{1,64}1$' }, 'a'.repeat(64));
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});
