import type { PaymentMethod, RatingType } from '../../component/account';
import type { CustomerGrade } from '../../component/customer';
import type { NewPaymentRelationInput } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import { creditCode, residentNumber } from './document-numbers';
import { enterpriseName, governmentName, householdName, personName, type PersonName, type TwoNames } from './names';
import type { CityPlan } from './operator-tree';
import type { PartyPlan, Place } from './party-plan';

/** Where a group of customers lives, and at which hall it is opened. */
export interface Home extends Place {
  readonly city: CityPlan;
  readonly district: TwoNames;
}

/** A person with a number of his own, and now and then broadband or a fixed line. */
export function planIndividual(plan: PartyPlan, home: Home, name: PersonName = personName(plan.chance)): void {
  const { chance } = plan;
  const number = plan.numbers.mobile();
  const customerId = addPerson(plan, home, name, number);
  const prepaid = chance.percent(35);
  const accountId = addAccount(plan, home, customerId, '个人账户', prepaid ? 'PREPAID' : 'POSTPAID');
  addMobile(plan, home, { ownerId: customerId, accountId }, number);
  if (chance.percent(25)) addBroadband(plan, home, { ownerId: customerId, accountId });
  if (chance.percent(10)) addFixedLine(plan, home, { ownerId: customerId, accountId });
  if (chance.percent(12)) {
    const second = addAccount(plan, home, customerId, '副卡账户', 'PREPAID');
    addMobile(plan, home, { ownerId: customerId, accountId: second }, plan.numbers.mobile());
  }
}

/** A household 家庭 whose one account pays for its lines and for the numbers of its members. */
export function planHousehold(
  plan: PartyPlan,
  home: Home,
  firstNumber = plan.numbers.mobile(),
  head: PersonName = personName(plan.chance),
): void {
  const { chance } = plan;
  const householdId = plan.addCustomer(home, {
    ...householdName(head),
    kind: 'HOUSEHOLD',
    grade: gradeOf(plan),
    documents: [{ kind: 'HOUSEHOLD_REGISTER', number: `第${home.city.areaCode}${chance.digits(9)}号` }],
    contacts: [{ kind: 'ADDRESS', value: addressOf(plan, home), person: head.name }],
  });
  const accountId = addAccount(plan, home, householdId, '家庭账户', 'POSTPAID');
  addBroadband(plan, home, { ownerId: householdId, accountId });
  if (chance.percent(60)) addFixedLine(plan, home, { ownerId: householdId, accountId });
  const members = chance.between(2, 3);
  for (let member = 0; member < members; member += 1) {
    const number = member === 0 ? firstNumber : plan.numbers.mobile();
    const name = member === 0 ? head : personName(chance, chance.percent(60) ? head.surname : undefined);
    const memberId = addPerson(plan, home, name, number);
    plan.relations.push({ customerId: memberId, relatedCustomerId: householdId, kind: 'FAMILY' });
    addMobile(plan, home, { ownerId: memberId, payerId: householdId, accountId }, number);
  }
}

/** An enterprise that pays for lines of its own, and for part of what its employees use. */
export function planEnterprise(plan: PartyPlan, home: Home): void {
  const { chance } = plan;
  const name = enterpriseName(chance, home.city);
  const enterpriseId = addOrganisation(plan, home, 'ENTERPRISE', name);
  const accountId = addAccount(plan, home, enterpriseId, '单位账户', 'POSTPAID');
  addBroadband(plan, home, { ownerId: enterpriseId, accountId });
  const [lines, employees] = [chance.between(1, 4), chance.between(1, 4)];
  for (let line = 0; line < lines; line += 1) addFixedLine(plan, home, { ownerId: enterpriseId, accountId });
  for (let employee = 0; employee < employees; employee += 1) {
    const number = plan.numbers.mobile();
    const employeeId = addPerson(plan, home, personName(chance), number);
    plan.relations.push({ customerId: employeeId, relatedCustomerId: enterpriseId, kind: 'EMPLOYER' });
    if (chance.percent(50)) {
      addMobile(plan, home, { ownerId: enterpriseId, userId: employeeId, accountId }, number);
    } else {
      const own = addAccount(plan, home, employeeId, '个人账户', 'POSTPAID');
      addMobile(plan, home, { ownerId: employeeId, accountId: own }, number, [plan.capped(accountId, chance.one([50, 100, 200]))]);
    }
  }
}

