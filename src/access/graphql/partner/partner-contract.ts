import type { GraphQLSchema } from 'graphql';
import { buildContract } from '../server/build-contract';
import { PartnerCustomerResolver, PartnerSubscriberResolver } from './customer/customer.resolver';
import { PartnerNodeResolver } from './node.resolver';

/** `/partner/graphql`: what a partner operator reads of its own customers. A contract of its own, smaller, which never breaks. */
export function buildPartnerContract(): GraphQLSchema {
  return buildContract([PartnerNodeResolver, PartnerCustomerResolver, PartnerSubscriberResolver]);
}
