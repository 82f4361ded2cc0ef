import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Several rows of a file of orders may be one order, of a bundle; and a batch says which lines of business it is about, so that whoever is limited
 * to some sees no others.
 *
 * On a running system: columns are added at once; those of the batches that there are are filled from their rows and orders, a second for each
 * hundred thousand rows, and the index is built anew in as long. The version of the program before this one refuses the rows of a bundle
 * (they can be tried again), and says nothing of lines.
 */
export class BatchOfBundles0025 implements MigrationInterface {
  public readonly name = 'BatchOfBundles1700000000025';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [GROUPS, LINES, FILLED]) await runner.query(sql);
  }

  public async down(): Promise<void> {
    throw new Error('Batches of other lines of business would be seen again: restore a backup.');
  }
}

const GROUPS = `
-- The row with which the group begins that is one order; null: the row is an order of its own.
ALTER TABLE order_batch_row ADD COLUMN group_row integer CHECK (group_row <= row_number);
ALTER TABLE order_batch_row ADD CONSTRAINT order_batch_row_group
  FOREIGN KEY (batch_id, group_row) REFERENCES order_batch_row (batch_id, row_number) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX order_batch_row_of_group ON order_batch_row (batch_id, group_row) WHERE group_row IS NOT NULL;
-- One order of a row, or of a group.
ALTER TABLE order_batch_row DROP CONSTRAINT order_batch_row_order_id_key;
CREATE UNIQUE INDEX order_batch_row_order_once ON order_batch_row (order_id) WHERE group_row IS NULL OR group_row = row_number;
CREATE INDEX order_batch_row_order ON order_batch_row (order_id) WHERE order_id IS NOT NULL;
`;

const LINES = `
-- The service types that its rows and their orders are about, each once.
ALTER TABLE order_batch ADD COLUMN service_types text[] NOT NULL DEFAULT '{}';
`;

const FILLED = `
UPDATE order_batch b SET service_types = l.service_types
FROM (
  SELECT r.batch_id, array_agg(DISTINCT coalesce(i.service_type, r.asked->>'serviceType')) AS service_types
  FROM order_batch_row r LEFT JOIN order_item i ON i.order_id = r.order_id
  WHERE coalesce(i.service_type, r.asked->>'serviceType') IS NOT NULL GROUP BY r.batch_id
) l
WHERE l.batch_id = b.id
`;
