import { raw, sql, type Sql } from '../../connection/sql';
import type { Permission, Scope } from '../../../kernel/scope';
import { visibleByLine } from '../scope/visible-to';

/*
 * What of orders a scope may touch: that of its nodes, and for who is limited to lines of business, what is about no other line. An order of
 * several lines is one agreement with one price: it is seen as a whole or not at all.
 */

/** `visibleTo` for rows of `product_order`. */
export function orderVisibleTo(scope: Scope, permission: Permission, alias: string): Sql {
  return visibleByLine(
    scope,
    permission,
    alias,
    (lines) => sql`NOT EXISTS (SELECT FROM order_item of_line
    WHERE of_line.order_id = ${raw(alias)}.id AND of_line.service_type <> ALL (${lines}::text[]))`,
  );
}

/** `visibleTo` for rows of `quotation`. */
export function quotationVisibleTo(scope: Scope, permission: Permission, alias: string): Sql {
  return visibleByLine(scope, permission, alias, (lines) => sql`${raw(alias)}.service_types <@ ${lines}::text[]`);
}

/** `visibleTo` for rows of `work_order`: a step is of the line of its item. */
export function workOrderVisibleTo(scope: Scope, permission: Permission, alias: string): Sql {
  return visibleByLine(
    scope,
    permission,
    alias,
    (lines) => sql`NOT EXISTS (SELECT FROM order_item of_line
    WHERE of_line.order_id = ${raw(alias)}.order_id AND of_line.item_no = ${raw(alias)}.item_no AND of_line.service_type <> ALL (${lines}::text[]))`,
  );
}
