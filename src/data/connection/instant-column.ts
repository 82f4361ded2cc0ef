import type { ColumnOptions } from 'typeorm';
import { instantFromDatabase, type Instant } from '../../kernel/clock';

const transformer = {
  to: (value: Instant | null | undefined): string | null | undefined => value?.toString() ?? (value as null | undefined),
  from: (value: string | Date | null): Instant | null =>
    value === null ? null : instantFromDatabase(value instanceof Date ? value.toISOString() : value),
};

/** A `timestamptz` column whose value is an instant. */
export function instantColumn(options: ColumnOptions = {}): ColumnOptions {
  return { type: 'timestamptz', transformer, ...options };
}
