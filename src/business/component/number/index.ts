export {
  NUMBER_HOLDER_KINDS,
  NUMBER_STATES,
  type AccessNumber,
  type NumberHolder,
  type NumberHolderKind,
  type NumberState,
} from '../../../data/operation/number/access-number';
export type { NumberClass } from '../../../data/operation/number/number-class';
export type { NumberPattern } from '../../../data/operation/number/number-pattern';
export { NUMBER_POOL_STATUSES, type NumberPool, type NumberPoolStatus } from '../../../data/operation/number/number-pool';
export {
  FREE_COUNTED_MAX,
  POOLS_SEARCHED_MAX,
  SCANNED_MAX,
  countFreeNumbers,
  searchAccessNumbers,
  selectAccessNumberByValue,
  selectAccessNumbersById,
  type AccessNumberFilter,
  type SearchedPools,
} from '../../../data/operation/number/select-access-numbers';
export {
  listNumberClasses,
  selectNumberClassesByCode,
  selectNumberClassesById,
} from '../../../data/operation/number/select-number-classes';
export { searchNumberPools, selectNumberPoolsById, type NumberPoolFilter } from '../../../data/operation/number/select-number-pools';
export { turnOverElapsed } from '../../../data/operation/number/write-access-numbers';
export { changeNumberClass, type ChangeNumberClassInput } from './change-number-class';
export { changeNumberPool, type ChangeNumberPoolInput } from './change-number-pool';
export type { NumbersChanged, NumbersInput } from './change-standing';
export { chooseNumber, handOnNumbers, type ChosenNumber, type NumberWish } from './choose-number';
export { judgeClaims, occupyNumber, occupyNumbers, type ClaimOutcome, type NumberClaim } from './claim-numbers';
export { classifyNumbers, type ClassifyNumbersInput } from './classify-numbers';
export { closeNumberPool } from './close-number-pool';
export { createNumberClass, type CreateNumberClassInput } from './create-number-class';
export { createNumberPool, type CreateNumberPoolInput } from './create-number-pool';
export {
  freeNumbersOf,
  freezeNumber,
  freezeNumbersOf,
  lockNumbersOfSubscriber,
  lockNumbersOfSubscribers,
  releaseHeldBy,
} from './free-numbers';
export { classesOfNumbers, commitToNumber } from './commit-to-number';
export { selectNumberCommitments, type NumberCommitment } from '../../../data/operation/number/number-commitment';
export { selectNumberDeposits, type NumberDeposit } from '../../../data/operation/number/number-deposit';
export { depositsHeld, holdDeposit, returnDeposits } from './number-deposits';
export { holdNumbers } from './hold-numbers';
export { holderAtCounter } from './holder-at-counter';
export { HELD_BY_STAFF_MAX, NUMBERS_MAX, RESERVATION_MINUTES_MAX, checkNumbers } from './model/checks';
export { checkPattern, type ClassRule } from './model/pattern';
export { RANGE_MAX, numbersOfRange } from './model/range';
export { NUMBER_REFUSALS, refuseNumber, type NumberRefusal } from './model/refusals';
export { NUMBER_TRANSITIONS } from './model/state';
export type { NumberPoolChange } from './number-pool-to-change';
export { checkPortIn, portIn, portOut, takeBack, type PortedNumber } from './port-numbers';
export { preOccupyNumbers } from './pre-occupy-numbers';
export { releaseNumber, type ReleaseNumberInput } from './release-number';
export { reserveNumber, type NumberReserved, type ReserveNumberInput } from './reserve-number';
export { scrapNumbers } from './scrap-numbers';
export { occupyStocked, recordStocked, stockNumbers, type NumberInUse, type NumbersToStock } from './stock-numbers';
export { takeBackNumbers } from './take-back-numbers';
export { unholdNumbers } from './unhold-numbers';
export { NUMBER_STATE_WORDS } from './model/state-words';
