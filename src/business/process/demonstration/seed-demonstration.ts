import type { CoreDatabase } from '../../context';
import type { Authentication } from '../../component/staff';
import { operatorParameters } from '../../component/organisation';
import type { Clock, Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { openParties } from '../bulk-opening';
import { SAMPLE_NUMBER } from './number-plan';
import { businessDepartmentCode, CITIES, PARTNER, type CityPlan } from './operator-tree';
import { planCustomers, waveInstants } from './plan-customers';
import { seedCatalogue } from './seed-catalogue';
import { seedAuthorities, seedDiscounts } from './seed-discounts';
import { seedCharges } from './seed-charges';
import { seedLives, seedRelations } from './seed-histories';
import { seedNumbers } from './seed-numbers';
import { findOrFoundOperator, isSeeded, nodeOf, seedCounterClient, seedPartnerClient, seedStaff, seedTree } from './seed-operator';
import { Seeding } from './seeding';
import { BUSINESS_MANAGER, DEMONSTRATION_PASSWORD, STAFF } from './staff-plan';

export interface DemonstrationRequest {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly authentication: Authentication;
  /** Customers opened so far. Not called when the operator is there already. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What a new user is told of the demonstration's operator. */
export interface Demonstration {
  readonly logIns: readonly { readonly loginName: string; readonly password: string; readonly who: string }[];
  readonly partner: { readonly clientId: string; readonly clientSecret: string };
  /** A mobile number of a household whose one account pays for several subscribers. */
  readonly sampleNumber: string;
}

/**
 * Makes the demonstration's operator in an empty database: 400 days of its life, the same on every run but for the dates,
 * which end today. What is there already is left alone; a seed that was interrupted goes on.
 * @returns null when the database holds an operator of its own
 */
export async function seedDemonstration({
  database,
  clock,
  authentication,
  onProgress,
}: DemonstrationRequest): Promise<Demonstration | null> {
  const seeding = new Seeding(database, clock);
  const operator = await findOrFoundOperator(seeding);
  if (operator === null) return null;
  if (!(await isSeeded(seeding))) await seedOperator(seeding, operator, authentication, onProgress ?? (() => undefined));
  return {
    logIns: STAFF.map(({ loginName, who }) => ({ loginName, password: DEMONSTRATION_PASSWORD, who })),
    partner: await seedPartnerClient(seeding, authentication),
    sampleNumber: SAMPLE_NUMBER,
  };
}

async function seedOperator(
  seeding: Seeding,
  { rootId, foundedAt }: { readonly rootId: Id<'organisation'>; readonly foundedAt: Instant },
  authentication: Authentication,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const nodes = await seedTree(seeding, rootId, foundedAt);
  await seedCharges(seeding, nodeOf(nodes, PARTNER.code), foundedAt);
  await seedCatalogue(seeding, nodes, foundedAt);
  await seedDiscounts(seeding, nodes, foundedAt);
  const staff = await seedStaff(seeding, authentication, nodes, foundedAt);
  await seedAuthorities(seeding, foundedAt);
  const { currency } = await operatorParameters(seeding.contextAt(foundedAt));
  const plan = planCustomers(foundedAt, (code) => nodeOf(nodes, code), currency);
  const openedAt = waveInstants(foundedAt);
  const total = plan.parties.reduce((sum, { customers }) => sum + customers.length, 0);
  let done = 0;
  for (const [wave, parties] of plan.parties.entries()) {
    onProgress(done, total);
    await seeding.run(openedAt[wave] as Instant, openParties, parties, `customers:${wave}`);
    done += parties.customers.length;
  }
  onProgress(done, total);
  const managerId = staff.get(BUSINESS_MANAGER);
  invariant(managerId !== undefined, `the demonstration has no ${BUSINESS_MANAGER}`);
  const managedAt = nodeOf(nodes, businessDepartmentCode(CITIES[0] as CityPlan));
  await seedRelations(seeding, plan, { at: openedAt.at(-1) as Instant, managerId, managedAt });
  await seedLives(seeding, plan, openedAt);
  // Now, and not in the past: what a number rested for after its use is over for most.
  await seedNumbers(seeding, plan, { nodes, currency, at: seeding.clock.now() });
  await seedCounterClient(seeding, authentication, foundedAt);
}
