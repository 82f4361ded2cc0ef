import type { UseCase } from '../../execute';
import {
  lockAuthority,
  writeAuthority,
  type AuthorityKind,
  type DiscountAuthority,
} from '../../../data/operation/discount/discount-authority';
import type { Id } from '../../../kernel/id';
import type { Money } from '../../../kernel/money';
import { ok } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { EVERY_LINE, operatorNode, operatorParameters } from '../organisation';
import { checkLimit } from './check-limit';
import { refuseDiscount, type DiscountRefusal } from './refusals';

export interface SetDiscountAuthorityInput {
  readonly roleId: Id<'role'>;
  readonly kind: AuthorityKind;
  /** 0 while nothing is said of it. */
  readonly expectedVersion: number;
  /** Of one order; null: no limit of its own. */
  readonly amount: Money | null;
  /** Of the order's one-time and first-period charges; null: no limit of its own. */
  readonly basisPoints: number | null;
}

/**
 * Says how much holders of a role may give away on one order 设置优惠权限, at the nodes of their grants; an amount of zero takes it away.
 * A role is the whole operator's: who says it holds the permission at the root.
 */
export const setDiscountAuthority: UseCase<SetDiscountAuthorityInput, { roleId: Id<'role'>; kind: AuthorityKind }, DiscountRefusal> = {
  name: 'setDiscountAuthority',
  permission: 'catalogue:release',
  constraints: { discount_authority_role_id_fkey: () => refuseDiscount('ROLE_NOT_FOUND', 'roleId') },
  async run(unit, { roleId, kind, expectedVersion, amount, basisPoints }) {
    const root = await operatorNode(unit, 'catalogue:release', refuseDiscount, { field: 'roleId', line: EVERY_LINE });
    if (!root.ok) return root;
    if (basisPoints !== null && !(Number.isInteger(basisPoints) && basisPoints >= 0 && basisPoints <= 10_000)) {
      return refuseDiscount('BASIS_POINTS_INVALID', 'basisPoints');
    }
    const refused = amount === null ? undefined : await checkLimit(unit, amount, 'amount');
    if (refused !== undefined) return refused;
    const { currency } = await operatorParameters(unit);
    const earlier = await lockAuthority(unit.transaction, roleId, kind);
    const version = earlier?.version ?? 0;
    if (version !== expectedVersion) return refuseDiscount('STALE_VERSION', 'expectedVersion', { version });
    const said: DiscountAuthority = { roleId, kind, currency, amountMinor: amount?.amountMinor ?? null, basisPoints, version };
    const next = await writeAuthority(unit.transaction, said, unit.now);
    // Nothing was said yet, and someone else said it meanwhile.
    if (next === undefined) return refuseDiscount('STALE_VERSION', 'expectedVersion', { version: 1 });
    const subject = { subjectKind: 'role', subjectId: roleId } as const;
    const before = { discountAuthority: earlier === undefined ? null : shown(earlier) };
    unit.audit({ ...subject, organisationId: root.value, before, after: { discountAuthority: shown(said) } });
    unit.emit({ type: 'RoleAttributeValueChangeEvent', ...subject, payload: { discountAuthority: shown(said) } });
    return ok({ roleId, kind });
  },
};

function shown({ kind, currency, amountMinor, basisPoints }: DiscountAuthority): Json {
  return { kind, currency, amountMinor: amountMinor?.toString() ?? null, basisPoints };
}
