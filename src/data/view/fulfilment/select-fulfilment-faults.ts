import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';
import type { Instant } from '../../../kernel/clock';

/** What does not agree between orders, what the network is told for them, the workflows that do so, and the numbers that they keep. */
export const FULFILMENT_FAULTS = {
  /** It is under way, and no workflow has it in hand: one was parked, or failed. */
  NO_WORKFLOW: 'under way without a workflow',
  /** It has ended, and the network is still being told. */
  STILL_TOLD: 'ended, and the network is still told',
  /** It is being cancelled, and nothing takes it back. */
  NOT_TAKEN_BACK: 'being cancelled, and nothing takes it back',
  /** It has ended, and keeps a number. */
  KEEPS_NUMBER: 'ended, and keeps a number',
} as const;

export interface FulfilmentFault {
  readonly fault: keyof typeof FULFILMENT_FAULTS;
  readonly orderNo: string;
  readonly state: string;
  /** The workflow that should be there, or the number. */
  readonly detail: string | null;
}

/** At most `max` faults, in one snapshot. For the audit of the whole operator: no scope is asked. */
export function selectFulfilmentFaults(
  { sql: runner, now }: { readonly sql: SqlRunner; readonly now: Instant },
  max: number,
): Promise<FulfilmentFault[]> {
  return runner.query<FulfilmentFault>(sql`
    WITH open AS (
      SELECT f.order_id, o.order_no, o.state,
             'fulfil-order/' || f.order_id || CASE WHEN f.round > 1 THEN '/' || f.round ELSE '' END AS workflow_id
      FROM fulfilment f JOIN product_order o ON o.id = f.order_id WHERE f.ended_at IS NULL)
    SELECT * FROM (
      SELECT 'NO_WORKFLOW' AS fault, open.order_no AS "orderNo", open.state, open.workflow_id AS detail FROM open
      WHERE open.state IN ('inProgress', 'pendingCancellation')
        AND NOT EXISTS (SELECT FROM network_step s WHERE s.order_id = open.order_id AND s.state = 'UNDO_ASKED')
        AND NOT EXISTS (SELECT FROM dbos.workflow_status w
                        WHERE w.workflow_uuid = open.workflow_id AND w.status IN ('ENQUEUED', 'DELAYED', 'PENDING'))
      UNION ALL
      SELECT 'STILL_TOLD', open.order_no, open.state, open.workflow_id FROM open
      WHERE open.state IN ('completed', 'failed', 'partial', 'cancelled')
      UNION ALL
      SELECT 'NOT_TAKEN_BACK', o.order_no, o.state, NULL FROM product_order o
      WHERE o.state IN ('assessingCancellation', 'pendingCancellation') AND NOT EXISTS (SELECT FROM open WHERE open.order_id = o.id)
      UNION ALL
      SELECT 'KEEPS_NUMBER', o.order_no, o.state, n.value FROM access_number n JOIN product_order o ON o.id = n.holder_id
      WHERE n.holder_kind = 'ORDER' AND n.state = 'preOccupied' AND n.free_from > ${now}
        AND o.state IN ('completed', 'failed', 'partial', 'cancelled')) AS faults
    ORDER BY "orderNo", fault LIMIT ${max}`);
}

/** A step whose undoing settles nothing, again and again. */
export interface FailingUndo {
  readonly orderNo: string;
  readonly itemNo: number;
  readonly adapter: string;
  readonly tries: number;
  readonly reason: string | null;
}

/** The steps that were told to be taken back `tries` times or more without an answer; the most often first. */
export function selectFailingUndos({ sql: runner }: { readonly sql: SqlRunner }, tries: number, max: number): Promise<FailingUndo[]> {
  return runner.query<FailingUndo>(sql`
    SELECT o.order_no AS "orderNo", s.item_no AS "itemNo", s.adapter, s.tries, s.reason
    FROM network_step s JOIN product_order o ON o.id = s.order_id
    WHERE (s.state = 'UNDOING' AND s.tries >= ${tries}) OR s.state = 'UNDO_ASKED'
    ORDER BY s.tries DESC, o.order_no, s.item_no LIMIT ${max}`);
}
