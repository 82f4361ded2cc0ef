import { z } from 'zod';
import {
  PRORATIONS,
  type OneTimePrice,
  type Price,
  type PricePhase,
  type RecurringPrice,
  type SuspensionCharge,
  type SuspensionSpan,
} from './definition';
import { amountSchema, codeSchema, lengthSchema, named, names, refuse, whole, type DocumentWords } from './document-schema';

export const PRICES_MAX = 50;
export const PHASES_MAX = 20;
const DAYS_MAX = 3_660;

const spanSchema = z
  .strictObject({ kind: z.enum(['DAYS', 'PERIOD_END', 'WHOLE']), days: whole(1, DAYS_MAX).optional() })
  .superRefine(({ kind, days }, context) => {
    if ((kind === 'DAYS') !== (days !== undefined)) refuse(context, 'DAYS_MISMATCH', {}, ['days']);
  })
  .transform((span) => span as SuspensionSpan);

interface NamedCharge {
  readonly reason: string;
  readonly charge: SuspensionCharge;
}

function suspensionSchema(
  amount: z.ZodType<bigint>,
  stopReasons: readonly string[],
): z.ZodType<Readonly<Record<string, SuspensionCharge>>> {
  const one = z
    .strictObject({
      reason: z.enum(stopReasons),
      kind: z.enum(['FULL', 'NONE', 'REPLACEMENT']),
      amount: amount.optional(),
      span: spanSchema.optional(),
    })
    .superRefine(({ kind, amount: given }, context) => {
      if ((kind === 'REPLACEMENT') !== (given !== undefined)) refuse(context, 'AMOUNT_MISMATCH', {}, ['amount']);
    })
    .transform(({ reason, kind, amount: amountMinor = 0n, span = { kind: 'WHOLE' } }): NamedCharge => {
      if (kind === 'FULL') return { reason, charge: { kind } };
      return { reason, charge: kind === 'NONE' ? { kind, span } : { kind, amountMinor, span } };
    });
  return z
    .array(one)
    .max(stopReasons.length)
    .superRefine((charges, context) => {
      for (const [place, { reason }] of charges.entries()) {
        if (charges.findIndex((other) => other.reason === reason) < place)
          refuse(context, 'GIVEN_TWICE', { value: reason }, [place, 'reason']);
      }
    })
    .transform((charges) => Object.fromEntries(charges.map(({ reason, charge }) => [reason, charge])));
}

function phasesSchema(amount: z.ZodType<bigint>): z.ZodType<PricePhase[]> {
  return z
    .array(
      z
        .strictObject({ periods: whole(1, 1_200).optional(), amount })
        .transform(({ periods = null, amount: amountMinor }): PricePhase => ({ periods, amountMinor })),
    )
    .min(1)
    .max(PHASES_MAX)
    .superRefine((phases, context) => {
      for (const [place, { periods }] of phases.entries()) {
        const isLast = place === phases.length - 1;
        if (isLast && periods !== null) refuse(context, 'LAST_PHASE_CLOSED', {}, [place, 'periods']);
        if (!isLast && periods === null) refuse(context, 'PHASE_OPEN', {}, [place, 'periods']);
      }
    });
}

const authoritySchema = z.strictObject({ reductionBasisPoints: whole(0, 10_000), increaseBasisPoints: whole(0, 100_000) });

/** Every kind of price, by its kind. */
function kindsOf({ currency, proration, stopReasons }: DocumentWords) {
  const amount = amountSchema(currency);
  const common = { code: codeSchema, ...names, chargeCode: codeSchema, taxIncluded: z.boolean() };
  const changeable = { ...common, authority: authoritySchema.optional() };
  const withAmount = <Part extends { amount: bigint }>({ amount: amountMinor, ...rest }: Part) => ({ ...rest, amountMinor });
  const oneTime = z.strictObject({ ...changeable, kind: z.literal('ONE_TIME'), amount }).transform((price) => named(withAmount(price)));
  const deposit = z.strictObject({ ...changeable, kind: z.literal('DEPOSIT'), amount }).transform((price) => named(withAmount(price)));
  const usage = z
    .strictObject({ ...common, kind: z.literal('USAGE'), usageKind: codeSchema, tariff: codeSchema })
    .transform((price) => named(price));
  const recurring = z
    .strictObject({
      ...changeable,
      kind: z.literal('RECURRING'),
      timing: z.enum(['ADVANCE', 'ARREARS']),
      period: lengthSchema.default({ unit: 'MONTH', count: 1 }),
      alignment: z.enum(['ANNIVERSARY', 'CYCLE']).default('ANNIVERSARY'),
      proration: z.enum(PRORATIONS).default(proration),
      phases: phasesSchema(amount),
      trial: lengthSchema.nullable().default(null),
      suspension: suspensionSchema(amount, stopReasons).optional(),
    })
    .transform(({ suspension = {}, ...price }) => named({ ...price, suspension }));
  return { oneTime, deposit, usage, recurring };
}

function distinctCodes(prices: readonly { readonly code: string }[], context: z.RefinementCtx): void {
  for (const [place, { code }] of prices.entries()) {
    if (prices.findIndex((other) => other.code === code) < place) refuse(context, 'GIVEN_TWICE', { value: code }, [place, 'code']);
  }
}

/** The prices of a product. */
export function pricesSchema(words: DocumentWords): z.ZodType<Price[]> {
  const { oneTime, deposit, usage, recurring } = kindsOf(words);
  const price = z.discriminatedUnion('kind', [oneTime, recurring, usage, deposit]);
  return z.array(price).max(PRICES_MAX).superRefine(distinctCodes) as unknown as z.ZodType<Price[]>;
}

/** The prices of a bundle: usage and deposits are its members'. */
export function bundlePricesSchema(words: DocumentWords): z.ZodType<(OneTimePrice | RecurringPrice)[]> {
  const { oneTime, recurring } = kindsOf(words);
  const price = z.discriminatedUnion('kind', [oneTime, recurring]);
  return z.array(price).max(PRICES_MAX).superRefine(distinctCodes) as unknown as z.ZodType<(OneTimePrice | RecurringPrice)[]>;
}
