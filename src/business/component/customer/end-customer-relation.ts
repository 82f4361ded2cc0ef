import type { UseCase } from '../../execute';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CustomerChange } from './customer-to-change';
import { endFact } from './end-fact';
import type { CustomerRefusal } from './model/refusals';

/** `customerId` is the customer that has the relation, not the one that it is related to. */
export interface EndCustomerRelationInput extends CustomerChange {
  readonly relationId: Id<'fact'>;
  /** Now, when not given. */
  readonly at?: Instant | null;
}

/** Ends a relation between customers at an instant. */
export const endCustomerRelation: UseCase<EndCustomerRelationInput, { customerId: Id<'customer'> }, CustomerRefusal> = {
  name: 'endCustomerRelation',
  permission: 'customer:write',
  run: (unit, input) => endFact(unit, input, { fact: 'relations', factId: input.relationId, at: input.at, field: 'relationId' }),
};
