import { Arg, Ctx, Extensions, ID, Query, Resolver } from 'type-graphql';
import { Failure } from '../../../kernel/failure';
import { decodeAnyId, type Id, type IdKind } from '../../../kernel/id';
import type { GraphContext } from '../server/context';
import { cost } from '../server/guard/cost-hint';
import { Node } from '../server/node-id';
import { loadAccount } from './account/account.resolver';
import { loadCustomer } from './customer/customer.resolver';
import { loadAccessNumber, loadNumberClass, loadNumberPool } from './number/number.resolver';
import { loadOrderBatch } from './order-batch/order-batch.resolver';
import { loadOrder, loadQuotation } from './order/order.resolver';
import { loadWorkOrder } from './order/work-order.resolver';
import { loadDiscount, loadDiscountVersion } from './discount/discount.resolver';
import { loadGrantedDiscount } from './discount/granted-discount.resolver';
import { loadOrganisation } from './organisation/organisation.resolver';
import { loadImportJob } from './party-import/party-import.resolver';
import { loadBundleInstance } from './product/bundle-instance.resolver';
import { loadProductInstance } from './product/product-instance.resolver';
import { loadProduct, loadProductVersion } from './product/product.resolver';
import { loadApiClient } from './staff/api-client.resolver';
import { loadRole } from './staff/role.resolver';
import { loadStaff } from './staff/staff.resolver';
import { loadSubscriber } from './subscriber/subscriber.resolver';

type LoadNode<Kind extends IdKind> = (context: GraphContext, id: Id<Kind>) => Promise<Node | null>;

/** How each kind of Node is read, in the caller's scope. What is not here has an id, but is found through what it belongs to. */
const LOADERS: { readonly [Kind in IdKind]?: LoadNode<Kind> } = {
  organisation: loadOrganisation,
  staff: loadStaff,
  role: loadRole,
  apiClient: loadApiClient,
  numberPool: loadNumberPool,
  numberClass: loadNumberClass,
  accessNumber: loadAccessNumber,
  customer: loadCustomer,
  account: loadAccount,
  subscriber: loadSubscriber,
  importJob: loadImportJob,
  product: loadProduct,
  productVersion: loadProductVersion,
  productInstance: loadProductInstance,
  bundleInstance: loadBundleInstance,
  quotation: loadQuotation,
  order: loadOrder,
  workOrder: loadWorkOrder,
  orderBatch: loadOrderBatch,
  discount: loadDiscount,
  discountVersion: loadDiscountVersion,
  grantedDiscount: loadGrantedDiscount,
};

/** How many nodes one call may ask for. */
const NODES_MAX = 100;

interface AnyId {
  readonly kind: IdKind;
  readonly id: string;
}

/** The node, or null when it is out of scope or its kind is no Node's. */
export async function loadNode(context: GraphContext, { kind, id }: AnyId): Promise<Node | null> {
  const load = LOADERS[kind] as LoadNode<IdKind> | undefined;
  return load === undefined ? null : load(context, id as Id<IdKind>);
}

/** As {@link loadNode}, of an id as it is published; null too when it is none. */
export async function loadNodeByText(context: GraphContext, text: string): Promise<Node | null> {
  const id = decodeAnyId(text);
  return id === undefined ? null : loadNode(context, id);
}

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Whatever has this id; null when there is no such object in scope.' })
  public async node(@Arg('id', () => ID) id: string, @Ctx() context: GraphContext): Promise<Node | null> {
    return loadNode(context, readNodeId(id, 'id'));
  }

  @Extensions(cost({ sizedBy: 'ids' }))
  @Query(() => [Node], {
    nullable: 'items',
    description: `As \`node\`, for at most ${NODES_MAX} ids, in their order.`,
  })
  public async nodes(@Arg('ids', () => [ID]) ids: string[], @Ctx() context: GraphContext): Promise<(Node | null)[]> {
    if (ids.length > NODES_MAX) throw new Failure('BAD_USER_INPUT', `ids may be at most ${NODES_MAX}.`, { field: 'ids' });
    const read = ids.map((id, place) => readNodeId(id, `ids.${place}`));
    return Promise.all(read.map((id) => loadNode(context, id)));
  }
}

function readNodeId(text: string, field: string): AnyId {
  const id = decodeAnyId(text);
  if (id === undefined || LOADERS[id.kind] === undefined) throw new Failure('BAD_USER_INPUT', `${field} is no id of a Node.`, { field });
  return id;
}
