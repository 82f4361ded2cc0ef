import { createOrganisation, ORGANISATION_KINDS, ORGANISATION_REFUSALS } from '../../../component/organisation';
import { text, word } from '../written/fields';
import { managedAt, newHandle } from '../written/handle';
import { defineVerb } from '../verb';

/** Adds a node 组织 to the operator's tree. */
export const createOrganisationVerb = defineVerb({
  name: 'createOrganisation',
  section: 'parties.organisations',
  refusals: ORGANISATION_REFUSALS,
  input: {
    handle: newHandle('organisation'),
    kind: word(ORGANISATION_KINDS),
    below: managedAt,
    code: text.optional(),
    name: text.optional(),
    nameEn: text.optional(),
    taxNumber: text.optional(),
  },
  run(stage, { handle: node, kind, below, code, name, nameEn = null, taxNumber = null }) {
    const named = { code: code ?? node.name.toUpperCase(), name: name ?? node.name, nameEn };
    const input = { ...named, kind, taxNumber, organisationId: stage.idOf(below) };
    return stage.bring(node, createOrganisation, input, ({ organisationId }) => organisationId);
  },
});
