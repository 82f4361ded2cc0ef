import type { Unit } from '../../context';
import { selectServiceTypes } from '../../component/service';
import { selectTakenIdentifiers, type Identifier } from '../../component/subscriber';
import type { Instant } from '../../../kernel/clock';
import { ATTEMPTS_MAX, generateIdentifier } from './generate-identifier';
import type { NewRow } from './judge-rows';

/** The identifiers of a row's subscribers, in their order; null when none that is free could be generated. */
export type Assigned = ReadonlyMap<NewRow, readonly string[] | null>;

/**
 * Gives every subscriber its identifier: that of the row, or the first candidate that is free. Rows come in the order of the
 * file, and what one takes is taken for those after it. `from` is since when the earliest of them is there.
 */
export async function assignIdentifiers(unit: Unit, source: string, rows: readonly NewRow[], from: Instant): Promise<Assigned> {
  const codes = [...new Set(rows.flatMap(({ draft }) => draft.subscribers.map(({ serviceType }) => serviceType)))];
  const kinds = new Map((await selectServiceTypes(unit, codes)).map((type) => [type.code, type.identifierKind]));
  const taken = new TakenIdentifiers(unit, from);
  const candidate = (row: NewRow, place: number, attempt: number): Identifier | undefined => {
    const subscriber = row.draft.subscribers[place];
    const kind = kinds.get(subscriber?.serviceType ?? '');
    if (subscriber === undefined || kind === undefined || typeof subscriber.identifier === 'string') return undefined;
    return { kind, value: generateIdentifier(subscriber.identifier, source, row.rowKey, attempt) };
  };
  // Nearly every row takes its first candidate: all of them are asked for at once.
  await taken.ask(rows.flatMap((row) => row.draft.subscribers.flatMap((_subscriber, place) => candidate(row, place, 0) ?? [])));
  const assigned = new Map<NewRow, readonly string[] | null>();
  for (const row of rows) {
    const own: (string | null)[] = [];
    for (const [place, { identifier }] of row.draft.subscribers.entries()) {
      own.push(typeof identifier === 'string' ? identifier : await firstFree(taken, (attempt) => candidate(row, place, attempt)));
    }
    assigned.set(row, own.includes(null) ? null : (own as string[]));
  }
  return assigned;
}

/** An unknown service type has no candidates; what is wrong is said when the party is checked. */
async function firstFree(taken: TakenIdentifiers, candidate: (attempt: number) => Identifier | undefined): Promise<string | null> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const identifier = candidate(attempt);
    if (identifier === undefined) return '';
    if (await taken.take(identifier)) return identifier.value;
  }
  return null;
}

/** What is taken in the database or by an earlier row of the batch, as far as it was asked for. */
class TakenIdentifiers {
  private readonly known = new Map<string, boolean>();

  public constructor(
    private readonly unit: Unit,
    private readonly from: Instant,
  ) {}

  public async ask(identifiers: readonly Identifier[]): Promise<void> {
    const taken = new Set((await selectTakenIdentifiers(this.unit.transaction, identifiers, this.from)).map(keyOf));
    for (const identifier of identifiers) this.known.set(keyOf(identifier), taken.has(keyOf(identifier)));
  }

  public async take(identifier: Identifier): Promise<boolean> {
    if (!this.known.has(keyOf(identifier))) await this.ask([identifier]);
    if (this.known.get(keyOf(identifier)) !== false) return false;
    this.known.set(keyOf(identifier), true);
    return true;
  }
}

function keyOf({ kind, value }: Identifier): string {
  return `${kind} ${value}`;
}
