import type { UseCase } from '../../execute';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CustomerChange } from './customer-to-change';
import { endFact } from './end-fact';
import type { CustomerRefusal } from './model/refusals';

export interface EndCustomerDocumentInput extends CustomerChange {
  readonly documentId: Id<'fact'>;
  /** Now, when not given. */
  readonly at?: Instant | null;
}

/** Ends an identity document 证件 at an instant. */
export const endCustomerDocument: UseCase<EndCustomerDocumentInput, { customerId: Id<'customer'> }, CustomerRefusal> = {
  name: 'endCustomerDocument',
  permission: 'customer:write',
  run: (unit, input) => endFact(unit, input, { fact: 'documents', factId: input.documentId, at: input.at, field: 'documentId' }),
};
