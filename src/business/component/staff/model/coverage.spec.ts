import { Scope, systemScope } from '../../../../kernel/scope';
import { covers, exceeding } from './coverage';

const at = (...ancestors: string[]) => new Set(ancestors);
const scopeOf = (...grants: [node: string, lines: string[] | null][]) =>
  Scope.of(grants.map(([node, lines]) => ({ permission: 'subscriber:write' as const, node, lines })));

describe('what a caller may hand on', () => {
  it.each([
    ['at his node', scopeOf(['city', null]), at('city', 'province'), null, true],
    ['below it', scopeOf(['city', null]), at('hall', 'city', 'province'), null, true],
    ['not above it', scopeOf(['city', null]), at('province'), null, false],
    ['not beside it', scopeOf(['city', null]), at('other', 'province'), null, false],
    ['some lines, when he has all', scopeOf(['city', null]), at('city'), ['MOBILE'], true],
    ['his line', scopeOf(['city', ['MOBILE']]), at('city'), ['MOBILE'], true],
    ['not another line', scopeOf(['city', ['MOBILE']]), at('city'), ['BROADBAND'], false],
    ['not his line and another', scopeOf(['city', ['MOBILE']]), at('city'), ['MOBILE', 'BROADBAND'], false],
    ['not every line, when he has some', scopeOf(['city', ['MOBILE']]), at('city'), null, false],
    ['not no lines: that is malformed', scopeOf(['city', ['MOBILE']]), at('city'), [], false],
    [
      'lines of two grants together',
      scopeOf(['city', ['MOBILE']], ['hall', ['BROADBAND']]),
      at('hall', 'city'),
      ['MOBILE', 'BROADBAND'],
      true,
    ],
    ['not lines of a grant elsewhere', scopeOf(['city', ['MOBILE']], ['other', ['BROADBAND']]), at('hall', 'city'), ['BROADBAND'], false],
    ['nothing at an unknown node', scopeOf(['city', null]), at(), null, false],
  ])('%s', (_what, scope, ancestors, lines, expected) => {
    expect(covers(scope, 'subscriber:write', { ancestors, lines })).toBe(expected);
    expect(covers(scope, 'customer:write', { ancestors, lines })).toBe(false);
    expect(covers(systemScope, 'customer:write', { ancestors, lines })).toBe(true);
  });

  it('says what exceeds his rights at any of the places', () => {
    const scope = scopeOf(['city', null]);
    const places = [
      { ancestors: at('city'), lines: null },
      { ancestors: at('province'), lines: null },
    ];
    expect(exceeding(scope, ['subscriber:write', 'customer:read'], places.slice(0, 1))).toEqual(['customer:read']);
    expect(exceeding(scope, ['subscriber:write'], places)).toEqual(['subscriber:write']);
    expect(exceeding(scope, ['subscriber:write'], [])).toEqual([]);
  });
});
