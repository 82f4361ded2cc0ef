import { POOL_SIZE, type Bench } from './bench';
import { makeLogIns } from './many-log-ins';
import { measurePairs } from './paired-runs';
import { checkGenerator } from './request-bench';
import { POINT_READ_QUERY, productTarget, referenceTarget } from './requests';
import { tell, type Stage } from './stage';
import { median, round } from './statistics';
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
      const bareServer = await measureBare(stage, bare.port, numbers, many);
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
        bareServer,
        ...generator,
      };
      return { ...measured, conditions: { ...conditions, ...measured.conditions, ...stage.conditions() } };
    } finally {
      await product.program.stop();
      await bare.program.stop();
    }
  },
};

/** What as many sockets cost a bare `node:http` server on this machine: no part of the ratio, but what it has to be seen beside. */
async function measureBare(stage: Stage, port: number, numbers: readonly string[], many: number) {
  await stage.load.aim('bare', referenceTarget(port, '/point-read/', numbers));
  const measure = async (clients: number): Promise<number> => {
    const { pairSeconds: seconds } = stage.scale;
    const rampSeconds = Math.min(2, seconds);
    const { requests } = await stage.load.run({ kind: 'closed', target: 'bare', clients, rampSeconds, seconds, disconnect: true });
    return requests / seconds;
  };
  const pairs: { readonly manyClients: number; readonly fewClients: number }[] = [];
  for (let nth = 0; nth < Math.min(3, stage.scale.pairs); nth += 1) {
    pairs.push({ manyClients: Math.round(await measure(many)), fewClients: Math.round(await measure(FEW)) });
  }
  const ratios = pairs.map(({ manyClients, fewClients }) => round(manyClients / fewClients, 3));
  tell(`a bare server with ${many} clients has ${ratios.join(', ')} of what it has with ${FEW}`);
  return { pairs, ratio: round(median(ratios), 3) };
}
