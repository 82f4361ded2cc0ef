import type { Unit } from '../../context';
import type { Instant } from '../../../kernel/clock';
import { isBefore } from '../../../kernel/period';
import { refusedBy } from '../../../kernel/result';
import { freezeNumbersOf, judgeClaims, occupyNumber, type ClaimOutcome, type NumberClaim } from '../number';
import { refuseSubscriber, type SubscriberRefusal } from './model/refusals';

type Refused = ReturnType<typeof refusedBy<SubscriberRefusal>>;

/** What the stock of numbers says to a claim, in the words of this component. */
export function refusedClaim(outcome: ClaimOutcome, field: string): Refused {
  return refusedBy<SubscriberRefusal>(
    outcome === 'IN_USE' && refuseSubscriber('NUMBER_TAKEN', field),
    outcome === 'UNAVAILABLE' && refuseSubscriber('NUMBER_UNAVAILABLE', field),
  );
}

/** Takes the number of a new subscriber out of stock, where it is in stock. */
export async function takeNumber(unit: Unit, claim: NumberClaim, field: string): Promise<Refused> {
  return refusedClaim(await occupyNumber(unit, claim), field);
}

/**
 * Gives a locked subscriber another number of the stock from `from` on, and lets those rest that it had; `had` are those of the stock.
 * A number of the stock changes hands now: nobody could tell whose it is while a later day is awaited.
 */
export async function exchangeNumber(
  unit: Unit,
  claim: NumberClaim,
  { from, had }: { readonly from: Instant; readonly had: readonly string[] },
): Promise<Refused> {
  if (isBefore(unit.now, from)) {
    const [outcome] = await judgeClaims(unit, [claim]);
    return refusedBy((outcome !== 'NOT_IN_STOCK' || had.length > 0) && refuseSubscriber('NUMBER_DATED_AHEAD', 'from'));
  }
  const refused = await takeNumber(unit, claim, 'value');
  if (refused === undefined) await freezeNumbersOf(unit, claim.subscriberId, claim.value);
  return refused;
}
