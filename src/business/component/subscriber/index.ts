export { hasOpenSubscribers, paysForSubscribers } from '../../../data/operation/subscriber/select-attached';
export { selectActivations } from '../../../data/operation/subscriber/select-activations';
export { lockSubscribers, type LockedSubscriber } from '../../../data/operation/subscriber/write-subscriber';
export { selectCurrenciesBeside } from '../../../data/operation/subscriber/write-payment-relation';
export {
  selectPaymentRelations,
  selectPaymentRelationsOfAccounts,
  type PaidSubscriber,
  type PaymentRelation,
} from '../../../data/operation/subscriber/payment-relation';
export {
  IDENTIFIER_PREFIX_MIN,
  searchSubscribers,
  selectLinesOfIdentifiers,
  selectSubscriberByIdentifier,
  selectSubscribersById,
  selectSubscribersOfAccounts,
  selectSubscribersOfCustomers,
  type SubscriberFilter,
} from '../../../data/operation/subscriber/select-subscribers';
export { SUBSCRIBER_STATUSES, type Subscriber, type SubscriberStatus } from '../../../data/operation/subscriber/subscriber';
export {
  CUSTOMER_ROLES,
  IDENTIFIER_KINDS,
  selectIdentifiers,
  selectStatuses,
  selectStopsOf,
  selectSubscriberCustomers,
  type CustomerRole,
  type IdentifierKind,
  type SubscriberCustomer,
  type SubscriberIdentifier,
  type SubscriberStatusFact,
} from '../../../data/operation/subscriber/subscriber-facts';
export { holdNumberHolders } from '../../../data/operation/subscriber/hold-number-holders';
export { activateIn } from './activate-in';
export { addPaymentIn, addPaymentRelation, checkPaymentBeside, checkRelation, type AddPaymentRelationInput } from './add-payment-relation';
export { checkAttributes } from './check-attributes';
export { assignCustomerIn, lockAndAssignCustomer, type AssignSubscriberCustomerInput } from './assign-subscriber-customer';
export { changeIdentifierIn, identifierFor, lockAndChangeIdentifier, type ChangeIdentifierInput } from './change-identifier';
export { changePaymentRelation, type ChangePaymentRelationInput } from './change-payment-relation';
export type { StandingChanged } from './change-standing';
export { changeSubscriber, changeSubscriberIn, type ChangeSubscriberInput } from './change-subscriber';
export { endPartPaymentIn, endPaymentRelation, type EndPaymentRelationInput } from './end-payment-relation';
export { SUBSCRIBER_REFUSALS, refuseSubscriber, type SubscriberRefusal } from './model/refusals';
export { STATUS_TRANSITIONS, endOf, isFinal, mayBecome } from './model/status';
export { resumed, stopped, type Standing } from './model/stopping';
export { STOP_REASONS, STOP_REASON_BITS, bitsOf, stopReasonsOf, type StopReason } from './model/stop-reasons';
export { moveAllPaymentTo, movePaymentTo } from './move-payment-to';
export { moveRolesTo } from './move-roles-to';
export { checkNewSubscriber, claimOf, openSubscriber, openSubscriberIn, type OpenSubscriberInput } from './open-subscriber';
export { refusedClaim } from './take-number';
export { selectTakenIdentifiers, type Identifier } from '../../../data/operation/subscriber/insert-subscribers';
export {
  lockNumbersToOpen,
  openSubscribers,
  subscriberProblems,
  type NewPaymentRelationInput,
  type NewSubscriberInput,
} from './open-subscribers';
export { resumeIn, resumeSubscriber, type ResumeSubscriberInput } from './resume-subscriber';
export {
  checkDefaultPayment,
  setDefaultPaymentIn,
  setDefaultPaymentRelation,
  type SetDefaultPaymentRelationInput,
} from './set-default-payment-relation';
export { stopIn, stopSubscriber, type StopSubscriberInput } from './stop-subscriber';
export { subscriberToChange, type SubscriberChange } from './subscriber-to-change';
export { terminateIn } from './terminate-in';
export { forgetUntold } from './tell-network';
export { STOP_REASON_WORDS, SUBSCRIBER_STATUS_WORDS } from './model/status-words';
