import { Temporal } from 'temporal-polyfill';
import { PERIODS_MAX, checkDepth, checkRows, checkSpan } from './report-bounds';

const span = (from: string, to: string, by: 'DAY' | 'MONTH'): Parameters<typeof checkSpan>[0] => ({
  from: Temporal.PlainDate.from(from),
  to: Temporal.PlainDate.from(to),
  by,
});

it.each([
  ['2026-11-21', '2026-11-22', 'DAY', 1],
  ['2024-02-28', '2024-03-01', 'DAY', 2],
  ['2026-11-01', '2026-12-01', 'MONTH', 1],
  ['2026-11-30', '2026-12-02', 'MONTH', 2],
  ['2025-12-31', '2027-01-01', 'MONTH', 13],
  ['2026-01-01', '2029-04-15', 'DAY', PERIODS_MAX],
  ['1900-01-01', '2000-01-01', 'MONTH', PERIODS_MAX],
] as const)('counts the periods of %s to %s by %s: %i', (from, to, by, periods) => {
  expect(checkSpan(span(from, to, by))).toBe(periods);
});

it.each([
  ['2026-11-21', '2026-11-21', 'DAY'],
  ['2026-11-22', '2026-11-21', 'MONTH'],
  ['2026-01-01', '2029-04-16', 'DAY'],
  ['1900-01-01', '2000-01-02', 'MONTH'],
  ['1899-12-31', '1900-01-02', 'DAY'],
  ['2999-12-31', '3000-01-01', 'DAY'],
] as const)('refuses %s to %s by %s', (from, to, by) => {
  expect(() => checkSpan(span(from, to, by))).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error);
});

it.each([-1, 17, 1.5, Number.NaN])('refuses the depth %p', (depth) => {
  expect(() => checkDepth(depth)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error);
});

it('gives all rows or none', () => {
  expect(checkRows([1, 2], 2)).toEqual([1, 2]);
  expect(() => checkRows([1, 2, 3], 2)).toThrow(expect.objectContaining({ code: 'QUERY_TOO_COMPLEX' }) as Error);
});
