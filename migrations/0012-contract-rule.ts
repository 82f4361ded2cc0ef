import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where and when each product of a subscriber was sold, by which its prices are found again, and whether a kind of order is refused while
 * a contract binds.
 *
 * On a running system: adds columns without rewriting a row; each table is locked for a moment. An older program that runs beside goes on
 * writing instances without them: they have the prices of the list. A rule that was set before refuses nobody for a contract.
 */
export class ContractRule0012 implements MigrationInterface {
  public readonly name = 'ContractRule1700000000012';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  public async down(): Promise<void> {
    throw new Error('Where products were sold is not taken back: restore a backup.');
  }
}

const COLUMNS = `
ALTER TABLE product_instance
  -- The prices that the nodes said for this node at that instant are its prices. Null: those of the list.
  ADD COLUMN sold_by uuid REFERENCES organisation,
  ADD COLUMN sold_at timestamptz,
  ADD CHECK ((sold_by IS NULL) = (sold_at IS NULL));
CREATE INDEX product_instance_sold_by ON product_instance (sold_by);

ALTER TABLE order_kind_rule ADD COLUMN contract_refused boolean NOT NULL DEFAULT false;
`;
