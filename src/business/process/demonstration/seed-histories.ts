import { assignCustomerManager, relateCustomers } from '../../component/customer';
import { resumeSubscriber, stopSubscriber, type StopReason } from '../../component/subscriber';
import { terminateSubscriber } from '../terminate-subscriber';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { isBefore } from '../../../kernel/period';
import type { PartyPlan } from './party-plan';
import type { Seeding } from './seeding';

/** How many relations are made, the earliest: enough to look at, in less than a second. */
const RELATIONS_MAX = 150;
const MANAGED_MAX = 10;

/** What happened to a subscriber, so many days after it was opened. */
type Happening = { readonly days: number } & (
  { readonly stop: StopReason } | { readonly resume: StopReason } | { readonly terminate: true }
);

/** Every so many subscribers have lived through this. */
const LIVES: readonly { readonly every: number; readonly from: number; readonly happenings: readonly Happening[] }[] = [
  { every: 83, from: 17, happenings: [{ days: 20, stop: 'CUSTOMER_REQUEST' }, { days: 34, resume: 'CUSTOMER_REQUEST' }] },
  { every: 101, from: 29, happenings: [{ days: 22, stop: 'ARREARS_ONE_WAY' }] },
  { every: 151, from: 41, happenings: [{ days: 18, stop: 'LOSS' }] },
  { every: 131, from: 53, happenings: [{ days: 25, terminate: true }] },
  { every: 173, from: 67, happenings: [{ days: 15, stop: 'ARREARS_ONE_WAY' }, { days: 45, stop: 'ARREARS_TWO_WAY' }, { days: 90, terminate: true }] },
]; // prettier-ignore

/** Stops, resumes and closes some subscribers, as clerks would have at the time. */
export async function seedLives(seeding: Seeding, plan: PartyPlan, openedAt: readonly Instant[]): Promise<void> {
  const now = seeding.clock.now();
  const all = plan.parties.flatMap(({ subscribers }, wave) =>
    subscribers.map(({ subscriberId }) => ({ subscriberId, opened: openedAt[wave] as Instant })),
  );
  for (const [place, { subscriberId, opened }] of all.entries()) {
    const life = LIVES.find(({ every, from }) => place % every === from);
    for (const [step, happening] of (life?.happenings ?? []).entries()) {
      const at = opened.add({ hours: happening.days * 24 });
      if (isBefore(at, now)) await happen(seeding, happening, { subscriberId, expectedVersion: step + 1 }, at, `life:${place}:${step}`);
    }
  }
}

async function happen(
  seeding: Seeding,
  happening: Happening,
  change: { readonly subscriberId: Id<'subscriber'>; readonly expectedVersion: number },
  at: Instant,
  key: string,
): Promise<void> {
  if ('stop' in happening) await seeding.run(at, stopSubscriber, { ...change, reason: happening.stop }, key);
  else if ('resume' in happening) await seeding.run(at, resumeSubscriber, { ...change, reason: happening.resume }, key);
  else await seeding.run(at, terminateSubscriber, change, key);
}

/** Members of households, employees of enterprises, and who looks after the first enterprises of a department. */
export async function seedRelations(
  seeding: Seeding,
  plan: PartyPlan,
  { at, managerId, managedAt }: { at: Instant; managerId: Id<'staff'>; managedAt: Id<'organisation'> },
): Promise<void> {
  for (const [place, relation] of plan.relations.slice(0, RELATIONS_MAX).entries()) {
    await seeding.run(at, relateCustomers, { ...relation, expectedVersion: 1 }, `relation:${place}`);
  }
  const enterprises = plan.parties.flatMap(({ customers }) =>
    customers.filter(({ kind, organisationId }) => kind === 'ENTERPRISE' && organisationId === managedAt),
  );
  for (const [place, { customerId }] of enterprises.slice(0, MANAGED_MAX).entries()) {
    await seeding.run(at, assignCustomerManager, { customerId, expectedVersion: 1, staffId: managerId }, `manager:${place}`);
  }
}
