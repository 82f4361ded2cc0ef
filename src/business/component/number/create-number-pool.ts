import type { UseCase } from '../../execute';
import { insertNumberPool } from '../../../data/operation/number/write-number-pool';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import { managingNode } from '../organisation';
import { selectServiceTypes } from '../service';
import { checkNamed } from './model/checks';
import { refuseNumber, type NumberRefusal } from './model/refusals';

export interface CreateNumberPoolInput {
  /** The node that has the pool; it is used there and below. */
  readonly organisationId: Id<'organisation'>;
  readonly code: string;
  readonly name: string;
  readonly nameEn?: string | null;
  /** Code of a service type that is reached by a number. */
  readonly serviceType: string;
}

/** Makes an empty pool 建立号池 at a node, for one line of business. Node and line of business stand from then on. */
export const createNumberPool: UseCase<CreateNumberPoolInput, { numberPoolId: Id<'numberPool'> }, NumberRefusal> = {
  name: 'createNumberPool',
  permission: 'number:write',
  constraints: { number_pool_code_key: () => refuseNumber('CODE_TAKEN', 'code') },
  async run(unit, input) {
    const [serviceType] = await selectServiceTypes(unit, [input.serviceType]);
    if (serviceType === undefined) return refuseNumber('SERVICE_TYPE_NOT_FOUND', 'serviceType');
    const refused = refusedBy(
      serviceType.identifierKind !== 'NUMBER' && refuseNumber('SERVICE_TYPE_WITHOUT_NUMBERS', 'serviceType'),
      checkNamed(input),
      await managingNode(unit, input.organisationId, 'number:write', refuseNumber, serviceType.code),
    );
    if (refused !== undefined) return refused;
    const { code, name, nameEn = null, organisationId } = input;
    const pool = { code, name, nameEn, organisationId, serviceType: serviceType.code };
    const numberPoolId = await insertNumberPool(unit.transaction, pool, unit.now);
    const subject = { subjectKind: 'numberPool', subjectId: numberPoolId } as const;
    unit.audit({ ...subject, organisationId, serviceType: serviceType.code, before: null, after: pool });
    unit.emit({ ...subject, type: 'NumberPoolCreateEvent', payload: { code, organisationId, serviceType: serviceType.code } });
    return ok({ numberPoolId });
  },
};
