import { POOL_SIZE, type Bench } from './bench';
import { makeLogIns } from './many-log-ins';
import { measurePairs } from './paired-runs';
import { checkGenerator } from './request-bench';
import { POINT_READ_QUERY, productTarget } from './requests';
import { tell } from './stage';
import { VoidRun } from './void-run';

/** Clients of the reference. */
const FEW = 50;

/** Many terminals on few database connections: each socket has a log-in of its own. */
export const terminals: Bench = {
  name: 'terminals',
  unit: 'requests/s',
  reference: `point-read with ${FEW} clients`,
  needs: { standby: false, history: 2 },
  run: async (stage) => {
    const many = stage.scale.terminals;
    const product = await stage.startProduct('core');
    const bare = await stage.startReference();
    try {
      const tokens = await makeLogIns(stage.url, stage.signingKey, many);
      const numbers = await stage.drawAccessNumbers(stage.scale.keys);
      const generator = await checkGenerator(stage, bare.port, numbers);
      await bare.program.stop();
      await stage.load.aim('many', productTarget(product.port, POINT_READ_QUERY, tokens, numbers));
      await stage.load.aim('few', productTarget(product.port, POINT_READ_QUERY, tokens.slice(0, FEW), numbers));
      // Closed in between, so that the few are measured without the others' sockets; the ramp is for opening them again.
      const loop = { rampSeconds: Math.min(2, stage.scale.pairSeconds), disconnect: true };
      const measured = await measurePairs(
        stage,
        { name: 'terminals', loop: { target: 'many', clients: many, ...loop }, program: product.program },
        { name: 'fewClients', loop: { target: 'few', clients: FEW, ...loop }, program: product.program },
      );
      const connections = await stage.countConnections('sanhu-core');
      tell(`the product has ${connections} connections to the primary`);
      if (connections > POOL_SIZE) throw new VoidRun(`the product has ${connections} connections to the primary`);
      const conditions = {
        terminals: many,
        logIns: tokens.length,
        keys: numbers.length,
        coreConnections: connections,
        errors: 0,
        ...generator,
      };
      return { ...measured, conditions: { ...conditions, ...measured.conditions, ...stage.conditions() } };
    } finally {
      await product.program.stop();
      await bare.program.stop();
    }
  },
};
