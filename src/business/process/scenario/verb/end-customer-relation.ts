import { CUSTOMER_REFUSALS, endCustomerRelation, RELATION_KINDS, selectRelations } from '../../../component/customer';
import { newId } from '../../../../kernel/id';
import { word } from '../written/fields';
import { handle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Ends a relation of a customer to another. */
export const endCustomerRelationVerb = defineVerb({
  name: 'endCustomerRelation',
  refusals: CUSTOMER_REFUSALS,
  input: { customer: handle('customer'), related: handle('customer'), kind: word(RELATION_KINDS), from: time.optional() },
  async run(stage, { customer, related, kind, from }) {
    const [customerId, relatedCustomerId] = [stage.idOf(customer), stage.idOf(related)];
    const at = stage.instantOf(from);
    const then = { validAt: at ?? stage.clock.now(), knownAt: null };
    const relations = await selectRelations(stage.context, [customerId], then, 'customer_id');
    const relation = relations.find((one) => one.kind === kind && one.relatedCustomerId === relatedCustomerId);
    // One that nobody has, where there is none: what is refused then is the use case's to say.
    const relationId = relation?.id ?? newId('fact');
    const expectedVersion = await stage.versionOf('customer', customer);
    return stage.execute(endCustomerRelation, { customerId, expectedVersion, relationId, at });
  },
});
