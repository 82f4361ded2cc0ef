import { splitByLargestRemainder } from '../../../../kernel/split';
import type { BundleMember } from './definition';

/** Who fills a role of a bundle, and gets a part of its price. */
export interface MemberOfBundle {
  readonly role: string;
  /** Names the member to the caller. */
  readonly member: string;
}

export interface MemberPart extends MemberOfBundle {
  readonly chargeCode: string;
  readonly amountMinor: bigint;
}

/**
 * Splits what a bundle costs, prorated and discounted as one, by shares (domain.md §5.5): first among the roles that are filled,
 * in the order of the definition, then evenly among the members of a role, in the order given. The parts sum to the whole. A
 * role that nobody fills has no part in it; what no member can carry, since there is none, is an error of the caller.
 */
export function splitBundlePrice(
  amountMinor: bigint,
  roles: readonly Pick<BundleMember, 'role' | 'share' | 'chargeCode'>[],
  members: readonly MemberOfBundle[],
): MemberPart[] {
  const filled = roles
    .map((role) => ({ ...role, members: members.filter(({ role: filledBy }) => filledBy === role.role) }))
    .filter((role) => role.members.length > 0);
  if (filled.length === 0) throw new RangeError('a bundle without a member');
  const amounts = splitByLargestRemainder(
    amountMinor,
    filled.map(({ share }) => BigInt(share)),
  );
  return filled.flatMap(({ chargeCode, members: within }, place) => {
    const parts = splitByLargestRemainder(
      amounts[place] ?? 0n,
      within.map(() => 1n),
    );
    return within.map(({ role, member }, part) => ({ role, member, chargeCode, amountMinor: parts[part] ?? 0n }));
  });
}
