import type { CounterWants, CustomerWants, HoldingWants } from '../../../../business/view/counter';
import { PAGE_SIZE_MAX } from '../../../../kernel/page';
import type { FieldSet, SelectedField, Selection } from '../../../../kernel/selection';

/** What a picture without details answers, and what leads there. Any other field asks for the details too. */
const BRIEF_NAMES: ReadonlySet<string> = new Set([
  'id', '__typename', 'version', 'nodes', 'pageInfo', 'hasNextPage', 'endCursor',
  'accessNumber', 'subscriberNo', 'status', 'stopReasons',
  'customer', 'customerNo', 'kind', 'name', 'nameEn', 'grade', 'documents', 'number', 'issuingAuthority', 'contacts', 'value', 'person',
  'accounts', 'accountNo', 'currency', 'ratingType', 'paymentMethod',
  'paymentRelations', 'chargeGroup', 'priority', 'isDefault', 'subscriber', 'subscribers',
]); // prettier-ignore

/** What a subscriber holds has nothing to do with the details of the others. */
const BRIEF_FIELDS: FieldSet = { names: BRIEF_NAMES, whole: new Set(['products', 'plannedProducts', 'bundle', 'discounts']) };

/** What is read ahead of each thing that a subscriber holds. Who asks for more has it from the loaders. */
const fieldsOfHolding = (...names: readonly string[]): FieldSet => ({
  names: new Set([...names, 'id', '__typename', 'code', 'name', 'nameEn', 'version']),
  whole: new Set(),
});
const PRODUCT_FIELDS = fieldsOfHolding('isPlan', 'quantity', 'validity', 'from', 'to', 'product', 'kind');
const BUNDLE_FIELDS = fieldsOfHolding('role', 'bundle', 'openedAt', 'product', 'kind');
const DISCOUNT_FIELDS = fieldsOfHolding('periods', 'amount', 'currency', 'validity', 'from', 'to', 'discount');

/** Which parts of a subscriber's picture one statement can fetch; undefined when nothing is asked beyond the subscriber. */
export function counterWantsOf(selection: Selection): CounterWants | undefined {
  const customer = selection.field('customer');
  const wants: CounterWants = {
    details: !selection.isWithin(BRIEF_FIELDS),
    customer: customer === undefined || !isOfNow(customer) ? null : customerWantsOf(customer.selection),
    holdings: holdingWantsOf(selection),
  };
  return wants.customer === null && wants.holdings === null ? undefined : wants;
}

function holdingWantsOf(selection: Selection): HoldingWants | null {
  const isBrief = (name: string, fields: FieldSet): boolean => {
    const field = selection.field(name);
    return field !== undefined && isOfNow(field) && field.selection.isWithin(fields);
  };
  const products = isBrief('products', PRODUCT_FIELDS);
  const plannedProducts = isBrief('plannedProducts', PRODUCT_FIELDS);
  const bundle = isBrief('bundle', BUNDLE_FIELDS);
  const discounts = isBrief('discounts', DISCOUNT_FIELDS);
  return products || plannedProducts || bundle || discounts ? { products, plannedProducts, bundle, discounts } : null;
}

function customerWantsOf(below: Selection): CustomerWants {
  const accounts = below.field('accounts');
  // `edges` leads to the same accounts, and may want their relations otherwise.
  const throughNodes = accounts?.selection.field('edges') === undefined ? accounts?.selection.field('nodes') : undefined;
  const relations = throughNodes?.selection.field('paymentRelations');
  return {
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
