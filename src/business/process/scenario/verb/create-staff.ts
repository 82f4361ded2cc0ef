import { createStaff, STAFF_REFUSALS } from '../../../component/staff';
import { text } from '../written/fields';
import { managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';
import { grantByCode } from '../grant-by-code';

/** Takes on a member of staff 员工, who can then be named by a step's `by`; with a role, if one is given, at his node. */
export const createStaffVerb = defineVerb({
  name: 'createStaff',
  section: 'parties.staff',
  refusals: STAFF_REFUSALS,
  input: {
    handle: newHandle('staff'),
    loginName: text.optional(),
    name: text.optional(),
    organisation: managedAt,
    role: text.optional(),
  },
  async run(stage, { handle: staff, loginName, name, organisation, role }) {
    const input = { loginName: loginName ?? staff.name, name: name ?? staff.name, organisationId: stage.idOf(organisation) };
    const created = await stage.bring(staff, createStaff, input, ({ staffId }) => staffId);
    return created.ok && role !== undefined ? grantByCode(stage, { staff, role, organisation, linesOfBusiness: null }) : created;
  },
});
