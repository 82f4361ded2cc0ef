import type { NumberState } from '../../../../data/operation/number/access-number';

/**
 * Where a number may go from each state. What expired counts as idle (`free_from`), so that no arrow waits for maintenance.
 *
 * - `idle → occupied`: opened at once, without being reserved first.
 * - `occupied → frozen`: its subscriber ended or has another number now; the number rests, so that the next one is not called by
 *   the acquaintances of the last.
 * - `occupied → idle`: its subscriber was opened ahead 预开户 and never in service; nobody has called it.
 * - `portedOut → occupied`: its customer came back with it; `→ frozen | idle`: the other operator gave it back.
 * - `portedIn → scrapped`: it goes back to the operator whose it is, and is none of ours any longer; `scrapped → portedIn`: it came
 *   again; `scrapped → idle`: it was allotted to us anew.
 */
export const NUMBER_TRANSITIONS: Readonly<Record<NumberState, readonly NumberState[]>> = {
  idle: ['preOccupied', 'occupied', 'held', 'scrapped'],
  preOccupied: ['idle', 'occupied'],
  occupied: ['frozen', 'portedOut', 'idle'],
  frozen: ['idle', 'scrapped'],
  held: ['idle', 'scrapped'],
  portedOut: ['occupied', 'frozen', 'idle'],
  portedIn: ['scrapped'],
  scrapped: ['portedIn', 'idle'],
};

export function mayBecome(from: NumberState, to: NumberState): boolean {
  return NUMBER_TRANSITIONS[from].includes(to);
}

/** What a number becomes when its subscriber lets it go: it rests, but for one of another operator, which goes back. */
export function afterUse(state: NumberState): 'frozen' | 'scrapped' {
  return state === 'portedIn' ? 'scrapped' : 'frozen';
}
