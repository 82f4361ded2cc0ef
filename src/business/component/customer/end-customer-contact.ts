import type { UseCase } from '../../execute';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CustomerChange } from './customer-to-change';
import { endFact } from './end-fact';
import type { CustomerRefusal } from './model/refusals';

export interface EndCustomerContactInput extends CustomerChange {
  readonly contactId: Id<'fact'>;
  /** Now, when not given. */
  readonly at?: Instant | null;
}

/** Ends a way to reach a customer 联系方式 at an instant. */
export const endCustomerContact: UseCase<EndCustomerContactInput, { customerId: Id<'customer'> }, CustomerRefusal> = {
  name: 'endCustomerContact',
  permission: 'customer:write',
  run: (unit, input) => endFact(unit, input, { fact: 'contacts', factId: input.contactId, at: input.at, field: 'contactId' }),
};
