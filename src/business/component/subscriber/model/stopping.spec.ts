import * as fc from 'fast-check';
import { SUBSCRIBER_STATUSES } from '../../../../data/operation/subscriber/subscriber';
import { resumed, stopped, type Standing } from './stopping';
import { STOP_REASONS, STOP_REASON_BITS, bitsOf, isStoppedFor, stopReasonsOf, type StopReason } from './stop-reasons';

const active: Standing = { status: 'active', stopReasons: 0 };
const valueOf = <Value>(result: { ok: true; value: Value } | { ok: false; refusals: readonly { code: string }[] }) =>
  result.ok ? result.value : result.refusals.map(({ code }) => code);

describe('stop reasons', () => {
  it('are independent bits that were published and never change', () => {
    expect(STOP_REASON_BITS).toEqual({
      CUSTOMER_REQUEST: 1,
      LOSS: 2,
      ARREARS_ONE_WAY: 4,
      ARREARS_TWO_WAY: 8,
      VIOLATION: 16,
      REGULATOR: 32,
      HIGH_USAGE: 64,
    });
  });

  it('have the same names there and back, for each of the 128 sets', () => {
    for (let bits = 0; bits < 128; bits += 1) expect(bitsOf(stopReasonsOf(bits))).toBe(bits);
  });
});

describe('stopping and resuming', () => {
  it('suspends for the first reason and resumes after the last', () => {
    const once = valueOf(stopped(active, 'LOSS')) as Standing;
    const twice = valueOf(stopped(once, 'ARREARS_ONE_WAY')) as Standing;
    const found = valueOf(resumed(twice, 'LOSS')) as Standing;
    expect([once, twice, found, valueOf(resumed(found, 'ARREARS_ONE_WAY'))]).toEqual([
      { status: 'suspended', stopReasons: 2 },
      { status: 'suspended', stopReasons: 6 },
      { status: 'suspended', stopReasons: 4 },
      active,
    ]);
  });

  it('refuses a reason twice, and the end of one that there is not', () => {
    const lost: Standing = { status: 'suspended', stopReasons: 2 };
    expect(valueOf(stopped(lost, 'LOSS'))).toEqual(['ALREADY_STOPPED']);
    expect(valueOf(resumed(lost, 'REGULATOR'))).toEqual(['NOT_STOPPED']);
  });

  it.each(SUBSCRIBER_STATUSES.filter((status) => status !== 'active' && status !== 'suspended'))('refuses both while %s', (status) => {
    expect(valueOf(stopped({ status, stopReasons: 0 }, 'LOSS'))).toEqual(['STATUS_REFUSES']);
    expect(valueOf(resumed({ status, stopReasons: 0 }, 'LOSS'))).toEqual(['STATUS_REFUSES']);
  });

  it('keeps, whatever happens, active exactly without reasons and suspended exactly with some', () => {
    const step = fc.record({ stop: fc.boolean(), reason: fc.constantFrom<StopReason[]>(...STOP_REASONS) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let standing = active;
        const reasons = new Set<StopReason>();
        for (const { stop, reason } of steps) {
          const had = isStoppedFor(standing.stopReasons, reason);
          const next = stop ? stopped(standing, reason) : resumed(standing, reason);
          expect(next.ok).toBe(stop ? !had : had);
          if (!next.ok) continue;
          if (stop) reasons.add(reason);
          else reasons.delete(reason);
          standing = next.value;
          expect(standing).toEqual({ status: reasons.size === 0 ? 'active' : 'suspended', stopReasons: bitsOf([...reasons]) });
        }
      }),
    );
  });
});
