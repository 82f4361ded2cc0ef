import type { ReadContext } from '../../context';
import { LEDGER_FAULTS, selectLedgerFaults, type LedgerFault } from '../../../data/operation/ledger/select-ledger-faults';

/** How many faults an audit tells of each kind. */
const FAULTS_MAX = 100;

/**
 * Proves that the books agree 对账: each entry balanced and whole, each balance the sum of its lines, each mirror exact, each
 * account charged in one currency; and tells where not: nowhere, unless rows were written past the triggers. Each kind is looked
 * for in one snapshot, so that business may go on.
 */
export async function auditLedger({ sql }: Pick<ReadContext, 'sql'>): Promise<readonly LedgerFault[]> {
  const faults: LedgerFault[] = [];
  for (const kind of LEDGER_FAULTS) faults.push(...(await selectLedgerFaults(sql, kind, FAULTS_MAX)));
  return faults;
}
