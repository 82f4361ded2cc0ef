import { RANGE_MAX, numbersOfRange } from './range';

describe('a range of numbers', () => {
  it('holds both of its ends, and keeps what it begins with', () => {
    expect(numbersOfRange('057188880098', '057188880101')).toEqual(['057188880098', '057188880099', '057188880100', '057188880101']);
    expect(numbersOfRange('7', '7')).toEqual(['7']);
  });

  it.each([
    ['13900000001', '13900000000'],
    ['13900000000', '139000000000'],
    ['1390000000a', '13900000010'],
    ['', ''],
    ['-1', '10'],
    ['1 0', '1 9'],
    ['13900000000', '13900100000'],
    ['1'.repeat(19), '1'.repeat(19)],
  ])('%j to %j is none', (first, last) => {
    expect(numbersOfRange(first, last)).toBeUndefined();
  });

  it('may be as long as the bound', () => {
    const numbers = numbersOfRange('13900000000', '13900099999');
    expect([numbers?.length, numbers?.at(-1)]).toEqual([RANGE_MAX, '13900099999']);
  });
});
