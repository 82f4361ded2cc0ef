import type { Bench } from './bench';
import { ask, logIn } from './caller';
import { CLERK } from './dataset-access';
import type { UnitStep } from './load/load-messages';
import { productTarget } from './requests';
import { measureWrites } from './write-bench';

const CREATE_CUSTOMER = 'mutation($i:CreateCustomerInput!){createCustomer(input:$i){customer{id} userErrors{code message}}}';
const CREATE_ACCOUNT = 'mutation($i:CreateAccountInput!){createAccount(input:$i){account{id} userErrors{code message}}}';
const OPEN = 'mutation($i:OpenSubscriberInput!){openSubscriber(input:$i){subscriber{id} userErrors{code message}}}';

/** Opens a customer, account and subscriber, to completion. */
export const orderEntry: Bench = {
  name: 'order-entry',
  unit: 'openings/s',
  reference: 'the same rows by one bare transaction, one prepared statement a table',
  needs: { standby: false, history: 2 },
  run: async (stage) => {
    const product = await stage.startProduct('core');
    try {
      const token = await logIn(product.port, CLERK);
      const organisations = await ask({
        port: product.port,
        path: '/graphql',
        token,
        query: '{organisations(first:1,filter:{kind:HALL}){nodes{id}}}',
      });
      const organisationId = /"id":"([^"]+)"/.exec(organisations)?.[1] ?? '';
      const steps: UnitStep[] = [
        {
          query: CREATE_CUSTOMER,
          variables: {
            i: {
              idempotencyKey: 'customer-{{n}}', kind: 'INDIVIDUAL', name: '王小{{n}}', organisationId,
              documents: [{ kind: 'PASSPORT', number: 'E{{tail}}' }], contacts: [{ kind: 'MOBILE', value: '139{{tail}}' }],
            },
          },
          capture: { customer: ['createCustomer', 'customer', 'id'] },
        },
        {
          query: CREATE_ACCOUNT,
          variables: {
            i: {
              idempotencyKey: 'account-{{n}}', customerId: '{{customer}}', name: '默认账户', organisationId, paymentMethod: 'CASH',
              ratingType: 'POSTPAID',
            },
          },
          capture: { account: ['createAccount', 'account', 'id'] },
        },
        {
          query: OPEN,
          variables: {
            i: {
              idempotencyKey: 'open-{{n}}', serviceType: 'MOBILE', organisationId, ownerId: '{{customer}}', accountId: '{{account}}',
              identifier: '199{{tail}}',
            },
          },
          capture: { subscriber: ['openSubscriber', 'subscriber', 'id'] },
        },
      ]; // prettier-ignore
      await stage.load.aim('product', productTarget(product.port, '', [token], []));
      let taken = 0;
      const takeUnits = (count: number) =>
        Array.from({ length: count }, () => {
          taken += 1;
          return { n: String(taken), tail: String(taken).padStart(8, '0') };
        });
      const measured = await measureWrites(stage, { product, target: 'product', steps, takeUnits, unitsPerTurnMax: 10_000 });
      return { ...measured, conditions: { ...measured.conditions, ...stage.conditions() } };
    } finally {
      await product.program.stop();
    }
  },
};
