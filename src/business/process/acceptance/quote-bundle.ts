import type { BundleToJoin } from '../../component/order';
import {
  firstPeriodOf, splitBundlePrice, totalOf, type BundleDefinition, type BundleMember, type MemberPart, type RecurringPiece,
} from '../../component/product'; // prettier-ignore
import { formatAmount } from '../../../kernel/money';
import { splitByLargestRemainder } from '../../../kernel/split';
import type { Bilingual } from '../../../kernel/result';
import type { Id } from '../../../kernel/id';
import { bundleOffer, membersAfter, type BundleOffer } from './bundle-members';
import type { Accepting } from './order-kind';
import { byTheListAgain, explained, reckoningFrom, type Line, type Reckoning } from './quote-products';

/**
 * The part of a new bundle's prices that a member bears 分摊: each price is reckoned as one, by the account that is charged for the bundle,
 * and split by shares under the charge code of each role, so that the parts of all members sum to the whole. What joins a bundle that is
 * there already changes nothing of what the bundle costs.
 */
export async function quotePart(accepting: Accepting, subscriberId: Id<'subscriber'>, { itemNo }: BundleToJoin): Promise<Line[]> {
  const opening = itemNo === null ? undefined : accepting.items[itemNo - 1];
  if (opening?.kind !== 'OPEN_BUNDLE' || opening.content.bundleInstanceId === null) return [];
  const { bundle, accountId, bundleInstanceId } = opening.content;
  const offer = await bundleOffer(accepting, bundle);
  if (offer?.kind !== 'BUNDLE') return [];
  const members = membersAfter(accepting, bundleInstanceId).map(({ subscriberId: member, role }) => ({ role, member }));
  const reckoning = await reckoningFrom(accepting, accountId, accepting.startAt);
  return offer.definition.prices.map((price) => {
    const whole = wholeOf(price, reckoning);
    const parts = splitBundlePrice(whole.amountMinor, offer.definition.members, members);
    const part = parts.find(({ member }) => member === subscriberId);
    if (part === undefined) throw new RangeError('who joins a bundle has a part in it');
    const role = offer.definition.members.find((one) => one.role === part.role) as BundleMember;
    const told = toldPart(offer, { role, members, amountMinor: part.amountMinor, whole: whole.explanation }, reckoning);
    const line: Line = {
      kind: price.kind,
      name: { zh: `${price.name.zh}·${role.name.zh}`, en: `${price.name.en}: ${role.name.en}` },
      chargeCode: part.chargeCode,
      quantity: 1,
      amountMinor: part.amountMinor,
      dueNow: price.kind === 'ONE_TIME',
      taxIncluded: price.taxIncluded,
      taxMinor: 0n,
      explanation: told,
      of: {
        ...{ product: offer.code, priceCode: price.code, accountId, pieces: piecesFor(whole.pieces, part.amountMinor) },
        bundle: { id: bundleInstanceId, wholes: wholesOf(whole.pieces, parts) },
      },
    };
    return offer.setAside.includes(price.code) ? byTheListAgain(line) : line;
  });
}

/** The pieces of a first period with what a member bears of each. */
function piecesFor(pieces: readonly RecurringPiece[], amountMinor: bigint): RecurringPiece[] {
  if (pieces.length === 0) return [];
  const weights = pieces.map((piece) => piece.amountMinor);
  const amounts = splitByLargestRemainder(amountMinor, weights);
  return pieces.map((piece, place) => ({ ...piece, amountMinor: amounts[place] ?? 0n }));
}

/** What all members bear together: of each piece, or of what is charged once. */
function wholesOf(pieces: readonly RecurringPiece[], parts: readonly MemberPart[]): bigint[] {
  const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);
  if (pieces.length === 0) return [sumOf(parts.map(({ amountMinor }) => amountMinor))];
  const borne = parts.map(({ amountMinor }) => piecesFor(pieces, amountMinor));
  return pieces.map((_piece, place) => sumOf(borne.map((own) => own[place]?.amountMinor ?? 0n)));
}

/** What the bundle as one costs at once, or for its first period. */
function wholeOf(
  price: BundleDefinition['prices'][number],
  reckoning: Reckoning,
): { readonly amountMinor: bigint; readonly pieces: readonly RecurringPiece[]; readonly explanation: Bilingual } {
  if (price.kind === 'RECURRING') {
    const pieces = firstPeriodOf(price, reckoning.start, 1, reckoning);
    return { amountMinor: totalOf(pieces), pieces, explanation: explained(price, pieces, reckoning) };
  }
  const amount = formatAmount({ amountMinor: price.amountMinor, currency: reckoning.currency });
  return { amountMinor: price.amountMinor, pieces: [], explanation: { zh: amount, en: amount } };
}

interface PartTold {
  readonly role: BundleMember;
  readonly members: readonly { readonly role: string }[];
  readonly amountMinor: bigint;
  readonly whole: Bilingual;
}

/** Enough to reckon the part again: the whole, the share of the role among those that are filled, and how many fill it. */
function toldPart({ code, definition }: BundleOffer, { role, members, amountMinor, whole }: PartTold, { currency }: Reckoning): Bilingual {
  const filled = definition.members.filter((one) => members.some((member) => member.role === one.role));
  const shares = `${role.share}/${filled.reduce((sum, { share }) => sum + share, 0)}`;
  const count = members.filter((member) => member.role === role.role).length;
  const part = formatAmount({ amountMinor, currency });
  return {
    zh: `套餐 ${code} 整体：${whole.zh}；${role.name.zh}占 ${shares}，由 ${count} 个成员均摊：${part}`,
    en: `Bundle ${code} as one: ${whole.en}; ${role.name.en} bears ${shares} of it, evenly among ${count}: ${part}`,
  };
}

/** The lines of a member's own plan: what recurs of it is not charged while it is in the bundle 套餐内不另收. */
export function withoutFees(lines: readonly Line[]): Line[] {
  const explanation = { zh: '融合套餐内，此项不另收', en: 'Not charged while in the bundle, whose price covers it.' };
  return lines.map(({ of, ...line }) =>
    line.kind === 'RECURRING' ? { ...line, amountMinor: 0n, explanation } : { ...line, ...(of && { of }) },
  );
}
