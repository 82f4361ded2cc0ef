import { Temporal } from 'temporal-polyfill';
import { registerChargeCode, registerProvisioningAdapter } from '../../component/service';
import { registerTaxCategory } from '../../component/tax';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { CHARGE_CODES, FIELD_WORK, ON_BEHALF, TAX_CATEGORIES, TAXED_SINCE } from './charge-plan';
import type { Seeding } from './seeding';

/** What the operator charges under, what that is taxed by, and the people who do what no system does. */
export async function seedCharges(seeding: Seeding, partnerId: Id<'organisation'>, at: Instant): Promise<void> {
  const from = Temporal.Instant.from(TAXED_SINCE);
  for (const category of TAX_CATEGORIES) await seeding.run(at, registerTaxCategory, { ...category, from }, `tax:${category.code}`);
  await seeding.run(at, registerProvisioningAdapter, FIELD_WORK, 'adapter:field-work');
  for (const { terms, ...code } of [...CHARGE_CODES, ON_BEHALF]) {
    const collectedFor = code.code === ON_BEHALF.code ? partnerId : null;
    await seeding.run(at, registerChargeCode, { ...code, terms: { ...terms, collectedFor }, from }, `charge:${code.code}`);
  }
}
