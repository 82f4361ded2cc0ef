/** Orders beside what the network is told for them, the workflows that do so and the numbers that they keep: what `sanhu audit` and `sanhu doctor` look at. */
export {
  FULFILMENT_FAULTS,
  selectFailingUndos,
  selectFulfilmentFaults,
  type FailingUndo,
  type FulfilmentFault,
} from '../../../data/view/fulfilment/select-fulfilment-faults';
export { selectSubscribersToSynchronise, type ChangedAhead } from '../../../data/view/fulfilment/select-subscribers-to-synchronise';
