import type { LedgerAccountKind } from '../../../../data/operation/ledger/ledger-account';

/**
 * The ledger accounts 统驭科目 that entries are made on without being told to. Their codes are those of the accounting standards
 * of the PRC, the same for every operator: they may be renamed, never retired.
 */
export const CONTROL_ACCOUNTS = {
  /** 库存现金 */
  cash: '1001',
  /** 银行存款 */
  bank: '1002',
  /** 其他货币资金: with payment platforms 第三方支付 */
  platform: '1012',
  /** 应收账款: what customers owe */
  receivable: '1122',
  /** 预收账款: what customers have paid before it was due */
  prepaid: '2203',
  /** 合同负债: charged in advance, earned over its period */
  deferred: '2205',
  /** 应交税费—应交增值税（销项税额） */
  outputTax: '2221',
  /** 其他应付款—押金 */
  deposit: '2241',
  /** 主营业务收入 */
  revenue: '6001',
} as const;

export interface StandardLedgerAccount {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: LedgerAccountKind;
  readonly byAccount: boolean;
}

const one = (code: string, kind: LedgerAccountKind, name: string, nameEn: string, byAccount = false): StandardLedgerAccount => ({
  code,
  name,
  nameEn,
  kind,
  byAccount,
});

/** The chart of accounts that an operator begins with. It is data from then on. */
export const STANDARD_CHART: readonly StandardLedgerAccount[] = [
  one(CONTROL_ACCOUNTS.cash, 'ASSET', '库存现金', 'Cash on hand'),
  one(CONTROL_ACCOUNTS.bank, 'ASSET', '银行存款', 'Cash at bank'),
  one(CONTROL_ACCOUNTS.platform, 'ASSET', '其他货币资金—第三方支付', 'Cash with payment platforms'),
  one(CONTROL_ACCOUNTS.receivable, 'ASSET', '应收账款', 'Accounts receivable', true),
  one('1231', 'ASSET', '坏账准备', 'Allowance for doubtful accounts'),
  one('2202', 'LIABILITY', '应付账款—代收业务', 'Accounts payable: collected for partners'),
  one(CONTROL_ACCOUNTS.prepaid, 'LIABILITY', '预收账款', 'Customer prepayments', true),
  one(CONTROL_ACCOUNTS.deferred, 'LIABILITY', '合同负债', 'Contract liabilities (deferred revenue)', true),
  one(CONTROL_ACCOUNTS.outputTax, 'LIABILITY', '应交税费—应交增值税（销项税额）', 'Output VAT payable'),
  one(CONTROL_ACCOUNTS.deposit, 'LIABILITY', '其他应付款—押金', 'Customer deposits', true),
  one('4103', 'EQUITY', '本年利润', 'Profit of the year'),
  one(CONTROL_ACCOUNTS.revenue, 'REVENUE', '主营业务收入', 'Operating revenue'),
  one('600101', 'REVENUE', '主营业务收入—月租费', 'Operating revenue: recurring fees'),
  one('600102', 'REVENUE', '主营业务收入—通信费', 'Operating revenue: usage'),
  one('600103', 'REVENUE', '主营业务收入—一次性费用', 'Operating revenue: one-time fees'),
  one('600199', 'REVENUE', '主营业务收入—优惠折让', 'Operating revenue: discounts granted'),
  one('6051', 'REVENUE', '其他业务收入', 'Other operating revenue'),
  one('6301', 'REVENUE', '营业外收入—违约金', 'Non-operating income: penalties'),
  one('6601', 'EXPENSE', '销售费用', 'Selling expenses'),
  one('6603', 'EXPENSE', '财务费用', 'Financial expenses'),
  one('6702', 'EXPENSE', '信用减值损失', 'Credit losses'),
];

const CONTROL_CODES: ReadonlySet<string> = new Set(Object.values(CONTROL_ACCOUNTS));

export function isControlAccount(code: string): boolean {
  return CONTROL_CODES.has(code);
}
