export { closeCustomer } from './close-customer';
