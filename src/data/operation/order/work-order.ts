import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { toPage, type Page, type PageRequest } from '../../../kernel/page';
import type { Permission } from '../../../kernel/scope';
import type { Transaction } from '../../connection/core-database';
import { among, empty, join, sql, type Sql } from '../../connection/sql';
import type { ScopedRead } from '../read-context';
import { workOrderVisibleTo } from './order-visible-to';
import { WorkOrderEntity } from './work-order.entity';
import type { WorkOrderState } from './work-order-state';

/** A step that people do 工单, in the queue of a node. */
export interface WorkOrder {
  readonly id: Id<'workOrder'>;
  readonly orderId: Id<'order'>;
  readonly itemNo: number;
  readonly queue: string;
  readonly organisationId: Id<'organisation'>;
  readonly state: WorkOrderState;
  /** That of its order. */
  readonly priority: number;
  /** Who has taken it. */
  readonly assigneeId: Id<'staff'> | null;
  readonly dueAt: Instant;
  /** What was said at its end. */
  readonly note: string | null;
  readonly endedAt: Instant | null;
  readonly version: number;
  readonly createdAt: Instant;
}

interface WorkOrderRow {
  readonly id: Id<'workOrder'>;
  readonly order_id: Id<'order'>;
  readonly item_no: number;
  readonly queue: string;
  readonly organisation_id: Id<'organisation'>;
  readonly state: WorkOrderState;
  readonly priority: number;
  readonly assignee_id: Id<'staff'> | null;
  readonly due_at: string;
  readonly note: string | null;
  readonly ended_at: string | null;
  readonly version: number;
  readonly created_at: string;
}

const WORK_ORDER_COLUMNS = sql`w.id, w.order_id, w.item_no, w.queue, w.organisation_id, w.state, w.priority, w.assignee_id, w.due_at, w.note, w.ended_at,
  w.version, w.created_at`;

function toWorkOrder(row: WorkOrderRow): WorkOrder {
  return {
    id: row.id,
    orderId: row.order_id,
    itemNo: row.item_no,
    queue: row.queue,
    organisationId: row.organisation_id,
    state: row.state,
    priority: row.priority,
    assigneeId: row.assignee_id,
    dueAt: instantFromDatabase(row.due_at),
    note: row.note,
    endedAt: optionalInstant(row.ended_at),
    version: row.version,
    createdAt: instantFromDatabase(row.created_at),
  };
}

/** Work orders by id, those in scope only; one statement for any number. */
export async function selectWorkOrdersById(context: ScopedRead, ids: readonly Id<'workOrder'>[]): Promise<WorkOrder[]> {
  const rows = await context.sql.query<WorkOrderRow>(sql`
    SELECT ${WORK_ORDER_COLUMNS} FROM work_order w
    WHERE w.id ${among(ids)} AND ${workOrderVisibleTo(context.scope, 'workorder:read', 'w')}`);
  return rows.map(toWorkOrder);
}

/** The work orders of many orders, those in scope only, oldest first. */
export async function selectWorkOrdersOfOrders(context: ScopedRead, orderIds: readonly Id<'order'>[]): Promise<WorkOrder[]> {
  const rows = await context.sql.query<WorkOrderRow>(sql`
    SELECT ${WORK_ORDER_COLUMNS} FROM work_order w
    WHERE w.order_id ${among(orderIds)} AND ${workOrderVisibleTo(context.scope, 'workorder:read', 'w')}
    ORDER BY w.order_id, w.id`);
  return rows.map(toWorkOrder);
}

/** Which open work orders are looked for. Every part given must hold. */
export interface WorkQueueFilter {
  readonly queue?: string;
  /** Of this node and those below it. */
  readonly organisationId?: Id<'organisation'>;
  readonly state?: WorkOrderState;
  readonly assigneeId?: Id<'staff'>;
}

