import { selectVersionsOf, type ReleasedVersion } from '../../component/product';
import { StepMistake } from './problem';
import type { Stage } from './stage';
import type { Handle } from './written/handle';

/** How many versions of one product or discount are looked through for a number. */
const VERSIONS_MAX = 200;

/** A version of a product or a discount by its number; the latest, when none is given. */
export async function versionOf<Kind extends 'product' | 'discount'>(
  stage: Stage,
  owner: Handle<Kind>,
  number?: number,
): Promise<ReleasedVersion<Kind>> {
  const id = stage.idOf(owner);
  const page = { first: number === undefined ? 1 : VERSIONS_MAX, after: null };
  const versions = (await selectVersionsOf(stage.context, owner.kind, [id], page)).get(id)?.rows ?? [];
  const found = number === undefined ? versions[0] : versions.find((version) => version.number === number);
  if (found === undefined)
    throw new StepMistake([owner.kind], `${owner.name} has no ${number === undefined ? 'version' : `version ${number}`} yet`);
  return found;
}
