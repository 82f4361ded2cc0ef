import {
  changeOrganisation,
  ORGANISATION_KINDS,
  ORGANISATION_REFUSALS,
  type ChangeOrganisationInput,
} from '../../../component/organisation';
import { given, orNone, text, word } from '../written/fields';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Changes what a node is called and is. */
export const changeOrganisationVerb = defineVerb({
  name: 'changeOrganisation',
  refusals: ORGANISATION_REFUSALS,
  input: {
    organisation: handle('organisation'),
    name: text.optional(),
    nameEn: orNone(text).optional(),
    kind: word(ORGANISATION_KINDS).optional(),
    taxNumber: orNone(text).optional(),
  },
  async run(stage, { organisation, ...changes }) {
    const expectedVersion = await stage.versionOf('organisation', organisation);
    const input: ChangeOrganisationInput = { organisationId: stage.idOf(organisation), expectedVersion, ...given(changes) };
    return stage.execute(changeOrganisation, input);
  },
});
