export { judgeHoldings, type HoldingAsked, type JudgedHolding } from './judge-holdings';
export { migrateProducts, type Migration } from './migrate-products';
