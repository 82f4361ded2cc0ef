import fc from 'fast-check';
import type { Id } from '../../../../kernel/id';
import type { CurrencyCode } from '../../../../kernel/money';
import { assertBalanced, mirrorOf } from './balanced';
import { depositReceived, depositReturned, feeDue, paymentReceived, refund, type DueFee, type Posting } from './postings';

const CNY = 'CNY' as CurrencyCode;
const SUBSCRIBER = '018f0000-0000-7000-8000-000000000001' as Id<'subscriber'>;
const ACCOUNTS = { revenue: '600103', deferred: null, discount: null };

/** A fee with what a test does not say. */
function fee(more: Partial<DueFee>): DueFee {
  return {
    chargeCode: 'INSTALL',
    subscriberId: SUBSCRIBER,
    amountMinor: 0n,
    taxMinor: 0n,
    discountMinor: 0n,
    accounts: ACCOUNTS,
    earned: 'NOW',
    ...more,
  };
}

/** Ledger account, amount in fen; charge code where there is one. */
function shown(posting: Posting | undefined): string[] {
  if (posting === undefined) return [];
  assertBalanced(posting.lines);
  return posting.lines.map(({ ledgerAccount, chargeCode, amountMinor }) =>
    [ledgerAccount, ...(chargeCode === null ? [] : [chargeCode]), String(amountMinor)].join(' '),
  );
}

describe('fees that fall due', () => {
  it('100.00 with 9 % tax in it: 91.74 of revenue, 8.26 of tax', () => {
    expect(shown(feeDue(CNY, [fee({ amountMinor: 10_000n, taxMinor: 826n })]))).toEqual([
      '1122 10000',
      '600103 INSTALL -9174',
      '2221 -826',
    ]);
  });

  it('a month in advance waits at 2205 until it is earned, its tax does not', () => {
    const month = fee({ chargeCode: 'MONTHLY', amountMinor: 3_000n, taxMinor: 248n, discountMinor: 500n, earned: 'LATER' });
    expect(shown(feeDue(CNY, [month]))).toEqual(['1122 3000', '2205 MONTHLY -2752', '2221 -248']);
    const elsewhere = { ...month, accounts: { ...ACCOUNTS, deferred: '220501' } };
    expect(shown(feeDue(CNY, [elsewhere]))).toEqual(['1122 3000', '220501 MONTHLY -2752', '2221 -248']);
  });

  it('a discount is shown apart where its charge code says where, else revenue is what remains', () => {
    // List 100.00 without tax, 20.00 off, 6 % tax on 80.00.
    const discounted = fee({ amountMinor: 8_480n, taxMinor: 480n, discountMinor: 2_000n });
    expect(shown(feeDue(CNY, [discounted]))).toEqual(['1122 8480', '600103 INSTALL -8000', '2221 -480']);
    const apart = { ...discounted, accounts: { ...ACCOUNTS, discount: '600199' } };
    expect(shown(feeDue(CNY, [apart]))).toEqual(['1122 8480', '600103 INSTALL -10000', '600199 INSTALL 2000', '2221 -480']);
  });

  it('several fees are owed as one, each with its own revenue; one that is given back lowers what is owed', () => {
    const fees = [
      fee({ amountMinor: 10_000n, taxMinor: 826n }),
      fee({ chargeCode: 'CHOSEN_NUMBER', subscriberId: null, amountMinor: 30_000n, taxMinor: 2_477n }),
      fee({ chargeCode: 'MONTHLY', amountMinor: -1_500n, taxMinor: -124n, earned: 'LATER' }),
    ];
    expect(shown(feeDue(CNY, fees))).toEqual([
      '1122 38500', '600103 INSTALL -9174', '600103 CHOSEN_NUMBER -27523', '2205 MONTHLY 1376', '2221 -3179',
    ]); // prettier-ignore
  });

  it('what is waived whole moves nothing, unless its discount is shown apart', () => {
    expect(feeDue(CNY, [fee({ discountMinor: 1_000n })])).toBeUndefined();
    expect(feeDue(CNY, [])).toBeUndefined();
    const apart = fee({ discountMinor: 1_000n, accounts: { ...ACCOUNTS, discount: '600199' } });
    expect(shown(feeDue(CNY, [apart]))).toEqual(['600103 INSTALL -1000', '600199 INSTALL 1000']);
  });

  it('balance whatever the amounts are, and their mirrors take them back', () => {
    const amount = fc.bigInt(-(10n ** 15n), 10n ** 15n);
    const anyFee = fc.record({
      amountMinor: amount, taxMinor: amount, discountMinor: amount,
      accounts: fc.record({ revenue: fc.constant('6001'), deferred: fc.option(fc.constant('220501')), discount: fc.option(fc.constant('600199')) }),
      earned: fc.constantFrom('NOW' as const, 'LATER' as const),
    }); // prettier-ignore
    fc.assert(
      fc.property(fc.array(anyFee, { maxLength: 60 }), (fees) => {
        const posting = feeDue(CNY, fees.map(fee));
        if (posting === undefined) return;
        assertBalanced(posting.lines);
        const total = new Map<string, bigint>();
        for (const { ledgerAccount, amountMinor } of [...posting.lines, ...mirrorOf(posting.lines)])
          total.set(ledgerAccount, (total.get(ledgerAccount) ?? 0n) + amountMinor);
        expect([...total.values()].every((sum) => sum === 0n)).toBe(true);
      }),
    );
  });
});

