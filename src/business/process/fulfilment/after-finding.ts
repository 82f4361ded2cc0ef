import type { NetworkStep } from '../../../data/operation/fulfilment/network-step';
import type { NetworkFinding } from '../../../data/provisioning/network-command';
import type { Instant } from '../../../kernel/clock';
import type { Tried } from './next-task';

const REASON_LENGTH_MAX = 600;

/** What is known of a step once the element has answered, or has not. */
export function afterFinding(step: NetworkStep, kind: Tried['kind'], finding: NetworkFinding, now: Instant): NetworkStep {
  const settled = { tries: 0, unsureSince: null, changedAt: now };
  switch (finding.kind) {
    case 'done':
      return {
        ...step,
        ...settled,
        state: kind === 'UNDO' ? 'UNDONE' : 'DONE',
        reason: null,
        reference: finding.reference ?? step.reference,
      };
    case 'refused': {
      const reason = `${finding.code} ${finding.text}`.trim().slice(0, REASON_LENGTH_MAX);
      return { ...step, ...settled, state: kind === 'UNDO' ? 'UNDO_REFUSED' : 'REFUSED', reason };
    }
    case 'neverHeard':
      // It was asked what became of the command: nothing. It may be told again, and there is nothing to take back.
      return { ...step, state: 'TO_DO', reason: 'NEVER_HEARD', changedAt: now };
    case 'inProgress':
    case 'unknown': {
      const reason = finding.kind === 'unknown' ? finding.reason : 'IN_PROGRESS';
      return { ...step, reason, tries: step.tries + 1, unsureSince: step.unsureSince ?? now, changedAt: now };
    }
  }
}

/** What is written down before an element is told: from then on it may have been done. */
export function beforeTelling(step: NetworkStep, kind: 'TELL' | 'UNDO', now: Instant): NetworkStep {
  const state = kind === 'TELL' ? 'UNSURE' : 'UNDOING';
  return step.state === state ? step : { ...step, state, unsureSince: step.unsureSince ?? now, changedAt: now };
}

/** Whether an answer settled nothing. */
export function triedBy(kind: Tried['kind'], itemNo: number, finding: NetworkFinding): Tried | null {
  const open = finding.kind === 'unknown' || finding.kind === 'inProgress';
  return open ? { kind, itemNo, inProgress: finding.kind === 'inProgress' } : null;
}
