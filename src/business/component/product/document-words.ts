import type { CurrencyCode } from '../../../kernel/money';
import { CUSTOMER_GRADES, CUSTOMER_KINDS } from '../customer';
import { STOP_REASONS } from '../subscriber';
import type { DocumentWords } from './model/document-schema';

/** The words of a document whose amounts are of a currency. */
export function documentWords(currency: CurrencyCode): DocumentWords {
  return { currency, customerKinds: CUSTOMER_KINDS, grades: CUSTOMER_GRADES, stopReasons: STOP_REASONS };
}
