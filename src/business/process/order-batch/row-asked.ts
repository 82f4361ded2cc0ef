import { z } from 'zod';
import type { WordsOf } from '../../../kernel/result';

/** Every kind of order that a row may be, as it may be written. */
export const BATCH_KINDS = {
  OPEN: '开户',
  SUSPEND: '停机',
  RESUME: '复机',
  CHANGE_NUMBER: '改号',
  REPLACE_SIM: '换卡',
  ADD_PRODUCT: '增订产品',
  REMOVE_PRODUCT: '退订产品',
  CHANGE_PLAN: '变更套餐',
  RELOCATE: '移机',
  TRANSFER: '过户',
  TERMINATE: '销户',
} as const;

export type BatchKind = keyof typeof BATCH_KINDS;

/** The kinds as a file may name them in either language. */
export const BATCH_KIND_WORDS = Object.fromEntries(
  Object.entries(BATCH_KINDS).map(([kind, zh]) => [kind, { zh, en: kind }]),
) as unknown as WordsOf<BatchKind>;

const ordered = z.strictObject({ code: z.string(), quantity: z.number().nullable() });

/** What a row asks for, as it is kept until it is accepted. */
export const rowAsked = z.strictObject({
  kind: z.enum(Object.keys(BATCH_KINDS) as [BatchKind, ...BatchKind[]]),
  number: z.string(),
  serviceType: z.string().nullable(),
  sim: z.string().nullable(),
  plan: ordered.nullable(),
  products: z.array(ordered),
  newNumber: z.string().nullable(),
  /** Where a line is to end. */
  address: z.string().optional(),
  /** The numbers of the customer and of the account that a subscriber goes to. */
  toCustomer: z.string().optional(),
  toAccount: z.string().optional(),
  /** As what it is opened in which bundle, together with the other rows of its group. */
  group: z.strictObject({ key: z.string(), bundle: z.string(), role: z.string() }).optional(),
  reason: z.enum(['CUSTOMER_REQUEST', 'LOSS']),
  when: z.enum(['NOW', 'NEXT_PERIOD']),
  attributes: z.record(z.string(), z.json()),
  /** A date of the operator's; null: at once. */
  start: z.string().nullable(),
  externalId: z.string().nullable(),
  note: z.string().nullable(),
});

export type RowAsked = z.infer<typeof rowAsked>;
