import type { Unit } from '../../context';
import { operatorParameters } from '../../component/organisation';
import { invariant } from '../../../kernel/failure';
import { parseAmount, type CurrencyCode } from '../../../kernel/money';
import type { BatchCharges } from '../../../data/operation/party-import/write-import-job';
import { judgeHoldings, type JudgedHolding, type Migration } from '../product-migration';
import { toProblem, type RowProblem } from './check-columns';
import { fieldOf } from './draft-parties';
import type { Mapping } from './mapping';
import { columnAt, toRejected, type PlacedRow, type PlacedRows } from './place-parties';
import { refuseRow } from './refusals';

/** Rows with what their subscribers hold, and what that costs beside what the rows say. */
export interface PlacedProducts extends PlacedRows {
  readonly migrations: readonly Migration[];
  readonly charges: BatchCharges;
}

/** Finds the products that the subscribers of rows hold, and sorts out the rows whose products cannot be found. */
export async function placeProducts(unit: Unit, mapping: Mapping, placed: readonly PlacedRow[]): Promise<PlacedProducts> {
  const { currency } = await operatorParameters(unit);
  const judged = await judgedByRow(unit, placed);
  const sound: (Priced & { readonly row: PlacedRow; readonly holdings: readonly JudgedHolding[] })[] = [];
  const rejected: PlacedRows['rejected'][number][] = [];
  for (const [place, row] of placed.entries()) {
    const holdings = judged[place] ?? [];
    const priced = priceOf(mapping, row, holdings, currency);
    const problems = [...problemsOf(mapping, row, holdings), ...priced.problems];
    if (problems.length > 0) rejected.push(toRejected(row.row, problems));
    else sound.push({ ...priced, row, holdings });
  }
  return {
    placed: sound.map(({ row }) => row),
    rejected,
    migrations: sound.map(({ row, holdings }) => migrationOf(unit, mapping, row, holdings)),
    charges: sumOf(sound, currency),
  };
}

async function judgedByRow(unit: Unit, placed: readonly PlacedRow[]): Promise<readonly (readonly JudgedHolding[])[]> {
  const asked = placed.flatMap(({ row, parties }) =>
    parties.subscribers.map(({ organisationId, serviceType }, place) => ({
      organisationId,
      serviceType,
      currency: parties.accounts[0]?.currency ?? '',
      products: row.draft.subscribers[place]?.products ?? [],
    })),
  );
  const judged = await judgeHoldings(unit, asked);
  let from = 0;
  return placed.map(({ parties }) => judged.slice(from, (from += parties.subscribers.length)));
}

/** What a row is told of its products, each with the column from which the product was taken. */
function problemsOf(mapping: Mapping, { row }: PlacedRow, holdings: readonly JudgedHolding[]): RowProblem[] {
  return holdings.flatMap(({ refusals }, place) => {
    const { entry, products } = row.draft.subscribers[place] ?? { entry: 0, products: [] };
    const list = ['subscribers', String(entry), 'products'];
    return refusals.map(({ code, message, field }) => {
      const product = products[Number(field?.[1])];
      const path = product === undefined ? list : [...list, String(product.entry), code === 'QUANTITY_REFUSED' ? 'quantity' : 'code'];
      return { code, message, field: columnAt(mapping, path) };
    });
  });
}

interface Priced {
  /** Null: the row says nothing of what is paid. */
  readonly chargedMinor: bigint | null;
  readonly listMinor: bigint;
  readonly problems: readonly RowProblem[];
}

function priceOf({ monthlyCharge }: Mapping, { row }: PlacedRow, holdings: readonly JudgedHolding[], currency: CurrencyCode): Priced {
  const listMinor = holdings.reduce((sum, { monthlyMinor }) => sum + monthlyMinor, 0n);
  const told = row.draft.monthlyCharge;
  if (told === null) return { chargedMinor: null, listMinor, problems: [] };
  const amount = parseAmount(told, currency);
  const problem = {
    ...toProblem(refuseRow('NOT_A_NUMBER', undefined, { form: currency })),
    field: fieldOf('monthlyCharge', monthlyCharge),
  };
  return { chargedMinor: amount?.amountMinor ?? null, listMinor, problems: amount === undefined ? [problem] : [] };
}

function sumOf(priced: readonly Priced[], currency: CurrencyCode): BatchCharges {
  const told = priced.flatMap(({ chargedMinor, listMinor }) => (chargedMinor === null ? [] : [{ chargedMinor, listMinor }]));
  return {
    chargedRows: told.length,
    currency,
    chargedMinor: told.reduce((sum, one) => sum + one.chargedMinor, 0n),
    listMinor: told.reduce((sum, one) => sum + one.listMinor, 0n),
    differingRows: told.filter((one) => one.chargedMinor !== one.listMinor).length,
  };
}

/** The longest name that an order may be known by outside. */
const EXTERNAL_ID_LENGTH_MAX = 64;

function migrationOf(
  { now }: Unit,
  { source }: Mapping,
  { row, customerId, parties }: PlacedRow,
  holdings: readonly JudgedHolding[],
): Migration {
  const [account] = parties.accounts;
  invariant(account !== undefined, 'a row has an account');
  return {
    customerId,
    accountId: account.accountId,
    organisationId: account.organisationId,
    externalId: row.rowKey.length <= EXTERNAL_ID_LENGTH_MAX ? row.rowKey : null,
    note: source,
    subscribers: parties.subscribers.map(({ subscriberId, serviceType, openedAt }, place) => {
      return { subscriberId, serviceType, since: openedAt ?? now, products: holdings[place]?.products ?? [] };
    }),
  };
}
