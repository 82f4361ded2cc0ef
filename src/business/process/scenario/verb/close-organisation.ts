import { closeOrganisation, ORGANISATION_REFUSALS } from '../../../component/organisation';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Closes a node 撤销组织 at which nothing is managed any more. */
export const closeOrganisationVerb = defineVerb({
  name: 'closeOrganisation',
  refusals: ORGANISATION_REFUSALS,
  input: { organisation: handle('organisation') },
  async run(stage, { organisation }) {
    const expectedVersion = await stage.versionOf('organisation', organisation);
    return stage.execute(closeOrganisation, { organisationId: stage.idOf(organisation), expectedVersion });
  },
});
