import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Quotations say which lines of business they are about, so that whoever is limited to some sees no others.
 *
 * On a running system: the column is added at once; that of quotations which became orders is filled from these, seconds for each million rows, without
 * holding up others. A quotation that no order has used says nothing until its day is over. The release before this one writes none either.
 */
export class QuotationLine0022 implements MigrationInterface {
  public readonly name = 'QuotationLine1700000000022';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMN);
    await runner.query(FILLED);
  }

  public async down(): Promise<void> {
    throw new Error('Quotations of other lines of business would be seen again: restore a backup.');
  }
}

const COLUMN = `
-- The service types of its items, each once.
ALTER TABLE quotation ADD COLUMN service_types text[] NOT NULL DEFAULT '{}';
`;

const FILLED = `
UPDATE quotation q SET service_types = i.service_types
FROM (SELECT order_id, array_agg(DISTINCT service_type) AS service_types FROM order_item WHERE service_type IS NOT NULL GROUP BY order_id) i
WHERE i.order_id = q.used_by_order_id
`;
