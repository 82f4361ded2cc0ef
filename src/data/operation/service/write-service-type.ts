import type { Transaction } from '../../connection/core-database';
import { sql } from '../../connection/sql';
import { invariant } from '../../../kernel/failure';
import { SERVICE_TYPE_COLUMNS } from './select-service-types';
import type { ServiceType } from './service-type';
import { ServiceTypeEntity } from './service-type.entity';

/** Locks a service type for a change. It stands at no node: the use case asks where the caller may touch it. */
export async function lockServiceType(transaction: Transaction, code: string): Promise<ServiceType | undefined> {
  const [row] = await transaction.query<ServiceType>(sql`
    SELECT ${SERVICE_TYPE_COLUMNS} FROM service_type t WHERE t.code = ${code} FOR NO KEY UPDATE OF t`);
  return row;
}

/** How many service types there are; whoever asks keeps others from adding one to the end of the transaction. */
export async function countServiceTypes(transaction: Transaction): Promise<number> {
  await transaction.query(sql`SELECT pg_advisory_xact_lock(hashtextextended('sanhu service_type', 0))`);
  const [row] = await transaction.query<{ total: number }>(sql`SELECT count(*)::integer AS total FROM service_type`);
  return row?.total ?? 0;
}

export type ServiceTypeChanges = Partial<Omit<ServiceType, 'code' | 'id' | 'identifierKind' | 'version'>>;

/** Changes a locked service type and moves its version on. */
export async function updateServiceType(
  transaction: Transaction,
  { code, version }: ServiceType,
  { resources, usageKinds, ...changes }: ServiceTypeChanges,
): Promise<void> {
  const { affected } = await transaction.manager.update(
    ServiceTypeEntity,
    { code, version },
    {
      ...changes,
      ...(resources === undefined ? {} : { resources: [...resources] }),
      ...(usageKinds === undefined ? {} : { usageKinds: [...usageKinds] }),
      version: version + 1,
    },
  );
  invariant(affected === 1, 'a locked service type has changed');
}
