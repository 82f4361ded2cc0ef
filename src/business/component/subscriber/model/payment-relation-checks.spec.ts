import type { CurrencyCode } from '../../../../kernel/money';
import { checkCap, checkChargeGroup, checkPriority } from './payment-relation-checks';

const codesOf = (check: ReturnType<typeof checkPriority>) => check?.refusals.map(({ code }) => code) ?? [];
const money = (amountMinor: bigint, currency = 'CNY') => ({ amountMinor, currency: currency as CurrencyCode });

describe('the checks of a payment relation', () => {
  it.each([
    [0, []],
    [999, []],
    [-1, ['PRIORITY_INVALID']],
    [1000, ['PRIORITY_INVALID']],
    [0.5, ['PRIORITY_INVALID']],
  ])('priority %s: %j', (priority, codes) => {
    expect(codesOf(checkPriority(priority, 'priority'))).toEqual(codes);
  });

  it.each([
    ['MONTHLY_FEE', []],
    ['V2', []],
    ['voice', ['CHARGE_GROUP_INVALID']],
    ['2G', ['CHARGE_GROUP_INVALID']],
    ['', ['CHARGE_GROUP_INVALID']],
    ['A'.repeat(41), ['CHARGE_GROUP_INVALID']],
  ])('charge group %j: %j', (group, codes) => {
    expect(codesOf(checkChargeGroup(group, 'chargeGroup'))).toEqual(codes);
  });

  it('a cap is above zero, in the currency of the account', () => {
    expect(codesOf(checkCap(money(1n), 'CNY', 'cap'))).toEqual([]);
    expect(codesOf(checkCap(money(0n), 'CNY', 'cap'))).toEqual(['CAP_INVALID']);
    expect(codesOf(checkCap(money(1n, 'USD'), 'CNY', 'cap'))).toEqual(['CAP_INVALID']);
  });
});
