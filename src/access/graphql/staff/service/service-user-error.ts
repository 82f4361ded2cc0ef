import { SERVICE_REFUSALS } from '../../../../business/component/service';
import { userErrorType } from '../../server/mutation';

/** Of service types, provisioning adapters and charge codes. */
export const ServiceUserError = userErrorType('Service', SERVICE_REFUSALS);
