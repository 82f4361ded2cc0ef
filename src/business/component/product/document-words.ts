import type { CurrencyCode } from '../../../kernel/money';
import { CUSTOMER_GRADES, CUSTOMER_KINDS } from '../customer';
import { STOP_REASONS } from '../subscriber';
import type { Proration } from './model/definition';
import type { DocumentWords } from './model/document-schema';

/** The words of a document whose amounts are of a currency, and whose prices are prorated so where they do not say. */
export function documentWords(currency: CurrencyCode, proration: Proration = 'BY_DAY'): DocumentWords {
  return { currency, proration, customerKinds: CUSTOMER_KINDS, grades: CUSTOMER_GRADES, stopReasons: STOP_REASONS };
}
