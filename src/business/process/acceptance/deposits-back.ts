import { depositReturned, postEntries } from '../../component/ledger';
import { depositsHeld, returnDeposits, type NumberDeposit } from '../../component/number';
import { localDate } from '../../../kernel/calendar';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { formatAmount } from '../../../kernel/money';
import type { Accepting, PricedLine } from './order-kind';

/**
 * What is held for the numbers that a subscriber gives up 退还靓号押金: it goes back to the account that paid it, whoever has the subscriber
 * by now. What is due for the order is not less for it.
 */
export async function quoteDepositsBack(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<PricedLine[]> {
  const held = await depositsHeld(accepting.wide, subscriberId);
  return held.map((deposit) => lineOf(accepting, deposit));
}

function lineOf({ timeZone }: Accepting, { number, classCode, chargeCode, amountMinor, currency, heldSince }: NumberDeposit): PricedLine {
  const amount = formatAmount({ amountMinor, currency });
  const since = localDate(heldSince, timeZone).toString();
  return {
    kind: 'DEPOSIT_RETURN',
    name: { zh: `退还靓号押金（${number}）`, en: `Deposit given back for the number ${number}` },
    chargeCode,
    quantity: 1,
    amountMinor: -amountMinor,
    dueNow: false,
    taxIncluded: true,
    taxMinor: 0n,
    explanation: {
      zh: `号码等级 ${classCode} 的押金 ${amount}，自 ${since} 起持有，退入当时缴纳的账户`,
      en: `What class ${classCode} asked for, held since ${since}: ${amount} goes to the credit of the account that paid it.`,
    },
  };
}

/**
 * Gives back what is held for the numbers that a locked subscriber has just given up: to the credit of the accounts that paid, in the books in
 * which it was held.
 */
export async function giveDepositsBack({ wide, orderId }: Accepting, subscriberId: Id<'subscriber'>): Promise<void> {
  const returned = await returnDeposits(wide, subscriberId, orderId);
  const entries = returned.map(({ chargeCode, amountMinor, currency, accountId, organisationId }) => {
    const posting = depositReturned(currency, [{ chargeCode, subscriberId, amountMinor }]);
    invariant(posting !== undefined, 'a deposit has an amount');
    return { ...posting, cause: { kind: 'ORDER' as const, id: orderId }, organisationId, accountId };
  });
  if (entries.length > 0) await postEntries(wide, entries);
}
