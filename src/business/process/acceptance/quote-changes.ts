import {
  RECURRING_PARAMETERS, definitionsOf, periodOfDay, selectInstanceChanges, sellable, totalOf,
  type InstanceTimeline, type ProductDefinition, type RecurringPrice, type StandingProduct,
} from '../../component/product'; // prettier-ignore
import type { Unit } from '../../context';
import type { Instant } from '../../../kernel/clock';
import { dayNumberAt } from '../../../kernel/day-number';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { formatAmount } from '../../../kernel/money';
import { payingAccount } from './next-period';
import type { Accepting } from './order-kind';
import { explainPieces, lineOf, reckoningFrom, type Line, type Reckoning } from './quote-products';

/** What an instance says, with the prices at which it was sold. */
export async function definitionSold(wide: Unit, { versionId, state, sold }: StandingProduct): Promise<ProductDefinition> {
  const [offer] = sold === null ? [] : await sellable(wide, { ...sold, codes: [], versionIds: [versionId] });
  if (offer !== undefined && offer.kind !== 'BUNDLE') return offer.definition;
  const definition = (await definitionsOf(wide, [{ versionId, state }])).get(versionId);
  invariant(definition !== undefined, 'what is held has a definition');
  return definition as ProductDefinition;
}

/** How an instance came to be what it is, in local days. What it was stopped for is left out: a quotation is of list charges. */
export async function timelineOf({ wide, timeZone }: Accepting, { instanceId }: StandingProduct): Promise<InstanceTimeline> {
  const changes = await selectInstanceChanges(wide, [instanceId]);
  const quantities = changes.map(({ from, quantity }) => ({ from: dayNumberAt(from, timeZone), quantity }));
  const [first] = quantities;
  invariant(first !== undefined, 'what is held has begun');
  return { start: first.from, end: null, quantities, negotiated: [], stops: [] };
}

/** What another quantity of a product costs: fees and deposits of what is added, and what recurs from then to the end of the period. */
export async function quoteQuantity(
  accepting: Accepting,
  product: StandingProduct,
  quantity: number,
  subscriberId: Id<'subscriber'>,
): Promise<Line[]> {
  const { prices } = await definitionSold(accepting.wide, product);
  const reckoning = await reckoningFrom(accepting, await payingAccount(accepting, subscriberId), accepting.startAt);
  const held = await timelineOf(accepting, product);
  const instance = { ...held, quantities: [...held.quantities, { from: reckoning.start, quantity }] };
  const added = quantity - product.quantity;
  return prices.flatMap((price) => {
    if (price.kind === 'RECURRING') return [recurringFrom(price, instance, quantity, reckoning)];
    return added > 0 ? lineOf(price, added, reckoning) : [];
  });
}

/** What recurs from the day of a change to the end of its period; of a trial, what comes after it. */
function recurringFrom(price: RecurringPrice, instance: InstanceTimeline, quantity: number, reckoning: Reckoning): Line {
  const { start, cycles, currency } = reckoning;
  const pieces = periodOfDay({ price, instance, cycles, parameters: RECURRING_PARAMETERS }, start).filter(({ to }) => to > start);
  const [line] = pieces.length > 0 ? [] : lineOf(price, quantity, reckoning);
  if (line !== undefined) return line;
  const { name, chargeCode, taxIncluded } = price;
  const said = { kind: 'RECURRING', name, chargeCode, quantity, taxIncluded, taxMinor: 0n, dueNow: false } as const;
  return { ...said, amountMinor: totalOf(pieces), explanation: explainPieces(pieces, currency) };
}

/**
 * What of a plan that ends has been billed in advance and will not be used: for information, it is given back on the next bill (domain.md
 * §5.3: billed less the ideal of the part used).
 */
export async function quoteCredit(
  accepting: Accepting,
  product: StandingProduct,
  { accountId, from }: { readonly accountId: Id<'account'>; readonly from: Instant },
): Promise<Line[]> {
  const { prices } = await definitionSold(accepting.wide, product);
  const reckoning = await reckoningFrom(accepting, accountId, from);
  const instance = await timelineOf(accepting, product);
  return prices.flatMap((price) =>
    price.kind === 'RECURRING' && price.timing === 'ADVANCE' ? creditOf(price, instance, product.quantity, reckoning) : [],
  );
}

function creditOf(price: RecurringPrice, instance: InstanceTimeline, quantity: number, { start, cycles, currency }: Reckoning): Line[] {
  const charge = { price, instance, cycles, parameters: RECURRING_PARAMETERS };
  // What begins on that very day is not billed yet: its bill is made after it.
  const billed = periodOfDay(charge, start).filter(({ billedOn }) => billedOn < start);
  const ended = { ...charge, instance: { ...instance, end: { day: start, by: 'SUCCESSION' as const } } };
  const used = billed.length === 0 ? [] : periodOfDay(ended, start - 1).filter(({ period }) => period.from === billed[0]?.period.from);
  const credit = totalOf(billed) - totalOf(used);
  if (credit <= 0n) return [];
  const [had, spent, back] = [totalOf(billed), totalOf(used), credit].map((minor) => formatAmount({ amountMinor: minor, currency }));
  const { zh, en } = explainPieces(used, currency);
  const { chargeCode, taxIncluded, name } = price;
  return [
    {
      kind: 'CREDIT',
      name: { zh: `退还${name.zh}`, en: `Given back: ${name.en}` },
      chargeCode,
      quantity,
      amountMinor: -credit,
      dueNow: false,
      taxIncluded,
      taxMinor: 0n,
      explanation: {
        zh: `已预收 ${had ?? ''}，已使用 ${spent ?? ''}${zh === '' ? '' : `（${zh}）`}，退还 ${back ?? ''}`,
        en: `Billed in advance ${had ?? ''}, used ${spent ?? ''}${en === '' ? '' : ` (${en})`}; ${back ?? ''} is given back.`,
      },
    },
  ];
}
