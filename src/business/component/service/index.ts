export { forgetServiceTypes, listServiceTypes, selectServiceTypes, serviceTypeOf } from './service-types';
export { registerServiceTypes } from './register-service-types';
export { identifierMatches, isSafePattern } from './model/identifier-pattern';
export {
  DEFINITION_STATUSES,
  SERVICE_IDENTIFIER_KINDS,
  SERVICE_RESOURCES,
  type Characteristics,
  type DefinitionStatus,
  type ServiceIdentifierKind,
  type ServiceResource,
  type ServiceType,
} from '../../../data/operation/service/service-type';
export { CHARGE_KINDS, type ChargeCode, type ChargeKind, type ChargeTerms } from '../../../data/operation/service/charge-code';
export { searchChargeCodes, selectChargeCodes, type ChargeCodeFilter } from '../../../data/operation/service/select-charge-codes';
export { noteCharged } from '../../../data/operation/service/write-charge-code';
export { changeChargeCodeTerms, type ChangeChargeCodeTermsInput } from './change-charge-code-terms';
export { findChargeCodes } from './find-charge-codes';
export { SERVICE_REFUSALS, type ServiceRefusal } from './model/refusals';
export { registerChargeCode, type RegisterChargeCodeInput } from './register-charge-code';
