import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Numbers as a stock: pools by organisation and line of business, classes of good numbers, and every number in one state.
 *
 * On a running system: creates tables and one function only, locks nothing that exists but for the foreign keys' moment. A program
 * of the version before goes on as if no number were in stock; none is, until a range is added by this version.
 */
export class NumberResource0006 implements MigrationInterface {
  public readonly name = 'NumberResource1700000000006';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  public async down(): Promise<void> {
    throw new Error('The stock of numbers is not taken back: restore a backup.');
  }
}

const TABLES = `
CREATE TABLE number_pool (
  id              uuid PRIMARY KEY,
  code            text COLLATE "C" NOT NULL UNIQUE,
  name            text NOT NULL,
  name_en         text,
  organisation_id uuid NOT NULL REFERENCES organisation,
  service_type    text COLLATE "C" NOT NULL REFERENCES service_type,
  status          text NOT NULL CHECK (status IN ('ACTIVE', 'CLOSED')),
  version         integer NOT NULL,
  created_at      timestamptz NOT NULL,
  -- What its numbers repeat of it, for the scope: the foreign key of access_number keeps the copy right.
  CONSTRAINT number_pool_place UNIQUE (id, organisation_id, service_type)
);
CREATE INDEX number_pool_organisation ON number_pool (organisation_id);

CREATE TABLE number_class (
  id                   uuid PRIMARY KEY,
  code                 text COLLATE "C" NOT NULL UNIQUE,
  name                 text NOT NULL,
  name_en              text,
  currency             text COLLATE "C" NOT NULL,
  minimum_spend_minor  bigint NOT NULL CHECK (minimum_spend_minor >= 0),
  minimum_spend_months integer NOT NULL CHECK (minimum_spend_months BETWEEN 0 AND 120),
  deposit_minor        bigint NOT NULL CHECK (deposit_minor >= 0),
  version              integer NOT NULL,
  created_at           timestamptz NOT NULL,
  CHECK ((minimum_spend_minor = 0) = (minimum_spend_months = 0))
);

-- Which of the last eight digits are alike, read from the end: 13800008866 is AABBCCCC. Lettering goes by first appearance, so what
-- the last four look like is the beginning of what the last eight look like, and a B-tree finds AABB by its prefix.
CREATE FUNCTION number_shape(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  seen text := '';
  shape text := '';
  digit text;
  place integer;
BEGIN
  FOR back IN 1 .. least(8, length(value)) LOOP
    digit := substr(value, length(value) - back + 1, 1);
    place := strpos(seen, digit);
    IF place = 0 THEN
      seen := seen || digit;
      place := length(seen);
    END IF;
    shape := shape || chr(64 + place);
  END LOOP;
  RETURN shape;
END $$;

CREATE TABLE access_number (
  id              uuid PRIMARY KEY,
  value           text COLLATE "C" NOT NULL,
  pool_id         uuid NOT NULL,
  organisation_id uuid NOT NULL,
  service_type    text COLLATE "C" NOT NULL,
  class_code      text COLLATE "C" REFERENCES number_class (code),
  state           text COLLATE "C" NOT NULL
    CHECK (state IN ('idle', 'preOccupied', 'occupied', 'frozen', 'held', 'portedOut', 'portedIn', 'scrapped')),
  -- The end of a pre-occupation, or of freezing.
  until           timestamptz,
  -- Who pre-occupied it.
  holder_kind     text COLLATE "C" CHECK (holder_kind IN ('STAFF', 'ORDER')),
  holder_id       uuid,
  -- The number is occupied before its subscriber's row is written: numbers are locked first.
  subscriber_id   uuid REFERENCES subscriber DEFERRABLE INITIALLY DEFERRED,
  version         integer NOT NULL,
  changed_at      timestamptz NOT NULL,
  shape           text COLLATE "C" NOT NULL GENERATED ALWAYS AS (number_shape(value)) STORED,
  -- From when on anybody may take it: a pre-occupation that expired and a freezing that is over count as idle, whether or not
  -- maintenance has come by. Null: from never on, as it stands.
  free_from       timestamptz GENERATED ALWAYS AS
    (CASE state WHEN 'idle' THEN '-infinity'::timestamptz WHEN 'preOccupied' THEN until WHEN 'frozen' THEN until END) STORED,
  CONSTRAINT access_number_pool_fkey FOREIGN KEY (pool_id, organisation_id, service_type)
    REFERENCES number_pool (id, organisation_id, service_type),
  CONSTRAINT access_number_until CHECK ((state IN ('preOccupied', 'frozen')) = (until IS NOT NULL)),
  CONSTRAINT access_number_holder CHECK ((state = 'preOccupied') = (holder_kind IS NOT NULL) AND (holder_kind IS NULL) = (holder_id IS NULL)),
  CONSTRAINT access_number_subscriber CHECK ((state IN ('occupied', 'portedIn')) = (subscriber_id IS NOT NULL))
);
-- A number is in stock once. With these operators the index finds equal values and gives no order: so whoever walks through a pool in
-- the order of values walks along the pool's own index, and never through the numbers of other pools.
CREATE UNIQUE INDEX access_number_value_key ON access_number (value text_pattern_ops);
-- A pool's numbers by value, by tail and by shape: what a clerk searches by.
CREATE INDEX access_number_by_value ON access_number (pool_id, value);
CREATE INDEX access_number_by_tail ON access_number (pool_id, reverse(value));
CREATE INDEX access_number_by_shape ON access_number (pool_id, shape, value);
-- Any free number of a pool: those that were idle first, then those that have been free for longest.
CREATE INDEX access_number_free ON access_number (pool_id, free_from, value) WHERE free_from IS NOT NULL;
-- What maintenance turns over, what an order or a clerk holds, what a subscriber has.
CREATE INDEX access_number_until_over ON access_number (until) WHERE until IS NOT NULL;
CREATE INDEX access_number_held_by ON access_number (holder_id) WHERE holder_id IS NOT NULL;
CREATE INDEX access_number_of_subscriber ON access_number (subscriber_id) WHERE subscriber_id IS NOT NULL;
`;
