import type { OrderKindRule } from '../../../data/operation/order/order-kind-rule';
import { STOP_REASONS, bitsOf } from '../subscriber';
import type { OrderKindName } from './model/order-kinds';

/** A week: what is kept for an order that nobody comes back for is then free again. */
export const PAYMENT_HOURS = 7 * 24;

const FREE = {
  feeMinor: 0n,
  feeChargeCode: null,
  feeTaxIncluded: true,
  monthsInNet: 0,
  daysInNet: 0,
  arrearsRefused: false,
  contractRefused: false,
  workQueue: null,
  paymentHours: PAYMENT_HOURS,
};
const AT_THE_COUNTER = 30;
const DAY_MINUTES = 24 * 60;
const EVERY_STOP = bitsOf(STOP_REASONS);
const OWN_STOPS = bitsOf(['CUSTOMER_REQUEST', 'LOSS']);

/** What holds for a kind for which the operator has set nothing. */
export const FIRST_RULES: Readonly<Record<OrderKindName, OrderKindRule>> = {
  OPEN: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  PRE_OPEN: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  ACTIVATE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  OPEN_BUNDLE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  JOIN_BUNDLE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: OWN_STOPS },
  LEAVE_BUNDLE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  CLOSE_BUNDLE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  LAPSE_BUNDLE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  PORT_IN: { ...FREE, dueMinutes: DAY_MINUTES, stopReasonsAllowed: EVERY_STOP, workQueue: 'PORTING' },
  // domain.md §3.9: 120 days in net, in normal state, with nothing owed and nothing that binds. The authorisation holds until it is due.
  PORT_OUT: {
    ...FREE,
    dueMinutes: 30 * DAY_MINUTES,
    stopReasonsAllowed: 0,
    daysInNet: 120,
    arrearsRefused: true,
    contractRefused: true,
    workQueue: 'PORTING',
  },
  SUSPEND: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  RESUME: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  CHANGE_NUMBER: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: OWN_STOPS, arrearsRefused: true },
  REPLACE_SIM: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: OWN_STOPS },
  CHANGE_PAYMENT: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  // Three months in use, every charge settled, and no contract that binds (domain.md §3.1 names the practice): the operator's to change.
  TRANSFER: { ...FREE, dueMinutes: 60, stopReasonsAllowed: 0, monthsInNet: 3, arrearsRefused: true, contractRefused: true },
  RELOCATE: { ...FREE, dueMinutes: 3 * DAY_MINUTES, stopReasonsAllowed: OWN_STOPS, arrearsRefused: true },
  CHANGE_RATING_TYPE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: 0, arrearsRefused: true },
  CHANGE_BILLING_DAY: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  ADD_PRODUCT: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: OWN_STOPS, arrearsRefused: true },
  REMOVE_PRODUCT: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: OWN_STOPS },
  CHANGE_QUANTITY: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: OWN_STOPS, arrearsRefused: true },
  CHANGE_PLAN: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: OWN_STOPS, arrearsRefused: true },
  SYNCHRONISE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  TERMINATE: { ...FREE, dueMinutes: DAY_MINUTES, stopReasonsAllowed: OWN_STOPS, arrearsRefused: true },
  MIGRATE: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
  GRANT_DISCOUNT: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: OWN_STOPS },
  END_DISCOUNT: { ...FREE, dueMinutes: AT_THE_COUNTER, stopReasonsAllowed: EVERY_STOP },
};
