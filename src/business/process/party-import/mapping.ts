import { z } from 'zod';
import { PAYMENT_METHODS, RATING_TYPES } from '../../component/account';
import { CONTACT_KINDS, CUSTOMER_GRADES, CUSTOMER_KINDS, DOCUMENT_KINDS } from '../../component/customer';

/*
 * The form of a mapping file: which column of a file is what of a customer, its account and its subscribers. The README of
 * this folder describes it to those who write one. Every object is strict: a misspelt word is an error, not a default.
 */

const name = z.string().min(1).max(200);
const scalar = z.union([z.string().max(1_000), z.number(), z.boolean()]);

/** What a column may hold. Every declared column is checked in every row, whether or not it is used. */
const columnSchema = z.strictObject({
  as: z.enum(['text', 'integer', 'decimal']).default('text'),
  values: z.array(z.string().min(1)).min(1).max(500).optional(),
  optional: z.boolean().default(false),
  lengthMax: z.number().int().min(1).max(10_000).default(200),
});

const constantSchema = z.strictObject({ constant: scalar });
const fromColumnSchema = z.strictObject({
  column: name,
  /** Each value of the column, translated. */
  map: z.record(z.string(), scalar).optional(),
  /** Stands in where the column is empty. */
  default: scalar.optional(),
});
const generatedSchema = z.strictObject({
  generate: z.enum(['digits', 'login']),
  prefix: z.string().max(40).default(''),
  suffix: z.string().max(40).default(''),
  /** How many digits follow the prefix. */
  digits: z.number().int().min(4).max(15).default(8),
});
const valueSchema = z.union([constantSchema, fromColumnSchema]);
const identifierSchema = z.union([fromColumnSchema, generatedSchema]);
const conditionSchema = z.union([
  z.strictObject({ column: name, is: z.array(z.string()).min(1) }),
  z.strictObject({ column: name, isNot: z.array(z.string()).min(1) }),
  z.strictObject({ column: name, filled: z.boolean() }),
]);
const when = z.array(conditionSchema).max(20).default([]);
const attributes = z
  .record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'an attribute is a word of letters, digits and underscores'), valueSchema)
  .default({});

export const mappingSchema = z.strictObject({
  source: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'small letters, digits, dots, hyphens and underscores'),
  description: z.string().max(2_000).optional(),
  file: z.strictObject({
    format: z.enum(['csv', 'jsonl']),
    encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
    delimiter: z.string().length(1).default(','),
    multiline: z.boolean().default(false),
    rowBytesMax: z.number().int().min(256).max(16_777_216).default(65_536),
  }),
  rowKey: z.array(name).min(1).max(5),
  columns: z.record(name, columnSchema),
  customer: z.strictObject({
    kind: valueSchema,
    name: valueSchema,
    nameEn: valueSchema.optional(),
    grade: valueSchema.default({ constant: 'STANDARD' }),
    organisation: valueSchema.optional(),
    documents: z.array(z.strictObject({ when, kind: valueSchema, number: valueSchema, issuingAuthority: valueSchema.optional() })).max(20).default([]),
    contacts: z.array(z.strictObject({ when, kind: valueSchema, value: valueSchema, person: valueSchema.optional() })).max(20).default([]),
    attributes,
  }),
  account: z.strictObject({
    name: valueSchema,
    currency: valueSchema.optional(),
    ratingType: valueSchema,
    paymentMethod: valueSchema,
    billingDay: valueSchema,
    attributes,
  }),
  subscribers: z.array(z.strictObject({
    when, serviceType: valueSchema, identifier: identifierSchema, sim: valueSchema.optional(), attributes,
    /** Since how many months it is there; it begins with the import, when not given. */
    monthsInNet: valueSchema.optional(),
    /** What it holds: exactly one plan, and what is added to it. */
    products: z.array(z.strictObject({ when, code: valueSchema, quantity: valueSchema.optional() })).min(1).max(50).optional(),
  })).max(20).default([]),
  /** What the other system charges a month for all of the row's products, to be compared with their list prices. */
  monthlyCharge: valueSchema.optional(),
}); // prettier-ignore

/** A mapping as it is used, with what it leaves out filled in. */
export type Mapping = z.output<typeof mappingSchema>;
export type MappedColumn = z.output<typeof columnSchema>;
export type MappedValue = z.output<typeof valueSchema>;
export type MappedIdentifier = z.output<typeof identifierSchema>;
export type GeneratedIdentifier = z.output<typeof generatedSchema>;
export type Condition = z.output<typeof conditionSchema>;
export type Scalar = z.output<typeof scalar>;

/** The closed lists whose words a mapping must use, by the place of the value. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  'customer.kind': CUSTOMER_KINDS,
  'customer.grade': CUSTOMER_GRADES,
  'customer.documents.kind': DOCUMENT_KINDS,
  'customer.contacts.kind': CONTACT_KINDS,
  'account.ratingType': RATING_TYPES,
  'account.paymentMethod': PAYMENT_METHODS,
};
