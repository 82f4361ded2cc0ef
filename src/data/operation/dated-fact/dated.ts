import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';

/** A fact as it is read: when it holds, and since when it has been known. */
export interface Dated {
  readonly id: Id<'fact'>;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly recordedAt: Instant;
}

/** The columns of {@link DatedRow}, of the alias `f`. */
export const DATED_COLUMNS = `f.id, lower(f.valid)::text AS valid_from, upper(f.valid)::text AS valid_to, lower(f.recorded)::text AS recorded_at`;

export interface DatedRow {
  readonly id: Id<'fact'>;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly recorded_at: string;
}

export function toDated(row: DatedRow): Dated {
  return {
    id: row.id,
    validFrom: instantFromDatabase(row.valid_from),
    validTo: optionalInstant(row.valid_to),
    recordedAt: instantFromDatabase(row.recorded_at),
  };
}
