import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders 业务受理: quotations, orders with their items and history, recorded payments, work orders, and the rules of each kind.
 *
 * On a running system: creates tables only, locks nothing that exists but for the foreign keys' moment.
 *
 * The kinds of orders are the program's closed list, not the database's: a new one is a release, not a migration.
 */
export class Order0009 implements MigrationInterface {
  public readonly name = 'Order1700000000009';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [QUOTATION, ORDER, HISTORY, WORK, RULES]) await runner.query(sql);
  }

  public async down(): Promise<void> {
    throw new Error('Orders are not taken back: restore a backup.');
  }
}

const QUOTATION = `
-- What was asked for and what it would cost, kept as it was said to the customer.
CREATE TABLE quotation (
  id               uuid PRIMARY KEY,
  organisation_id  uuid NOT NULL REFERENCES organisation,
  customer_id      uuid NOT NULL REFERENCES customer,
  account_id       uuid REFERENCES account,
  request          jsonb NOT NULL,
  lines            jsonb NOT NULL,
  currency         text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  due_minor        bigint NOT NULL CHECK (due_minor >= 0),
  approval_needed  boolean NOT NULL,
  valid_until      timestamptz NOT NULL,
  actor_kind       text NOT NULL CHECK (actor_kind IN ('STAFF', 'PARTNER', 'SYSTEM')),
  actor_id         text NOT NULL,
  -- The one order that it became, or was amended by.
  used_by_order_id uuid,
  created_at       timestamptz NOT NULL
);
CREATE INDEX quotation_customer ON quotation (customer_id, id);
CREATE INDEX quotation_account ON quotation (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX quotation_organisation ON quotation (organisation_id, id);
CREATE INDEX quotation_used ON quotation (used_by_order_id) WHERE used_by_order_id IS NOT NULL;
`;

const STATES = `'acknowledged', 'rejected', 'pending', 'held', 'inProgress', 'cancelled', 'completed', 'failed', 'assessingCancellation',
  'pendingCancellation'`;

const ORDER = `
CREATE SEQUENCE order_number START 4000000001;

CREATE TABLE product_order (
  id                 uuid PRIMARY KEY,
  order_no           text COLLATE "C" NOT NULL UNIQUE DEFAULT nextval('order_number')::text,
  state              text NOT NULL CHECK (state IN (${STATES}, 'partial')),
  -- The kind of its first item.
  category           text COLLATE "C" NOT NULL CHECK (category ~ '^[A-Z][A-Z_]{1,39}$'),
  customer_id        uuid NOT NULL REFERENCES customer,
  account_id         uuid REFERENCES account,
  -- The hall that accepted it: the order is seen and worked on there and above.
  organisation_id    uuid NOT NULL REFERENCES organisation,
  actor_kind         text NOT NULL CHECK (actor_kind IN ('STAFF', 'PARTNER', 'SYSTEM')),
  actor_id           text NOT NULL,
  quotation_id       uuid NOT NULL UNIQUE REFERENCES quotation,
  -- 1 is served first 绿色通道.
  priority           integer NOT NULL CHECK (priority BETWEEN 1 AND 9),
  requested_start_at timestamptz,
  due_at             timestamptz NOT NULL,
  started_at         timestamptz,
  completed_at       timestamptz,
  cancelled_at       timestamptz,
  point_of_no_return boolean NOT NULL DEFAULT false,
  approval           text NOT NULL CHECK (approval IN ('NONE', 'NEEDED', 'GIVEN')),
  currency           text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  due_minor          bigint NOT NULL CHECK (due_minor >= 0),
  paid_minor         bigint NOT NULL DEFAULT 0 CHECK (paid_minor BETWEEN 0 AND due_minor),
  -- The entry by which what is due was charged, once it had all been paid.
  fee_entry_id       uuid,
  external_id        text,
  note               text,
  version            integer NOT NULL DEFAULT 1,
  created_at         timestamptz NOT NULL,
  CHECK ((state IN ('completed', 'failed', 'partial')) = (completed_at IS NOT NULL)),
  CHECK ((state = 'cancelled') = (cancelled_at IS NOT NULL))
);
CREATE INDEX product_order_organisation ON product_order (organisation_id, state, due_at, id);
CREATE INDEX product_order_customer ON product_order (customer_id, id);
CREATE INDEX product_order_account ON product_order (account_id) WHERE account_id IS NOT NULL;
-- The work list, and what waits for its start.
CREATE INDEX product_order_open ON product_order (priority, due_at, id)
  WHERE state IN ('acknowledged', 'pending', 'held', 'inProgress', 'assessingCancellation', 'pendingCancellation');
CREATE INDEX product_order_to_start ON product_order (requested_start_at, id) WHERE state = 'acknowledged';
CREATE INDEX product_order_completed ON product_order (completed_at, organisation_id) WHERE completed_at IS NOT NULL;

ALTER TABLE quotation ADD CONSTRAINT quotation_used_by_order_id_fkey FOREIGN KEY (used_by_order_id) REFERENCES product_order
  DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE order_item (
  order_id      uuid NOT NULL REFERENCES product_order,
  item_no       integer NOT NULL CHECK (item_no >= 1),
  kind          text COLLATE "C" NOT NULL CHECK (kind ~ '^[A-Z][A-Z_]{1,39}$'),
  action        text NOT NULL CHECK (action IN ('ADD', 'MODIFY', 'DELETE', 'NO_CHANGE')),
  state         text NOT NULL CHECK (state IN (${STATES})),
  -- Of an opening, known before the subscriber is there.
  subscriber_id uuid,
  service_type  text COLLATE "C" REFERENCES service_type,
  content       jsonb NOT NULL,
  result        jsonb,
  -- The instant at which its effect holds: the facts that begin then are its work.
  effective_at  timestamptz,
  PRIMARY KEY (order_id, item_no)
);
CREATE INDEX order_item_subscriber ON order_item (subscriber_id, order_id) WHERE subscriber_id IS NOT NULL;
CREATE INDEX order_item_effect ON order_item (subscriber_id, effective_at) WHERE effective_at IS NOT NULL;
`;

