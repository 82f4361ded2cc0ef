import { raw, sql, type Sql } from '../../connection/sql';
import type { Scope } from '../../../kernel/scope';
import { visibleByLine } from '../scope/visible-to';

/**
 * `visibleTo` for rows of `order_batch` with `order:batch`: that of the scope's nodes, and for who is limited to lines of business, what is
 * about no other line. A batch is one file, with one sum to pay: it is seen as a whole or not at all.
 */
export function batchVisibleTo(scope: Scope, alias: string): Sql {
  return visibleByLine(scope, 'order:batch', alias, (lines) => sql`${raw(alias)}.service_types <@ ${lines}::text[]`);
}
