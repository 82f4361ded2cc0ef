import { stoppedDays, stopsOf } from './instance-timeline';

test('a stop goes on while other reasons come and go, and is another after a day without it', () => {
  const spans = [
    { reasons: ['LOSS'], from: 10, to: 12 },
    { reasons: ['LOSS', 'ARREARS_ONE_WAY'], from: 12, to: 15 },
    { reasons: ['ARREARS_ONE_WAY'], from: 15, to: 16 },
    { reasons: ['LOSS'], from: 17, to: null },
  ];
  expect(stopsOf(spans)).toEqual([
    { reason: 'LOSS', from: 10, to: 15 },
    { reason: 'LOSS', from: 17, to: null },
    { reason: 'ARREARS_ONE_WAY', from: 12, to: 16 },
  ]);
  expect(stoppedDays(spans, { from: 0, to: 20 })).toBe(9);
  expect(stoppedDays(spans, { from: 11, to: 14 })).toBe(3);
  expect(stoppedDays(spans, { from: 16, to: 17 })).toBe(0);
});
