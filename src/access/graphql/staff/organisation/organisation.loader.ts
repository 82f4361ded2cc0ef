import type DataLoader from 'dataloader';
import { selectOrganisationsById, selectPaths, type Organisation } from '../../../../business/component/organisation';
import type { Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { loaderOf } from '../../server/loader';

type OrganisationId = Id<'organisation'>;

export function organisationLoader(context: GraphContext): DataLoader<OrganisationId, Organisation | undefined> {
  return loaderOf(
    context,
    'organisation',
    (ids: readonly OrganisationId[]) => selectOrganisationsById(context, ids),
    (node) => node.id,
  );
}

interface Path {
  readonly id: OrganisationId;
  readonly nodes: readonly Organisation[];
}

/** The nodes from the top of the caller's scope down to each node. */
export function pathLoader(context: GraphContext): DataLoader<OrganisationId, Path | undefined> {
  const read = async (ids: readonly OrganisationId[]): Promise<Path[]> =>
    [...(await selectPaths(context, ids))].map(([id, nodes]) => ({ id, nodes }));
  return loaderOf(context, 'organisation.path', read, (path) => path.id);
}
