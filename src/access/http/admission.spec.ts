import type { IncomingMessage } from 'node:http';
import type { Failure } from '../../kernel/failure';
import { Admission } from './admission';

const WAIT_MS = 1_000;
const BODY_LIMIT = 262_144;

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Callers by number; what became of each, in order. */
function callers(places: number) {
  const admission = new Admission(places, WAIT_MS, BODY_LIMIT);
  const told: string[] = [];
  const enter = (caller: number, socket = { destroyed: false }, headers: object = { 'content-length': '500' }): void =>
    admission.enter({ socket, headers } as IncomingMessage, (refused?: Failure) =>
      told.push(refused === undefined ? `${caller}` : `${caller} ${refused.code} ${String(refused.details['reason'])}`),
    );
  return { admission, told, enter };
}

const LATE = 'DEPENDENCY_UNAVAILABLE TOO_MANY_REQUESTS_WAIT';

describe('admission', () => {
  it('lets as many begin as there are places, and the others in the order of their coming', () => {
    const { admission, told, enter } = callers(2);
    for (let caller = 0; caller < 5; caller += 1) enter(caller);
    expect(told).toEqual(['0', '1']);
    expect(admission.use()).toEqual({ underWay: 2, waiting: 3, max: 2 });
    admission.leave();
    expect(told).toEqual(['0', '1', '2']);
    admission.leave();
    admission.leave();
    expect(told).toEqual(['0', '1', '2', '3', '4']);
    admission.leave();
    admission.leave();
    expect(admission.use()).toEqual({ underWay: 0, waiting: 0, max: 2 });
  });

  it('refuses each who has waited too long, at his own time, and keeps the place for the next', () => {
    const { admission, told, enter } = callers(1);
    enter(0);
    enter(1);
    jest.advanceTimersByTime(WAIT_MS / 2);
    enter(2);
    jest.advanceTimersByTime(WAIT_MS / 2);
    expect(told).toEqual(['0', `1 ${LATE}`]);
    expect(admission.use()).toEqual({ underWay: 1, waiting: 1, max: 1 });
    jest.advanceTimersByTime(WAIT_MS / 2 - 1);
    expect(told).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect(told).toEqual(['0', `1 ${LATE}`, `2 ${LATE}`]);
    admission.leave();
    enter(3);
    expect(told.at(-1)).toBe('3');
    // A second time over: the wait of one who comes later is counted anew.
    enter(4);
    jest.advanceTimersByTime(WAIT_MS);
    expect(told.at(-1)).toBe(`4 ${LATE}`);
    expect(admission.use()).toEqual({ underWay: 1, waiting: 0, max: 1 });
  });

  it('passes over who has hung up, with the place or with the refusal', () => {
    const { admission, told, enter } = callers(1);
    const gone = { destroyed: false };
    enter(0);
    enter(1, gone);
    enter(2);
    gone.destroyed = true;
    admission.leave();
    expect(told).toEqual(['0', '2']);
    enter(3, gone);
    jest.advanceTimersByTime(WAIT_MS);
    expect(told).toEqual(['0', '2']);
    expect(admission.use()).toEqual({ underWay: 1, waiting: 0, max: 1 });
  });

  it('refuses at once when too many wait, or have sent too much, until some have begun', () => {
    const many = callers(1);
    for (let caller = 0; caller <= 20_000; caller += 1) many.enter(caller);
    expect(many.told).toEqual(['0']);
    many.enter(20_001);
    expect(many.told).toEqual(['0', `20001 ${LATE}`]);
    many.admission.leave();
    many.enter(20_002);
    expect(many.told.at(-1)).toBe('1');
    expect(many.admission.use().waiting).toBe(20_000);

    // A body that does not say its length counts as the longest.
    for (const headers of [{ 'content-length': `${BODY_LIMIT}` }, { 'transfer-encoding': 'chunked' }]) {
      const heavy = callers(1);
      const fit = Math.floor(64_000_000 / BODY_LIMIT);
      for (let caller = 0; caller <= fit; caller += 1) heavy.enter(caller, undefined, headers);
      expect(heavy.told).toEqual(['0']);
      heavy.enter(fit + 1, undefined, headers);
      expect(heavy.told.at(-1)).toBe(`${fit + 1} ${LATE}`);
      // One without a body still fits, and another long one when one of them has begun.
      heavy.enter(fit + 2, undefined, {});
      heavy.admission.leave();
      heavy.enter(fit + 3, undefined, headers);
      expect([heavy.told.at(-1), heavy.admission.use().waiting]).toEqual(['1', fit + 1]);
    }
  });

  it('keeps the order over thousands, some of whom leave at once', () => {
    const { admission, told, enter } = callers(80);
    for (let caller = 0; caller < 5_000; caller += 1) enter(caller);
    for (let left = 0; left < 5_000; left += 1) admission.leave();
    expect(told).toEqual(Array.from({ length: 5_000 }, (_, caller) => `${caller}`));
    expect(admission.use()).toEqual({ underWay: 0, waiting: 0, max: 80 });
  });
});
