import { checkEligibility, checkRules, type EligibilityFacts, type EligibilityReason } from './eligibility';
import type { Eligibility, ProductRules } from './definition';

const FACTS: EligibilityFacts = {
  customerKind: 'INDIVIDUAL', grade: 'GOLD', organisations: ['HZ-1', 'HZ', 'ZJ'], tenureMonths: 24, holds: ['PLAN-A', 'PLAN-B'],
}; // prettier-ignore

describe('checkEligibility', () => {
  it.each<[string, Eligibility, EligibilityReason[]]>([
    ['nothing said', {}, []],
    ['the kind', { customerKinds: ['INDIVIDUAL', 'HOUSEHOLD'] }, []],
    ['another kind', { customerKinds: ['ENTERPRISE'] }, ['CUSTOMER_KIND']],
    ['the grade', { grades: ['GOLD'] }, []],
    ['another grade', { grades: ['DIAMOND'] }, ['GRADE']],
    ['a node above', { organisations: ['NB', 'HZ'] }, []],
    ['another city', { organisations: ['NB'] }, ['ORGANISATION']],
    ['a tenure that is just long enough', { tenureMonths: { least: 24 } }, []],
    ['a tenure that is too short', { tenureMonths: { least: 25 } }, ['TENURE']],
    ['a tenure that is too long', { tenureMonths: { most: 23 } }, ['TENURE']],
    ['a tenure of exactly that', { tenureMonths: { least: 24, most: 24 } }, []],
    ['one of the products', { holdsAnyOf: ['X', 'PLAN-B'] }, []],
    ['none of the products', { holdsAnyOf: ['X'] }, ['HOLDS_NONE']],
    ['a product that must not be held', { holdsNoneOf: ['PLAN-A'] }, ['HOLDS_EXCLUDED']],
    ['everything wrong', {
      customerKinds: ['ENTERPRISE'], grades: ['SILVER'], organisations: ['NB'], tenureMonths: { least: 99 }, holdsAnyOf: ['X'],
      holdsNoneOf: ['PLAN-A'],
    }, ['CUSTOMER_KIND', 'GRADE', 'ORGANISATION', 'TENURE', 'HOLDS_NONE', 'HOLDS_EXCLUDED']],
  ])('%s', (_what, eligibility, reasons) => {
    expect(checkEligibility(eligibility, FACTS)).toEqual(reasons);
  }); // prettier-ignore
});

describe('checkRules', () => {
  const rules = (more: Partial<ProductRules>): ProductRules => ({ requires: [], excludes: [], atMost: 1, ...more });

  it.each<[string, ProductRules, string[], ReturnType<typeof checkRules>]>([
    ['no rule', rules({}), ['ME'], []],
    ['one of what is required', rules({ requires: [['A', 'B']] }), ['ME', 'B'], []],
    ['nothing of what is required', rules({ requires: [['A', 'B'], ['C']] }), ['ME', 'C'], [{ rule: 'REQUIRES', codes: ['A', 'B'] }]],
    ['what is excluded', rules({ excludes: ['A', 'B'] }), ['ME', 'B'], [{ rule: 'EXCLUDES', codes: ['B'] }]],
    ['as many as may be', rules({ atMost: 2 }), ['ME', 'ME'], []],
    ['one too many', rules({ atMost: 2 }), ['ME', 'ME', 'ME'], [{ rule: 'AT_MOST', most: 2 }]],
  ])('%s', (_what, given, held, breaches) => {
    expect(checkRules('ME', given, held)).toEqual(breaches);
  });
});
