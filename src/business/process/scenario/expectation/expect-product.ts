import { z } from 'zod';
import { operatorParameters } from '../../../component/organisation';
import {
  chargeRecurring, PRODUCT_KINDS, recurringParameters, selectProductsById, sellable,
  type Offer, type Price, type RecurringPrice,
} from '../../../component/product'; // prettier-ignore
import type { Instant } from '../../../../kernel/clock';
import { cyclesOf } from '../../../../kernel/cycle';
import { dayNumberAt, daysIn } from '../../../../kernel/day-number';
import { currencyOf, formatAmount, type CurrencyCode } from '../../../../kernel/money';
import { invariant } from '../../../../kernel/failure';
import type { Json } from '../../../../kernel/stable-json';
import { defineExpectation } from '../expectation';
import { StepMistake } from '../problem';
import type { Stage } from '../stage';
import { amount, list, orNone, text, trueOrFalse, whole, word, type WrittenAmount } from '../written/fields';
import { codeOf, handle, managedAt, NONE } from '../written/handle';
import { time } from '../written/written-time';

const amounts = z.union([list(amount), amount.transform((one) => [one])], { error: 'an amount, or one for each phase, is needed here' });

/** Months are billed from the first; other billing days are the account's matter. */
const BILLING_DAY = 1;

/** What a product 产品 is, and at a node: whether it is sold there, what it costs, and what that comes to from a day on. */
export const productExpectation = defineExpectation({
  subject: 'product',
  asKnown: false,
  undated: ['kind', 'name', 'serviceType', 'organisation'],
  asked: { at: managedAt, startsOn: time.optional(), until: time.optional() },
  shape: {
    kind: word(PRODUCT_KINDS).optional(),
    name: text.optional(),
    serviceType: text.optional(),
    organisation: handle('organisation').optional(),
    sold: trueOrFalse.optional(),
    number: whole(1, 1_000).optional(),
    prices: orNone(z.record(z.string(), amounts, { error: 'codes of prices, each with its amounts, are needed here' })).optional(),
    charges: list(amount).optional(),
  },
  written: {
    async prices(stage, prices) {
      if (prices == null) return NONE;
      const { currency } = await operatorParameters(stage.context);
      return Object.fromEntries(
        Object.entries(prices).map(([code, each]) => [code, each.map((one) => decimalsOf(one, currency, 'prices'))]),
      );
    },
    async charges(stage, charges = []) {
      const { currency } = await operatorParameters(stage.context);
      return charges.map((one) => decimalsOf(one, currency, 'charges'));
    },
  },
  async actual(stage, subject, { validAt }, { at, startsOn, until }) {
    const { context } = stage;
    const [product] = await selectProductsById(context, [stage.idOf(subject)]);
    const asked = { organisationId: stage.idOf(at), at: validAt, codes: [codeOf(subject)] };
    const [offer] = await sellable(context, asked);
    return {
      kind: product?.kind ?? NONE,
      name: product?.name ?? NONE,
      serviceType: product?.serviceType ?? NONE,
      organisation: stage.nameOf('organisation', product?.organisationId),
      sold: offer !== undefined,
      number: offer?.number ?? NONE,
      prices: offer === undefined ? NONE : pricesOf(offer),
      charges: offer === undefined ? NONE : await chargesOf(stage, offer, { from: stage.instantOf(startsOn), to: stage.instantOf(until) }),
    };
  },
});

/** @throws StepMistake at the key when it is no amount of the operator's currency */
function decimalsOf(written: WrittenAmount, currency: CurrencyCode, key: string): string {
  const read = written.in(currency);
  if ('reason' in read) throw new StepMistake([key], read.reason);
  return formatAmount(read.money);
}

const formatted = (amountMinor: bigint, currency: string): string => {
  const known = currencyOf(currency);
  invariant(known !== undefined, 'a version is in a currency that is known');
  return formatAmount({ amountMinor, currency: known });
};

/** Of each price its amounts, phase by phase. What usage costs, its tariff says. */
function pricesOf({ currency, definition }: Offer): Readonly<Record<string, Json>> {
  const prices: readonly Price[] = definition.prices;
  return Object.fromEntries(
    prices.flatMap((price) => {
      if (price.kind === 'USAGE') return [];
      const amountsMinor = price.kind === 'RECURRING' ? price.phases.map(({ amountMinor }) => amountMinor) : [price.amountMinor];
      return [[price.code, amountsMinor.map((amountMinor) => formatted(amountMinor, currency))]];
    }),
  );
}

/** Charges are asked for of ten years at most. */
const CHARGED_DAYS_MAX = 3_660;

/** What its recurring prices come to for one who has it from a day on: piece by piece, the first price first. */
async function chargesOf(
  { context }: Stage,
  { currency, definition }: Offer,
  { from, to }: { readonly from: Instant | null; readonly to: Instant | null },
): Promise<Json> {
  const operator = await operatorParameters(context);
  const { timeZone } = operator;
  if (from === null || to === null) return NONE;
  const span = { from: dayNumberAt(from, timeZone), to: dayNumberAt(to, timeZone) };
  if (daysIn(span) > CHARGED_DAYS_MAX) return NONE;
  const instance = { start: span.from, end: null, quantities: [], negotiated: [], stops: [] };
  const cycles = cyclesOf([{ from: span.from, anchorDay: BILLING_DAY }]);
  const parameters = recurringParameters(operator);
  const charge = (price: RecurringPrice) => chargeRecurring({ price, instance, cycles, span, parameters });
  const prices: readonly Price[] = definition.prices;
  const pieces = prices.flatMap((price) => (price.kind === 'RECURRING' ? charge(price) : []));
  return pieces.map(({ amountMinor }) => formatted(amountMinor, currency));
}
