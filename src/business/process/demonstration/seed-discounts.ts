import {
  createDiscount,
  draftDiscountVersion,
  moveDiscountVersion,
  setDiscountAuthority,
  setDiscountBudget,
} from '../../component/discount';
import { operatorParameters } from '../../component/organisation';
import { listRoles } from '../../component/staff';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { AUTHORITIES, DISCOUNTS } from './discount-plan';
import { nodeOf } from './seed-operator';
import type { Seeding } from './seeding';

/** The version of a discount whose first version is granted: it was created, and its version drafted, tried and released. */
const RELEASED = 4;

/** What the province grants, released as a product manager does it, with what each may give away in all. */
export async function seedDiscounts(seeding: Seeding, nodes: ReadonlyMap<string, Id<'organisation'>>, at: Instant): Promise<void> {
  const { currency } = await operatorParameters(seeding.contextAt(at));
  for (const { code, name, nameEn, serviceType, definition, budgetMinor } of DISCOUNTS) {
    const made = { code, name, nameEn, serviceType, organisationId: nodeOf(nodes, 'ZJ') };
    const { discountId } = await seeding.run(at, createDiscount, made, `discount:${code}`);
    const draft = { discountId, expectedVersion: 1, definition: { name, nameEn, ...definition } };
    const { versionId } = await seeding.run(at, draftDiscountVersion, draft, `discount-version:${code}`);
    await seeding.run(at, moveDiscountVersion, { versionId, expectedVersion: 1, to: 'inTest' }, `discount-test:${code}`);
    await seeding.run(at, moveDiscountVersion, { versionId, expectedVersion: 2, to: 'active' }, `discount-grant:${code}`);
    if (budgetMinor === undefined) continue;
    const limit = { amountMinor: budgetMinor, currency };
    await seeding.run(at, setDiscountBudget, { discountId, expectedVersion: RELEASED, limit }, `discount-budget:${code}`);
  }
}

/** What the standard roles may give away by hand. */
export async function seedAuthorities(seeding: Seeding, at: Instant): Promise<void> {
  const context = seeding.contextAt(at);
  const { currency } = await operatorParameters(context);
  const roles = new Map((await listRoles(context, { first: 100, after: null })).rows.map((role) => [role.code, role.id]));
  for (const { role, kind, amountMinor, basisPoints } of AUTHORITIES) {
    const roleId = roles.get(role);
    invariant(roleId !== undefined, `there is no role ${role}`);
    const amount = amountMinor === null ? null : { amountMinor, currency };
    await seeding.run(at, setDiscountAuthority, { roleId, kind, expectedVersion: 0, amount, basisPoints }, `authority:${role}:${kind}`);
  }
}
