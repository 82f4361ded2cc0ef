import type { Actor, ReadContext } from '../../context';
import { AUTHORITY_KINDS, selectLimits, type AuthorityKind } from '../../../data/operation/discount/discount-authority';
import { decodeId, type Id } from '../../../kernel/id';
import { selectRolesHeldAt } from '../staff';
import type { Authority, AuthorityLimit } from './model/authority';

/**
 * What the caller may give away by hand at a node 优惠权限: what his roles there allow, of those grants that hold for all the lines of
 * business given. The system may give away anything, a partner nothing.
 */
export async function authorityOf(
  context: Pick<ReadContext, 'sql'> & { readonly actor: Actor },
  organisationId: Id<'organisation'>,
  lines: readonly string[] = [],
): Promise<Authority> {
  const { actor } = context;
  if (actor.kind === 'SYSTEM') return authority(() => [{ amountMinor: null, basisPoints: null }]);
  const staffId = actor.kind === 'STAFF' ? decodeId('staff', actor.id) : undefined;
  if (staffId === undefined) return authority(() => []);
  const limits = await selectLimits(context, await selectRolesHeldAt(context, staffId, organisationId, lines));
  return authority((kind) =>
    limits.filter((limit) => limit.kind === kind).map(({ amountMinor, basisPoints }) => ({ amountMinor, basisPoints })),
  );
}

function authority(limitsOf: (kind: AuthorityKind) => readonly AuthorityLimit[]): Authority {
  return Object.fromEntries(AUTHORITY_KINDS.map((kind) => [kind, limitsOf(kind)])) as unknown as Authority;
}
