import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dateOf, dayNumberOf, type DayNumber } from '../../../../kernel/day-number';
import { bundleStandings, standingsOnceComplete, type Membership } from './bundle-standing';
import type { MemberLeaves } from './definition';
import { splitBundlePrice } from './split-bundle-price';

const role = (name: string, share: number, least = 1) => ({ role: name, share, least, chargeCode: `${name}_PART` });
const MOBILE = role('MOBILE', 50);
const BROADBAND = role('BROADBAND', 30);
const FIXED = role('FIXED', 20, 0);
const ROLES = [MOBILE, BROADBAND, FIXED];
const in_ = (name: string, member: string) => ({ role: name, member });

describe('the price of a bundle, charged as one, then split by shares', () => {
  it.each([
    ['by shares', 10000n, [in_('MOBILE', 'm1'), in_('BROADBAND', 'b'), in_('FIXED', 'f')], ['m1 5000', 'b 3000', 'f 2000']],
    ['what nobody fills has no part: 50 to 30', 10000n, [in_('MOBILE', 'm1'), in_('BROADBAND', 'b')], ['m1 6250', 'b 3750']],
    [
      'evenly within a role, the earlier first',
      10001n,
      [in_('MOBILE', 'm1'), in_('MOBILE', 'm2'), in_('BROADBAND', 'b'), in_('FIXED', 'f')],
      ['m1 2501', 'm2 2500', 'b 3000', 'f 2000'],
    ],
    [
      'in the order of the definition, whatever that of the members',
      10000n,
      [in_('FIXED', 'f'), in_('MOBILE', 'm1')],
      ['m1 7143', 'f 2857'],
    ],
    ['a credit likewise', -9999n, [in_('MOBILE', 'm1'), in_('BROADBAND', 'b')], ['m1 -6249', 'b -3750']],
    ['nothing', 0n, [in_('BROADBAND', 'b')], ['b 0']],
  ])('%s', (_, amount, members, parts) => {
    expect(splitBundlePrice(amount, ROLES, members).map(({ member, amountMinor }) => `${member} ${amountMinor}`)).toEqual(parts);
  });

  it('each part under the charge code of its role', () => {
    const [part] = splitBundlePrice(1n, ROLES, [in_('BROADBAND', 'b')]);
    expect(part).toEqual({ role: 'BROADBAND', member: 'b', chargeCode: 'BROADBAND_PART', amountMinor: 1n });
  });

  it('roles without a share carry it evenly, where no other is filled', () => {
    const parts = splitBundlePrice(5n, [role('A', 0), role('B', 0)], [in_('A', 'a'), in_('B', 'b')]);
    expect(parts.map(({ amountMinor }) => amountMinor)).toEqual([3n, 2n]);
  });

  it('the parts sum to the whole', () => {
    const members = fc.array(fc.constantFrom(in_('MOBILE', 'm'), in_('BROADBAND', 'b'), in_('FIXED', 'f')), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), members, (amount, within) => {
        const parts = splitBundlePrice(amount, ROLES, within);
        expect(parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(amount);
        expect(parts).toHaveLength(within.length);
      }),
    );
  });

  it('nobody can carry it, where there is no member', () => {
    expect(() => splitBundlePrice(1n, ROLES, [])).toThrow(RangeError);
    expect(() => splitBundlePrice(1n, ROLES, [in_('NO_ROLE', 'x')])).toThrow(RangeError);
  });
});

