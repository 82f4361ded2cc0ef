export { mergeAccounts } from './merge-accounts';
