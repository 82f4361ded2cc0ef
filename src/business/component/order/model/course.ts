import type { OrderItemState, OrderState } from '../../../../data/operation/order/order-state';
import { invariant } from '../../../../kernel/failure';
import { ITEM_TRANSITIONS, ORDER_TRANSITIONS, isEnd, stateOfItems } from './state';

/** Why an order or an item went from one state to another: the closed list of the history. */
export const ORDER_EVENT_REASONS = {
  SUBMITTED: { zh: '提交受理', en: 'It was submitted.' },
  AMENDED: { zh: '修改订单', en: 'It was amended.' },
  APPROVAL_NEEDED: { zh: '等待审批', en: 'It waits for approval.' },
  APPROVED: { zh: '审批通过', en: 'It was approved.' },
  REJECTED: { zh: '审批驳回', en: 'It was not approved.' },
  PAYMENT_NEEDED: { zh: '等待缴费', en: 'It waits for its payment.' },
  PAID: { zh: '已缴费', en: 'It was paid.' },
  STARTS_LATER: { zh: '等待生效时间', en: 'It waits for its start.' },
  STARTED: { zh: '开始处理', en: 'Work on it began.' },
  DONE: { zh: '处理完成', en: 'It was done.' },
  NOT_DONE: { zh: '处理失败', en: 'It could not be done.' },
  NETWORK_UNSURE: { zh: '网元结果未明，转人工确认', en: 'It is not known what the network did: a person is asked.' },
  NETWORK_ANSWERED: { zh: '人工已确认网元结果', en: 'A person has said what the network did.' },
  CANCELLATION_ASKED: { zh: '申请撤单', en: 'Its cancellation was asked for.' },
  CANCELLATION_AGREED: { zh: '同意撤单', en: 'Its cancellation was agreed to.' },
  EXPIRED: { zh: '逾期未缴费或未审批', en: 'It was not paid, or not decided on, in time.' },
  CANCELLED: { zh: '已撤单', en: 'It was cancelled, and what had been done taken back.' },
} as const;

export type OrderEventReason = keyof typeof ORDER_EVENT_REASONS;

/** One step of the course of an order, or (with `itemNo`) of one of its items. */
export interface Transition {
  readonly itemNo: number | null;
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly reason: OrderEventReason;
  readonly note: string | null;
}

/** Why, and what was said about it. */
export interface Because {
  readonly reason: OrderEventReason;
  readonly note?: string | null;
}

/**
 * The course of one order within a unit of work: where it and its items stand, and the steps that led there, which are written once
 * at the end. A step that the table of states does not have is a bug: whoever may be refused has been asked before.
 */
export class OrderCourse {
  readonly #steps: Transition[] = [];
  readonly #items: Map<number, OrderItemState>;
  #state: OrderState;

  private constructor(state: OrderState, items: Iterable<readonly [number, OrderItemState]>) {
    this.#state = state;
    this.#items = new Map(items);
  }

  /** A new order, acknowledged. */
  public static begin(itemNos: readonly number[]): OrderCourse {
    const course = new OrderCourse(
      'acknowledged',
      itemNos.map((itemNo) => [itemNo, 'acknowledged'] as const),
    );
    for (const itemNo of [null, ...itemNos]) {
      course.#steps.push({ itemNo, from: null, to: 'acknowledged', reason: 'SUBMITTED', note: null });
    }
    return course;
  }

  /** An order that is there. */
  public static resume(state: OrderState, items: readonly { readonly itemNo: number; readonly state: OrderItemState }[]): OrderCourse {
    return new OrderCourse(
      state,
      items.map((item) => [item.itemNo, item.state] as const),
    );
  }

  public get state(): OrderState {
    return this.#state;
  }

  public get steps(): readonly Transition[] {
    return this.#steps;
  }

  public stateOf(itemNo: number): OrderItemState {
    const state = this.#items.get(itemNo);
    invariant(state !== undefined, 'an order knows its items');
    return state;
  }

  /** Other items than before, acknowledged: an amendment. */
  public replaceItems(itemNos: readonly number[], because: Because): void {
    this.#items.clear();
    for (const itemNo of itemNos) {
      this.#items.set(itemNo, 'acknowledged');
      this.record(itemNo, null, 'acknowledged', because);
    }
  }

  /** Takes the order, and every item that is not at its end, to another state. */
  public move(to: Exclude<OrderState, 'completed' | 'failed' | 'partial' | 'rejected'>, because: Because): void {
    if (this.#state === to) return;
    this.moveOrder(to, because);
    for (const [itemNo, state] of this.#items) if (!isEnd(state) && state !== to) this.moveItem(itemNo, to, because);
  }

  public moveItem(itemNo: number, to: OrderItemState, because: Because): void {
    const from = this.stateOf(itemNo);
    invariant(ITEM_TRANSITIONS[from].includes(to), `an item does not go from ${from} to ${to}`);
    this.#items.set(itemNo, to);
    this.record(itemNo, from, to, because);
  }

  /** Ends the order as its items have ended, if all of them have; says how it then stands. */
  public settle(): OrderState {
    const to = stateOfItems([...this.#items.values()]);
    if (to !== this.#state && this.#state === 'inProgress') this.moveOrder(to, { reason: to === 'completed' ? 'DONE' : 'NOT_DONE' });
    return this.#state;
  }

  private moveOrder(to: OrderState, because: Because): void {
    invariant(ORDER_TRANSITIONS[this.#state].includes(to), `an order does not go from ${this.#state} to ${to}`);
    this.record(null, this.#state, to, because);
    this.#state = to;
  }

  private record(itemNo: number | null, from: OrderState | null, to: OrderState, { reason, note = null }: Because): void {
    this.#steps.push({ itemNo, from, to, reason, note });
  }
}
