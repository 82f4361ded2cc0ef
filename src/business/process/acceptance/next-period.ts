import { selectBillingDays } from '../../component/account';
import { selectPaymentRelations } from '../../component/subscriber';
import { startOfDay } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
import { boundaryFrom, cyclesOf } from '../../../kernel/cycle';
import { dateOf, dayNumberAt } from '../../../kernel/day-number';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import type { Accepting } from './order-kind';

/** The account that pays for a subscriber by default when the order takes effect: its cycle is the subscriber's (domain.md §5.2). */
export async function payingAccount({ wide, startAt }: Accepting, subscriberId: Id<'subscriber'>): Promise<Id<'account'>> {
  const relations = await selectPaymentRelations(wide, [subscriberId], { validAt: startAt, knownAt: null });
  const paying = relations.find(({ isDefault }) => isDefault);
  invariant(paying !== undefined, 'some account pays for an open subscriber by default');
  return paying.accountId;
}

/** The beginning of the next billing period of a subscriber: the local midnight of the billing day that follows. */
export async function nextPeriodOf(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<Instant> {
  const { wide, startAt, timeZone } = accepting;
  const accountId = await payingAccount(accepting, subscriberId);
  const [billing] = await selectBillingDays(wide, [accountId], { validAt: startAt, knownAt: null });
  const today = dayNumberAt(startAt, timeZone);
  const next = boundaryFrom(cyclesOf([{ from: today, anchorDay: billing?.day ?? 1 }]), today + 1);
  return startOfDay(dateOf(next), timeZone);
}