/** An office of the government with fixed lines and broadband. */
export function planGovernment(plan: PartyPlan, home: Home): void {
  const { chance } = plan;
  const officeId = addOrganisation(plan, home, 'GOVERNMENT', governmentName(chance, home.city, home.district));
  const accountId = addAccount(plan, home, officeId, '单位账户', 'POSTPAID');
  const lines = chance.between(1, 5);
  for (let line = 0; line < lines; line += 1) addFixedLine(plan, home, { ownerId: officeId, accountId });
  addBroadband(plan, home, { ownerId: officeId, accountId });
}

interface Roles {
  readonly ownerId: Id<'customer'>;
  readonly userId?: Id<'customer'>;
  readonly payerId?: Id<'customer'>;
  readonly accountId: Id<'account'>;
}

function addPerson(plan: PartyPlan, home: Home, { name, nameEn }: PersonName, number: string): Id<'customer'> {
  const contacts = [{ kind: 'MOBILE' as const, value: number }];
  return plan.addCustomer(home, {
    name,
    nameEn,
    kind: 'INDIVIDUAL',
    grade: gradeOf(plan),
    documents: [{ kind: 'RESIDENT_ID', number: residentNumber(plan.chance, home.city.areaCode, plan.size) }],
    contacts: plan.chance.percent(50) ? [...contacts, { kind: 'ADDRESS', value: addressOf(plan, home) }] : contacts,
  });
}

function addOrganisation(plan: PartyPlan, home: Home, kind: 'ENTERPRISE' | 'GOVERNMENT', names: TwoNames): Id<'customer'> {
  const { chance } = plan;
  const number = creditCode(chance, kind === 'ENTERPRISE' ? '91' : '11', home.city.areaCode);
  const person = personName(chance).name;
  return plan.addCustomer(home, {
    ...names,
    kind,
    grade: gradeOf(plan),
    documents: [{ kind: 'BUSINESS_LICENCE', number, issuingAuthority: `${home.city.name}市市场监督管理局` }],
    contacts: [
      { kind: 'PHONE', value: `${home.city.dialling}8${chance.digits(7)}`, person },
      { kind: 'ADDRESS', value: addressOf(plan, home) },
    ],
  });
}

function addAccount(plan: PartyPlan, home: Home, customerId: Id<'customer'>, name: string, ratingType: RatingType): Id<'account'> {
  const methods: readonly PaymentMethod[] =
    ratingType === 'PREPAID' ? ['ONLINE', 'CASH'] : ['BANK_COLLECTION', 'ONLINE', 'CASH', 'CARD', 'BANK_TRANSFER'];
  return plan.addAccount(home, customerId, { name, ratingType, paymentMethod: plan.chance.one(methods) });
}

function addMobile(
  plan: PartyPlan,
  home: Home,
  roles: Roles,
  identifier: string,
  relations: readonly NewPaymentRelationInput[] = [],
): void {
  plan.addSubscriber(home, roles, { serviceType: 'MOBILE', identifier, sim: plan.numbers.sim(), attributes: {} }, relations);
}

function addBroadband(plan: PartyPlan, home: Home, roles: Roles): void {
  const downMbps = plan.chance.one([100, 300, 500, 1_000]);
  plan.addSubscriber(home, roles, { serviceType: 'BROADBAND', identifier: plan.numbers.broadband(home.city), attributes: { downMbps } });
}

function addFixedLine(plan: PartyPlan, home: Home, roles: Roles): void {
  plan.addSubscriber(home, roles, { serviceType: 'FIXED_LINE', identifier: plan.numbers.fixedLine(home.city), attributes: {} });
}

function gradeOf({ chance }: PartyPlan): CustomerGrade {
  return chance.one([
    'STANDARD',
    'STANDARD',
    'STANDARD',
    'STANDARD',
    'STANDARD',
    'SILVER',
    'SILVER',
    'GOLD',
    'GOLD',
    'PLATINUM',
    'DIAMOND',
  ]);
}

const ROADS = ['文三路', '解放路', '中山路', '人民路', '学院路', '建国路', '江滨路', '环城西路'] as const;

function addressOf({ chance }: PartyPlan, { city, district }: Home): string {
  return `${city.name}市${district.name}${chance.one(ROADS)}${chance.between(1, 899)}号${chance.between(1, 20)}幢${chance.between(101, 1804)}室`;
}
