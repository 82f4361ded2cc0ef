import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who has been granted which discount, what orders keep of the budgets of discounts, and what quotations give away.
 *
 * On a running system: creates tables, and adds columns with a constant default to `quotation`, which rewrites nothing; its lock is held
 * for a moment. Programs of the version before write quotations without them.
 */
export class GrantedDiscount0015 implements MigrationInterface {
  public readonly name = 'GrantedDiscount1700000000015';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANTS);
    await runner.query(RESERVATIONS);
    await runner.query(QUOTATIONS);
  }

  public async down(): Promise<void> {
    throw new Error('What was granted to customers is not taken back: restore a backup.');
  }
}

const GRANTS = `
-- A discount as a subscriber or an account has it, in the form of the dated facts of 0001: one grant is one or more of them. An order
-- that is done as it is submitted is written last: hence the deferred key.
CREATE TABLE granted_discount (
  id                  uuid PRIMARY KEY,
  grant_id            uuid NOT NULL,
  discount_id         uuid NOT NULL REFERENCES discount,
  discount_version_id uuid NOT NULL REFERENCES discount_version,
  subscriber_id       uuid REFERENCES subscriber,
  account_id          uuid REFERENCES account,
  -- As its version says: of a group a holder has one at a time.
  exclusion_group     text,
  -- For how many billing periods, and for how much money, it was granted; null: no such end.
  periods             integer CHECK (periods >= 1),
  amount_minor        bigint CHECK (amount_minor > 0),
  currency            text NOT NULL,
  -- When money paid ahead comes back 预存返还: days with their amounts; null: none does.
  returns             jsonb,
  order_id            uuid NOT NULL,
  item_no             integer NOT NULL,
  valid               tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded            tstzrange NOT NULL,
  CHECK (num_nonnulls(subscriber_id, account_id) = 1),
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT granted_discount_overlaps EXCLUDE USING gist (grant_id WITH =, valid WITH &&) WHERE (upper_inf(recorded)),
  CONSTRAINT granted_discount_once EXCLUDE USING gist
    ((coalesce(subscriber_id, account_id)) WITH =, discount_id WITH =, valid WITH &&) WHERE (upper_inf(recorded)),
  CONSTRAINT granted_discount_group EXCLUDE USING gist
    ((coalesce(subscriber_id, account_id)) WITH =, exclusion_group WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX granted_discount_subscriber ON granted_discount (subscriber_id, grant_id) WHERE subscriber_id IS NOT NULL;
CREATE INDEX granted_discount_account ON granted_discount (account_id, grant_id) WHERE account_id IS NOT NULL;
CREATE INDEX granted_discount_version ON granted_discount (discount_version_id);
CREATE INDEX granted_discount_order ON granted_discount (order_id, item_no);
`;

const RESERVATIONS = `
-- What an order has taken from the budget of a discount: given back when the item comes to nothing.
CREATE TABLE discount_reservation (
  order_id     uuid NOT NULL REFERENCES product_order DEFERRABLE INITIALLY DEFERRED,
  item_no      integer NOT NULL,
  discount_id  uuid NOT NULL REFERENCES discount_budget,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  reserved_at  timestamptz NOT NULL,
  PRIMARY KEY (order_id, item_no, discount_id)
);
CREATE INDEX discount_reservation_discount ON discount_reservation (discount_id);
`;

const QUOTATIONS = `
-- Budgets: what an order of the quotation takes from the budgets of discounts, by item.
ALTER TABLE quotation ADD COLUMN budgets jsonb NOT NULL DEFAULT '[]';
-- What is given away by hand, by kind: the amount, what it is a part of, and whether it is beyond the authority of who asked.
ALTER TABLE quotation ADD COLUMN given_away jsonb NOT NULL DEFAULT '[]';
`;
