export { forgetServiceTypes, listServiceTypes, selectServiceTypes, serviceTypeOf } from './service-types';
export { registerServiceTypes } from './register-service-types';
export { identifierMatches, isSafePattern } from './model/identifier-pattern';
export {
  DEFINITION_STATUSES,
  SERVICE_IDENTIFIER_KINDS,
  SERVICE_RESOURCES,
  type Characteristics,
  type DefinitionStatus,
  type NewServiceType,
  type ServiceIdentifierKind,
  type ServiceResource,
  type ServiceType,
} from '../../../data/operation/service/service-type';
export {
  ADAPTER_KINDS,
  type AdapterKind,
  type HttpSettings,
  type ProvisioningAdapter,
} from '../../../data/operation/service/provisioning-adapter';
export { ADAPTERS_MAX, selectProvisioningAdapters } from '../../../data/operation/service/select-provisioning-adapters';
export { CHARGE_KINDS, type ChargeCode, type ChargeKind, type ChargeTerms } from '../../../data/operation/service/charge-code';
export { searchChargeCodes, selectChargeCodes, type ChargeCodeFilter } from '../../../data/operation/service/select-charge-codes';
export { noteCharged } from '../../../data/operation/service/write-charge-code';
export { changeChargeCodeTerms, type ChangeChargeCodeTermsInput } from './change-charge-code-terms';
export { changeProvisioningAdapter, type ChangeProvisioningAdapterInput } from './change-provisioning-adapter';
export { changeServiceType, type ChangeServiceTypeInput } from './change-service-type';
export { findChargeCodes } from './find-charge-codes';
export { findProvisioningAdapters } from './find-provisioning-adapters';
export { attributeProblems, type AttributeProblem } from './model/attribute-check';
export { SERVICE_REFUSALS, type ServiceRefusal } from './model/refusals';
export { registerChargeCode, type RegisterChargeCodeInput } from './register-charge-code';
export { registerProvisioningAdapter, type RegisterProvisioningAdapterInput } from './register-provisioning-adapter';
export { registerServiceType } from './register-service-type';
export { retireServiceType } from './retire-service-type';
export { CHARGE_KIND_WORDS } from './model/charge-kind-words';
