import { chooseNumber, handOnNumbers, holderAtCounter } from '../../component/number';
import { contentField, refuseOrder, type AnyNumber, type ItemRequest, type Quotation } from '../../component/order';
import type { Unit } from '../../context';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import { kindOf } from './kinds';
import { holderOf } from './number-holder';
import { below, type AcceptanceRefusal } from './refusals';
import { widen } from './widen';

/** The part of an item's content that names a number or login, or says what any is to be like. */
interface Naming {
  readonly identifier: string | null;
  readonly anyNumber?: AnyNumber | undefined;
}

function namingOf({ content }: ItemRequest): Naming | undefined {
  return 'identifier' in content ? content : undefined;
}

/** The items with the number that each is to have, where any would do 选号: chosen, and kept for who asks for the quotation. */
export async function chooseNumbers(unit: Unit, items: readonly ItemRequest[]): Promise<Result<readonly ItemRequest[], AcceptanceRefusal>> {
  const chosen: ItemRequest[] = [];
  for (const [place, item] of items.entries()) {
    const naming = namingOf(item);
    const named = naming === undefined ? ok({}) : await choose(unit, item, naming);
    if (!named.ok) return below(contentField(place, item.kind), named);
    chosen.push({ kind: item.kind, content: { ...item.content, ...named.value } } as ItemRequest);
  }
  return ok(chosen);
}

async function choose(
  unit: Unit,
  item: ItemRequest,
  { identifier, anyNumber }: Naming,
): Promise<Result<Partial<Naming>, AcceptanceRefusal>> {
  if ((identifier === null) === (anyNumber === undefined)) return refuseOrder('NUMBER_OR_ANY', 'identifier');
  if (anyNumber === undefined) return ok({});
  const place = await kindOf(item).placeOfNumber?.(unit, item.content);
  // Whom it is for is told by the checks.
  if (place === undefined) return ok({});
  const { numberPoolId, classCode, pattern } = anyNumber;
  const texts = Object.fromEntries(Object.entries(pattern).filter(([, text]) => text !== undefined));
  const chosen = await chooseNumber(widen(unit), { ...place, numberPoolId, classCode, pattern: texts });
  if (!chosen.ok) return below('anyNumber', chosen);
  const { number, until } = chosen.value;
  return ok({ identifier: number, anyNumber: { ...anyNumber, keptUntil: until.toString() } });
}

/** Numbers that were chosen for a quotation pass from who asked for it to the order, whoever submits it. */
export async function passChosenNumbers(
  unit: Unit,
  { actor, validUntil }: Quotation,
  items: readonly ItemRequest[],
  orderId: Id<'order'>,
): Promise<void> {
  const from = holderAtCounter(actor);
  // One's own are taken as they are.
  if (from === undefined || from.id === holderAtCounter(unit.actor)?.id) return;
  const values = items.flatMap((item) => {
    const naming = namingOf(item);
    return naming?.identifier == null || naming.anyNumber === undefined ? [] : [naming.identifier];
  });
  await handOnNumbers(widen(unit), values, { from, to: holderOf(orderId), until: validUntil });
}
