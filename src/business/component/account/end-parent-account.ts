import type { UseCase } from '../../execute';
import { lockParents, writeParent } from '../../../data/operation/account/write-account-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { periodOf } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { accountToChange, type AccountChange } from './account-to-change';
import { refuseAccount, type AccountRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface EndParentAccountInput extends AccountChange {
  /** Now, when not given. */
  readonly at?: Instant | null;
}

/** From an instant on, an account stands below none. */
export const endParentAccount: UseCase<EndParentAccountInput, { accountId: Id<'account'> }, AccountRefusal> = {
  name: 'endParentAccount',
  permission: 'account:write',
  async run(unit, input) {
    const valid = periodOf(input.at, null, unit.now);
    if (valid === undefined) return refuseAccount('INVALID_PERIOD', 'at');
    const account = await accountToChange(unit, input);
    if (!account.ok) return account;
    await lockParents(unit.transaction);
    const before = await writeParent(unit.transaction, account.value.id, null, valid, unit.now);
    if (before.length === 0) return refuseAccount('NO_PARENT', 'at');
    await recordChange(unit, account.value, {
      before: { parents: before },
      after: { parentEndedAt: valid.from.toString() },
      event: 'AccountAttributeValueChangeEvent',
      payload: { changed: ['parent'] },
    });
    return ok({ accountId: account.value.id });
  },
};
