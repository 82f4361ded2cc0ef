import { checkAccountName, checkBillingDay, checkCurrency } from './checks';

const codesOf = (check: ReturnType<typeof checkAccountName>) => check?.refusals.map(({ code }) => code) ?? [];

describe('the checks of an account', () => {
  it.each([
    [1, []],
    [31, []],
    [0, ['BILLING_DAY_INVALID']],
    [32, ['BILLING_DAY_INVALID']],
    [1.5, ['BILLING_DAY_INVALID']],
    [Number.NaN, ['BILLING_DAY_INVALID']],
  ])('billing day %s: %j', (day, codes) => {
    expect(codesOf(checkBillingDay(day, 'day'))).toEqual(codes);
  });

  it.each([
    ['CNY', []],
    ['cny', ['CURRENCY_UNKNOWN']],
    ['XXX', ['CURRENCY_UNKNOWN']],
    ['toString', ['CURRENCY_UNKNOWN']],
    ['', ['CURRENCY_UNKNOWN']],
  ])('currency %j: %j', (code, codes) => {
    expect(codesOf(checkCurrency(code, 'currency'))).toEqual(codes);
  });

  it('name: something, and no more than 100 characters', () => {
    expect(codesOf(checkAccountName('家庭账户', 'name'))).toEqual([]);
    expect(codesOf(checkAccountName(' ', 'name'))).toEqual(['BLANK']);
    expect(codesOf(checkAccountName('账'.repeat(101), 'name'))).toEqual(['TOO_LONG']);
  });
});
