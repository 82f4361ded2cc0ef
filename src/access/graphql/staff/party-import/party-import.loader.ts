import type DataLoader from 'dataloader';
import { selectImportJobsById, selectImportRejects, type ImportJob, type ImportReject } from '../../../../business/process/party-import';
import type { Id } from '../../../../kernel/id';
import type { Page, PageRequest } from '../../../../kernel/page';
import type { GraphContext } from '../../server/context';
import { loaderOf, pageLoaderOf } from '../../server/loader';
import { pageKey } from '../../server/page-args';

type ImportJobId = Id<'importJob'>;

export function importJobLoader(context: GraphContext): DataLoader<ImportJobId, ImportJob | undefined> {
  return loaderOf(
    context,
    'importJob',
    (ids: readonly ImportJobId[]) => selectImportJobsById(context, ids),
    (job) => job.id,
  );
}

export function rejectsLoader(context: GraphContext, page: PageRequest): DataLoader<ImportJobId, Page<ImportReject>> {
  return pageLoaderOf(context, `importJob.rejects ${pageKey(page)}`, (ids) => selectImportRejects(context, ids, page));
}
