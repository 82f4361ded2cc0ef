import type { Bench } from './bench';
import { ask, logIn } from './caller';
import { CLERK } from './dataset-access';
import { orderSteps, orderValues } from './order-unit';
import { productTarget } from './requests';
import { measureWrites } from './write-bench';

/** Opens a customer, an account and three subscribers in a bundle, to completion. */
export const orderEntry: Bench = {
  name: 'order-entry',
  unit: 'openings/s',
  reference: 'the same rows by one bare transaction, one prepared statement a table',
  needs: { standby: false, history: 2 },
  run: async (stage) => {
    const product = await stage.startProduct('core');
    try {
      const token = await logIn(product.port, CLERK);
      const halls = await readHalls(product.port, token);
      await stage.load.aim('product', productTarget(product.port, '', [token], []));
      let taken = 0;
      const takeUnits = (count: number) =>
        Array.from({ length: count }, () => {
          taken += 1;
          return orderValues(taken, halls);
        });
      const measured = await measureWrites(stage, { product, target: 'product', steps: orderSteps(), takeUnits, unitsPerTurnMax: 10_000 });
      return { ...measured, conditions: { ...measured.conditions, ...stage.conditions() } };
    } finally {
      await product.program.stop();
    }
  },
};

/** The ids of the halls, as a clerk reads them. */
export async function readHalls(port: number, token: string): Promise<readonly string[]> {
  const query = '{organisations(first:100,filter:{kind:HALL}){nodes{id}}}';
  const { data } = JSON.parse(await ask({ port, path: '/graphql', token, query })) as {
    data: { organisations: { nodes: { id: string }[] } };
  };
  return data.organisations.nodes.map(({ id }) => id);
}
