import { DISCOUNT_LEVELS } from './definition';
import { proposeSteps, type DiscountStep, type ProposedStep } from './discount-reduction';
import { isHeldFor, partsOf, reaches, type ChargePart, type ChargeToDiscount, type GrantedDiscount } from './discounted-charge';

export interface DiscountedCharge {
  readonly id: string;
  readonly listMinor: bigint;
  readonly discountMinor: bigint;
  readonly netMinor: bigint;
}

/** Why a discount took nothing. */
export interface IdleDiscount {
  readonly discountId: string;
  readonly reason: 'NOTHING_ELIGIBLE' | 'EXCLUDED' | 'NO_REDUCTION';
  /** The discount of its group that won. */
  readonly by: string | null;
}

export interface DiscountedBill {
  /** In the order of the charges. */
  readonly charges: readonly DiscountedCharge[];
  /** In the order in which they were taken. */
  readonly steps: readonly DiscountStep[];
  readonly idle: readonly IdleDiscount[];
}

/**
 * Applies discounts to the charges of a bill (domain.md §5.4), each to what the ones before left: by level, priority, start and
 * id, whatever the order in which they are given. No charge falls below zero, and one that is there already is left as it is.
 */
export function applyDiscounts(charges: readonly ChargeToDiscount[], discounts: readonly GrantedDiscount[]): DiscountedBill {
  const ordered = [...discounts].sort(inOrder);
  const parts = partsOf(charges, discounts);
  const steps: DiscountStep[] = [];
  const idle: IdleDiscount[] = [];
  const judged = new Set<GrantedDiscount>();
  const budgets = new Budgets();
  for (const discount of ordered) {
    if (judged.has(discount)) continue;
    const rivals = rivalsOf(discount, ordered, charges, judged);
    const winner = largestOf([discount, ...rivals], parts, budgets);
    for (const step of winner.steps) if (step.reductionMinor > 0n) steps.push(take(step));
    budgets.take(winner.discount, winner.reductionMinor);
    judged.add(discount);
    if (winner.reductionMinor === 0n) {
      idle.push({ discountId: discount.id, reason: reasonOf(discount, parts), by: null });
      continue;
    }
    const beaten = [discount, ...rivals, ...rivalsOf(winner.discount, ordered, charges, judged)];
    for (const rival of new Set(beaten)) {
      judged.add(rival);
      if (rival !== winner.discount) idle.push({ discountId: rival.id, reason: 'EXCLUDED', by: winner.discount.id });
    }
  }
  return { charges: netOf(charges, parts), steps, idle };
}

/** What is left of budgets in which several discounts have a part. */
class Budgets {
  private readonly taken = new Map<string, bigint>();

  public leftFor({ leftMinor, budget = null }: GrantedDiscount): bigint | null {
    if (leftMinor === null || budget === null) return leftMinor;
    return leftMinor - (this.taken.get(budget) ?? 0n);
  }

  public take({ budget = null }: GrantedDiscount, amountMinor: bigint): void {
    if (budget !== null) this.taken.set(budget, (this.taken.get(budget) ?? 0n) + amountMinor);
  }
}

/** Level, priority, start, id. */
function inOrder(one: GrantedDiscount, other: GrantedDiscount): number {
  return (
    DISCOUNT_LEVELS.indexOf(one.definition.level) - DISCOUNT_LEVELS.indexOf(other.definition.level) ||
    one.definition.priority - other.definition.priority ||
    one.instants.from - other.instants.from ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  );
}

/**
 * The others of its exclusion group that are not judged yet. Discounts of different subscribers do not exclude each other: they
 * are rivals only where somebody's charges are under both.
 */
function rivalsOf(
  discount: GrantedDiscount,
  ordered: readonly GrantedDiscount[],
  charges: readonly ChargeToDiscount[],
  judged: ReadonlySet<GrantedDiscount>,
): GrantedDiscount[] {
  const { exclusionGroup } = discount.definition;
  if (exclusionGroup === null) return [];
  return ordered.filter(
    (other) =>
      other !== discount &&
      other.definition.exclusionGroup === exclusionGroup &&
      !judged.has(other) &&
      charges.some((charge) => isHeldFor(discount, charge) && isHeldFor(other, charge)),
  );
}

interface Proposal {
  readonly discount: GrantedDiscount;
  readonly steps: readonly ProposedStep[];
  readonly reductionMinor: bigint;
}

/** Judged on what remains where the first of the group stands: the largest reduction wins, tie by priority, then by order. */
function largestOf(rivals: readonly GrantedDiscount[], parts: readonly ChargePart[], budgets: Budgets): Proposal {
  const proposals = rivals.map((discount): Proposal => {
    const steps = proposeSteps({ ...discount, leftMinor: budgets.leftFor(discount) }, parts);
    return { discount, steps, reductionMinor: steps.reduce((sum, { reductionMinor }) => sum + reductionMinor, 0n) };
  });
  return proposals.reduce((best, next) => {
    if (next.reductionMinor !== best.reductionMinor) return next.reductionMinor > best.reductionMinor ? next : best;
    return next.discount.definition.priority < best.discount.definition.priority ? next : best;
  });
}

function take({ taken, ...step }: ProposedStep): DiscountStep {
  for (const { part, amountMinor } of taken) part.remainingMinor -= amountMinor;
  return step;
}

function reasonOf(discount: GrantedDiscount, parts: readonly ChargePart[]): IdleDiscount['reason'] {
  return parts.some((part) => part.remainingMinor > 0n && reaches(discount, part)) ? 'NO_REDUCTION' : 'NOTHING_ELIGIBLE';
}

function netOf(charges: readonly ChargeToDiscount[], parts: readonly ChargePart[]): DiscountedCharge[] {
  const remaining = new Map<ChargeToDiscount, bigint>();
  for (const { charge, remainingMinor } of parts) remaining.set(charge, (remaining.get(charge) ?? 0n) + remainingMinor);
  return charges.map((charge) => {
    const netMinor = remaining.get(charge) ?? charge.amountMinor;
    return { id: charge.id, listMinor: charge.amountMinor, discountMinor: charge.amountMinor - netMinor, netMinor };
  });
}
