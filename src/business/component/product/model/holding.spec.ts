import { Temporal } from 'temporal-polyfill';
import type { Id } from '../../../../kernel/id';
import type { ProductRules } from './definition';
import { brokenRules, heldAt, type HeldInstance } from './holding';

const at = (day: number) => Temporal.Instant.from(`2026-01-${String(day).padStart(2, '0')}T00:00:00Z`);
const held = (code: string, from: number, to: number | null, rules: Partial<ProductRules> = {}): HeldInstance => ({
  instanceId: `${code} of ${from}` as Id<'productInstance'>,
  code,
  rules: { requires: [], excludes: [], atMost: 1, ...rules },
  from: at(from),
  to: to === null ? null : at(to),
});
const told = (all: readonly HeldInstance[], from: number) =>
  brokenRules(all, at(from)).map(({ code, breach }) => [code, breach.rule, 'codes' in breach ? breach.codes : breach.most]);

test('what is held at an instant begins with its first and ends before its last', () => {
  const all = [held('A', 1, 5), held('B', 5, null)];
  expect([4, 5, 9].map((day) => heldAt(all, at(day)).map(({ code }) => code))).toEqual([['A'], ['B'], ['B']]);
});

test('a rule that will only be broken by what is planned is broken', () => {
  const all = [held('OLD', 1, 10), held('NEW', 10, null), held('ADD', 1, null, { requires: [['OLD']], excludes: ['NEW'] })];
  expect(told(all, 3)).toEqual([
    ['ADD', 'REQUIRES', ['OLD']],
    ['ADD', 'EXCLUDES', ['NEW']],
  ]);
  expect(told([held('OLD', 1, null), held('ADD', 1, null, { requires: [['OLD']], excludes: ['NEW'] })], 3)).toEqual([]);
});

test('what was broken before does not count, and each rule is told once', () => {
  const past = [held('A', 1, 3), held('B', 1, null, { excludes: ['A'] })];
  expect(told(past, 3)).toEqual([]);
  expect(told(past, 2)).toEqual([['B', 'EXCLUDES', ['A']]]);
  const twice = [held('A', 1, null), held('A', 2, 7), held('C', 3, 5), held('C', 5, 8)];
  expect(told(twice, 4)).toEqual([
    ['A', 'AT_MOST', 1],
    ['A', 'AT_MOST', 1],
  ]);
});
