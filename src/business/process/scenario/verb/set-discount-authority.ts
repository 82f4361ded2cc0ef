import { AUTHORITY_KINDS, DISCOUNT_REFUSALS, selectAuthorityOfRoles, setDiscountAuthority } from '../../../component/discount';
import { operatorParameters } from '../../../component/organisation';
import { StepMistake } from '../problem';
import { roleByCode } from '../role-by-code';
import { amount, orNone, text, whole, word } from '../written/fields';
import { defineVerb } from '../verb';

/** Says how much holders of a role may give away on one order 设置优惠权限. */
export const setDiscountAuthorityVerb = defineVerb({
  name: 'setDiscountAuthority',
  refusals: DISCOUNT_REFUSALS,
  input: {
    role: text,
    kind: word(AUTHORITY_KINDS),
    amount: orNone(amount).default(null),
    basisPoints: orNone(whole(-99_999, 99_999)).default(null),
  },
  async run(stage, { role: code, kind, amount: written, basisPoints }) {
    const { id: roleId } = await roleByCode(stage, code);
    const read = written?.in((await operatorParameters(stage.context)).currency) ?? { money: null };
    if ('reason' in read) throw new StepMistake(['amount'], read.reason);
    const said = (await selectAuthorityOfRoles(stage.context, [roleId])).find((one) => one.kind === kind);
    return stage.execute(setDiscountAuthority, { roleId, kind, expectedVersion: said?.version ?? 0, amount: read.money, basisPoints });
  },
});
