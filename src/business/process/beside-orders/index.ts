export { assignSubscriberCustomer } from './assign-subscriber-customer';
export { changeIdentifier } from './change-identifier';
export { orderInTheWay } from './order-in-the-way';
