import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { selectAccountsById } from '../../../business/component/account';
import { selectSubscribersById } from '../../../business/component/subscriber';
import { Failure } from '../../../kernel/failure';
import { decodeAnyId, type Id } from '../../../kernel/id';
import type { GraphContext } from '../server/context';
import { Node } from '../server/node-id';
import { PartnerAccountType } from './account/account.type';
import { partnerCustomerLoader } from './customer/customer.loader';
import { PartnerCustomerType } from './customer/customer.type';
import { PartnerSubscriberType } from './subscriber/subscriber.type';

@Resolver()
export class PartnerNodeResolver {
  @Query(() => Node, { nullable: true, description: 'Whatever of the partner’s own has this id; null when there is no such object.' })
  public async node(@Arg('id', () => ID) text: string, @Ctx() context: GraphContext): Promise<Node | null> {
    const asked = decodeAnyId(text);
    switch (asked?.kind) {
      case 'customer': {
        const customer = await partnerCustomerLoader(context).load(asked.id as Id<'customer'>);
        return customer === undefined ? null : new PartnerCustomerType(customer);
      }
      case 'account': {
        const [account] = await selectAccountsById(context, [asked.id as Id<'account'>]);
        return account === undefined ? null : new PartnerAccountType(account);
      }
      case 'subscriber': {
        const [subscriber] = await selectSubscribersById(context, [asked.id as Id<'subscriber'>]);
        return subscriber === undefined ? null : new PartnerSubscriberType(subscriber);
      }
      default:
        throw new Failure('BAD_USER_INPUT', 'id is no id of a Node.', { field: 'id' });
    }
  }
}
