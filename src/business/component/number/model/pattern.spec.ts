import { checkPattern, classOf, matchesPattern } from './pattern';

describe('a pattern of numbers', () => {
  it.each([
    [{ startsWith: '139' }, '13900008866', true],
    [{ startsWith: '138' }, '13900008866', false],
    [{ endsWith: '866' }, '13900008866', true],
    [{ endsWith: '860' }, '13900008866', false],
    [{ contains: '0088' }, '13900008866', true],
    [{ contains: '0099' }, '13900008866', false],
    [{ without: '4' }, '13900008866', true],
    [{ without: '47' }, '13900048866', false],
    [{ without: '47' }, '13900078866', false],
    [{ tailShape: 'AABB' }, '13900008866', true],
    [{ tailShape: 'AABB' }, '13900008888', false],
    [{ tailShape: 'AAAA' }, '13900008888', true],
    [{ tailShape: 'ABAB' }, '13900006868', true],
    [{ tailShape: 'ABAB' }, '13900006666', false],
    [{ tailShape: 'ABC' }, '13900000123', true],
    [{ tailShape: 'AAAABBCC' }, '13900008866', true],
    [{ tailShape: 'AAAABBCC' }, '13900048866', false],
    [{ tailShape: 'AAAABBCC' }, '13900000066', false],
    [{ tailShape: 'AAA' }, '11', false],
    [{ startsWith: '139', endsWith: '866', contains: '00', tailShape: 'AABB', without: '4' }, '13900008866', true],
    [{}, '13900008866', true],
  ])('%j, %s: %s', (pattern, value, fits) => {
    expect(matchesPattern(pattern, value)).toBe(fits);
  });

  it.each([
    [{}, []],
    [{ startsWith: '139', endsWith: '8', contains: '123456789012345678', without: '4', tailShape: 'ABCDEFGH' }, []],
    [{ startsWith: '' }, ['p.startsWith']],
    [{ endsWith: '8a' }, ['p.endsWith']],
    [{ contains: '1234567890123456789' }, ['p.contains']],
    [{ without: '四' }, ['p.without']],
    [{ tailShape: 'A' }, ['p.tailShape']],
    [{ tailShape: 'AABBCCDDE' }, ['p.tailShape']],
    [{ tailShape: 'aabb' }, ['p.tailShape']],
    [{ tailShape: 'A%', endsWith: '%' }, ['p.endsWith', 'p.tailShape']],
  ])('%j: refused at %j', (pattern, fields) => {
    expect(checkPattern(pattern, 'p')?.refusals.map(({ code, field }) => [code, field?.join('.')]) ?? []).toEqual(
      fields.map((field) => ['PATTERN_INVALID', field]),
    );
  });

  it('gives the class of the first rule that fits', () => {
    const rules = [
      { classCode: 'DIAMOND', pattern: { tailShape: 'AAAA' } },
      { classCode: 'GOLD', pattern: { endsWith: '88' } },
    ];
    expect(['13900008888', '13900000088', '13900000089'].map((value) => classOf(rules, value))).toEqual(['DIAMOND', 'GOLD', null]);
  });
});
