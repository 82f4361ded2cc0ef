/**
 * Why a service is stopped 停机原因. Each is a bit of its own: a number that was reported lost and is in arrears resumes only
 * when both are over.
 */
export const STOP_REASON_BITS = {
  CUSTOMER_REQUEST: 1,
  LOSS: 2,
  /** 单停: cannot originate, can receive. */
  ARREARS_ONE_WAY: 4,
  /** 双停: neither. */
  ARREARS_TWO_WAY: 8,
  VIOLATION: 16,
  REGULATOR: 32,
  HIGH_USAGE: 64,
} as const;

export type StopReason = keyof typeof STOP_REASON_BITS;

export const STOP_REASONS = Object.keys(STOP_REASON_BITS) as StopReason[];

export function stopReasonsOf(bits: number): StopReason[] {
  return STOP_REASONS.filter((reason) => (bits & STOP_REASON_BITS[reason]) !== 0);
}

export function bitsOf(reasons: readonly StopReason[]): number {
  return reasons.reduce((bits, reason) => bits | STOP_REASON_BITS[reason], 0);
}

export function isStoppedFor(bits: number, reason: StopReason): boolean {
  return (bits & STOP_REASON_BITS[reason]) !== 0;
}

export function withReason(bits: number, reason: StopReason): number {
  return bits | STOP_REASON_BITS[reason];
}

export function withoutReason(bits: number, reason: StopReason): number {
  return bits & ~STOP_REASON_BITS[reason];
}
