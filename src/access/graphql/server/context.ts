import type DataLoader from 'dataloader';
import type { CallContext } from '../../../business/context';
import type { UseCase } from '../../../business/execute';
import type {
  BatchMoved,
  BatchRefusal,
  BatchToBegin,
  RecordBatchPaymentInput,
  RecordedBatchPayment,
} from '../../../business/process/order-batch';
import type { ImportRefusal, StartedImportJob } from '../../../business/process/party-import';
import type { Id } from '../../../kernel/id';
import type { Authentication, Principal } from '../../../business/component/staff';
import type { Instant } from '../../../kernel/clock';
import type { AccountedRequest } from './incoming-request';

/** Makes passwords and secrets ready for use cases, before their unit of work begins. */
export type Credentials = Pick<Authentication, 'preparePassword' | 'provePassword' | 'draftClientSecret' | 'revealClientSecret'>;

/** How batches of orders and their payments are handed to a worker. */
export interface OrderBatchServices {
  readonly start: UseCase<BatchToBegin, BatchMoved, BatchRefusal>;
  readonly pay: UseCase<RecordBatchPaymentInput, RecordedBatchPayment, BatchRefusal>;
}

export interface ImportServices {
  readonly directory: string;
  readonly start: UseCase<{ readonly importJobId: Id<'importJob'> }, StartedImportJob, ImportRefusal>;
  readonly batches: OrderBatchServices;
}

/** What every resolver of a core contract receives: the call, who calls, and the loaders of this one request. */
export interface GraphContext extends CallContext, AccountedRequest {
  readonly tally: CallContext['tally'];
  readonly principal: Principal;
  readonly credentials: Credentials;
  /** The instant of the request; moved on by each mutation, so that what began with it is seen in its answer. */
  now: Instant;
  /** DataLoaders by name; emptied by each mutation, so that what it answers is read after it. */
  readonly loaders: Map<string, DataLoader<unknown, unknown>>;
  /** Where uploaded files lie, and how an import is handed to a worker; absent where this process takes none. */
  readonly imports: ImportServices | undefined;
}

/** The published contracts. A request without valid credentials gets no context: the route answers it. */
export type ContractName = 'staff' | 'reporting' | 'partner';
