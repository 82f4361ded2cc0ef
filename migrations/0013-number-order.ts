import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Until when an order waits for its payment or for approval; what whoever takes a good number deposits and undertakes to spend.
 *
 * On a running system: adds a column with a default to `order_kind_rule`, a table of a few rows, and one without a default to
 * `product_order` and `number_class`, where nothing is rewritten; gives orders that wait now a week from now, a few rows. The version of the program before
 * this one goes on: an order that it accepts waits for as long as it takes.
 */
export class NumberOrder0013 implements MigrationInterface {
  public readonly name = 'NumberOrder1700000000013';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [EXPIRY, GOOD_NUMBERS]) await runner.query(sql);
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

const GOOD_NUMBERS = `
-- Under which the deposit of a class is held; null: under none.
ALTER TABLE number_class ADD COLUMN deposit_charge_code text COLLATE "C"
  CONSTRAINT number_class_deposit_charge_code_fkey REFERENCES charge_code;
CREATE INDEX number_class_deposit_charge_code ON number_class (deposit_charge_code) WHERE deposit_charge_code IS NOT NULL;

-- What somebody undertook to spend a month 保底消费 for a number of a class, as the class said when it was quoted: from a day until another,
-- that one excluded. It is in force while the subscriber has the number.
CREATE TABLE number_commitment (
  order_id            uuid NOT NULL,
  item_no             integer NOT NULL,
  subscriber_id       uuid NOT NULL REFERENCES subscriber,
  number              text COLLATE "C" NOT NULL,
  class_code          text COLLATE "C" NOT NULL REFERENCES number_class (code),
  currency            text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  minimum_spend_minor bigint NOT NULL CHECK (minimum_spend_minor > 0),
  from_day            date NOT NULL,
  until_day           date NOT NULL,
  created_at          timestamptz NOT NULL,
  PRIMARY KEY (order_id, item_no),
  CHECK (from_day < until_day),
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX number_commitment_subscriber ON number_commitment (subscriber_id, from_day);
CREATE INDEX number_commitment_class ON number_commitment (class_code);
`;
