export { EVERY_LINE } from '../../../data/operation/organisation/lock-organisation';
export { managingNode, type ManagingNodeRefusal } from './managing-node';
export { operatorNode } from './operator-node';
export { createOrganisation, type CreateOrganisationInput } from './create-organisation';
export { foundOperator, type FoundOperatorInput } from './found-operator';
export { changeOrganisation, type ChangeOrganisationInput } from './change-organisation';
export { moveOrganisation, type MoveOrganisationInput } from './move-organisation';
export { closeOrganisation, type CloseOrganisationInput } from './close-organisation';
export { changeOperatorParameter, type ChangeOperatorParameterInput } from './change-operator-parameter';
export { forgetOperatorParameters, listOperatorParameters, operatorParameters, type OperatorParameter } from './operator-parameters';
export {
  OPERATOR_PARAMETER_NAMES,
  type OperatorCalendar,
  type OperatorParameterName,
  type OperatorParameters,
} from './model/operator-parameter';
export { ORGANISATION_REFUSALS, type OrganisationRefusal } from './model/refusals';
export {
  ORGANISATION_KINDS,
  ORGANISATION_STATUSES,
  type Organisation,
  type OrganisationKind,
  type OrganisationStatus,
} from '../../../data/operation/organisation/organisation';
export {
  searchOrganisations,
  selectAncestorIds,
  selectChildren,
  selectLegalEntities,
  selectOrganisationsById,
  selectPaths,
  selectRootId,
  selectSubtreeIds,
  type OrganisationFilter,
} from '../../../data/operation/organisation/select-organisations';
