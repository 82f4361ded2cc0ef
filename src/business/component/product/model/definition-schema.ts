import { z } from 'zod';
import type { CurrencyCode } from '../../../../kernel/money';
import type { BundleDefinition, BundleMember, MemberLeaves, ProductDefinition, ProductRules, SharedAllowance } from './definition';
import {
  CODES_MAX, amountSchema, codeSchema, codesSchema, distinct, eligibilitySchema, inOrder, lengthSchema, named, names, refuse, termSchema, unitsSchema,
  whole, type DocumentWords,
} from './document-schema'; // prettier-ignore
import { bundlePricesSchema, pricesSchema } from './price-schema';

export const MEMBERS_MAX = 20;
export const ALLOWANCES_MAX = 20;
const QUANTITY_MAX = 10_000;

const rulesSchema = z
  .strictObject({
    requires: z.array(codesSchema).max(20).default([]),
    excludes: distinct(codeSchema, CODES_MAX).default([]),
    atMost: whole(1, 100).default(1),
  })
  .superRefine(({ requires, excludes }, context) => {
    for (const [place, any] of requires.entries()) {
      // One of the list that is not excluded is enough to fulfil it.
      if (any.every((code) => excludes.includes(code))) refuse(context, 'CONTRADICTION', { code: any.join(', ') }, ['requires', place]);
    }
  })
  .transform((rules): ProductRules => rules);

const quantitySchema = z
  .strictObject({
    least: whole(1, QUANTITY_MAX).default(1),
    most: whole(1, QUANTITY_MAX).default(1),
    standard: whole(1, QUANTITY_MAX).default(1),
  })
  .superRefine(inOrder);

/** The document of a plan or an add-on. */
export function productSchema(words: DocumentWords): z.ZodType<ProductDefinition> {
  return z.strictObject({
    prices: pricesSchema(words),
    rules: rulesSchema.default({ requires: [], excludes: [], atMost: 1 }),
    eligibility: eligibilitySchema(words).default({}),
    term: termSchema(words.currency).nullable().default(null),
    quantity: quantitySchema.default({ least: 1, most: 1, standard: 1 }),
  });
}

const memberSchema = z
  .strictObject({
    role: codeSchema,
    ...names,
    products: codesSchema,
    least: whole(0, 1_000),
    most: whole(1, 1_000),
    standard: whole(0, 1_000),
    share: whole(0, 1_000_000),
    chargeCode: codeSchema,
  })
  .superRefine(inOrder)
  .transform((member): BundleMember => named(member));

const allowanceSchema = z
  .strictObject({
    code: codeSchema,
    ...names,
    unit: z.enum(['SECOND', 'BYTE', 'MESSAGE', 'MINOR_UNIT']),
    amount: unitsSchema,
    usageKinds: codesSchema,
    roles: codesSchema,
    period: lengthSchema.default({ unit: 'MONTH', count: 1 }),
    carryOver: whole(0, 120).default(0),
  })
  .transform((allowance): SharedAllowance => named(allowance));

function memberLeavesSchema(currency: CurrencyCode): z.ZodType<MemberLeaves> {
  return z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('END') }),
    z
      .strictObject({ kind: z.literal('REPRICE'), amount: amountSchema(currency) })
      .transform(({ kind, amount: amountMinor }) => ({ kind, amountMinor })),
    z.strictObject({ kind: z.literal('GRACE'), days: whole(1, 366) }),
  ]);
}

/** The document of a bundle. */
export function bundleSchema(words: DocumentWords): z.ZodType<BundleDefinition> {
  return z
    .strictObject({
      across: z.enum(['CUSTOMER', 'FAMILY', 'ENTERPRISE']),
      members: z.array(memberSchema).min(1).max(MEMBERS_MAX),
      prices: bundlePricesSchema(words),
      allowances: z.array(allowanceSchema).max(ALLOWANCES_MAX).default([]),
      whenMemberLeaves: memberLeavesSchema(words.currency),
      eligibility: eligibilitySchema(words).default({}),
      term: termSchema(words.currency).nullable().default(null),
    })
    .superRefine((bundle, context) => checkBundle(bundle, context));
}

function checkBundle({ members, allowances, prices, whenMemberLeaves }: BundleDefinition, context: z.RefinementCtx): void {
  const twice = (list: readonly string[], path: string, part: string): void => {
    for (const [place, value] of list.entries()) {
      if (list.indexOf(value) < place) refuse(context, 'GIVEN_TWICE', { value }, [path, place, part]);
    }
  };
  const roles = members.map(({ role }) => role);
  twice(roles, 'members', 'role');
  twice(allowances.map(({ code }) => code), 'allowances', 'code'); // prettier-ignore
  if (members.every(({ share }) => share === 0)) refuse(context, 'SHARES_EMPTY', {}, ['members']);
  for (const [place, allowance] of allowances.entries()) {
    for (const [nth, role] of allowance.roles.entries()) {
      if (!roles.includes(role)) refuse(context, 'ROLE_UNKNOWN', { role }, ['allowances', place, 'roles', nth]);
    }
  }
  if (whenMemberLeaves.kind === 'REPRICE' && !prices.some(({ kind }) => kind === 'RECURRING')) {
    refuse(context, 'NO_RECURRING_PRICE', {}, ['whenMemberLeaves']);
  }
}
