import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { NewServiceType } from './service-type';

/** Inserts those whose code is new; returns these. */
export async function insertServiceTypes(
  transaction: Transaction,
  types: readonly NewServiceType[],
  now: Instant,
): Promise<{ readonly code: string; readonly id: Id<'serviceType'> }[]> {
  const rows = types.map((type) => ({ ...type, id: newId('serviceType') }));
  return transaction.query<{ code: string; id: Id<'serviceType'> }>(sql`
    INSERT INTO service_type (code, id, name, name_en, identifier_kind, identifier_pattern, characteristics, resources, usage_kinds,
                              provisioning_adapter, portable, created_at)
    SELECT r.code, r.id, r.name, r."nameEn", r."identifierKind", r."identifierPattern", r.characteristics, r.resources, r."usageKinds",
           r."provisioningAdapter", coalesce(r.portable, false), ${now}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (code text, id uuid, name text, "nameEn" text, "identifierKind" text,
      "identifierPattern" text, characteristics jsonb, resources text[], "usageKinds" text[], "provisioningAdapter" text, portable boolean)
    ON CONFLICT (code) DO NOTHING RETURNING code, id`);
}
