import { judgeClaims } from '../../component/number';
import type { ContentOf } from '../../component/order';
import { selectServiceTypes, type ServiceType } from '../../component/service';
import { claimOf, selectTakenIdentifiers, type Identifier } from '../../component/subscriber';
import { holderOf } from './number-holder';
import type { Accepting } from './order-kind';

type Opening = ContentOf<'OPEN'>;

/** A number, login or card that an item gives, with the field of its content that names it. */
export interface GivenIdentifier extends Identifier {
  readonly field: string;
}

/** What a new subscriber is reached by. */
export function givenBy({ identifier, sim }: Opening, { identifierKind }: ServiceType): GivenIdentifier[] {
  const own = identifier === null ? [] : [{ kind: identifierKind, value: identifier.trim(), field: 'identifier' }];
  return sim === null ? own : [...own, { kind: 'SIM', value: sim.replace(/\s+/g, '').toUpperCase(), field: 'sim' }];
}

/**
 * Those of the identifiers that were somebody's when the unit began to ask: those of all items of the order are looked for at once. Who takes
 * one after that runs into the constraint by which nobody has another's.
 */
export async function takenAmong(accepting: Accepting, given: readonly GivenIdentifier[]): Promise<readonly Identifier[]> {
  const { unit, orderId } = accepting;
  const { asked, taken } = await unit.once(`identifiers of ${orderId} that are taken`, async () => {
    const all = (await openingsOf(accepting)).flatMap(({ content, serviceType }) => givenBy(content, serviceType));
    return { asked: all, taken: await selectTakenIdentifiers(unit.transaction, all, unit.now) };
  });
  const isAsked = ({ kind, value }: Identifier): boolean => asked.some((one) => one.kind === kind && one.value === value);
  return given.every(isAsked) ? taken : selectTakenIdentifiers(unit.transaction, given, unit.now);
}

/** Looks in the stock for the numbers of all new subscribers at once: what is in none is not looked for again. */
export async function seekNumbers(accepting: Accepting): Promise<void> {
  const { wide, orderId, customerId: ownerId } = accepting;
  const claims = (await openingsOf(accepting)).flatMap(({ content, serviceType }) => {
    const { identifier, subscriberId } = content;
    if (identifier === null || subscriberId === null) return [];
    return claimOf({ ...content, identifier, subscriberId, ownerId, numberHolder: holderOf(orderId) }, serviceType) ?? [];
  });
  if (claims.length > 1) await judgeClaims(wide, claims);
}

async function openingsOf({
  unit,
  items,
}: Accepting): Promise<readonly { readonly content: Opening; readonly serviceType: ServiceType }[]> {
  const contents = items.flatMap((item) => (item.kind === 'OPEN' || item.kind === 'PRE_OPEN' ? [item.content] : []));
  const types = await selectServiceTypes(unit, [...new Set(contents.map(({ serviceType }) => serviceType))]);
  return contents.flatMap((content) => {
    const serviceType = types.find(({ code }) => code === content.serviceType);
    return serviceType === undefined ? [] : [{ content, serviceType }];
  });
}
