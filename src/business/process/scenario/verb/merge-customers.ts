import { CUSTOMER_REFUSALS } from '../../../component/customer';
import { mergeCustomers } from '../../merge-customers';
import { handle } from '../written/handle';
import { defineVerb } from '../verb';

/** Makes one customer of two 客户合并. */
export const mergeCustomersVerb = defineVerb({
  name: 'mergeCustomers',
  refusals: CUSTOMER_REFUSALS,
  input: { survivor: handle('customer'), merged: handle('customer') },
  async run(stage, { survivor, merged }) {
    const survivorVersion = await stage.versionOf('customer', survivor);
    const mergedVersion = await stage.versionOf('customer', merged);
    const ids = { survivorId: stage.idOf(survivor), mergedId: stage.idOf(merged) };
    return stage.execute(mergeCustomers, { ...ids, survivorVersion, mergedVersion });
  },
});
