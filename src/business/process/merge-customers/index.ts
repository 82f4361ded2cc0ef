export { mergeCustomers } from './merge-customers';
