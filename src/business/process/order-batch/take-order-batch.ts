import type { UseCase } from '../../execute';
import { beginBatch, type BatchMoved, type BatchToBegin } from './batch-course';
import type { BatchRefusal } from './refusals';

/** Gives a batch to the process that calls, whoever had it: the command line cannot tell a worker from one that was killed. */
export const takeOrderBatch: UseCase<BatchToBegin & { readonly runner: string }, BatchMoved, BatchRefusal> = {
  name: 'takeOrderBatch',
  permission: 'order:batch',
  run: (unit, { runner, ...input }) => beginBatch(unit, input, { newRunner: () => Promise.resolve(runner), takeOver: true }),
};
