import { refusedBy } from '../../../kernel/result';
import { givesNameAway, type NamedCustomer } from '../customer';
import { refuseAccount, type AccountRefusal } from './model/refusals';

/** The name of an account is not masked, so it must not hold that of the person whose account it is; an owner who is not there has none. */
export function checkNameOfOwner(
  name: string,
  field: string,
  owner: NamedCustomer | undefined,
): ReturnType<typeof refusedBy<AccountRefusal>> {
  return refusedBy(owner !== undefined && givesNameAway(name, owner) && refuseAccount('NAME_PERSONAL', field));
}
