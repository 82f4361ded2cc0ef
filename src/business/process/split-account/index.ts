export { splitAccount, type SplitAccountInput } from './split-account';
