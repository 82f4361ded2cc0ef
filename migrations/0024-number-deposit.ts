import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is held for numbers of a class 靓号押金, so that it is given back when the number is given up.
 *
 * On a running system: adds a table, and lets the ledger take one more kind of entry, without reading what it has. Deposits of numbers
 * that their subscribers still have are taken over from the orders that took them: seconds for each million items. One that the version
 * before this one takes from now on is given back by hand, as it was before.
 */
export class NumberDeposit0024 implements MigrationInterface {
  public readonly name = 'NumberDeposit1700000000024';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TABLE, TAKEN_OVER, ENTRY_KIND]) await runner.query(sql);
  }

  public async down(): Promise<void> {
    throw new Error('What is held for others is not forgotten: restore a backup.');
  }
}

const TABLE = `
CREATE TABLE number_deposit (
  -- The item that gave the number.
  order_id          uuid NOT NULL,
  item_no           integer NOT NULL,
  subscriber_id     uuid NOT NULL REFERENCES subscriber,
  number            text COLLATE "C" NOT NULL,
  class_code        text COLLATE "C" NOT NULL REFERENCES number_class (code),
  -- That paid it and gets it back, whoever has the subscriber by then; and the node in whose books it is held.
  account_id        uuid NOT NULL REFERENCES account,
  organisation_id   uuid NOT NULL REFERENCES organisation,
  charge_code       text COLLATE "C" REFERENCES charge_code,
  currency          text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  amount_minor      bigint NOT NULL CHECK (amount_minor > 0),
  held_since        timestamptz NOT NULL,
  -- Null while it is held; then the order by which the number was given up.
  returned_at       timestamptz,
  returned_order_id uuid REFERENCES product_order DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (order_id, item_no),
  CHECK ((returned_at IS NULL) = (returned_order_id IS NULL)),
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX number_deposit_subscriber ON number_deposit (subscriber_id, held_since);
CREATE INDEX number_deposit_account ON number_deposit (account_id);
CREATE INDEX number_deposit_organisation ON number_deposit (organisation_id);
CREATE INDEX number_deposit_class ON number_deposit (class_code);
CREATE INDEX number_deposit_charge_code ON number_deposit (charge_code) WHERE charge_code IS NOT NULL;
CREATE INDEX number_deposit_returned_order ON number_deposit (returned_order_id) WHERE returned_order_id IS NOT NULL;
`;

/** What was given up before has been given back by hand. */
const TAKEN_OVER = `
INSERT INTO number_deposit (order_id, item_no, subscriber_id, number, class_code, account_id, organisation_id, charge_code, currency,
                            amount_minor, held_since)
SELECT i.order_id, i.item_no, i.subscriber_id, had.value, i.content->'goodNumber'->>'classCode', o.account_id, o.organisation_id,
       i.content->'goodNumber'->>'depositChargeCode', i.content->'goodNumber'->'deposit'->>'currency',
       (i.content->'goodNumber'->'deposit'->>'amountMinor')::bigint, i.effective_at
FROM order_item i
JOIN product_order o ON o.id = i.order_id
JOIN subscriber_identifier had ON had.subscriber_id = i.subscriber_id AND had.kind = 'NUMBER' AND had.valid @> now() AND upper_inf(had.recorded)
  AND had.value = btrim(coalesce(i.content->>'identifier', i.content->>'number'))
WHERE i.kind IN ('OPEN', 'PORT_IN', 'CHANGE_NUMBER', 'ACTIVATE') AND i.state = 'completed' AND o.account_id IS NOT NULL
  AND (i.content->'goodNumber'->'deposit'->>'amountMinor')::bigint > 0
  -- Of several items that gave it, the last.
  AND NOT EXISTS (SELECT FROM order_item later
                  WHERE later.subscriber_id = i.subscriber_id AND later.kind = 'CHANGE_NUMBER' AND later.state = 'completed'
                    AND later.effective_at > i.effective_at)
`;

/** Wider than before, so that no row has to be looked at. */
const ENTRY_KIND = `
ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_kind_check;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_kind_check
  CHECK (kind IN ('FEE_DUE', 'PAYMENT_RECEIVED', 'DEPOSIT_RECEIVED', 'DEPOSIT_RETURNED', 'REFUND', 'REVERSAL')) NOT VALID;
`;
