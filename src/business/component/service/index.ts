export { listServiceTypes, selectServiceTypes, serviceTypeOf } from './service-types';
export { registerServiceTypes } from './register-service-types';
export { identifierMatches, isSafePattern } from './model/identifier-pattern';
export { SERVICE_IDENTIFIER_KINDS, type ServiceIdentifierKind, type ServiceType } from '../../../data/operation/service/service-type';
