export { terminateSubscriber } from './terminate-subscriber';