describe('how a bundle stands when a member leaves', () => {
  const day = (date: string): DayNumber => dayNumberOf(Temporal.PlainDate.from(`2026-${date}`));
  const member = (name: string, id: string, from: string, to: string | null = null): Membership => ({
    ...in_(name, id),
    from: day(from),
    to: to === null ? null : day(to),
  });
  const monthAndDay = (at: DayNumber): string => dateOf(at).toString().slice(5);
  const stands = (rule: MemberLeaves, memberships: Membership[], from = '06-01', to = '08-01') =>
    bundleStandings(ROLES, rule, memberships, { from: day(from), to: day(to) }).map((one) => {
      const ids = one.members.map(({ member: id }) => id).join('');
      return `${monthAndDay(one.from)} ${monthAndDay(one.to)} ${one.state} ${one.amountMinor ?? '-'} ${ids}`;
    });
  const both = [member('MOBILE', 'm', '01-01'), member('BROADBAND', 'b', '01-01')];
  const leaves = [member('MOBILE', 'm', '01-01'), member('BROADBAND', 'b', '01-01', '06-11')];

  const stories: [string, MemberLeaves, Membership[], string[]][] = [
    ['as long as nobody does', { kind: 'END' }, both, ['06-01 08-01 COMPLETE - mb']],
    [
      'a member above the minimum',
      { kind: 'END' },
      [...both, member('FIXED', 'f', '01-01', '06-11')],
      ['06-01 06-11 COMPLETE - mbf', '06-11 08-01 COMPLETE - mb'],
    ],
    ['below the minimum it ends', { kind: 'END' }, leaves, ['06-01 06-11 COMPLETE - mb', '06-11 08-01 ENDED - m']],
    [
      'or goes on at another price',
      { kind: 'REPRICE', amountMinor: 4000n },
      leaves,
      ['06-01 06-11 COMPLETE - mb', '06-11 08-01 REPRICED 4000 m'],
    ],
    [
      'until somebody fills the role again',
      { kind: 'REPRICE', amountMinor: 4000n },
      [...leaves, member('BROADBAND', 'c', '07-01')],
      ['06-01 06-11 COMPLETE - mb', '06-11 07-01 REPRICED 4000 m', '07-01 08-01 COMPLETE - mc'],
    ],
    [
      'or has days of grace, and ends',
      { kind: 'GRACE', days: 10 },
      leaves,
      ['06-01 06-11 COMPLETE - mb', '06-11 06-21 GRACE - m', '06-21 08-01 ENDED - m'],
    ],
    [
      'unless somebody fills the role in time',
      { kind: 'GRACE', days: 10 },
      [...leaves, member('BROADBAND', 'c', '06-20')],
      ['06-01 06-11 COMPLETE - mb', '06-11 06-20 GRACE - m', '06-20 08-01 COMPLETE - mc'],
    ],
    [
      'grace counts from when it fell below, whatever changes meanwhile',
      { kind: 'GRACE', days: 10 },
      [...leaves, member('FIXED', 'f', '06-15')],
      ['06-01 06-11 COMPLETE - mb', '06-11 06-15 GRACE - m', '06-15 06-21 GRACE - mf', '06-21 08-01 ENDED - mf'],
    ],
    [
      'what has ended does not come back',
      { kind: 'END' },
      [...leaves, member('BROADBAND', 'c', '07-01')],
      ['06-01 06-11 COMPLETE - mb', '06-11 07-01 ENDED - m', '07-01 08-01 ENDED - mc'],
    ],
    [
      'also if it ended before the span',
      { kind: 'END' },
      [member('MOBILE', 'm', '01-01'), member('BROADBAND', 'b', '01-01', '05-11'), member('BROADBAND', 'c', '05-20')],
      ['06-01 08-01 ENDED - mc'],
    ],
    [
      'nobody in it: it has ended, whatever the rule',
      { kind: 'GRACE', days: 90 },
      [member('MOBILE', 'm', '01-01', '06-11'), member('BROADBAND', 'b', '01-01', '06-11')],
      ['06-01 06-11 COMPLETE - mb', '06-11 08-01 ENDED - '],
    ],
    [
      'replaced on one day: nothing is missing',
      { kind: 'END' },
      [...leaves, member('BROADBAND', 'c', '06-11')],
      ['06-01 06-11 COMPLETE - mb', '06-11 08-01 COMPLETE - mc'],
    ],
  ];
  it.each(stories)('%s', (_, rule, memberships, expected) => {
    expect(stands(rule, memberships)).toEqual(expected);
  });

  const sold = (memberships: Membership[]) =>
    standingsOnceComplete(ROLES, { kind: 'END' }, memberships, { from: day('06-01'), to: day('08-01') }).map(
      (one) => `${monthAndDay(one.from)} ${monthAndDay(one.to)} ${one.state} ${one.members.length}`,
    );

  it('one that was sold stands from the day on which everybody was in it for the first time', () => {
    const laidLater = [member('MOBILE', 'm', '06-05'), member('BROADBAND', 'b', '06-20', '07-10')];
    expect(sold(laidLater)).toEqual(['06-20 07-10 COMPLETE 2', '07-10 08-01 ENDED 1']);
    expect(sold([member('MOBILE', 'm', '06-05')])).toEqual([]);
    expect(sold([])).toEqual([]);
  });

  it('no days, no standing', () => {
    expect(stands({ kind: 'END' }, both, '06-01', '06-01')).toEqual([]);
  });
});
