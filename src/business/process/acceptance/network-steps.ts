import { readItem, type ItemKind, type OrderItem } from '../../component/order';
import { selectProvisioningAdapters, selectServiceTypes, type ProvisioningAdapter } from '../../component/service';
import { selectIdentifiers, type IdentifierKind } from '../../component/subscriber';
import { encodeId, type Id } from '../../../kernel/id';
import type { NewNetworkStep } from '../fulfilment';
import { readHolding } from './held-products';
import { kindOf } from './kinds';
import type { Accepting, NetworkService } from './order-kind';

/** What the network has to be told for an item, and by whom: a system that is called, or people. */
export interface ItemOnNetwork {
  readonly adapter: ProvisioningAdapter;
  readonly step: NewNetworkStep;
}

const NAMES: Readonly<Record<IdentifierKind, string>> = { NUMBER: 'ACCESS_NUMBER', LOGIN: 'LOGIN', SIM: 'SIM' };

/** What the network has to be told for the items of an order, by the items' numbers; nothing, for lines without an adapter. */
export async function networkStepsOf(accepting: Accepting, items: readonly OrderItem[]): Promise<ReadonlyMap<number, ItemOnNetwork>> {
  const adapters = await adaptersOf(accepting, items);
  const steps = new Map<number, ItemOnNetwork>();
  if (adapters.size === 0) return steps;
  /** As the items before leave them. */
  const services = new Map<Id<'subscriber'>, NetworkService>();
  for (const { itemNo, kind, content, serviceType, subscriberId } of items) {
    const adapter = serviceType === null ? undefined : adapters.get(serviceType);
    const request = readItem(kind as ItemKind, content);
    const kindOfItem = kindOf(request);
    if (adapter === undefined || kindOfItem.network === undefined || serviceType === null || subscriberId === null) continue;
    const before = services.get(subscriberId) ?? (await serviceAsItIs(accepting, serviceType, subscriberId));
    const change = kindOfItem.network(accepting, request.content, before);
    if (change === undefined) continue;
    const { command, undo, after } = change;
    services.set(subscriberId, after);
    steps.set(itemNo, { adapter, step: { itemNo, adapter: adapter.code, command, undo } });
  }
  return steps;
}

/** By service type. */
async function adaptersOf({ wide }: Accepting, items: readonly OrderItem[]): Promise<ReadonlyMap<string, ProvisioningAdapter>> {
  const types = await selectServiceTypes(wide, [...new Set(items.flatMap(({ serviceType }) => serviceType ?? []))]);
  const codes = [...new Set(types.flatMap(({ provisioningAdapter }) => provisioningAdapter ?? []))];
  if (codes.length === 0) return new Map();
  const adapters = new Map((await selectProvisioningAdapters(wide, codes)).map((adapter) => [adapter.code, adapter]));
  return new Map(
    types.flatMap(({ code, provisioningAdapter }) => {
      const adapter = adapters.get(provisioningAdapter ?? '');
      return adapter === undefined ? [] : [[code, adapter] as const];
    }),
  );
}

/** A subscriber as the network knows it; one that is not there yet has nothing. */
async function serviceAsItIs(accepting: Accepting, serviceType: string, id: Id<'subscriber'>): Promise<NetworkService> {
  const { wide, parties } = accepting;
  const [type] = await selectServiceTypes(wide, [serviceType]);
  const identifierKind = type?.identifierKind === 'LOGIN' ? 'LOGIN' : 'ACCESS_NUMBER';
  const service = { serviceType, serviceId: encodeId('subscriber', id), identifierKind } as const;
  const subscriber = parties.subscribers.get(id);
  if (subscriber === undefined) return { ...service, identifiers: {}, characteristics: {}, products: {}, stopped: false };
  const identifiers = await selectIdentifiers(wide, [id], { validAt: wide.now, knownAt: null });
  const { held } = await readHolding(accepting, id);
  return {
    ...service,
    identifiers: Object.fromEntries(identifiers.map(({ kind, value }) => [NAMES[kind], value])),
    characteristics: subscriber.attributes,
    products: Object.fromEntries(held.map(({ instanceId, code, quantity }) => [instanceId, { code, quantity }])),
    stopped: subscriber.status === 'suspended',
  };
}
