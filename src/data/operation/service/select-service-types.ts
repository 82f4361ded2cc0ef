import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { ServiceType } from './service-type';

/** How many service types an operator may have. */
export const SERVICE_TYPES_MAX = 500;

/** The columns of a {@link ServiceType}, by its names, of the alias `t`. */
export const SERVICE_TYPE_COLUMNS = sql`t.code, t.id, t.name, t.name_en AS "nameEn", t.identifier_kind AS "identifierKind",
  t.identifier_pattern AS "identifierPattern", t.characteristics, t.resources, t.usage_kinds AS "usageKinds",
  t.provisioning_adapter AS "provisioningAdapter", t.portable, t.status, t.version`;

/** Every service type, in the order of the codes. They are the operator's own and no secret: no scope is asked. */
export async function selectEveryServiceType(runner: SqlRunner): Promise<ServiceType[]> {
  return runner.query<ServiceType>(sql`SELECT ${SERVICE_TYPE_COLUMNS} FROM service_type t ORDER BY t.code LIMIT ${SERVICE_TYPES_MAX}`);
}
