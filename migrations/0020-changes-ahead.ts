import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What of subscribers' products was recorded ahead is found by when it begins or ends, so that the network can be told then.
 *
 * On a running system: the indexes hold few rows, but building them reads the whole table under a lock that holds up orders: seconds for each
 * million rows.
 */
export class ChangesAhead0020 implements MigrationInterface {
  public readonly name = 'ChangesAhead1700000000020';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
  }

  public async down(): Promise<void> {
    throw new Error('What was recorded ahead would be found no more: restore a backup.');
  }
}

const INDEXES = `
-- Subscribers of whom the network is to be told at an instant: something changes them that is no order.
CREATE TABLE network_untold (
  subscriber_id uuid NOT NULL REFERENCES subscriber,
  due_at        timestamptz NOT NULL,
  PRIMARY KEY (subscriber_id, due_at)
);
CREATE INDEX network_untold_due ON network_untold (due_at);

CREATE INDEX subscriber_product_begins_ahead ON subscriber_product (lower(valid))
  WHERE upper_inf(recorded) AND lower(valid) > lower(recorded);
CREATE INDEX subscriber_product_ends_ahead ON subscriber_product (upper(valid))
  WHERE upper_inf(recorded) AND upper(valid) > lower(recorded);
`;
