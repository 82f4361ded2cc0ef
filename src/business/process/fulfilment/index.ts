export {
  selectNetworkSteps,
  selectSubscribersInFulfilment,
  updateNetworkStep,
  type NewNetworkStep,
} from '../../../data/operation/fulfilment/fulfilment';
export {
  NETWORK_STEP_STATES,
  type NetworkStep,
  type NetworkStepState,
  type StepCommand,
} from '../../../data/operation/fulfilment/network-step';
export { answerStep, askedOf, type AskedStep } from './answer-step';
export { findNetworkSteps } from './find-network-steps';
export { beginAnew, beginFulfilment, endFulfilment, failureOf, openFulfilment, openSteps, tellMore } from './fulfilment';
export { fulfilmentWorkflow, type FulfilmentHands, type FulfilmentParts } from './fulfilment-workflow';
export type { Pace } from './next-task';
