import { type z } from 'zod';
import type { FactTime } from '../../../context';
import { selectDiscountsOfSubscribers } from '../../../component/discount';
import { selectMembershipsOf } from '../../../component/product';
import {
  selectIdentifiers,
  selectPaymentRelations,
  selectStatuses,
  selectSubscriberCustomers,
  selectSubscribersById,
  STOP_REASONS,
  stopReasonsOf,
  SUBSCRIBER_STATUSES,
  type CustomerRole,
  type IdentifierKind,
  type PaymentRelation,
} from '../../../component/subscriber';
import type { Id } from '../../../../kernel/id';
import type { Json } from '../../../../kernel/stable-json';
import { defineExpectation } from '../expectation';
import { RELATION_PRIORITY } from '../payment-relation';
import { textOf, type Stage } from '../stage';
import { amount, fields, list, orNone, text, whole, word } from '../written/fields';
import { handle, NONE } from '../written/handle';
import { heldProduct, productsExpected, productsHeld, productsLookedAt } from '../held-products';

const payment = fields({
  account: handle('account'),
  chargeGroup: orNone(text).default(null),
  cap: orNone(amount).default(null),
  priority: whole(0, 999).default(RELATION_PRIORITY),
});
type WrittenPayment = z.output<typeof payment>;

/** What a subscriber 用户 is, who has to do with it, and who pays. */
export const subscriberExpectation = defineExpectation({
  subject: 'subscriber',
  undated: ['serviceType', 'organisation'],
  shape: {
    status: orNone(word(SUBSCRIBER_STATUSES)).optional(),
    stopReasons: list(word(STOP_REASONS)).optional(),
    number: orNone(text).optional(),
    login: orNone(text).optional(),
    sim: orNone(text).optional(),
    owner: orNone(handle('customer')).optional(),
    user: orNone(handle('customer')).optional(),
    payer: orNone(handle('customer')).optional(),
    defaultAccount: orNone(handle('account')).optional(),
    payments: list(payment as z.ZodType<WrittenPayment>).optional(),
    products: list(heldProduct).optional(),
    bundle: orNone(handle('bundleInstance')).optional(),
    bundleRole: orNone(text).optional(),
    discounts: list(handle('discount')).optional(),
    serviceType: text.optional(),
    organisation: handle('organisation').optional(),
  },
  narrowed: { products: productsLookedAt },
  written: {
    products: (stage, products) => productsExpected(stage, products),
    stopReasons: (_stage, reasons) => STOP_REASONS.filter((reason) => reasons?.includes(reason)),
    payments: (stage, payments) => Promise.all((payments ?? []).map((one) => writtenPayment(stage, one))),
  },
  async actual(stage, subject, time) {
    const { context } = stage;
    const ids = [stage.idOf(subject)];
    const [subscriber] = await selectSubscribersById(context, ids);
    const [membership] = await selectMembershipsOf(context, ids, time);
    const discounts = await selectDiscountsOfSubscribers(context, ids, time);
    const [standing] = await selectStatuses(context, ids, time);
    const identifiers = await selectIdentifiers(context, ids, time);
    const identifier = (kind: IdentifierKind): string => identifiers.find((one) => one.kind === kind)?.value ?? NONE;
    return {
      status: standing?.status ?? NONE,
      stopReasons: stopReasonsOf(standing?.stopReasons ?? 0),
      number: identifier('NUMBER'),
      login: identifier('LOGIN'),
      sim: identifier('SIM'),
      ...(await customersOf(stage, ids, time)),
      ...(await payersOf(stage, ids, time)),
      products: await productsHeld(stage, stage.idOf(subject), time),
      bundle: stage.nameOf('bundleInstance', membership?.bundleInstanceId),
      bundleRole: membership?.role ?? NONE,
      discounts: discounts.map(({ discountId }) => stage.nameOf('discount', discountId)),
      serviceType: subscriber?.serviceType ?? NONE,
      organisation: stage.nameOf('organisation', subscriber?.organisationId),
    };
  },
});

async function customersOf(
  stage: Stage,
  ids: readonly Id<'subscriber'>[],
  time: FactTime,
): Promise<{ owner: Json; user: Json; payer: Json }> {
  const customers = await selectSubscriberCustomers(stage.context, ids, time);
  const named = (wanted: CustomerRole): string => stage.nameOf('customer', customers.find(({ role }) => role === wanted)?.customerId);
  return { owner: named('OWNER'), user: named('USER'), payer: named('PAYER') };
}

async function payersOf(stage: Stage, ids: readonly Id<'subscriber'>[], time: FactTime): Promise<{ defaultAccount: Json; payments: Json }> {
  const relations = await selectPaymentRelations(stage.context, ids, time);
  const others = relations.filter(({ isDefault }) => !isDefault);
  return {
    defaultAccount: stage.nameOf('account', relations.find(({ isDefault }) => isDefault)?.accountId),
    payments: await Promise.all(others.map((relation) => paymentOf(stage, relation))),
  };
}

async function paymentOf(stage: Stage, { accountId, chargeGroup, capMinor, priority }: PaymentRelation): Promise<Json> {
  const cap = capMinor === null ? NONE : textOf({ amountMinor: capMinor, currency: await stage.currencyOf(accountId) });
  return { account: stage.nameOf('account', accountId), chargeGroup: chargeGroup ?? NONE, cap, priority };
}

async function writtenPayment(stage: Stage, { account, chargeGroup, cap, priority }: WrittenPayment): Promise<Json> {
  const limit = cap === null ? NONE : textOf(await stage.moneyFor(account, cap, ['payments']));
  return { account: account.name, chargeGroup: chargeGroup ?? NONE, cap: limit, priority };
}
