/** The counter view 柜面视图: a caller's number, whose it is, and who pays, in one statement. */
export {
  selectCounterView as readCounterView,
  type CounterAccount,
  type CounterCustomer,
  type CounterView,
  type CounterWants,
} from '../../../data/view/counter/select-counter-view';
