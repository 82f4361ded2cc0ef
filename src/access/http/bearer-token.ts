import type { Principal } from '../../business/component/staff';
import { Failure } from '../../kernel/failure';
import { when } from '../../kernel/maybe-promise';

type Verify = (token: string) => Principal | Promise<Principal>;

/** Reads the bearer token; each contract is for one kind of caller. */
export function authenticateAs(
  kind: Principal['kind'],
  verify: Verify,
): (authorization: string | undefined) => Principal | Promise<Principal> {
  const check = (principal: Principal): Principal => {
    if (principal.kind !== kind) throw new Failure('FORBIDDEN', 'This contract is not for this kind of caller.');
    return principal;
  };
  return (authorization) => {
    const token = authorization?.startsWith('Bearer ') === true ? authorization.slice(7) : '';
    if (token === '') throw new Failure('UNAUTHENTICATED', 'Log in, and send Authorization: Bearer <access token>.');
    const found = verify(token);
    return when(found, check);
  };
}