/** One page of open work orders by priority, then by when they are due. */
export async function selectWorkQueue(context: ScopedRead, filter: WorkQueueFilter, page: PageRequest): Promise<Page<WorkOrder>> {
  const { after } = page;
  const conditions: Sql[] = [sql`w.state IN ('new', 'active')`, workOrderVisibleTo(context.scope, 'workorder:read', 'w')];
  if (filter.queue !== undefined) conditions.push(sql`w.queue = ${filter.queue}`);
  if (filter.state !== undefined) conditions.push(sql`w.state = ${filter.state}`);
  if (filter.assigneeId !== undefined) conditions.push(sql`w.assignee_id = ${filter.assigneeId}`);
  if (filter.organisationId !== undefined) {
    conditions.push(sql`w.organisation_id IN (
      SELECT below.descendant_id FROM organisation_closure below WHERE below.ancestor_id = ${filter.organisationId})`);
  }
  const rows = await context.sql.query<WorkOrderRow>(sql`
    SELECT ${WORK_ORDER_COLUMNS} FROM work_order w WHERE ${join(conditions, ' AND ')}
      ${after === null ? empty : sql`AND (w.priority, w.due_at, w.id) > (${after[0]}::integer, ${after[1]}::timestamptz, ${after[2]}::uuid)`}
    ORDER BY w.priority, w.due_at, w.id LIMIT ${page.first + 1}`);
  return toPage(rows.map(toWorkOrder), page.first);
}

/** Reads a work order in scope of a permission, without a lock: its order is locked before it. */
export async function selectWorkOrderFor(context: ScopedRead, id: Id<'workOrder'>, permission: Permission): Promise<WorkOrder | undefined> {
  const [row] = await context.sql.query<WorkOrderRow>(sql`
    SELECT ${WORK_ORDER_COLUMNS} FROM work_order w WHERE w.id = ${id} AND ${workOrderVisibleTo(context.scope, permission, 'w')}`);
  return row === undefined ? undefined : toWorkOrder(row);
}

/** Locks a work order in scope for a change, to the end of the transaction. */
export async function lockWorkOrder(context: ScopedRead, id: Id<'workOrder'>, permission: Permission): Promise<WorkOrder | undefined> {
  const [row] = await context.sql.query<WorkOrderRow>(sql`
    SELECT ${WORK_ORDER_COLUMNS} FROM work_order w WHERE w.id = ${id} AND ${workOrderVisibleTo(context.scope, permission, 'w')}
    FOR NO KEY UPDATE OF w`);
  return row === undefined ? undefined : toWorkOrder(row);
}

export async function insertWorkOrders(transaction: Transaction, workOrders: readonly WorkOrderEntity[]): Promise<void> {
  if (workOrders.length > 0) await transaction.manager.insert(WorkOrderEntity, [...workOrders]);
}

/** Changes a locked work order and moves its version on. */
export async function updateWorkOrder(
  transaction: Transaction,
  { id, version }: Pick<WorkOrder, 'id' | 'version'>,
  changes: Partial<Pick<WorkOrderEntity, 'state' | 'assigneeId' | 'note' | 'endedAt'>>,
): Promise<void> {
  const updated = await transaction.manager.update(WorkOrderEntity, { id, version }, { ...changes, version: version + 1 });
  invariant(updated.affected === 1, 'a work order was changed without its lock');
}

/** Takes back the open work orders of a locked order; says which. */
export async function cancelWorkOrders(transaction: Transaction, orderId: Id<'order'>, now: Instant): Promise<Id<'workOrder'>[]> {
  const rows = await transaction.query<{ id: Id<'workOrder'> }>(sql`
    UPDATE work_order SET state = 'cancelled', ended_at = ${now}, version = version + 1
    WHERE order_id = ${orderId} AND state IN ('new', 'active') RETURNING id`);
  return rows.map(({ id }) => id);
}

/** Whether an item of a locked order has a step that people have yet to do. */
export async function hasOpenWork(transaction: Transaction, orderId: Id<'order'>, itemNo: number): Promise<boolean> {
  const [row] = await transaction.query<{ found: boolean }>(sql`
    SELECT EXISTS (SELECT FROM work_order w WHERE w.order_id = ${orderId} AND w.item_no = ${itemNo} AND w.state IN ('new', 'active')) AS found`);
  return row?.found === true;
}
