import { CLIENTS, type Bench } from './bench';
import { ask, logIn } from './caller';
import { compareAnswers } from './compare-answers';
import { CLERK } from './dataset-access';
import { measurePairs } from './paired-runs';
import { productTarget, referenceTarget } from './requests';
import { tell, type Stage } from './stage';
import { VoidRun } from './void-run';

/** What the generator must reach against the bare server, or it is the generator that is measured. */
const GENERATOR_MIN_PER_SECOND = 10_000;
const GENERATOR_CHECK_SECONDS = 3;

export interface RequestBenchOptions {
  readonly name: string;
  readonly query: string;
  readonly referencePath: string;
  readonly reference: string;
}

/** A bench of one query against a bare server that answers the same. */
export function requestBench({ name, query, referencePath, reference }: RequestBenchOptions): Bench {
  return {
    name,
    unit: 'requests/s',
    reference,
    needs: { standby: false, history: 2 },
    run: async (stage) => {
      const product = await stage.startProduct('core');
      const bare = await stage.startReference();
      try {
        const token = await logIn(product.port, CLERK);
        const numbers = await stage.drawAccessNumbers(stage.scale.keys);
        const compared = await compareAnswers(
          numbers.slice(0, stage.scale.compared),
          (n) => ask({ port: product.port, path: '/graphql', token, query, variables: { n } }),
          async (n) => (await fetch(`http://127.0.0.1:${bare.port}${referencePath}${n}`)).text(),
        );
        tell(`${compared.answers} answers are equal`);
        await stage.load.aim('product', productTarget(product.port, query, [token], numbers));
        await stage.load.aim('reference', referenceTarget(bare.port, referencePath, numbers));
        const generator = await checkGenerator(stage, bare.port, numbers);
        const loop = { clients: CLIENTS, rampSeconds: 0, disconnect: false };
        const measured = await measurePairs(
          stage,
          { name: 'product', loop: { target: 'product', ...loop }, program: product.program },
          { name: 'reference', loop: { target: 'reference', ...loop }, program: bare.program },
        );
        const conditions = {
          clients: CLIENTS,
          keys: numbers.length,
          comparedAnswers: compared,
          rowsPerRequest: { product: 1, reference: 1 },
          ...generator,
        };
        return { ...measured, conditions: { ...conditions, ...measured.conditions, ...stage.conditions() } };
      } finally {
        await product.program.stop();
        await bare.program.stop();
      }
    },
  };
}

/**
 * Lets the generator ask the bare server for its cheapest answer.
 * @throws VoidRun when it is too slow to measure with; a small run only says so
 */
export async function checkGenerator(
  stage: Stage,
  barePort: number,
  numbers: readonly string[],
): Promise<{ readonly generatorPerSecond: number }> {
  await stage.load.aim('generator check', referenceTarget(barePort, '/point-read/', numbers));
  const run = {
    kind: 'closed',
    target: 'generator check',
    clients: CLIENTS,
    rampSeconds: stage.scale.warmUpSeconds,
    disconnect: true,
  } as const;
  const seconds = stage.scale.small ? 1 : GENERATOR_CHECK_SECONDS;
  const { requests } = await stage.load.run({ ...run, seconds });
  const perSecond = Math.round(requests / seconds);
  tell(`the generator reaches ${perSecond}/s against the bare server`);
  if (perSecond < GENERATOR_MIN_PER_SECOND && !stage.scale.small) {
    throw new VoidRun(`the generator reached only ${perSecond}/s against the bare server, ${GENERATOR_MIN_PER_SECOND}/s are needed`);
  }
  return { generatorPerSecond: perSecond };
}
