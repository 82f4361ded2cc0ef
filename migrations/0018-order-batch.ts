import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Batches of orders from a file 批量受理: the batch, its rows with the orders that they became, and payments that are split over them.
 *
 * On a running system: creates tables only, locks nothing that exists but for the foreign keys' moment.
 */
export class OrderBatch0018 implements MigrationInterface {
  public readonly name = 'OrderBatch1700000000018';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [BATCH, PAYMENT]) await runner.query(sql);
  }

  public async down(): Promise<void> {
    throw new Error('Batches of orders are not taken back: restore a backup.');
  }
}

const BATCH = `
CREATE TABLE order_batch (
  id              uuid PRIMARY KEY,
  -- The hall that accepts its orders.
  organisation_id uuid NOT NULL REFERENCES organisation,
  customer_id     uuid NOT NULL REFERENCES customer,
  account_id      uuid NOT NULL REFERENCES account,
  file_name       text NOT NULL,
  file_digest     text COLLATE "C" NOT NULL CHECK (file_digest ~ '^[0-9a-f]{64}$'),
  state           text NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'STOPPED', 'COMPLETED')),
  -- What he might do who had it begun, as a list of grants: its rows are accepted by it. Null: the system.
  grants          jsonb,
  -- Who was asked to be at work, and nobody has stopped since.
  runner          text COLLATE "C",
  actor_kind      text NOT NULL CHECK (actor_kind IN ('STAFF', 'PARTNER', 'SYSTEM')),
  actor_id        text NOT NULL,
  created_at      timestamptz NOT NULL,
  started_at      timestamptz,
  ended_at        timestamptz,
  UNIQUE (organisation_id, customer_id, account_id, file_digest),
  CHECK ((state = 'COMPLETED') = (ended_at IS NOT NULL)),
  CHECK ((state IN ('WAITING', 'RUNNING')) = (runner IS NOT NULL))
);
CREATE INDEX order_batch_organisation ON order_batch (organisation_id, id);
CREATE INDEX order_batch_customer ON order_batch (customer_id, id);
CREATE INDEX order_batch_account ON order_batch (account_id);

-- One row of the file: one order of one item.
CREATE TABLE order_batch_row (
  batch_id    uuid NOT NULL REFERENCES order_batch,
  row_number  integer NOT NULL CHECK (row_number >= 1),
  line_number integer NOT NULL,
  -- REJECTED: it cannot be read as an order. REFUSED: the order was refused.
  state       text NOT NULL CHECK (state IN ('WAITING', 'ACCEPTED', 'REFUSED', 'REJECTED')),
  kind        text COLLATE "C",
  number      text COLLATE "C",
  -- What it asks for; null where it cannot be read.
  asked       jsonb,
  refusals    jsonb,
  order_id    uuid UNIQUE REFERENCES product_order DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (batch_id, row_number),
  CHECK ((state = 'ACCEPTED') = (order_id IS NOT NULL)),
  CHECK ((state IN ('REFUSED', 'REJECTED')) = (refusals IS NOT NULL)),
  CHECK ((state = 'REJECTED') = (asked IS NULL))
);
CREATE INDEX order_batch_row_state ON order_batch_row (batch_id, state, row_number);
`;

const PAYMENT = `
-- One payment for the orders of a batch, found outside by one reference.
CREATE TABLE order_batch_payment (
  id           uuid PRIMARY KEY,
  batch_id     uuid NOT NULL REFERENCES order_batch,
  method       text NOT NULL CHECK (method IN ('CASH', 'BANK_TRANSFER', 'BANK_COLLECTION', 'CARD', 'CHEQUE', 'ONLINE')),
  reference    text COLLATE "C" NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  currency     text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  state        text NOT NULL CHECK (state IN ('RUNNING', 'COMPLETED')),
  actor_kind   text NOT NULL CHECK (actor_kind IN ('STAFF', 'PARTNER', 'SYSTEM')),
  actor_id     text NOT NULL,
  at           timestamptz NOT NULL,
  CONSTRAINT order_batch_payment_reference UNIQUE (method, reference)
);
CREATE INDEX order_batch_payment_batch ON order_batch_payment (batch_id, id);
-- What is left to pay is known when the one before has been split.
CREATE UNIQUE INDEX order_batch_payment_under_way ON order_batch_payment (batch_id) WHERE state = 'RUNNING';

CREATE TABLE order_batch_payment_part (
  payment_id   uuid NOT NULL REFERENCES order_batch_payment,
  part_number  integer NOT NULL CHECK (part_number >= 1),
  order_id     uuid NOT NULL REFERENCES product_order,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  state        text NOT NULL CHECK (state IN ('WAITING', 'PAID', 'REFUSED')),
  refusals     jsonb,
  PRIMARY KEY (payment_id, part_number),
  CHECK ((state = 'REFUSED') = (refusals IS NOT NULL))
);
CREATE INDEX order_batch_payment_part_order ON order_batch_payment_part (order_id);
CREATE INDEX order_batch_payment_part_state ON order_batch_payment_part (payment_id, state, part_number);
`;
