/** The counter view 柜面视图: a caller's number, what it holds, whose it is, and who pays, in one statement. */
export {
  selectCounterView as readCounterView,
  type CounterAccount,
  type CounterCustomer,
  type CounterView,
  type CounterWants,
  type CustomerWants,
} from '../../../data/view/counter/select-counter-view';
export type { HoldingWants, NamedDiscount, NamedMembership, NamedProduct } from '../../../data/view/counter/holdings';
