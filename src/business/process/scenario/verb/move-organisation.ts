import { moveOrganisation, ORGANISATION_REFUSALS } from '../../../component/organisation';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Hangs a node, with all below it, under another 组织调整. */
export const moveOrganisationVerb = defineVerb({
  name: 'moveOrganisation',
  refusals: ORGANISATION_REFUSALS,
  input: { organisation: handle('organisation'), below: handle('organisation') },
  async run(stage, { organisation, below }) {
    const expectedVersion = await stage.versionOf('organisation', organisation);
    return stage.execute(moveOrganisation, { organisationId: stage.idOf(organisation), parentId: stage.idOf(below), expectedVersion });
  },
});
