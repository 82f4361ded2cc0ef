import type { Unit } from '../../context';
import { operatorParameters, searchOrganisations } from '../../component/organisation';
import type { ImportJob } from '../../../data/operation/party-import/import-job';
import { newId, type Id } from '../../../kernel/id';
import { systemScope } from '../../../kernel/scope';
import { partyProblems, type Parties, type PartyProblem } from '../bulk-opening';
import { assignIdentifiers } from './assign-identifiers';
import { toProblem, type RowProblem } from './check-columns';
import { fieldOf } from './draft-parties';
import type { NewRow, RejectedRow } from './judge-rows';
import type { MappedIdentifier, MappedValue, Mapping } from './mapping';
import { refuseRow } from './refusals';

/** A row as the parties that it becomes. */
export interface PlacedRow {
  readonly row: NewRow;
  readonly customerId: Id<'customer'>;
  readonly parties: Parties;
}

export interface PlacedRows {
  readonly placed: readonly PlacedRow[];
  readonly rejected: readonly RejectedRow[];
}

/**
 * Gives new rows their nodes, identifiers and ids, and sorts out those that the components would refuse. A row that is sorted
 * out frees the identifiers that it asked for, so the others are checked once more without it.
 */
export async function placeParties(unit: Unit, job: ImportJob, mapping: Mapping, rows: readonly NewRow[]): Promise<PlacedRows> {
  const nodes = await nodesByCode(unit, job, rows);
  const known = rows.filter(({ draft }) => draft.organisation === null || nodes.has(draft.organisation));
  const rejected: RejectedRow[] = rows
    .filter((row) => !known.includes(row))
    .map((row) =>
      toRejected(row, [
        { ...toProblem(refuseRow('ORGANISATION_UNKNOWN')), field: fieldOf('customer.organisation', mapping.customer.organisation) },
      ]),
    );
  const identifiers = await assignIdentifiers(unit, job.source, known);
  const { currency } = await operatorParameters(unit);
  let placed: PlacedRow[] = [];
  for (const row of known) {
    const own = identifiers.get(row) ?? null;
    if (own === null) rejected.push(toRejected(row, [{ ...toProblem(refuseRow('IDENTIFIER_EXHAUSTED')), field: 'subscribers' }]));
    else placed.push(toParties(row, own, nodes.get(row.draft.organisation ?? '') ?? job.organisationId, currency));
  }
  for (let pass = 0; pass < 2 && placed.length > 0; pass += 1) {
    const problems = await problemsByRow(unit, mapping, placed);
    rejected.push(...[...problems].map(([{ row }, ofRow]) => toRejected(row, ofRow)));
    placed = placed.filter((row) => !problems.has(row));
    if (problems.size === 0) break;
  }
  return { placed, rejected };
}

export function joinParties(placed: readonly PlacedRow[]): Parties {
  return {
    customers: placed.flatMap(({ parties }) => parties.customers),
    accounts: placed.flatMap(({ parties }) => parties.accounts),
    subscribers: placed.flatMap(({ parties }) => parties.subscribers),
  };
}

/** The nodes that rows name by code, those at or below the node of the import: there its caller was permitted to import. */
async function nodesByCode(unit: Unit, job: ImportJob, rows: readonly NewRow[]): Promise<ReadonlyMap<string, Id<'organisation'>>> {
  const nodes = new Map<string, Id<'organisation'>>();
  for (const code of new Set(rows.flatMap(({ draft }) => draft.organisation ?? []))) {
    const filter = { code, withinId: job.organisationId, status: 'ACTIVE' } as const;
    const [node] = (await searchOrganisations({ ...unit, scope: systemScope }, filter, { first: 1, after: null })).rows;
    if (node !== undefined) nodes.set(code, node.id);
  }
  return nodes;
}

function toParties(row: NewRow, identifiers: readonly string[], organisationId: Id<'organisation'>, currency: string): PlacedRow {
  const [customerId, accountId] = [newId('customer'), newId('account')];
  const { customer, account, subscribers } = row.draft;
  const parties: Parties = {
    customers: [{ ...customer, customerId, organisationId }],
    accounts: [{ ...account, accountId, customerId, organisationId, currency: account.currency ?? currency }],
    subscribers: subscribers.map(({ serviceType, sim, attributes }, place) => {
      const identifier = identifiers[place] ?? '';
      return {
        subscriberId: newId('subscriber'),
        serviceType,
        organisationId,
        ownerId: customerId,
        accountId,
        identifier,
        sim,
        attributes,
        paymentRelations: [],
      };
    }),
  };
  return { row, customerId, parties };
}

async function problemsByRow(
  unit: Unit,
  mapping: Mapping,
  placed: readonly PlacedRow[],
): Promise<ReadonlyMap<PlacedRow, readonly RowProblem[]>> {
  const owners = {
    customers: placed,
    accounts: placed,
    subscribers: placed.flatMap((row) => row.parties.subscribers.map(() => row)),
  };
  const problems = new Map<PlacedRow, RowProblem[]>();
  for (const problem of await partyProblems(unit, joinParties(placed), 'import:run')) {
    const owner = owners[problem.noun][problem.place] as PlacedRow;
    const ofRow = problems.get(owner) ?? [];
    problems.set(owner, ofRow);
    const within = problem.noun === 'subscribers' ? problem.place - owners.subscribers.indexOf(owner) : 0;
    ofRow.push({
      code: problem.refusal.code,
      message: problem.refusal.message,
      field: fieldOfProblem(mapping, owner.row, problem, within),
    });
  }
  return problems;
}

/** The column that the refused field was taken from; the field's place in the mapping when it was not taken from one. */
function fieldOfProblem(mapping: Mapping, row: NewRow, { noun, refusal }: PartyProblem, within: number): string {
  const field = refusal.field ?? [];
  if (noun === 'subscribers') {
    const entry = row.draft.subscribers[within]?.entry ?? 0;
    return columnAt(mapping, ['subscribers', String(entry), ...field]);
  }
  return columnAt(mapping, [noun === 'customers' ? 'customer' : 'account', ...field]);
}

function columnAt(mapping: Mapping, path: readonly string[]): string {
  let part: unknown = mapping;
  for (const step of path) part = part !== null && typeof part === 'object' ? (part as Record<string, unknown>)[step] : undefined;
  const isValue = part !== null && typeof part === 'object' && !Array.isArray(part);
  return fieldOf(path.join('.'), isValue ? (part as MappedValue | MappedIdentifier) : undefined);
}

function toRejected({ row, line, rowKey }: NewRow, problems: readonly RowProblem[]): RejectedRow {
  return { row, line, rowKey, problems };
}
