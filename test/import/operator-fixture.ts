import { Temporal } from 'temporal-polyfill';
import { createOrganisation, foundOperator } from '../../src/business/component/organisation';
import { registerServiceTypes } from '../../src/business/component/service';
import type { CallContext } from '../../src/business/context';
import { programContext } from '../../src/business/process/program-context';
import { execute } from '../../src/business/execute';
import type { Clock } from '../../src/kernel/clock';
import type { Id } from '../../src/kernel/id';
import type { Result } from '../../src/kernel/result';
import { type Scope, systemScope } from '../../src/kernel/scope';
import type { TestDatabase } from '../support/database';

/** A clock that stands still until it is set. */
export class SetClock implements Clock {
  public constructor(public at = Temporal.Instant.from('2026-11-01T08:00:00Z')) {}

  public now(): Temporal.Instant {
    return this.at;
  }
}

export function contextOn(database: TestDatabase, clock: Clock, scope: Scope = systemScope): CallContext {
  const actor = { kind: 'SYSTEM', id: 'test', clientId: 'test', address: null } as const;
  return { ...programContext(database.core, clock, actor, 'test-trace'), scope, language: 'en' };
}

export function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.refusals));
  return result.value;
}

export interface Operator {
  readonly rootId: Id<'organisation'>;
  readonly cityId: Id<'organisation'>;
  readonly hallId: Id<'organisation'>;
}

/** An operator with one city and one hall, and the first service types. */
export async function foundTestOperator(context: CallContext): Promise<Operator> {
  const { organisationId: rootId } = valueOf(await execute(context, foundOperator, { code: 'TEST', name: '测试电信' }, 'root'));
  valueOf(await execute(context, registerServiceTypes, {}, 'types'));
  const city = { organisationId: rootId, code: 'CITY', name: '杭州', kind: 'CITY' } as const;
  const { organisationId: cityId } = valueOf(await execute(context, createOrganisation, city, 'city'));
  const hall = { organisationId: cityId, code: 'HALL', name: '营业厅', kind: 'HALL' } as const;
  const { organisationId: hallId } = valueOf(await execute(context, createOrganisation, hall, 'hall'));
  return { rootId, cityId, hallId };
}
