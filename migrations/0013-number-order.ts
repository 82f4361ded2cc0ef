import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Until when an order waits for its payment or for approval.
 *
 * On a running system: adds a column with a default to `order_kind_rule`, a table of a few rows, and one without a default to
 * `product_order`, where nothing is rewritten; gives orders that wait now a week from now, a few rows. The version of the program before
 * this one goes on: an order that it accepts waits for as long as it takes.
 */
export class NumberOrder0013 implements MigrationInterface {
  public readonly name = 'NumberOrder1700000000013';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(EXPIRY);
  }

  public async down(): Promise<void> {
    throw new Error('Orders are not taken back: restore a backup.');
  }
}

const EXPIRY = `
ALTER TABLE order_kind_rule ADD COLUMN payment_hours integer NOT NULL DEFAULT 168 CHECK (payment_hours BETWEEN 1 AND 8760);

-- Until when it waits for what it waits for, a payment or a decision; null: for neither, or for as long as it takes.
ALTER TABLE product_order ADD COLUMN expires_at timestamptz;
UPDATE product_order SET expires_at = now() + interval '168 hours' WHERE state IN ('pending', 'held');
CREATE INDEX product_order_to_expire ON product_order (expires_at, id) WHERE state IN ('pending', 'held') AND expires_at IS NOT NULL;
`;
