import type { UseCase } from '../../execute';
import { accountsExist, selectOperatorParameters, storeOperatorParameter } from '../../../data/operation/organisation/operator-parameter';
import { ok } from '../../../kernel/result';
import { stableJson, type Json } from '../../../kernel/stable-json';
import { OPERATOR_PARAMETERS, type OperatorParameterName } from './model/operator-parameter';
import { refuseOrganisation, type OrganisationRefusal } from './model/refusals';
import { operatorNode } from './operator-node';
import { forgetOperatorParameters } from './operator-parameters';

export interface ChangeOperatorParameterInput {
  readonly parameter: OperatorParameterName;
  readonly value: Json;
  /** 0 while the parameter has never been changed. */
  readonly expectedVersion: number;
}

/** Changes what holds for the whole operator: the caller needs the permission at the root. */
export const changeOperatorParameter: UseCase<ChangeOperatorParameterInput, { parameter: string; version: number }, OrganisationRefusal> = {
  name: 'changeOperatorParameter',
  permission: 'parameter:write',
  async run(unit, { parameter, value, expectedVersion }) {
    const root = await operatorNode(unit, 'parameter:write', refuseOrganisation, { field: 'parameter' });
    if (!root.ok) return root;
    const rootId = root.value;
    const definition = OPERATOR_PARAMETERS[parameter];
    const read = definition.read(value);
    if ('reason' in read) return refuseOrganisation('PARAMETER_INVALID', 'value', { reason: read.reason });
    const old = (await selectOperatorParameters(unit.sql)).find((row) => row.name === parameter)?.value ?? definition.initially;
    if (parameter === 'currency' && stableJson(old) !== stableJson(value) && (await accountsExist(unit.transaction))) {
      return refuseOrganisation('CURRENCY_FIXED', 'value');
    }
    const { stored, version } = await storeOperatorParameter(
      unit.transaction,
      { name: parameter, value, version: expectedVersion },
      unit.now,
    );
    if (!stored) return refuseOrganisation('STALE_VERSION', 'expectedVersion', { version });
    const change = { before: { [parameter]: old }, after: { [parameter]: value } };
    unit.audit({ subjectKind: 'parameter', subjectId: rootId, organisationId: rootId, ...change });
    unit.emit({ type: 'OperatorParameterAttributeValueChangeEvent', subjectKind: 'parameter', subjectId: rootId, payload: change.after });
    unit.afterCommit(forgetOperatorParameters);
    return ok({ parameter, version });
  },
};
