import { ACCOUNT_REFUSALS, type AccountRefusal } from '../../component/account';
import { NUMBER_REFUSALS, type NumberRefusal } from '../../component/number';
import { ORDER_REFUSALS, type OrderRefusal } from '../../component/order';
import { SUBSCRIBER_REFUSALS, type SubscriberRefusal } from '../../component/subscriber';
import type { Refusal } from '../../../kernel/result';

/** Why an order is refused: in the words of the order, or of the party that an item is about. */
export const ACCEPTANCE_REFUSALS = { ...NUMBER_REFUSALS, ...ACCOUNT_REFUSALS, ...SUBSCRIBER_REFUSALS, ...ORDER_REFUSALS } as const;

export type AcceptanceRefusal = NumberRefusal | AccountRefusal | SubscriberRefusal | OrderRefusal;

export type Refused = { readonly ok: false; readonly refusals: readonly Refusal<AcceptanceRefusal>[] };

/** A refusal of a part, told as one of the whole: the fields stand below the item that they belong to. */
export function below(field: string, refused: Refused): Refused {
  const path = field.split('.');
  return { ok: false, refusals: refused.refusals.map((refusal) => ({ ...refusal, field: [...path, ...(refusal.field ?? [])] })) };
}
