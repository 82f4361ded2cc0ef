import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import { CITIES, PARTNER, businessDepartmentCode, hallCode } from './operator-tree';
import { PartyPlan } from './party-plan';
import { planEnterprise, planGovernment, planHousehold, planIndividual, type Home } from './plan-groups';
import { SAMPLE_NUMBER } from './number-plan';
import { personName } from './names';

/** The customers came in twelve waves, a month apart. */
const WAVES = 12;
const CUSTOMERS_OF_A_WAVE = 168;
const FIRST_WAVE_DAYS = 40;
const WAVE_EVERY_DAYS = 30;

/** When each wave was opened, for an operator that was founded at an instant. The last lies 30 days before the seed. */
export function waveInstants(foundedAt: Instant): readonly Instant[] {
  return Array.from({ length: WAVES }, (_, wave) => foundedAt.add({ hours: (FIRST_WAVE_DAYS + wave * WAVE_EVERY_DAYS) * 24 }));
}

/** Some 2,000 customers with accounts and subscribers, spread over the halls: the same on every run. */
export function planCustomers(foundedAt: Instant, nodeOf: (code: string) => Id<'organisation'>, currency: CurrencyCode): PartyPlan {
  const plan = new PartyPlan(currency);
  for (const [wave, openedAt] of waveInstants(foundedAt).entries()) {
    plan.beginWave();
    const homes = homesAt(openedAt, nodeOf);
    const [first] = homes.halls;
    if (wave === 0 && first !== undefined)
      planHousehold(plan, first, SAMPLE_NUMBER, personName(plan.chance, { name: '张', nameEn: 'Zhang' }));
    while (plan.size < CUSTOMERS_OF_A_WAVE) planGroup(plan, homes);
  }
  return plan;
}

interface Homes {
  readonly halls: readonly Home[];
  readonly departments: readonly Home[];
  readonly partner: Home;
}

function planGroup(plan: PartyPlan, { halls, departments, partner }: Homes): void {
  const share = plan.chance.between(1, 100);
  if (share <= 56) planIndividual(plan, plan.chance.one(halls));
  else if (share <= 80) planHousehold(plan, plan.chance.one(halls));
  else if (share <= 92) planEnterprise(plan, plan.chance.one(departments));
  else if (share <= 97) planGovernment(plan, plan.chance.one(departments));
  else planIndividual(plan, partner);
}

function homesAt(openedAt: Instant, nodeOf: (code: string) => Id<'organisation'>): Homes {
  const halls = CITIES.flatMap((city) =>
    city.halls.map((district, place): Home => ({ city, district, openedAt, organisationId: nodeOf(hallCode(city, place)) })),
  );
  const departments = halls.map((home) => ({ ...home, organisationId: nodeOf(businessDepartmentCode(home.city)) }));
  const [first] = halls as [Home];
  return { halls, departments, partner: { ...first, organisationId: nodeOf(PARTNER.code) } };
}
