import type { Unit } from '../../context';
import { operatorParameters, searchOrganisations } from '../../component/organisation';
import type { ImportJob } from '../../../data/operation/party-import/import-job';
import { localDate, startOfDay, type TimeZone } from '../../../kernel/calendar';
import type { Instant } from '../../../kernel/clock';
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
  const { currency, timeZone } = await operatorParameters(unit);
  const opening = openings(unit, timeZone);
  const months = known.flatMap(({ draft }) => draft.subscribers.map(({ monthsInNet }) => monthsInNet));
  const first = opening(Math.max(0, ...months)) ?? unit.now;
  const identifiers = await assignIdentifiers(unit, job.source, known, first);
  let placed: readonly PlacedRow[] = known.flatMap((row) => {
    const own = identifiers.get(row) ?? null;
    const organisationId = nodes.get(row.draft.organisation ?? '') ?? job.organisationId;
    if (own !== null) return [toParties(row, own, { organisationId, currency, opening })];
    rejected.push(toRejected(row, [{ ...toProblem(refuseRow('IDENTIFIER_EXHAUSTED')), field: 'subscribers' }]));
    return [];
  });
  for (let pass = 0; pass < 2 && placed.length > 0; pass += 1) {
    const problems = await problemsByRow(unit, mapping, placed);
    rejected.push(...[...problems].map(([{ row }, ofRow]) => toRejected(row, ofRow)));
    placed = placed.filter((row) => !problems.has(row));
    if (problems.size === 0) break;
  }
  return { placed, rejected };
}

/** Since when a subscriber is there who has been so for so many months: the beginning of that day; undefined for none. */
type Opening = (months: number) => Instant | undefined;

function openings({ now }: Unit, timeZone: TimeZone): Opening {
  const today = localDate(now, timeZone);
  const known = new Map<number, Instant>();
  return (months) => {
    if (months === 0) return undefined;
    const openedAt = known.get(months) ?? startOfDay(today.subtract({ months }), timeZone);
    known.set(months, openedAt);
    return openedAt;
  };
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

/** What the parties of a row get from where they are imported. */
interface Surroundings {
  readonly organisationId: Id<'organisation'>;
  readonly currency: string;
  readonly opening: Opening;
}

function toParties(row: NewRow, identifiers: readonly string[], { organisationId, currency, opening }: Surroundings): PlacedRow {
  const [customerId, accountId] = [newId('customer'), newId('account')];
  const { customer, account, subscribers } = row.draft;
  const parties: Parties = {
    customers: [{ ...customer, customerId, organisationId }],
    accounts: [{ ...account, accountId, customerId, organisationId, currency: account.currency ?? currency }],
    subscribers: subscribers.map(({ serviceType, sim, attributes, monthsInNet }, place) => {
      const [identifier, openedAt] = [identifiers[place] ?? '', opening(monthsInNet)];
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
        ...(openedAt !== undefined && { openedAt }),
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

export function columnAt(mapping: Mapping, path: readonly string[]): string {
  let part: unknown = mapping;
  for (const step of path) part = part !== null && typeof part === 'object' ? (part as Record<string, unknown>)[step] : undefined;
  const isValue = part !== null && typeof part === 'object' && !Array.isArray(part);
  return fieldOf(path.join('.'), isValue ? (part as MappedValue | MappedIdentifier) : undefined);
}

export function toRejected({ row, line, rowKey }: NewRow, problems: readonly RowProblem[]): RejectedRow {
  return { row, line, rowKey, problems };
}
