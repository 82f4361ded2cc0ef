import type { Unit } from '../../context';
import type { ServiceType } from '../../../data/operation/service/service-type';
import { lockServiceType, updateServiceType, type ServiceTypeChanges } from '../../../data/operation/service/write-service-type';
import type { Id } from '../../../kernel/id';
import { ok, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { operatorNode } from '../organisation';
import { refuseService, type ServiceRefusal } from './model/refusals';
import { forgetServiceTypes } from './service-types';

/** What every change of a service type names: which, and what version of it the caller saw. */
export interface ServiceTypeChange {
  readonly code: string;
  readonly expectedVersion: number;
}

interface Held {
  readonly type: ServiceType;
  /** Where its trail lies. */
  readonly rootId: Id<'organisation'>;
}

/** Locks a service type for a change; it must be in use, and of the version that the caller saw. */
export async function serviceTypeToChange(unit: Unit, { code, expectedVersion }: ServiceTypeChange): Promise<Result<Held, ServiceRefusal>> {
  const root = await operatorNode(unit, 'service:write', refuseService, { field: 'code', line: code });
  if (!root.ok) return root;
  const type = await lockServiceType(unit.transaction, code);
  if (type === undefined) return refuseService('NOT_FOUND', 'code');
  if (type.version !== expectedVersion) return refuseService('STALE_VERSION', 'expectedVersion', { version: type.version });
  return type.status === 'ACTIVE' ? ok({ type, rootId: root.value }) : refuseService('NOT_ACTIVE', 'code');
}

/** Changes a locked service type, with its line in the audit trail and its event. */
export async function recordServiceTypeChange(
  unit: Unit,
  { type, rootId }: Held,
  changes: ServiceTypeChanges,
  event: 'ServiceTypeAttributeValueChangeEvent' | 'ServiceTypeStateChangeEvent',
): Promise<void> {
  await updateServiceType(unit.transaction, type, changes);
  const columns = Object.keys(changes) as (keyof ServiceTypeChanges)[];
  const before: Json = Object.fromEntries(columns.map((column) => [column, type[column] as Json]));
  const subject = { subjectKind: 'serviceType', subjectId: type.id } as const;
  unit.audit({ ...subject, organisationId: rootId, serviceType: type.code, before, after: changes });
  unit.emit({ type: event, ...subject, payload: { code: type.code, ...(changes as Record<string, Json>) } });
  unit.afterCommit(forgetServiceTypes);
}
