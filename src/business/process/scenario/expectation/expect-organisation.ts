import { ORGANISATION_KINDS, ORGANISATION_STATUSES, selectOrganisationsById } from '../../../component/organisation';
import { defineExpectation } from '../expectation';
import { orNone, text, word } from '../written/fields';
import { handle, NONE } from '../written/handle';

/** What a node 组织 is, and below which it hangs. */
export const organisationExpectation = defineExpectation({
  subject: 'organisation',
  undated: ['status', 'kind', 'code', 'name', 'below'],
  shape: {
    status: word(ORGANISATION_STATUSES).optional(),
    kind: word(ORGANISATION_KINDS).optional(),
    code: text.optional(),
    name: text.optional(),
    below: orNone(handle('organisation')).optional(),
  },
  async actual(stage, subject) {
    const [node] = await selectOrganisationsById(stage.context, [stage.idOf(subject)]);
    return {
      status: node?.status ?? NONE,
      kind: node?.kind ?? NONE,
      code: node?.code ?? NONE,
      name: node?.name ?? NONE,
      below: stage.nameOf('organisation', node?.parentId),
    };
  },
});
