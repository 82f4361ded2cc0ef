import { selectAccountsById } from '../../component/account';
import { selectCustomersById, selectDocuments, type CustomerDocument } from '../../component/customer';
import {
  ITEMS_MAX, ORDER_KINDS, linesOf, selectOrderItems, selectOrdersById,
  type ItemAction, type OrderItem, type OrderKindName, type ProductOrder, type QuoteLine,
} from '../../component/order'; // prettier-ignore
import { operatorParameters, selectOrganisationsById, selectRootId, type Organisation } from '../../component/organisation';
import { selectProductsByCode } from '../../component/product';
import { selectStaffById } from '../../component/staff';
import { selectSubscribersById } from '../../component/subscriber';
import type { ReadContext } from '../../context';
import type { TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { decodeId, type Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Bilingual } from '../../../kernel/result';
import { systemScope } from '../../../kernel/scope';
import type { Json } from '../../../kernel/stable-json';

/** What is printed of an order for the customer to sign 业务受理单. Personal data are masked. */
export interface OrderForm {
  readonly operator: Bilingual;
  readonly orderNo: string;
  readonly kind: Bilingual;
  readonly acceptedAt: Instant;
  readonly timeZone: TimeZone;
  readonly hall: string;
  readonly clerk: string;
  readonly customerNo: string;
  readonly customerName: string;
  readonly document: Pick<CustomerDocument, 'kind' | 'number'> | null;
  readonly account: string | null;
  readonly items: readonly { readonly product: string; readonly number: string | null; readonly action: Bilingual }[];
  readonly fees: readonly { readonly name: string; readonly amountMinor: bigint }[];
  readonly currency: CurrencyCode;
}

const ACTIONS: Readonly<Record<ItemAction, Bilingual>> = {
  ADD: { zh: '新增', en: 'New' },
  MODIFY: { zh: '变更', en: 'Changed' },
  DELETE: { zh: '拆除', en: 'Removed' },
  NO_CHANGE: { zh: '不变', en: 'Unchanged' },
};

/** A customer or account that the reader may not see, though he sees the order. */
const OUT_OF_SIGHT = '—';

/** The form of an order that the caller may see; undefined where he may not, or there is none. Customer and account are within his scope too. */
export async function readOrderForm(context: ReadContext, orderId: Id<'order'>): Promise<OrderForm | undefined> {
  const [order] = await selectOrdersById(context, [orderId]);
  if (order === undefined) return undefined;
  const wide: ReadContext = { ...context, scope: systemScope };
  const [customer] = await selectCustomersById(context, [order.customerId]);
  const documents = await selectDocuments(context, [order.customerId], { validAt: context.now, knownAt: null });
  const [account] = order.accountId === null ? [] : await selectAccountsById(context, [order.accountId]);
  const [document] = documents;
  const { timeZone } = await operatorParameters(context);
  return {
    ...(await placeOf(wide, order)),
    orderNo: order.orderNo,
    kind: kindName(order.category),
    acceptedAt: order.createdAt,
    timeZone,
    clerk: await clerkOf(wide, order),
    customerNo: customer?.customerNo ?? OUT_OF_SIGHT,
    customerName: customer?.name ?? OUT_OF_SIGHT,
    document: document === undefined ? null : { kind: document.kind, number: document.number },
    account: account?.accountNo ?? null,
    items: await itemsOf(context, await selectOrderItems(context, [orderId])),
    fees: feesOf(await linesOf(wide, order.quotationId)),
    currency: order.due.currency,
  };
}

/** Everyone may know who the operator is, and the hall is the order's own. */
async function placeOf(wide: ReadContext, { organisationId }: ProductOrder): Promise<Pick<OrderForm, 'operator' | 'hall'>> {
  const rootId = await selectRootId(wide);
  const nodes = await selectOrganisationsById(wide, [...(rootId === undefined ? [] : [rootId]), organisationId]);
  const nodeOf = (id: Id<'organisation'> | undefined): Organisation | undefined => nodes.find((node) => node.id === id);
  const root = nodeOf(rootId);
  return { operator: { zh: root?.name ?? '', en: root?.nameEn ?? root?.name ?? '' }, hall: nodeOf(organisationId)?.name ?? '' };
}

/** By name and log-in name; what ran on its own is named as the history names it. */
async function clerkOf(wide: ReadContext, { actor }: ProductOrder): Promise<string> {
  const staffId = actor.kind === 'STAFF' ? decodeId('staff', actor.id) : undefined;
  const [clerk] = staffId === undefined ? [] : await selectStaffById(wide, [staffId]);
  return clerk === undefined ? actor.id : `${clerk.name} (${clerk.loginName})`;
}

function kindName(kind: string): Bilingual {
  return ORDER_KINDS[kind as OrderKindName];
}

async function itemsOf(context: ReadContext, items: readonly OrderItem[]): Promise<OrderForm['items']> {
  const subscribers = await selectSubscribersById(context, [...new Set(items.flatMap(({ subscriberId }) => subscriberId ?? []))]);
  const codes = items.map(({ content }) => codesIn(content));
  const products = new Map(
    (await selectProductsByCode(context, [...new Set(codes.flat())])).map((product) => [product.code, product.name]),
  );
  return items.slice(0, ITEMS_MAX).map(({ kind, action, content, subscriberId }, place) => {
    const names = (codes[place] ?? []).map((code) => products.get(code) ?? code);
    const ordered = (content as { readonly identifier?: string }).identifier;
    return {
      product: [kindName(kind).zh, ...names].join('，').slice(0, PRODUCT_LENGTH_MAX),
      number: ordered ?? subscribers.find(({ id }) => id === subscriberId)?.accessNumber ?? null,
      action: ACTIONS[action],
    };
  });
}

/** What one line of a form has room for. */
const PRODUCT_LENGTH_MAX = 500;

/** The codes of the products that an item names, wherever its kind has them. */
function codesIn(content: Json): string[] {
  if (Array.isArray(content)) return content.flatMap(codesIn);
  if (content === null || typeof content !== 'object') return [];
  const { code, versionId } = content as { readonly code?: Json; readonly versionId?: Json };
  if (typeof code === 'string' && versionId !== undefined) return [code];
  return Object.values(content as Readonly<Record<string, Json>>).flatMap(codesIn);
}

function feesOf(lines: readonly QuoteLine[]): OrderForm['fees'] {
  return lines.flatMap(({ dueNow, name, amountMinor }) => (dueNow ? [{ name: name.zh, amountMinor }] : []));
}
