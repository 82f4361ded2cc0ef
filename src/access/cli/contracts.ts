import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildPartnerContract } from '../graphql/partner/partner-contract';
import { buildReportingContract } from '../graphql/reporting/reporting-contract';
import { printContract } from '../graphql/server/build-contract';
import { buildStaffContract } from '../graphql/staff/staff-contract';

/** The contracts as the program has them, by file name under `schema/`. */
export function printContracts(): ReadonlyMap<string, string> {
  return new Map([
    ['staff.graphql', printContract(buildStaffContract())],
    ['reporting.graphql', printContract(buildReportingContract())],
    ['partner.graphql', printContract(buildPartnerContract())],
  ]);
}

/**
 * Writes the contracts to `schema/`. On a release they are also written to `schema/published/`: what clients rely on from
 * then on, and what a later change must not break.
 */
export async function writeContracts(directory: string, publish: boolean): Promise<void> {
  for (const [name, text] of printContracts()) {
    for (const file of [join(directory, name), ...(publish ? [join(directory, 'published', name)] : [])]) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }
}
