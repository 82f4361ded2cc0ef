import { STAFF_REFUSALS } from '../../../component/staff';
import { list, text } from '../written/fields';
import { handle, managedAt } from '../written/handle';
import { defineVerb } from '../verb';
import { grantByCode } from '../grant-by-code';

/** Grants a role 授权 at a node and below it, for all lines of business or for some. */
export const grantRoleVerb = defineVerb({
  name: 'grantRole',
  refusals: STAFF_REFUSALS,
  input: {
    staff: handle('staff'),
    role: text,
    organisation: managedAt,
    linesOfBusiness: list(text).optional(),
  },
  run: (stage, { linesOfBusiness = null, ...grant }) => grantByCode(stage, { ...grant, linesOfBusiness }),
});
