import { createNumberClass, createNumberPool, type ClassRule } from '../../component/number';
import { addNumberRange, addNumbers } from '../stock-numbers';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { TwoNames } from './names';
import { CITIES, PARTNER, businessDepartmentCode, hallCode, type CityPlan } from './operator-tree';
import type { PartyPlan } from './party-plan';
import { nodeOf } from './seed-operator';
import type { Seeding } from './seeding';

interface ClassPlan extends TwoNames {
  readonly code: string;
  /** Yuan a month, for so many months; yuan. */
  readonly spend: number;
  readonly months: number;
  readonly deposit: number;
  readonly pattern: ClassRule['pattern'];
}

/** Classes of good numbers, the best first. */
const CLASSES: readonly ClassPlan[] = [
  { code: 'DIAMOND', name: '钻石靓号', nameEn: 'Diamond', spend: 388, months: 36, deposit: 5_000, pattern: { tailShape: 'AAAA' } },
  { code: 'GOLD', name: '金靓号', nameEn: 'Gold', spend: 188, months: 24, deposit: 1_000, pattern: { tailShape: 'AAA' } },
  { code: 'SILVER', name: '银靓号', nameEn: 'Silver', spend: 88, months: 12, deposit: 0, pattern: { tailShape: 'AABB' } },
  { code: 'LUCKY', name: '吉祥号', nameEn: 'Lucky', spend: 58, months: 12, deposit: 0, pattern: { endsWith: '8', without: '4' } },
];

/** The free numbers of a city, by service type: what stands before the last four digits. */
const RANGES: Readonly<Record<string, (city: CityPlan, place: number) => string>> = {
  MOBILE: (_city, place) => `199057${place + 1}`,
  FIXED_LINE: ({ dialling }) => `${dialling}2790`,
  WIRELESS_FIXED_LINE: ({ dialling }) => `${dialling}2690`,
  INTELLIGENT_NETWORK: (_city, place) => `40057${place + 1}`,
};

const SERVICE_NAMES: Readonly<Record<string, TwoNames>> = {
  MOBILE: { name: '移动', nameEn: 'mobile' },
  FIXED_LINE: { name: '固话', nameEn: 'fixed line' },
  WIRELESS_FIXED_LINE: { name: '无线固话', nameEn: 'wireless fixed line' },
  INTELLIGENT_NETWORK: { name: '智能网', nameEn: 'intelligent network' },
};

/** How many free numbers each pool of a city has. */
const FREE_OF_A_POOL = 300;

/** How many numbers `addNumbers` takes at once. */
const NUMBERS_OF_A_CALL = 1_000;

interface Stock {
  readonly nodes: ReadonlyMap<string, Id<'organisation'>>;
  readonly currency: CurrencyCode;
  readonly at: Instant;
}

/** Pools for each city and line of business with free numbers, and the numbers of the demonstration's subscribers, which are in use. */
export async function seedNumbers(seeding: Seeding, plan: PartyPlan, { nodes, currency, at }: Stock): Promise<void> {
  const yuan = (amount: number): { amountMinor: bigint; currency: CurrencyCode } => ({ amountMinor: BigInt(amount) * 100n, currency });
  for (const { code, name, nameEn, spend, months, deposit } of CLASSES) {
    const terms = { minimumSpend: yuan(spend), minimumSpendMonths: months, deposit: yuan(deposit) };
    await seeding.run(at, createNumberClass, { code, name, nameEn, ...terms }, `number-class:${code}`);
  }
  const places = [...CITIES.map((city) => ({ ...city, nodesBelow: nodesOfCity(city) })), { ...PARTNER, nodesBelow: [PARTNER.code] }];
  for (const { code: place, name, nameEn, nodesBelow } of places) {
    const below = new Set(nodesBelow.map((code) => nodeOf(nodes, code)));
    const city = CITIES.find(({ code }) => code === place);
    for (const [serviceType, service] of Object.entries(SERVICE_NAMES)) {
      const inUse = plan.parties.flatMap(({ subscribers }) =>
        subscribers.filter((one) => one.serviceType === serviceType && below.has(one.organisationId)).map(({ identifier }) => identifier),
      );
      if (city === undefined && inUse.length === 0) continue;
      const code = `${place}-${serviceType}`;
      const names = { name: `${name}${service.name}号池`, nameEn: `${nameEn} ${service.nameEn}` };
      const pool = { organisationId: nodeOf(nodes, place), code, ...names, serviceType };
      const { numberPoolId } = await seeding.run(at, createNumberPool, pool, `number-pool:${code}`);
      await stock(seeding, at, { numberPoolId, code, inUse, head: city && RANGES[serviceType]?.(city, CITIES.indexOf(city)) });
    }
  }
}

function nodesOfCity(city: CityPlan): string[] {
  return [city.code, `${city.code}-SALES`, businessDepartmentCode(city), ...city.halls.map((_, place) => hallCode(city, place))];
}

interface PoolStock {
  readonly numberPoolId: Id<'numberPool'>;
  readonly code: string;
  readonly inUse: readonly string[];
  readonly head: string | undefined;
}

async function stock(seeding: Seeding, at: Instant, { numberPoolId, code, inUse, head }: PoolStock): Promise<void> {
  const classes = CLASSES.map(({ code: classCode, pattern }) => ({ classCode, pattern }));
  for (let from = 0; from < inUse.length; from += NUMBERS_OF_A_CALL) {
    const numbers = inUse.slice(from, from + NUMBERS_OF_A_CALL);
    await seeding.run(at, addNumbers, { numberPoolId, numbers, classes }, `numbers:${code}:${from}`);
  }
  if (head === undefined) return;
  const range = { first: `${head}0000`, last: `${head}${String(FREE_OF_A_POOL - 1).padStart(4, '0')}` };
  await seeding.run(at, addNumberRange, { numberPoolId, classes, ...range }, `number-range:${code}`);
}
