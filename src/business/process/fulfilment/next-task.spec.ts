import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { NETWORK_STEP_STATES, type NetworkStep, type NetworkStepState } from '../../../data/operation/fulfilment/network-step';
import type { NetworkFinding } from '../../../data/provisioning/network-command';
import { newId } from '../../../kernel/id';
import { afterFinding, beforeTelling, triedBy } from './after-finding';
import { nextTask, type Circumstances, type Tried } from './next-task';

const now = Temporal.Instant.from('2026-01-05T01:00:00Z');
const pace = { firstWaitMs: 1_000, waitMsMax: 60_000, patienceMs: 1_800_000 };
const command = {
  action: 'ACTIVATE',
  serviceType: 'MOBILE',
  serviceId: 'sub_1',
  identifiers: {},
  characteristics: {},
  products: [],
  stopped: false,
};
const step = (itemNo: number, state: NetworkStepState, more: Partial<NetworkStep> = {}): NetworkStep => ({
  orderId: newId('order'), itemNo, adapter: 'NE1', command, undo: command, state, reason: null, reference: null, tries: 0, unsureSince: null,
  changedAt: now, ...more,
}); // prettier-ignore
const ahead = (more: Partial<Circumstances> = {}): Circumstances => ({ forward: true, now, pace, tried: null, ...more });
const back = (more: Partial<Circumstances> = {}): Circumstances => ahead({ forward: false, ...more });
const tried = (kind: Tried['kind'], itemNo: number, inProgress = false): Tried => ({ kind, itemNo, inProgress });

describe('forward', () => {
  it('tells item after item, then activates', () => {
    expect(nextTask([step(1, 'TO_DO'), step(2, 'TO_DO')], ahead())).toEqual({ kind: 'TELL', itemNo: 1 });
    expect(nextTask([step(1, 'DONE'), step(3, 'TO_DO')], ahead())).toEqual({ kind: 'TELL', itemNo: 3 });
    expect(nextTask([step(1, 'DONE'), step(3, 'DONE')], ahead())).toEqual({ kind: 'ACTIVATE' });
  });

  it('asks what became of a command, tells it again where the element does not say, and waits twice as long each time', () => {
    const unsure = (tries: number) => [step(1, 'UNSURE', { tries, unsureSince: now })];
    expect(nextTask(unsure(1), ahead())).toEqual({ kind: 'ASK', itemNo: 1 });
    expect(nextTask(unsure(2), ahead({ tried: tried('ASK', 1) }))).toEqual({ kind: 'TELL', itemNo: 1 });
    expect(nextTask(unsure(2), ahead({ tried: tried('ASK', 1, true) }))).toEqual({ kind: 'LATER', afterMs: 2_000 });
    expect(nextTask(unsure(3), ahead({ tried: tried('TELL', 1) }))).toEqual({ kind: 'LATER', afterMs: 4_000 });
    expect(nextTask(unsure(30), ahead({ tried: tried('TELL', 1) }))).toEqual({ kind: 'LATER', afterMs: 60_000 });
  });

  it('asks a person when its patience is at an end, and then nobody', () => {
    const long = step(1, 'UNSURE', { tries: 9, unsureSince: now.subtract({ minutes: 31 }) });
    expect(nextTask([long], ahead({ tried: tried('TELL', 1) }))).toEqual({ kind: 'HOLD', itemNo: 1 });
    expect(nextTask([step(1, 'ASKED')], ahead())).toEqual({ kind: 'NOTHING' });
  });
});

describe('back', () => {
  it('takes back in reverse what was done, asks of what may have been, and ends', () => {
    expect(nextTask([step(1, 'DONE'), step(2, 'DONE'), step(3, 'REFUSED')], back())).toEqual({ kind: 'UNDO', itemNo: 2 });
    expect(nextTask([step(1, 'DONE'), step(2, 'UNSURE'), step(3, 'TO_DO')], back())).toEqual({ kind: 'ASK', itemNo: 2 });
    expect(nextTask([step(1, 'UNDONE'), step(2, 'NOT_DONE'), step(3, 'TO_DO')], back())).toEqual({ kind: 'END' });
  });

  it('is tried again for as long as it takes, and asks a person of what is refused, before it goes on', () => {
    const long = { tries: 500, unsureSince: now.subtract({ hours: 900 }) };
    expect(nextTask([step(1, 'UNDOING', long)], back({ tried: tried('UNDO', 1) }))).toEqual({ kind: 'LATER', afterMs: 60_000 });
    expect(nextTask([step(1, 'UNSURE', long)], back({ tried: tried('ASK', 1) }))).toEqual({ kind: 'LATER', afterMs: 60_000 });
    expect(nextTask([step(1, 'DONE'), step(2, 'UNDO_REFUSED')], back())).toEqual({ kind: 'HOLD', itemNo: 2 });
    expect(nextTask([step(1, 'DONE'), step(2, 'UNDO_ASKED')], back())).toEqual({ kind: 'NOTHING' });
  });
});

describe('whatever an element answers, in whatever order', () => {
  const finding = fc.constantFrom<NetworkFinding>(
    { kind: 'done', reference: null, result: {} },
    { kind: 'refused', code: 'NO', text: '' },
    { kind: 'unknown', reason: 'TIMEOUT', detail: '' },
    { kind: 'inProgress' },
    { kind: 'neverHeard' },
  );

  it('only what it said was done takes effect, and what was done is taken back', () => {
    fc.assert(
      fc.property(fc.array(finding, { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 60 }), (answers, cancelledAt) => {
        let steps = [step(1, 'TO_DO'), step(2, 'TO_DO')];
        let failed = false;
        let last: Tried | null = null;
        for (const [turn, answer] of answers.entries()) {
          const forward: boolean = turn < cancelledAt && !failed;
          const task = nextTask(steps, { forward, now, pace, tried: last });
          last = null;
          if (task.kind === 'ACTIVATE') return steps.every(({ state }) => state === 'DONE');
          if (task.kind === 'END') return steps.every(({ state }) => ['TO_DO', 'REFUSED', 'NOT_DONE', 'UNDONE'].includes(state));
          if (task.kind !== 'TELL' && task.kind !== 'UNDO' && task.kind !== 'ASK') continue;
          // Once told, the answer “never heard” comes to questions only.
          const said: NetworkFinding = answer.kind === 'neverHeard' && task.kind !== 'ASK' ? { kind: 'inProgress' } : answer;
          steps = steps.map((one) => {
            if (one.itemNo !== task.itemNo) return one;
            const before = task.kind === 'ASK' ? one : beforeTelling(one, task.kind, now);
            return afterFinding(before, task.kind, said, now);
          });
          failed ||= steps.some(({ state }) => state === 'REFUSED');
          last = triedBy(task.kind, task.itemNo, said);
        }
        return steps.every(({ state }) => NETWORK_STEP_STATES.includes(state));
      }),
    );
  });
});
