import { selectVersionsOf, type ReleasedVersion } from '../../component/product';
import { StepMistake } from './problem';
import type { Stage } from './stage';
import type { Handle } from './written/handle';

/** How many versions of one product are looked through for a number. */
const VERSIONS_MAX = 200;

/** A version of a product by its number; the latest, when none is given. */
export async function versionOfProduct(stage: Stage, product: Handle<'product'>, number?: number): Promise<ReleasedVersion<'product'>> {
  const id = stage.idOf(product);
  const page = { first: number === undefined ? 1 : VERSIONS_MAX, after: null };
  const versions = (await selectVersionsOf(stage.context, 'product', [id], page)).get(id)?.rows ?? [];
  const found = number === undefined ? versions[0] : versions.find((version) => version.number === number);
  if (found === undefined)
    throw new StepMistake(['product'], `${product.name} has no ${number === undefined ? 'version' : `version ${number}`} yet`);
  return found;
}
