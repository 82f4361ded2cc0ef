import {
  APPROVALS, ORDER_KIND_NAMES, ORDER_STATES, selectOrderHistory, selectOrderItems, selectOrdersById, selectWorkOrdersOfOrders, WORK_ORDER_STATES,
  type OrderEvent,
} from '../../../component/order'; // prettier-ignore
import { invariant } from '../../../../kernel/failure';
import type { Id } from '../../../../kernel/id';
import { formatAmount } from '../../../../kernel/money';
import type { Json } from '../../../../kernel/stable-json';
import { defineExpectation } from '../expectation';
import { linesExpected, linesLookedAt, operatorsDecimals, quotedLine, quotedLines } from '../quoted-lines';
import type { Stage } from '../stage';
import { amount, list, orNone, text, trueOrFalse, whole, word } from '../written/fields';
import { handle } from '../written/handle';
import { time, type WrittenTime } from '../written/written-time';

const HISTORY_PAGE = { first: 200, after: null } as const;

/** Where an order 受理单 stands, how it came there, and what it cost. */
export const orderExpectation = defineExpectation({
  subject: 'order',
  asKnown: false,
  undated: [
    'state', 'category', 'customer', 'account', 'organisation', 'priority', 'dueAt', 'startedAt', 'completedAt', 'approval', 'due', 'paid', 'lines',
    'items', 'itemStates', 'workOrders', 'history', 'reasons', 'pointOfNoReturn',
  ], // prettier-ignore
  shape: {
    state: word(ORDER_STATES).optional(),
    category: word(ORDER_KIND_NAMES).optional(),
    customer: handle('customer').optional(),
    account: orNone(handle('account')).optional(),
    organisation: handle('organisation').optional(),
    priority: whole(1, 100).optional(),
    dueAt: time.optional(),
    startedAt: orNone(time).optional(),
    completedAt: orNone(time).optional(),
    approval: word(APPROVALS).optional(),
    due: amount.optional(),
    paid: amount.optional(),
    lines: list(quotedLine).optional(),
    items: list(word(ORDER_KIND_NAMES)).optional(),
    itemStates: list(word(ORDER_STATES)).optional(),
    workOrders: list(word(WORK_ORDER_STATES)).optional(),
    history: list(word(ORDER_STATES)).optional(),
    reasons: list(text).optional(),
    pointOfNoReturn: trueOrFalse.optional(),
  },
  written: {
    due: (stage, due) => operatorsDecimals(stage, due, 'due'),
    paid: (stage, paid) => operatorsDecimals(stage, paid, 'paid'),
    lines: linesExpected,
    dueAt: writtenInstant,
    startedAt: writtenInstant,
    completedAt: writtenInstant,
  },
  narrowed: { lines: linesLookedAt },
  async actual(stage, subject) {
    const { context } = stage;
    const id = stage.idOf(subject);
    const [order] = await selectOrdersById(context, [id]);
    invariant(order !== undefined, 'an order that has a handle is there');
    const items = await selectOrderItems(context, [id], 'order:read');
    const history = await historyOf(stage, id);
    return {
      state: order.state,
      category: order.category,
      customer: stage.nameOf('customer', order.customerId),
      account: stage.nameOf('account', order.accountId),
      organisation: stage.nameOf('organisation', order.organisationId),
      priority: order.priority,
      dueAt: stage.shownTime(order.dueAt),
      startedAt: stage.shownTime(order.startedAt),
      completedAt: stage.shownTime(order.completedAt),
      approval: order.approval,
      due: formatAmount(order.due),
      paid: formatAmount(order.paid),
      lines: await quotedLines(stage, order.quotationId, order.due.currency),
      items: items.map(({ kind }) => kind),
      itemStates: items.map(({ state }) => state),
      workOrders: (await selectWorkOrdersOfOrders(context, [id])).map(({ state }) => state),
      history: history.map(({ to }) => to),
      reasons: history.map(({ reason }) => reason),
      pointOfNoReturn: order.pointOfNoReturn,
    };
  },
});

/** The steps of the order itself, without those of its items. */
async function historyOf(stage: Stage, id: Id<'order'>): Promise<readonly OrderEvent[]> {
  const events = (await selectOrderHistory(stage.context, [id], HISTORY_PAGE)).get(id)?.rows ?? [];
  return events.filter(({ itemNo }) => itemNo === null);
}

function writtenInstant(stage: Stage, written: WrittenTime | null | undefined): Json {
  return stage.shownTime(stage.instantOf(written ?? undefined));
}
