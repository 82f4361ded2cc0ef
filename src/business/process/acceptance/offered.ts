import type { ItemRequest, OrderedProduct } from '../../component/order';
import { sellable, type Offer } from '../../component/product';
import type { Unit } from '../../context';
import { instantToText, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';

/*
 * What is offered of the products that an order names. Every check, price and effect of an item asks for it; it is read once in a unit,
 * for all items together, so that they are all decided by the same.
 */

/** By code what is sold, by version what is offered of it; null: nothing. */
interface Known {
  readonly byCode: Map<string, Offer | null>;
  readonly byVersion: Map<Id<'productVersion'>, Offer | null>;
}

function knownAt(unit: Unit, organisationId: Id<'organisation'>, at: Instant): Promise<Known> {
  const whose = unit.scope.system ? 'system' : 'caller';
  return unit.once(`offered to ${whose} ${organisationId} ${instantToText(at)}`, () =>
    Promise.resolve({ byCode: new Map<string, Offer | null>(), byVersion: new Map<Id<'productVersion'>, Offer | null>() }),
  );
}

/** What is sold at a node now, of products by their codes. */
export async function soldNow(unit: Unit, organisationId: Id<'organisation'>, codes: readonly string[]): Promise<Offer[]> {
  const { byCode, byVersion } = await knownAt(unit, organisationId, unit.now);
  const unread = [...new Set(codes)].filter((code) => !byCode.has(code));
  if (unread.length > 0) {
    const read = await sellable(unit, { organisationId, at: unit.now, codes: unread });
    for (const code of unread) byCode.set(code, null);
    for (const offer of read) {
      byCode.set(offer.code, offer);
      byVersion.set(offer.versionId, offer);
    }
  }
  return [...new Set(codes)].flatMap((code) => byCode.get(code) ?? []);
}

/** An order whose products are looked up. */
interface OfOrder {
  readonly unit: Unit;
  readonly organisationId: Id<'organisation'>;
  readonly items: readonly ItemRequest[];
}

/** What is offered at the hall of an order of versions that were sold at an instant: the first who asks reads those of all items. */
export async function offeredVersions(
  { unit, organisationId, items }: OfOrder,
  at: Instant,
  versionIds: readonly Id<'productVersion'>[],
): Promise<Offer[]> {
  const { byVersion } = await knownAt(unit, organisationId, at);
  if (versionIds.some((id) => !byVersion.has(id))) {
    const then = at.toString();
    const soldThen = productsNamed(items).filter(({ soldAt }) => soldAt === then);
    const unread = [...new Set([...versionIds, ...soldThen.flatMap(({ versionId }) => versionId ?? [])])].filter(
      (id) => !byVersion.has(id),
    );
    const read = await sellable(unit, { organisationId, at, codes: [], versionIds: unread });
    for (const id of unread) byVersion.set(id, null);
    for (const offer of read) byVersion.set(offer.versionId, offer);
  }
  return [...new Set(versionIds)].flatMap((id) => byVersion.get(id) ?? []);
}

/** The products that items name, wherever in their contents. */
export function productsNamed(items: readonly ItemRequest[]): OrderedProduct[] {
  return items.flatMap(({ content }): OrderedProduct[] => {
    const named = [
      'plan' in content ? content.plan : null,
      'product' in content ? content.product : null,
      'bundle' in content && content.bundle !== undefined && 'code' in content.bundle ? content.bundle : null,
    ];
    const addOns = 'addOns' in content ? (content.addOns ?? []) : [];
    return [...named.filter((product) => product !== null), ...addOns];
  });
}
