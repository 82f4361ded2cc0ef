import type { TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { CurrencyCode } from '../../../kernel/money';
import type { Bilingual } from '../../../kernel/result';

/** One thing that was ordered. */
export interface FormItem {
  readonly product: string;
  /** The number that it is for; null where it is for none yet. */
  readonly number: string | null;
  /** What happens with it: 新装 new, 拆除 removed. */
  readonly action: Bilingual;
}

export interface FormFee {
  readonly name: string;
  /** Tax included; negative for what is given back. */
  readonly amountMinor: bigint;
}

/** What an acceptance form 业务受理单 says. Personal data come masked: paper cannot be unmasked, nor asked who has looked at it. */
export interface AcceptanceForm {
  readonly operator: Bilingual;
  readonly orderNo: string;
  /** The kind of business, as 套餐变更 Change of plan. */
  readonly kind: Bilingual;
  readonly acceptedAt: Instant;
  readonly timeZone: TimeZone;
  readonly hall: string;
  readonly clerk: string;
  readonly customerNo: string;
  readonly customerName: string;
  /** Kind and number, as 居民身份证 **************1234; null where the customer has shown none. */
  readonly document: string | null;
  readonly account: string | null;
  readonly items: readonly FormItem[];
  /** What is due now. */
  readonly fees: readonly FormFee[];
  readonly currency: CurrencyCode;
  /** Paragraphs; a line end within one begins a new line. */
  readonly terms: readonly string[];
}

const LINE_LENGTH_MAX = 300;
const NAME_LENGTH_MAX = 500;
const NUMBER_LENGTH_MAX = 100;
const TERM_LENGTH_MAX = 5_000;
export const ROWS_MAX = 1_000;
const TERMS_MAX = 50;

/** A form is made of what was stored, which is bounded; a row is never longer than a page. */
export function assertBounds(form: AcceptanceForm): void {
  const { operator, orderNo, kind, hall, clerk, customerNo, customerName, document, account, items, fees, terms } = form;
  const lines = [operator.zh, operator.en, orderNo, kind.zh, kind.en, hall, clerk, customerNo, customerName, document ?? '', account ?? ''];
  const numbers = items.flatMap(({ number, action }) => [number ?? '', action.zh, action.en]);
  const names = [...items.map(({ product }) => product), ...fees.map(({ name }) => name)];
  const fits = (texts: readonly string[], max: number): boolean => texts.every(({ length }) => length <= max);
  invariant(
    fits(lines, LINE_LENGTH_MAX) && fits(numbers, NUMBER_LENGTH_MAX) && fits(names, NAME_LENGTH_MAX),
    'a text is too long for a form',
  );
  invariant(items.length <= ROWS_MAX && fees.length <= ROWS_MAX, `a form has at most ${ROWS_MAX} items and fees`);
  invariant(terms.length <= TERMS_MAX && fits(terms, TERM_LENGTH_MAX), 'the terms are too long for a form');
}
