import { randomInt } from 'node:crypto';
import { isRealName } from '../../component/customer';
import { lockNumbersOfSubscriber, portOut as letGo } from '../../component/number';
import { refuseOrder } from '../../component/order';
import { serviceTypeOf } from '../../component/service';
import { refuseSubscriber } from '../../component/subscriber';
import { Temporal } from 'temporal-polyfill';
import type { Id } from '../../../kernel/id';
import { localDate } from '../../../kernel/calendar';
import { isBefore } from '../../../kernel/period';
import { ok, refusedBy } from '../../../kernel/result';
import { undertakenOn } from './good-number';
import type { Accepting, OrderKind } from './order-kind';
import { subscriberOf } from './party-of';
import { boundByBundle } from './quote-bundle-end';
import type { AcceptanceRefusal, Refused } from './refusals';
import { terminate } from './terminate';

/** As many as operators send by SMS. */
const CODE_DIGITS = 8;

/**
 * 携出: the subscriber goes to another operator with its number. What stands in the way is told, each with its own reason; accepted, it gets
 * the code by which the other operator asks for it. When that has been agreed to, the subscriber is closed and its number gone.
 */
export const portOut: OrderKind<'PORT_OUT'> = {
  action: 'DELETE',
  leavesContracts: true,
  fix: async (unit, content, where) => ({ ...content, ...(await terminate.fix?.(unit, content, where)) }),
  touches: (content) => terminate.touches(content),
  async check(accepting, content) {
    const { subscriberId, authorisation } = content;
    const { wide, parties, customerId, rules } = accepting;
    const { status, service_type: line } = subscriberOf(parties, subscriberId);
    const { contractRefused } = rules('PORT_OUT', line);
    const { portable } = await serviceTypeOf(wide, line);
    const expiresAt = authorisation === undefined ? undefined : Temporal.Instant.from(authorisation.expiresAt);
    return refusedBy<AcceptanceRefusal>(
      !portable && refuseOrder('NUMBER_NOT_PORTABLE', 'subscriberId'),
      status !== 'active' ? refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status }) : await terminate.check(accepting, content),
      !(await isRealName(wide, customerId)) && refuseOrder('NOT_REAL_NAME', 'subscriberId'),
      contractRefused && (await checkBinding(accepting, subscriberId)),
      expiresAt !== undefined &&
        !isBefore(wide.now, expiresAt) &&
        refuseOrder('AUTHORISATION_EXPIRED', 'subscriberId', { expiresAt: localDate(expiresAt, accepting.timeZone).toString() }),
    );
  },
  accepted({ startAt, rules, parties }, content) {
    const { dueMinutes } = rules('PORT_OUT', subscriberOf(parties, content.subscriberId).service_type);
    const expiresAt = startAt.add({ minutes: dueMinutes }).toString();
    return { ...content, authorisation: { code: newCode(), expiresAt } };
  },
  quote: (accepting, { subscriberId }) => Promise.resolve(terminate.quote?.(accepting, { subscriberId }) ?? []),
  network: (accepting, { subscriberId }, before) => terminate.network?.(accepting, { subscriberId }, before),
  async effect(accepting, { subscriberId, recipient }, itemNo) {
    const { wide } = accepting;
    // A number that is in no pool goes as it came: nothing is known of it beside its subscriber.
    const numbers = await lockNumbersOfSubscriber(wide, subscriberId);
    for (const number of numbers) {
      const gone = await letGo(wide, number, subscriberId);
      if (!gone.ok) return gone;
    }
    const closed = await terminate.effect(accepting, { subscriberId }, itemNo);
    return closed.ok ? ok({ subscriberId, numbers: [...numbers], recipient }) : closed;
  },
};

/** A code that nobody can guess. */
function newCode(): string {
  return Array.from({ length: CODE_DIGITS }, () => String(randomInt(10))).join('');
}

/** What was undertaken for the number that it has binds it as a contract does, and so does that of a bundle that would end without it. */
async function checkBinding(accepting: Accepting, subscriberId: Id<'subscriber'>): Promise<Refused | undefined> {
  const commitments = await undertakenOn(accepting, subscriberId, localDate(accepting.wide.now, accepting.timeZone));
  const bound = [
    ...commitments.map(({ classCode: product, until }) => ({ product, until })),
    ...(await boundByBundle(accepting, subscriberId)),
  ];
  return refusedBy<AcceptanceRefusal>(...bound.map((by) => refuseOrder('IN_CONTRACT', 'subscriberId', { ...by })));
}
