export { foundNewOperator, type FoundingRequest } from './found-operator';
