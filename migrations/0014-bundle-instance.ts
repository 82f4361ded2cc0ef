import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Bundles that were sold 融合套餐: whose each is, which account is charged for it, and who is in it.
 *
 * On a running system: creates tables only, locks nothing that exists but for the foreign keys' moment.
 */
export class BundleInstance0014 implements MigrationInterface {
  public readonly name = 'BundleInstance1700000000014';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(BUNDLES);
  }

  public async down(): Promise<void> {
    throw new Error('Bundles that were sold are not taken back: restore a backup.');
  }
}

const BUNDLES = `
-- One bundle that was sold. An order that is done as it is submitted is written last: hence the deferred keys.
CREATE TABLE bundle_instance (
  id              uuid PRIMARY KEY,
  product_id      uuid NOT NULL REFERENCES product,
  -- The node that manages it.
  organisation_id uuid NOT NULL REFERENCES organisation,
  order_id        uuid NOT NULL,
  item_no         integer NOT NULL,
  -- Where and when it was sold: at the prices that held there then.
  sold_by         uuid NOT NULL REFERENCES organisation,
  sold_at         timestamptz NOT NULL,
  created_at      timestamptz NOT NULL,
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX bundle_instance_product ON bundle_instance (product_id);
CREATE INDEX bundle_instance_organisation ON bundle_instance (organisation_id, id);
CREATE INDEX bundle_instance_sold_by ON bundle_instance (sold_by);
CREATE INDEX bundle_instance_order ON bundle_instance (order_id, item_no);

-- What it was over a time, in the form of the dated facts of 0001: a bundle without a fact has ended.
CREATE TABLE bundle_state (
  id                 uuid PRIMARY KEY,
  bundle_instance_id uuid NOT NULL REFERENCES bundle_instance,
  product_version_id uuid NOT NULL REFERENCES product_version,
  holder_id          uuid NOT NULL REFERENCES customer,
  account_id         uuid NOT NULL REFERENCES account,
  order_id           uuid NOT NULL,
  item_no            integer NOT NULL,
  valid              tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded           tstzrange NOT NULL,
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT bundle_state_overlaps EXCLUDE USING gist (bundle_instance_id WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX bundle_state_holder ON bundle_state (holder_id, bundle_instance_id);
CREATE INDEX bundle_state_account ON bundle_state (account_id, bundle_instance_id);
CREATE INDEX bundle_state_version ON bundle_state (product_version_id);
CREATE INDEX bundle_state_order ON bundle_state (order_id, item_no);

-- Who is in it, in which role; a subscriber is in one bundle at a time. The product of a member is the plan that it holds.
CREATE TABLE bundle_membership (
  id                 uuid PRIMARY KEY,
  bundle_instance_id uuid NOT NULL REFERENCES bundle_instance,
  subscriber_id      uuid NOT NULL REFERENCES subscriber,
  role               text COLLATE "C" NOT NULL,
  order_id           uuid NOT NULL,
  item_no            integer NOT NULL,
  valid              tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded           tstzrange NOT NULL,
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT bundle_membership_one EXCLUDE USING gist (subscriber_id WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX bundle_membership_bundle ON bundle_membership (bundle_instance_id, subscriber_id);
CREATE INDEX bundle_membership_order ON bundle_membership (order_id, item_no);
`;
