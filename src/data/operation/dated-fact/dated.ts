import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import { sql } from '../../connection/sql';
import type { Id } from '../../../kernel/id';

/** A fact as it is read: when it holds, and since when it has been known. */
export interface Dated {
  readonly id: Id<'fact'>;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly recordedAt: Instant;
}

/** Without its times: to ask such a row for one of them is an error. */
export const DATED_BRIEF_COLUMNS = sql`f.id`;

/** The columns of {@link DatedRow}, of the alias `f`. */
export const DATED_COLUMNS = sql`f.id, lower(f.valid) AS valid_from, upper(f.valid) AS valid_to, lower(f.recorded) AS recorded_at`;

export interface DatedRow {
  readonly id: Id<'fact'>;
  readonly valid_from: string;
  readonly valid_to: string | null;
  readonly recorded_at: string;
}

/** The times of a row, read when they are asked for: a counter view holds some forty instants, of which it shows a few. */
class DatedTimes implements Dated {
  readonly #row: DatedRow;

  public constructor(row: DatedRow) {
    this.#row = row;
  }

  public get id(): Id<'fact'> {
    return this.#row.id;
  }
  public get validFrom(): Instant {
    return instantFromDatabase(this.#row.valid_from);
  }
  public get validTo(): Instant | null {
    return optionalInstant(this.#row.valid_to);
  }
  public get recordedAt(): Instant {
    return instantFromDatabase(this.#row.recorded_at);
  }
}

/** A fact with the times of its row. */
export function dated<Fact extends object>(row: DatedRow, fact: Fact): Dated & Fact {
  return Object.assign(new DatedTimes(row), fact);
}
