import type { CounterWants } from '../../../../business/view/counter';
import { PAGE_SIZE_MAX } from '../../../../kernel/page';
import type { SelectedField, Selection } from '../../../../kernel/selection';

/** What a picture without details answers, and what leads there. Any other field asks for the details too. */
const BRIEF_FIELDS: ReadonlySet<string> = new Set([
  'id', '__typename', 'version', 'nodes', 'pageInfo', 'hasNextPage', 'endCursor',
  'accessNumber', 'subscriberNo', 'status', 'stopReasons',
  'customer', 'customerNo', 'kind', 'name', 'nameEn', 'grade', 'documents', 'number', 'issuingAuthority', 'contacts', 'value', 'person',
  'accounts', 'accountNo', 'currency', 'ratingType', 'paymentMethod',
  'paymentRelations', 'chargeGroup', 'priority', 'isDefault', 'subscriber', 'subscribers',
]); // prettier-ignore

/** Which parts of a subscriber's picture one statement can fetch; undefined when nothing is asked beyond the subscriber. */
export function counterWantsOf(selection: Selection): CounterWants | undefined {
  const customer = selection.field('customer');
  if (customer === undefined || !isOfNow(customer)) return undefined;
  const below = customer.selection;
  const accounts = below.field('accounts');
  // `edges` leads to the same accounts, and may want their relations otherwise.
  const throughNodes = accounts?.selection.field('edges') === undefined ? accounts?.selection.field('nodes') : undefined;
  const relations = throughNodes?.selection.field('paymentRelations');
  return {
    details: !selection.isWithin(BRIEF_FIELDS),
    documents: isOfNow(below.field('documents')),
    contacts: isOfNow(below.field('contacts')),
    accounts: firstPageOf(accounts),
    relations: firstPageOf(accounts) === null ? null : firstPageOf(relations),
    subscribers: firstPageOf(below.field('subscribers')),
  };
}

/** Facts of another time are read by a statement of their own. */
function isOfNow(field: SelectedField | undefined): boolean {
  return field !== undefined && field.arg('validAt') == null && field.arg('knownAt') == null;
}

/** How many rows of a first page are wanted; null when the field is not wanted, or is not a first page of now. */
function firstPageOf(field: SelectedField | undefined): number | null {
  if (field === undefined || !isOfNow(field) || field.arg('after') != null || field.arg('role') != null) return null;
  const first = field.arg('first');
  return typeof first === 'number' && Number.isInteger(first) && first >= 1 && first <= PAGE_SIZE_MAX ? first : null;
}
