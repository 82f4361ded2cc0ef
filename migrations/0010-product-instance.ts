import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What subscribers hold 用户产品: instances of products, what each was over time, and the terms that bind them.
 *
 * On a running system: creates tables only, locks nothing that exists but for the foreign keys' moment.
 */
export class ProductInstance0010 implements MigrationInterface {
  public readonly name = 'ProductInstance1700000000010';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(INSTANCES);
  }

  public async down(): Promise<void> {
    throw new Error('What subscribers hold is not taken back: restore a backup.');
  }
}

const INSTANCES = `
-- One instance of a product, held by one subscriber. An order that is done as it is submitted is written last: hence the deferred keys.
CREATE TABLE product_instance (
  id            uuid PRIMARY KEY,
  subscriber_id uuid NOT NULL REFERENCES subscriber,
  product_id    uuid NOT NULL REFERENCES product,
  order_id      uuid NOT NULL,
  item_no       integer NOT NULL,
  created_at    timestamptz NOT NULL,
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX product_instance_subscriber ON product_instance (subscriber_id, id);
CREATE INDEX product_instance_product ON product_instance (product_id);
CREATE INDEX product_instance_order ON product_instance (order_id, item_no);

-- What an instance was over a time, in the form of the dated facts of 0001; each names the order that made it so.
CREATE TABLE subscriber_product (
  id                 uuid PRIMARY KEY,
  instance_id        uuid NOT NULL REFERENCES product_instance,
  subscriber_id      uuid NOT NULL REFERENCES subscriber,
  product_version_id uuid NOT NULL REFERENCES product_version,
  is_plan            boolean NOT NULL,
  quantity           integer NOT NULL CHECK (quantity >= 1),
  -- Amounts by price code that were agreed instead of the list 协议价; null: the list.
  negotiated         jsonb,
  order_id           uuid NOT NULL,
  item_no            integer NOT NULL,
  valid              tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded           tstzrange NOT NULL,
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT subscriber_product_overlaps EXCLUDE USING gist (instance_id WITH =, valid WITH &&) WHERE (upper_inf(recorded)),
  CONSTRAINT subscriber_product_one_plan EXCLUDE USING gist (subscriber_id WITH =, valid WITH &&) WHERE (upper_inf(recorded) AND is_plan)
);
CREATE INDEX subscriber_product_subscriber ON subscriber_product (subscriber_id, instance_id);
CREATE INDEX subscriber_product_version ON subscriber_product (product_version_id);
CREATE INDEX subscriber_product_order ON subscriber_product (order_id, item_no);

-- For how long an instance is bound 合约期: from a day until another, that one excluded.
CREATE TABLE contract_term (
  instance_id uuid NOT NULL REFERENCES product_instance,
  from_day    date NOT NULL,
  until_day   date NOT NULL,
  renewal     text NOT NULL CHECK (renewal IN ('OPEN', 'SAME_TERM', 'END')),
  order_id    uuid NOT NULL,
  item_no     integer NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (instance_id, from_day),
  CHECK (from_day < until_day),
  FOREIGN KEY (order_id, item_no) REFERENCES order_item DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX contract_term_order ON contract_term (order_id, item_no);
`;
