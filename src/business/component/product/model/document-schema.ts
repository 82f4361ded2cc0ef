import { z } from 'zod';
import { parseAmount, type CurrencyCode } from '../../../../kernel/money';
import type { Bilingual } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import type { Eligibility, Proration, PeriodLength, TermContract } from './definition';

/*
 * The parts of which every document of the catalogue is made: what a product manager writes, in a mutation or in a file, with
 * decimal amounts. Each part is bounded, and nothing that is not known is passed over.
 */

export const NAME_LENGTH_MAX = 100;
export const AMOUNT_MINOR_MAX = 100_000_000_000_000n;
export const MONTHS_MAX = 120;
/** What the schemas must know that others own: the operator's currency, and closed lists of the parties. */
export interface DocumentWords {
  readonly currency: CurrencyCode;
  /** Of prices that do not say. */
  readonly proration: Proration;
  readonly customerKinds: readonly string[];
  readonly grades: readonly string[];
  readonly stopReasons: readonly string[];
}

/** How many codes a list of them holds at most. */
export const CODES_MAX = 50;

/** Says no to a part in the words of the component: its code, and what its sentence is filled in with. */
export function refuse(
  context: z.RefinementCtx,
  refusal: string,
  values: Record<string, string | number> = {},
  path: PropertyKey[] = [],
): void {
  context.addIssue({ code: 'custom', path, params: { refusal, values } });
}

export const codeSchema = z.string().regex(/^[A-Z0-9][A-Z0-9._-]{0,39}$/);

export const nameSchema = z.string().superRefine((text, context) => {
  if (isBlank(text)) refuse(context, 'BLANK');
  if (hasHiddenCharacters(text)) refuse(context, 'CHARACTERS_REFUSED');
  if (lengthOf(text) > NAME_LENGTH_MAX) refuse(context, 'TOO_LONG', { max: NAME_LENGTH_MAX });
});

export const names = { name: nameSchema, nameEn: nameSchema };

/** Puts the two names together. */
export function named<Part extends { name: string; nameEn: string }>({
  name,
  nameEn,
  ...rest
}: Part): Omit<Part, 'name' | 'nameEn'> & { name: Bilingual } {
  return { ...rest, name: { zh: name, en: nameEn } };
}

/** A list without anything twice. */
export function distinct<Item extends z.ZodType>(item: Item, most: number, least = 0): z.ZodType<z.output<Item>[]> {
  return z
    .array(item)
    .min(least)
    .max(most)
    .superRefine((list, context) => {
      for (const [place, value] of list.entries()) {
        if (list.indexOf(value) < place) refuse(context, 'GIVEN_TWICE', { value: String(value) }, [place]);
      }
    });
}

export const codesSchema = distinct(codeSchema, CODES_MAX, 1);

/** An amount of the operator's currency: a decimal, or `{amount, currency}` as the contract has it. */
export function amountSchema(currency: CurrencyCode): z.ZodType<bigint> {
  return z.unknown().transform((given, context): bigint => {
    const money =
      typeof given === 'object' && given !== null ? (given as { amount?: unknown; currency?: unknown }) : { amount: given, currency };
    if (given === undefined) {
      refuse(context, 'FIELD_MISSING');
      return z.NEVER;
    }
    if (money.currency !== currency) {
      refuse(context, 'CURRENCY_WRONG', { currency });
      return z.NEVER;
    }
    const read = typeof money.amount === 'string' ? parseAmount(money.amount, currency) : undefined;
    if (read === undefined || read.amountMinor < 0n || read.amountMinor > AMOUNT_MINOR_MAX) {
      refuse(context, 'AMOUNT_INVALID', { currency });
      return z.NEVER;
    }
    return read.amountMinor;
  });
}

/** A whole number of units that may be larger than a number is exact. */
export const unitsSchema = z
  .string()
  .superRefine((digits, context) => {
    if (!/^\d{1,18}$/.test(digits)) refuse(context, 'FIELD_MALFORMED');
  })
  .transform((digits) => (/^\d+$/.test(digits) ? BigInt(digits) : 0n));

export const whole = (least: number, most: number): z.ZodInt => z.int().min(least).max(most);

export const lengthSchema: z.ZodType<PeriodLength> = z.strictObject({
  unit: z.enum(['DAY', 'WEEK', 'MONTH', 'YEAR']),
  count: whole(1, 120),
});

/** Least, standard and most stand in this order. */
export function inOrder({ least, standard, most }: { least: number; standard: number; most: number }, context: z.RefinementCtx): void {
  if (least > standard || standard > most) refuse(context, 'LEAST_ABOVE_MOST');
}

const tenureSchema = z
  .strictObject({ least: whole(0, 1_200).optional(), most: whole(0, 1_200).optional() })
  .superRefine(({ least = 0, most = 1_200 }, context) => {
    if (least > most) refuse(context, 'LEAST_ABOVE_MOST');
  });

export function eligibilitySchema({ customerKinds, grades }: DocumentWords): z.ZodType<Eligibility> {
  return z
    .strictObject({
      customerKinds: distinct(z.enum(customerKinds), customerKinds.length, 1).optional(),
      grades: distinct(z.enum(grades), grades.length, 1).optional(),
      organisations: codesSchema.optional(),
      tenureMonths: tenureSchema.optional(),
      holdsAnyOf: codesSchema.optional(),
      holdsNoneOf: codesSchema.optional(),
    })
    .superRefine(({ holdsAnyOf = [], holdsNoneOf = [] }, context) => {
      const left = holdsAnyOf.filter((code) => !holdsNoneOf.includes(code));
      if (holdsAnyOf.length > 0 && left.length === 0) refuse(context, 'CONTRADICTION', { code: holdsAnyOf[0] ?? '' }, ['holdsNoneOf']);
    })
    .transform((given) => given as Eligibility);
}

/** A term contract, with what it costs to leave it early. */
export function termSchema(currency: CurrencyCode): z.ZodType<TermContract> {
  const amount = amountSchema(currency);
  const of = { chargeCode: codeSchema, taxIncluded: z.boolean() };
  const earlyTermination = z.discriminatedUnion('kind', [
    z.strictObject({ ...of, kind: z.literal('FIXED'), amount }).transform(({ amount: amountMinor, ...rest }) => ({ ...rest, amountMinor })),
    z.strictObject({ ...of, kind: z.literal('PERCENTAGE_OF_REMAINING'), basisPoints: whole(0, 10_000) }),
    z
      .strictObject({ ...of, kind: z.literal('BY_MONTH'), amounts: z.array(amount).min(1).max(MONTHS_MAX) })
      .transform(({ amounts: amountsMinor, ...rest }) => ({ ...rest, amountsMinor })),
  ]);
  return z
    .strictObject({ months: whole(1, MONTHS_MAX), earlyTermination, renewal: z.enum(['OPEN', 'SAME_TERM', 'END']) })
    .superRefine(({ months, earlyTermination: charge }, context) => {
      if (charge.kind === 'BY_MONTH' && charge.amountsMinor.length > months) {
        refuse(context, 'MONTHS_MISMATCH', {}, ['earlyTermination', 'amounts']);
      }
    });
}
