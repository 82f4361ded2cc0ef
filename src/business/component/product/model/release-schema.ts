import { z } from 'zod';
import type { Eligibility } from './definition';
import { amountSchema, codeSchema, eligibilitySchema, refuse, type DocumentWords } from './document-schema';
import { PHASES_MAX, PRICES_MAX } from './price-schema';

/** What a node says of a product, as it is given. */
export interface ReleaseDocument {
  readonly narrowing: Eligibility;
  readonly prices: readonly { readonly code: string; readonly amountsMinor: readonly bigint[] }[];
}

export function releaseSchema(words: DocumentWords): z.ZodType<ReleaseDocument> {
  const price = z
    .strictObject({ code: codeSchema, amounts: z.array(amountSchema(words.currency)).min(1).max(PHASES_MAX) })
    .transform(({ code, amounts: amountsMinor }) => ({ code, amountsMinor }));
  return z.strictObject({
    narrowing: eligibilitySchema(words),
    prices: z
      .array(price)
      .max(PRICES_MAX)
      .superRefine((prices, context) => {
        for (const [place, { code }] of prices.entries()) {
          if (prices.findIndex((other) => other.code === code) < place) refuse(context, 'GIVEN_TWICE', { value: code }, [place, 'code']);
        }
      }),
  });
}