const HISTORY = `
-- Every transition of an order (item_no null) and of its items.
CREATE TABLE order_event (
  order_id   uuid NOT NULL REFERENCES product_order,
  event_no   integer NOT NULL CHECK (event_no >= 1),
  item_no    integer,
  from_state text,
  to_state   text NOT NULL,
  reason     text NOT NULL,
  note       text,
  actor_kind text NOT NULL CHECK (actor_kind IN ('STAFF', 'PARTNER', 'SYSTEM')),
  actor_id   text NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (order_id, event_no)
);
CREATE FUNCTION refuse_order_history_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of orders is only added to' USING ERRCODE = 'check_violation', CONSTRAINT = 'order_event_append_only';
END $$;
CREATE TRIGGER order_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_event
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_order_history_change();

-- A payment of what an order asks for at once, or its return.
CREATE TABLE order_payment (
  id              uuid PRIMARY KEY,
  order_id        uuid NOT NULL REFERENCES product_order,
  kind            text NOT NULL CHECK (kind IN ('PAYMENT', 'REFUND')),
  method          text NOT NULL CHECK (method IN ('CASH', 'BANK_TRANSFER', 'BANK_COLLECTION', 'CARD', 'CHEQUE', 'ONLINE')),
  amount_minor    bigint NOT NULL CHECK (amount_minor > 0),
  currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  -- The receipt, slip or transaction by which it is found outside.
  reference       text COLLATE "C",
  -- The payment that a refund gives back; once at most.
  refunds_id      uuid UNIQUE REFERENCES order_payment,
  -- The entry of the money; a part that is a deposit has one of its own, with the same cause.
  ledger_entry_id uuid,
  actor_kind      text NOT NULL CHECK (actor_kind IN ('STAFF', 'PARTNER', 'SYSTEM')),
  actor_id        text NOT NULL,
  at              timestamptz NOT NULL,
  CONSTRAINT order_payment_reference UNIQUE (method, reference),
  CHECK ((kind = 'REFUND') = (refunds_id IS NOT NULL)),
  CHECK ((kind = 'PAYMENT') = (reference IS NOT NULL))
);
CREATE INDEX order_payment_order ON order_payment (order_id, id);
`;

const WORK = `
-- A step that people do 工单, in the queue of a node.
CREATE TABLE work_order (
  id              uuid PRIMARY KEY,
  order_id        uuid NOT NULL REFERENCES product_order,
  item_no         integer NOT NULL,
  queue           text COLLATE "C" NOT NULL CHECK (queue ~ '^[A-Z][A-Z0-9_]{1,39}$'),
  organisation_id uuid NOT NULL REFERENCES organisation,
  state           text NOT NULL CHECK (state IN ('new', 'active', 'completed', 'cancelled')),
  priority        integer NOT NULL CHECK (priority BETWEEN 1 AND 9),
  assignee_id     uuid REFERENCES staff,
  due_at          timestamptz NOT NULL,
  note            text,
  ended_at        timestamptz,
  version         integer NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL,
  CHECK ((state IN ('completed', 'cancelled')) = (ended_at IS NOT NULL)),
  FOREIGN KEY (order_id, item_no) REFERENCES order_item
);
CREATE INDEX work_order_order ON work_order (order_id, item_no);
CREATE INDEX work_order_assignee ON work_order (assignee_id) WHERE assignee_id IS NOT NULL;
CREATE INDEX work_order_open ON work_order (queue, priority, due_at, id) WHERE state IN ('new', 'active');
CREATE INDEX work_order_organisation ON work_order (organisation_id, state, id);
`;

const RULES = `
-- What holds for one kind of order, for every line of business or (before it) for one. A kind without a row follows the program's own rule.
CREATE TABLE order_kind_rule (
  id                uuid PRIMARY KEY,
  kind              text COLLATE "C" NOT NULL CHECK (kind ~ '^[A-Z][A-Z_]{1,39}$'),
  service_type      text COLLATE "C" REFERENCES service_type,
  fee_minor         bigint NOT NULL CHECK (fee_minor >= 0),
  fee_charge_code   text COLLATE "C" REFERENCES charge_code,
  fee_tax_included  boolean NOT NULL,
  due_minutes       integer NOT NULL CHECK (due_minutes BETWEEN 1 AND 525600),
  months_in_net     integer NOT NULL CHECK (months_in_net BETWEEN 0 AND 120),
  days_in_net       integer NOT NULL CHECK (days_in_net BETWEEN 0 AND 3650),
  -- Bits of subscriber.stop_reasons that do not stand in the way.
  stop_reasons_allowed integer NOT NULL CHECK (stop_reasons_allowed BETWEEN 0 AND 127),
  arrears_refused   boolean NOT NULL,
  work_queue        text COLLATE "C" CHECK (work_queue ~ '^[A-Z][A-Z0-9_]{1,39}$'),
  valid             tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded          tstzrange NOT NULL,
  CHECK (fee_minor = 0 OR fee_charge_code IS NOT NULL),
  EXCLUDE USING gist (kind WITH =, coalesce(service_type, '') WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
`;
