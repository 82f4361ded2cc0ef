import type { UseCase } from '../../execute';
import type { RelationKind } from '../../../data/operation/customer/customer-facts';
import { lockCustomers } from '../../../data/operation/customer/write-customer';
import { countFactsInForce, insertRelation, isItsOwnParent, lockParents } from '../../../data/operation/customer/write-customer-facts';
import type { Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { periodOf } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { changeable, type CustomerChange } from './customer-to-change';
import { RELATIONS_MAX } from './model/checks';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';
import { recordChange } from './record-change';

/** `customerId` gets `relatedCustomerId` as its parent, family member, employer, agent or guarantor. */
export interface RelateCustomersInput extends CustomerChange {
  readonly relatedCustomerId: Id<'customer'>;
  readonly kind: RelationKind;
  /** Now, when not given. */
  readonly validFrom?: Instant | null;
  readonly validTo?: Instant | null;
}

type Output = { customerId: Id<'customer'>; relationId: Id<'fact'> };

/** Relates two customers in scope 客户关系 for a time. A parent cannot come to stand below its own child at any instant. */
export const relateCustomers: UseCase<RelateCustomersInput, Output, CustomerRefusal> = {
  name: 'relateCustomers',
  permission: 'customer:write',
  constraints: {
    customer_relation_overlaps: () => refuseCustomer('RELATION_EXISTS', 'relatedCustomerId'),
    customer_one_parent: () => refuseCustomer('RELATION_EXISTS', 'relatedCustomerId'),
  },
  async run(unit, input) {
    const { customerId, relatedCustomerId, kind } = input;
    if (customerId === relatedCustomerId) return refuseCustomer('RELATION_TO_ITSELF', 'relatedCustomerId');
    const valid = periodOf(input.validFrom, input.validTo, unit.now);
    if (valid === undefined) return refuseCustomer('INVALID_PERIOD', 'validTo');
    const locked = new Map((await lockCustomers(unit, [customerId, relatedCustomerId], 'customer:write')).map((one) => [one.id, one]));
    const customer = changeable(locked.get(customerId), input.expectedVersion);
    if (!customer.ok) return customer;
    const related = locked.get(relatedCustomerId);
    if (related === undefined) return refuseCustomer('NOT_FOUND', 'relatedCustomerId');
    if (related.status !== 'ACTIVE') return refuseCustomer('NOT_ACTIVE', 'relatedCustomerId');
    if ((await countFactsInForce(unit.transaction, 'relations', customerId, unit.now)) >= RELATIONS_MAX) {
      return refuseCustomer('TOO_MANY', 'relatedCustomerId', { max: RELATIONS_MAX });
    }
    if (kind === 'PARENT') await lockParents(unit.transaction);
    const relationId = await insertRelation(unit.transaction, { customerId, relatedCustomerId, kind }, valid, unit.now);
    if (kind === 'PARENT' && (await isItsOwnParent(unit.transaction, customerId, valid.from))) {
      return refuseCustomer('RELATION_CYCLE', 'relatedCustomerId');
    }
    await recordChange(unit, customer.value, {
      before: null,
      after: {
        relation: { id: relationId, relatedCustomerId, kind, validFrom: valid.from.toString(), validTo: valid.to?.toString() ?? null },
      },
      event: 'CustomerAttributeValueChangeEvent',
      payload: { changed: ['relations'], relatedCustomerId, kind },
    });
    return ok({ customerId, relationId });
  },
};
