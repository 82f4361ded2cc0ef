import { auditLedger } from '../../business/component/ledger';
import { selectBundleFaults } from '../../business/component/product';
import { auditPartySummary } from '../../business/component/report';
import type { CoreDatabase } from '../../business/context';
import { FULFILMENT_FAULTS, selectFulfilmentFaults, type FulfilmentFault } from '../../business/view/fulfilment';
import { selectStockDifferences } from '../../business/view/number-stock';
import type { Clock } from '../../kernel/clock';
import { stableJson } from '../../kernel/stable-json';

/** How many of a kind are told: whoever repairs them asks again. */
export const FAULTS_TOLD_MAX = 1_000;

/** One thing that is proved: what is wrong with it, a line each, and the sentence that sums it up. */
interface Audit {
  readonly faults: readonly string[];
  readonly agrees: string;
  /** Behind the number of faults. */
  readonly differs: string;
}

/**
 * Proves that what is kept twice agrees 稽核: summaries, books, numbers, orders on the network, members of bundles. Each audit is told as
 * soon as it is done.
 * @returns whether everything agrees
 */
export async function auditAll(database: CoreDatabase, clock: Clock, tell: (text: string) => void): Promise<boolean> {
  const sql = database.reader();
  const now = clock.now();
  const audits: readonly (() => Promise<Audit>)[] = [
    () => auditSummaries(database, tell),
    async () => ({
      faults: (await auditLedger({ sql })).map(stableJson),
      agrees: 'The books of the ledger agree.',
      differs: 'faults in the ledger.',
    }),
    async () => ({
      faults: (await selectStockDifferences({ sql, now }, FAULTS_TOLD_MAX)).map((difference) => JSON.stringify(difference)),
      agrees: 'The stock of numbers agrees with the subscribers.',
      differs: 'numbers differ.',
    }),
    async () => ({
      faults: (await selectFulfilmentFaults({ sql, now }, FAULTS_TOLD_MAX)).map(fulfilmentFaultText),
      agrees: 'Orders agree with what the network is told.',
      differs: 'orders do not agree with what the network is told.',
    }),
    async () => ({
      faults: (await selectBundleFaults({ sql }, FAULTS_TOLD_MAX)).map((fault) => JSON.stringify(fault)),
      agrees: 'The members of bundles agree with what they hold.',
      differs: 'members differ.',
    }),
  ];
  let good = true;
  for (const audit of audits) {
    const { faults, agrees, differs } = await audit();
    for (const fault of faults) tell(`${fault}\n`);
    tell(faults.length === 0 ? `${agrees}\n` : `${faults.length} ${differs}\n`);
    good &&= faults.length === 0;
  }
  return good;
}

async function auditSummaries(database: CoreDatabase, tell: (text: string) => void): Promise<Audit> {
  const { differences, timeZones } = await auditPartySummary({ sql: database.reader() });
  const { timeZone, operatorTimeZone } = timeZones;
  if (timeZone !== operatorTimeZone) {
    tell(`The days of movement are those of ${timeZone}, not of ${operatorTimeZone}: run sanhu audit --rebuild.\n`);
  }
  return { faults: differences.map(stableJson), agrees: 'The summaries agree with the parties.', differs: 'differences.' };
}

/** What is wrong with an order that the network has a part in. */
export function fulfilmentFaultText({ orderNo, state, fault, detail }: FulfilmentFault): string {
  return `${orderNo} (${state}): ${FULFILMENT_FAULTS[fault]}${detail === null ? '' : `, ${detail}`}`;
}