describe('money', () => {
  it.each([
    ['CASH', '1001'],
    ['BANK_TRANSFER', '1002'],
    ['BANK_COLLECTION', '1002'],
    ['CARD', '1002'],
    ['CHEQUE', '1002'],
    ['ONLINE', '1012'],
  ] as const)('received by %s lies at %s', (method, ledgerAccount) => {
    const payment = { currency: CNY, method, settledMinor: 38_500n, prepaidMinor: 1_500n };
    expect(shown(paymentReceived(payment))).toEqual([`${ledgerAccount} 40000`, '1122 -38500', '2203 -1500']);
  });

  it('for what is owed to the fen leaves nothing for later', () => {
    expect(shown(paymentReceived({ currency: CNY, method: 'CASH', settledMinor: 1n, prepaidMinor: 0n }))).toEqual(['1001 1', '1122 -1']);
    expect(paymentReceived({ currency: CNY, method: 'CASH', settledMinor: 0n, prepaidMinor: 0n })).toBeUndefined();
  });

  it('held as deposits is owed to the customer, each by its charge code', () => {
    const deposits = [
      { chargeCode: 'DEPOSIT', subscriberId: SUBSCRIBER, amountMinor: 20_000n },
      { chargeCode: 'DEVICE_DEPOSIT', subscriberId: null, amountMinor: 9_900n },
    ];
    expect(shown(depositReceived(CNY, 'CASH', deposits))).toEqual(['1001 29900', '2241 DEPOSIT -20000', '2241 DEVICE_DEPOSIT -9900']);
    expect(shown(depositReturned(CNY, deposits))).toEqual(['2241 DEPOSIT 20000', '2241 DEVICE_DEPOSIT 9900', '2203 -29900']);
  });

  it('given back comes from what was overpaid, paid ahead and held', () => {
    const back = {
      currency: CNY, method: 'BANK_TRANSFER', overpaidMinor: 10_000n, prepaidMinor: 1_500n,
      deposits: [{ chargeCode: 'DEPOSIT', subscriberId: SUBSCRIBER, amountMinor: 20_000n }],
    } as const; // prettier-ignore
    expect(shown(refund(back))).toEqual(['1122 10000', '2203 1500', '2241 DEPOSIT 20000', '1002 -31500']);
    expect(refund({ ...back, overpaidMinor: 0n, prepaidMinor: 0n, deposits: [] })).toBeUndefined();
  });
});

describe('an entry', () => {
  const line = (amountMinor: bigint) => ({ ledgerAccount: '1001', chargeCode: null, subscriberId: null, amountMinor });

  it.each([
    ['no line', [], '2 to 200 lines'],
    ['one line', [line(1n)], '2 to 200 lines'],
    ['too many', Array.from({ length: 202 }, (_, place) => line(place % 2 === 0 ? 1n : -1n)), '2 to 200 lines, not 202'],
    ['a line of nothing', [line(1n), line(-1n), line(0n)], 'of nothing'],
    ['a fen too much', [line(100n), line(-99n)], 'not to 1'],
  ])('is refused as a bug with %s', (_what, lines, told) => {
    expect(() => assertBalanced(lines)).toThrow(told);
  });
});
