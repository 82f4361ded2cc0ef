import type { GraphQLSchema } from 'graphql';
import { buildContract } from '../server/build-contract';
import { CustomerRelationResolver, CustomerResolver } from './customer/customer.resolver';

/** `/graphql`: everything that the operator's own staff do at counters and desks. */
export function buildStaffContract(): GraphQLSchema {
  return buildContract([CustomerResolver, CustomerRelationResolver]);
}
