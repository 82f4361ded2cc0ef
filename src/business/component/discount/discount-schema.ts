import { z } from 'zod';
import type { CurrencyCode } from '../../../kernel/money';
import {
  amountSchema, codeSchema, codesSchema, eligibilitySchema, named, names, refusePart, unitsSchema, whole, type DocumentWords,
} from '../product'; // prettier-ignore
import {
  DISCOUNT_LEVELS,
  type DepositReturn,
  type DiscountDefinition,
  type DiscountEffect,
  type ThresholdReduction,
} from './model/definition';

const PERIODS_MAX = 1_200;
const MONTHS_MAX = 120;
const PRIORITY_MAX = 10_000;
/** In the middle, so that others can act before it and after it. */
const PRIORITY_STANDARD = 100;
const basisPointsSchema = whole(1, 10_000);
const FREE_UNITS = ['SECOND', 'BYTE', 'MESSAGE'] as const;

/** An amount that is something: a discount of nothing is a mistake. */
function someSchema(currency: CurrencyCode): z.ZodType<bigint> {
  return amountSchema(currency).superRefine((amount, context) => {
    if (amount === 0n) refusePart(context, 'AMOUNT_ZERO');
  });
}

const someUnitsSchema = unitsSchema.superRefine((units, context) => {
  if (units === 0n) refusePart(context, 'AMOUNT_ZERO');
});

function returnsSchema(some: z.ZodType<bigint>): z.ZodType<DepositReturn> {
  return z
    .strictObject({
      afterMonths: whole(0, MONTHS_MAX).default(1),
      months: whole(1, MONTHS_MAX),
      total: some,
      book: codeSchema,
      chargeCodes: codesSchema.optional(),
    })
    .transform(({ total: totalMinor, chargeCodes, ...rest }) => ({ ...rest, totalMinor, ...(chargeCodes && { chargeCodes }) }));
}

function reductionSchema(some: z.ZodType<bigint>): z.ZodType<ThresholdReduction> {
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('PERCENTAGE'), basisPoints: basisPointsSchema }),
    z.strictObject({ kind: z.literal('AMOUNT'), amount: some }).transform(({ kind, amount: amountMinor }) => ({ kind, amountMinor })),
  ]);
}

function effectSchema(currency: CurrencyCode): z.ZodType<DiscountEffect> {
  const some = someSchema(currency);
  return z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('PERCENTAGE'),
      basisPoints: basisPointsSchema,
      of: z.enum(['REMAINING', 'LIST']).default('REMAINING'),
    }),
    z
      .strictObject({ kind: z.literal('AMOUNT'), amount: some, prorated: z.boolean().default(true) })
      .transform(({ amount: amountMinor, ...rest }) => ({ ...rest, amountMinor })),
    z
      .strictObject({ kind: z.literal('PRICE_OVERRIDE'), priceCode: codeSchema, amount: amountSchema(currency) })
      .transform(({ amount: amountMinor, ...rest }) => ({ ...rest, amountMinor })),
    z
      .strictObject({ kind: z.literal('FREE_UNITS'), usageKinds: codesSchema, unit: z.enum(FREE_UNITS), units: someUnitsSchema })
      .transform(({ units: amount, ...rest }) => ({ ...rest, amount })),
    z.strictObject({ kind: z.literal('WAIVER') }),
    z
      .strictObject({ kind: z.literal('DEPOSIT_RETURN'), deposit: some, returns: returnsSchema(some) })
      .superRefine(({ deposit, returns }, context) => {
        if (returns.totalMinor < deposit) refusePart(context, 'RETURN_BELOW_DEPOSIT', {}, ['returns', 'total']);
      })
      .transform(({ deposit: depositMinor, ...rest }) => ({ ...rest, depositMinor })),
    z
      .strictObject({ kind: z.literal('THRESHOLD'), spend: some, reduction: reductionSchema(some) })
      .transform(({ spend: spendMinor, ...rest }) => ({ ...rest, spendMinor })),
  ]);
}

const appliesToSchema = z
  .strictObject({ chargeCodes: codesSchema.optional(), products: codesSchema.optional(), oneTime: z.boolean().optional() })
  .transform((given) => given as DiscountDefinition['appliesTo']);

/** The document of a discount. */
export function discountSchema(words: DocumentWords): z.ZodType<DiscountDefinition> {
  const { currency } = words;
  const lastsSchema = z
    .strictObject({ periods: whole(1, PERIODS_MAX).nullable().default(null), amount: someSchema(currency).nullable().default(null) })
    .transform(({ periods, amount: amountMinor }) => ({ periods, amountMinor }));
  return z
    .strictObject({
      ...names,
      effect: effectSchema(currency),
      level: z.enum(DISCOUNT_LEVELS),
      appliesTo: appliesToSchema.default({}),
      lasts: lastsSchema.default({ periods: null, amountMinor: null }),
      priority: whole(0, PRIORITY_MAX).default(PRIORITY_STANDARD),
      exclusionGroup: codeSchema.nullable().default(null),
      cap: someSchema(currency).nullable().default(null),
      eligibility: eligibilitySchema(words).default({}),
    })
    .superRefine(checkParts)
    .transform(({ cap: capMinor, ...rest }): DiscountDefinition => named({ ...rest, capMinor }));
}

interface Parts {
  readonly effect: DiscountEffect;
  readonly appliesTo: DiscountDefinition['appliesTo'];
  readonly lasts: DiscountDefinition['lasts'];
  readonly cap: bigint | null;
}

/** What has no sense beside the effect would be passed over without a word. */
function checkParts({ effect, appliesTo, lasts, cap }: Parts, context: z.RefinementCtx): void {
  if (effect.kind === 'PRICE_OVERRIDE' && appliesTo.products === undefined) {
    refusePart(context, 'PRODUCTS_NEEDED', {}, ['appliesTo', 'products']);
  }
  const takesMoney = effect.kind !== 'FREE_UNITS' && effect.kind !== 'DEPOSIT_RETURN';
  if (takesMoney) return;
  if (cap !== null) refusePart(context, 'FIELD_UNKNOWN', {}, ['cap']);
  if (lasts.amountMinor !== null) refusePart(context, 'FIELD_UNKNOWN', {}, ['lasts', 'amount']);
}
