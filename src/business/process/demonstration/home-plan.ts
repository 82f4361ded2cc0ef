import type { TwoNames } from './names';
import { OPERATOR_CODE } from './operator-tree';
import { fee, leavingForPartOfTheRest } from './price-parts';
import type { ProductPlan } from './product-plan';

/*
 * What the customers of another operator held whom this one has taken over: sold by the operator itself, so that they may be managed at any
 * node. `deploy/import/telco-customer-churn.json` names these products.
 */

/** A plan by the month, and the same bound for one year or two, which follow one another. */
const TERMS = [
  { months: null, suffix: '', name: '', nameEn: '' },
  { months: 12, suffix: '-12M', name: '（一年合约）', nameEn: ', one-year contract' },
  { months: 24, suffix: '-24M', name: '（两年合约）', nameEn: ', two-year contract' },
] as const;

interface Named extends TwoNames {
  readonly code: string;
  readonly serviceType: string;
  readonly amount: string;
}

function plans({ code, name, nameEn, serviceType, amount }: Named): ProductPlan[] {
  const prices = [fee(`${serviceType}_MONTHLY_FEE`, amount)];
  return TERMS.map((term) => ({
    code: `${code}${term.suffix}`,
    kind: 'PLAN',
    serviceType,
    node: OPERATOR_CODE,
    name: `${name}${term.name}`,
    nameEn: `${nameEn}${term.nameEn}`,
    definition: {
      prices,
      ...(term.months !== null && {
        term: { months: term.months, earlyTermination: leavingForPartOfTheRest(2_000), renewal: 'SAME_TERM' },
      }),
    },
  }));
}

function addOn({ code, name, nameEn, serviceType, amount }: Named, chargeCode: string, plan: readonly string[]): ProductPlan {
  const definition = { prices: [fee(chargeCode, amount)], rules: { requires: [plan] } };
  return { code, kind: 'ADD_ON', serviceType, node: OPERATOR_CODE, name, nameEn, definition };
}

const LINES = plans({
  code: 'HOME-LINE-20',
  name: '家庭电话20元',
  nameEn: 'Home telephone 20',
  serviceType: 'FIXED_LINE',
  amount: '20.00',
});
const DSL = plans({ code: 'HOME-DSL-25', name: '家庭宽带DSL 25元', nameEn: 'Home DSL 25', serviceType: 'BROADBAND', amount: '25.00' });
const FIBRE = plans({
  code: 'HOME-FIBRE-50',
  name: '家庭光纤宽带50元',
  nameEn: 'Home fibre 50',
  serviceType: 'BROADBAND',
  amount: '50.00',
});

const codesOf = (all: readonly ProductPlan[]): readonly string[] => all.map(({ code }) => code);
const onLine = (code: string, [name, nameEn]: readonly [string, string], amount: string): ProductPlan =>
  addOn({ code, name, nameEn, serviceType: 'FIXED_LINE', amount }, 'FIXED_LINE_MONTHLY_FEE', codesOf(LINES));
const onBroadband = (code: string, [name, nameEn]: readonly [string, string], amount: string): ProductPlan =>
  addOn({ code, name, nameEn, serviceType: 'BROADBAND', amount }, 'VALUE_ADDED_MONTHLY_FEE', codesOf([...DSL, ...FIBRE]));

export const HOME_PRODUCTS: readonly ProductPlan[] = [
  ...LINES,
  onLine('HOME-LINE-MULTI', ['多条线路', 'Multiple lines'], '5.00'),
  ...DSL,
  ...FIBRE,
  onBroadband('HOME-SECURITY', ['在线安全', 'Online security'], '5.00'),
  onBroadband('HOME-BACKUP', ['在线备份', 'Online backup'], '5.00'),
  onBroadband('HOME-DEVICE', ['设备保障', 'Device protection'], '5.00'),
  onBroadband('HOME-SUPPORT', ['技术支持', 'Technical support'], '5.00'),
  onBroadband('HOME-TV', ['流媒体电视', 'Streaming television'], '10.00'),
  onBroadband('HOME-MOVIES', ['流媒体电影', 'Streaming films'], '10.00'),
];
