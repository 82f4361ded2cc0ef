import { createAccount } from '../../src/business/component/account';
import { addPaymentRelation, setDefaultPaymentRelation } from '../../src/business/component/subscriber';
import { changeAccountCurrency } from '../../src/business/process/change-account-currency';
import type { CurrencyCode } from '../../src/kernel/money';
import { useDatabase } from '../support/database';
import { usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);

const currencyOf = async (accountId: string) =>
  (await database.raw<{ currency: string }>('SELECT currency FROM account WHERE id = $1', [accountId]))[0]?.currency;

describe('the currency of an account', () => {
  it('can change while it has not been charged, and not after', async () => {
    const { accountId } = await world.payer();
    await world.run(changeAccountCurrency, { accountId, expectedVersion: 1, currency: 'USD' });
    expect(await currencyOf(accountId)).toBe('USD');
    await database.raw('UPDATE account SET first_charged_at = now() WHERE id = $1', [accountId]);
    expect(await world.refused(changeAccountCurrency, { accountId, expectedVersion: 2, currency: 'CNY' })).toEqual([
      'currency CURRENCY_FIXED',
    ]);
    await expect(database.raw(`UPDATE account SET currency = 'CNY' WHERE id = $1`, [accountId])).rejects.toMatchObject({
      constraint: 'account_currency_fixed',
    });
    expect(await currencyOf(accountId)).toBe('USD');
    // What stays the same is no change.
    await world.run(changeAccountCurrency, { accountId, expectedVersion: 2, currency: 'USD' });
  });

  it('is that of every other account which pays for the same subscriber at the same time', async () => {
    const { customerId, accountId } = await world.payer();
    const beside = await world.account(customerId);
    const subscriberId = await world.subscriber(customerId, accountId);
    const cap = { amountMinor: 100n, currency: 'CNY' as CurrencyCode };
    await world.run(addPaymentRelation, { subscriberId, expectedVersion: 1, accountId: beside, cap, priority: 1 });
    expect(await world.refused(changeAccountCurrency, { accountId, expectedVersion: 1, currency: 'USD' })).toEqual([
      'currency CURRENCY_DIFFERS',
    ]);
    expect(await currencyOf(accountId)).toBe('CNY');
  });

  it('of the account that pays alone may change with it', async () => {
    const { customerId, accountId } = await world.payer();
    const subscriberId = await world.subscriber(customerId, accountId);
    await world.run(changeAccountCurrency, { accountId, expectedVersion: 1, currency: 'HKD' });
    const yuan = await world.account(customerId);
    await world.run(setDefaultPaymentRelation, { subscriberId, expectedVersion: 1, accountId: yuan });
  });

  it('is one that exists', async () => {
    const { customerId, accountId } = await world.payer();
    const account = {
      customerId,
      organisationId: world.hangzhou,
      name: ' ',
      currency: 'XYZ',
      ratingType: 'PREPAID',
      paymentMethod: 'CASH',
      billingDay: 32,
      attributes: {},
    } as const;
    expect(await world.refused(createAccount, account)).toEqual([
      'name BLANK',
      'currency CURRENCY_UNKNOWN',
      'billingDay BILLING_DAY_INVALID',
    ]);
    expect(await world.refused(changeAccountCurrency, { accountId, expectedVersion: 1, currency: '' })).toEqual([
      'currency CURRENCY_UNKNOWN',
    ]);
  });
});
