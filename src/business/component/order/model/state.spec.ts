import { ITEM_TRANSITIONS, ORDER_TRANSITIONS, isEnd, stateOfItems } from './state';
import type { OrderItemState, OrderState } from '../../../../data/operation/order/order-state';

const ORDER = Object.keys(ORDER_TRANSITIONS) as OrderState[];
const ITEM = Object.keys(ITEM_TRANSITIONS) as OrderItemState[];

/** TMF622's arrows as domain.md §1.2 draws them. */
const STANDARD = [
  'acknowledged→inProgress', 'acknowledged→pending', 'inProgress→pending', 'inProgress→held', 'inProgress→assessingCancellation',
  'inProgress→completed', 'inProgress→failed', 'inProgress→partial', 'pending→inProgress', 'pending→assessingCancellation',
  'pending→cancelled', 'held→inProgress', 'held→assessingCancellation', 'held→cancelled', 'assessingCancellation→inProgress',
  'assessingCancellation→pending', 'assessingCancellation→held', 'assessingCancellation→pendingCancellation', 'pendingCancellation→cancelled',
]; // prettier-ignore
/** Waits before the work begins. */
const OURS = ['acknowledged→held', 'acknowledged→cancelled', 'held→acknowledged', 'pending→acknowledged'];

describe('the states of an order', () => {
  const allowed = new Set([...STANDARD, ...OURS]);
  const pairs = ORDER.flatMap((from) => ORDER.map((to) => [from, to] as const));

  it.each(pairs)('%s → %s is as TMF622 says, with the four additions', (from, to) => {
    expect(ORDER_TRANSITIONS[from].includes(to)).toBe(allowed.has(`${from}→${to}`));
  });

  it.each(ITEM.flatMap((from) => ITEM.map((to) => [from, to] as const)))('an item goes %s → %s as its order does', (from, to) => {
    expect(ITEM_TRANSITIONS[from].includes(to)).toBe(allowed.has(`${from}→${to}`));
  });

  it('end where nothing follows', () => {
    expect(ORDER.filter(isEnd).sort()).toEqual(['cancelled', 'completed', 'failed', 'partial', 'rejected']);
  });
});

describe('the state of an order that has begun', () => {
  it.each<[readonly OrderItemState[], OrderState]>([
    [['completed'], 'completed'],
    [['completed', 'completed'], 'completed'],
    [['failed'], 'failed'],
    [['failed', 'cancelled'], 'failed'],
    [['completed', 'failed'], 'partial'],
    [['completed', 'cancelled'], 'partial'],
    [['cancelled', 'cancelled'], 'cancelled'],
    [['completed', 'inProgress'], 'inProgress'],
    [['failed', 'held'], 'inProgress'],
    [[], 'inProgress'],
  ])('with items %j is %s', (items, state) => {
    expect(stateOfItems(items)).toBe(state);
  });
});
