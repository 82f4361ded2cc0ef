import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The foundation: organisation, access, the three parties with their dated facts, and the tables that every write uses.
 *
 * On a running system: creates tables only, locks nothing that exists.
 *
 * The dated facts share one form. `valid` is when the fact holds in the world, `recorded` is when Sanhu held it to be so;
 * a correction closes `recorded` and inserts a new row, so the past can be read as it was and as it was known.
 * Current knowledge is `upper_inf(recorded)`; the exclusion constraints rule over current knowledge only.
 */
export class Foundation0001 implements MigrationInterface {
  public readonly name = 'Foundation1700000000001';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [SEARCH, ORGANISATION, ACCESS, PARTIES, FACTS, DEFAULT_PAYMENT_RELATION, EVERY_WRITE]) {
      await runner.query(sql);
    }
  }

  public async down(): Promise<void> {
    throw new Error('The foundation is not taken back: restore a backup, or drop the database.');
  }
}

const SEARCH = `
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- One- and two-character n-grams. A Chinese name is searched by any two characters of it, which pg_trgm cannot index.
CREATE FUNCTION name_grams(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
RETURN (
  SELECT coalesce(array_agg(DISTINCT gram), '{}')
  FROM (SELECT lower(value) AS folded) f,
       generate_series(1, length(folded)) AS start,
       unnest(ARRAY[substr(folded, start, 1), substr(folded, start, 2)]) AS gram
  WHERE gram !~ '^\\s|\\s$'
);
`;

const ORGANISATION = `
CREATE TABLE operator_parameter (
  name       text PRIMARY KEY,
  value      jsonb NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL
);

CREATE TABLE organisation (
  id            uuid PRIMARY KEY,
  code          text COLLATE "C" NOT NULL UNIQUE,
  name          text NOT NULL,
  name_en       text,
  kind          text NOT NULL CHECK (kind IN ('OPERATOR', 'PROVINCE', 'CITY', 'COUNTY', 'DEPARTMENT', 'HALL', 'PARTNER')),
  parent_id     uuid REFERENCES organisation,
  legal_entity  boolean NOT NULL DEFAULT false,
  tax_number    text,
  status        text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'CLOSED')),
  version       integer NOT NULL DEFAULT 1,
  created_at    timestamptz NOT NULL,
  CHECK (legal_entity = (tax_number IS NOT NULL))
);
-- One database is one operator: one root.
CREATE UNIQUE INDEX organisation_one_root ON organisation ((true)) WHERE parent_id IS NULL;
CREATE INDEX organisation_parent ON organisation (parent_id, code);

-- Every pair of a node and a node below it (itself included): the one table that scope predicates look into.
CREATE TABLE organisation_closure (
  ancestor_id   uuid NOT NULL REFERENCES organisation,
  descendant_id uuid NOT NULL REFERENCES organisation,
  depth         integer NOT NULL,
  PRIMARY KEY (descendant_id, ancestor_id)
);
CREATE INDEX organisation_closure_down ON organisation_closure (ancestor_id, descendant_id);

CREATE TABLE service_type (
  code               text COLLATE "C" PRIMARY KEY,
  name               text NOT NULL,
  name_en            text NOT NULL,
  identifier_kind    text NOT NULL CHECK (identifier_kind IN ('NUMBER', 'LOGIN')),
  identifier_pattern text NOT NULL,
  created_at         timestamptz NOT NULL
);
`;

const ACCESS = `
-- \`access_changed_at\` of role, staff and api_client says when what their sessions may do last changed, by this server's
-- clock: every process asks for the latest changes and for nothing else.
CREATE TABLE role (
  id          uuid PRIMARY KEY,
  code        text COLLATE "C" NOT NULL UNIQUE,
  name        text NOT NULL,
  name_en     text,
  permissions text[] NOT NULL,
  version     integer NOT NULL DEFAULT 1,
  created_at  timestamptz NOT NULL,
  access_changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX role_access_change ON role (access_changed_at);

CREATE TABLE staff (
  id                  uuid PRIMARY KEY,
  login_name          text COLLATE "C" NOT NULL UNIQUE,
  name                text NOT NULL,
  name_en             text,
  organisation_id     uuid NOT NULL REFERENCES organisation,
  password_hash       text,
  oidc_issuer         text,
  oidc_subject        text,
  status              text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'DISABLED')),
  failed_log_ins      integer NOT NULL DEFAULT 0,
  locked_until        timestamptz,
  version             integer NOT NULL DEFAULT 1,
  created_at          timestamptz NOT NULL,
  access_changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (oidc_issuer, oidc_subject),
  CHECK ((oidc_issuer IS NULL) = (oidc_subject IS NULL))
);
CREATE INDEX staff_organisation ON staff (organisation_id, id);
CREATE INDEX staff_access_change ON staff (access_changed_at);

-- What a member of staff may do, where, and for which lines of business (null: all).
CREATE TABLE staff_grant (
  id                uuid PRIMARY KEY,
  staff_id          uuid NOT NULL REFERENCES staff,
  role_id           uuid NOT NULL REFERENCES role,
  organisation_id   uuid NOT NULL REFERENCES organisation,
  lines_of_business text[],
  granted_at        timestamptz NOT NULL,
  CONSTRAINT staff_grant_once UNIQUE NULLS NOT DISTINCT (staff_id, role_id, organisation_id, lines_of_business)
);
CREATE INDEX staff_grant_role ON staff_grant (role_id);

-- An application that calls: the counter front end, a partner's system. The limits that are stated to it stand here.
CREATE TABLE api_client (
  id              uuid PRIMARY KEY,
  code            text COLLATE "C" NOT NULL UNIQUE,
  name            text NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('STAFF_APPLICATION', 'PARTNER')),
  organisation_id uuid REFERENCES organisation,
  secret_hash     text,
  document_mode   text NOT NULL DEFAULT 'off' CHECK (document_mode IN ('off', 'prefer', 'require')),
  cost_capacity   integer NOT NULL CHECK (cost_capacity > 0),
  cost_restore    integer NOT NULL CHECK (cost_restore > 0),
  status          text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'DISABLED')),
  version         integer NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL,
  access_changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((kind = 'PARTNER') = (organisation_id IS NOT NULL AND secret_hash IS NOT NULL))
);
CREATE INDEX api_client_access_change ON api_client (access_changed_at);

-- The trusted documents of a client: the operations it was built with.
CREATE TABLE trusted_document (
  api_client_id uuid NOT NULL REFERENCES api_client,
  document_id   text COLLATE "C" NOT NULL,
  body          text NOT NULL,
  created_at    timestamptz NOT NULL,
  PRIMARY KEY (api_client_id, document_id)
);

-- A log-in. Only the hash of the refresh token is kept; a token that was already turned in revokes the session.
CREATE TABLE session (
  id                    uuid PRIMARY KEY,
  staff_id              uuid REFERENCES staff,
  api_client_id         uuid NOT NULL REFERENCES api_client,
  refresh_hash          bytea,
  previous_refresh_hash bytea,
  rotated_at            timestamptz,
  address               text,
  created_at            timestamptz NOT NULL,
  expires_at            timestamptz NOT NULL,
  revoked_at            timestamptz
);
CREATE INDEX session_staff ON session (staff_id) WHERE revoked_at IS NULL;
CREATE INDEX session_client ON session (api_client_id) WHERE revoked_at IS NULL;
CREATE INDEX session_expiry ON session (expires_at);
CREATE INDEX session_revocation ON session (revoked_at) WHERE revoked_at IS NOT NULL;
`;

const PARTIES = `
CREATE SEQUENCE customer_number START 1000000001;
CREATE SEQUENCE account_number START 2000000001;
CREATE SEQUENCE subscriber_number START 3000000001;

CREATE TABLE customer (
  id              uuid PRIMARY KEY,
  customer_no     text COLLATE "C" NOT NULL UNIQUE DEFAULT nextval('customer_number')::text,
  kind            text NOT NULL CHECK (kind IN ('INDIVIDUAL', 'HOUSEHOLD', 'GOVERNMENT', 'ENTERPRISE')),
  name            text COLLATE "C" NOT NULL,
  name_en         text,
  grade           text NOT NULL CHECK (grade IN ('STANDARD', 'SILVER', 'GOLD', 'PLATINUM', 'DIAMOND')),
  organisation_id uuid NOT NULL REFERENCES organisation,
  status          text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'CLOSED', 'MERGED')),
  merged_into_id  uuid REFERENCES customer,
  attributes      jsonb NOT NULL DEFAULT '{}',
  version         integer NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL,
  search_grams    text[] NOT NULL GENERATED ALWAYS AS (name_grams(name || ' ' || coalesce(name_en, ''))) STORED,
  CHECK ((status = 'MERGED') = (merged_into_id IS NOT NULL))
);
CREATE INDEX customer_organisation ON customer (organisation_id, id);
CREATE INDEX customer_name ON customer (name, id);
CREATE INDEX customer_search ON customer USING gin (search_grams);
CREATE INDEX customer_merged_into ON customer (merged_into_id) WHERE merged_into_id IS NOT NULL;

CREATE TABLE account (
  id               uuid PRIMARY KEY,
  account_no       text COLLATE "C" NOT NULL UNIQUE DEFAULT nextval('account_number')::text,
  customer_id      uuid NOT NULL REFERENCES customer,
  organisation_id  uuid NOT NULL REFERENCES organisation,
  name             text NOT NULL,
  currency         text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  rating_type      text NOT NULL CHECK (rating_type IN ('PREPAID', 'POSTPAID')),
  payment_method   text NOT NULL CHECK (payment_method IN ('CASH', 'BANK_TRANSFER', 'BANK_COLLECTION', 'CARD', 'CHEQUE', 'ONLINE')),
  status           text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'CLOSED', 'MERGED')),
  merged_into_id   uuid REFERENCES account,
  first_charged_at timestamptz,
  attributes       jsonb NOT NULL DEFAULT '{}',
  version          integer NOT NULL DEFAULT 1,
  created_at       timestamptz NOT NULL,
  CHECK ((status = 'MERGED') = (merged_into_id IS NOT NULL))
);
CREATE INDEX account_customer ON account (customer_id, id);
CREATE INDEX account_organisation ON account (organisation_id, id);
CREATE INDEX account_merged_into ON account (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- The currency is fixed once the account has been charged.
CREATE FUNCTION refuse_currency_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the currency of a charged account is fixed' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_currency_fixed';
END $$;
CREATE TRIGGER account_currency_fixed BEFORE UPDATE OF currency ON account FOR EACH ROW
  WHEN (OLD.currency <> NEW.currency AND OLD.first_charged_at IS NOT NULL) EXECUTE FUNCTION refuse_currency_change();

CREATE TABLE subscriber (
  id              uuid PRIMARY KEY,
  subscriber_no   text COLLATE "C" NOT NULL UNIQUE DEFAULT nextval('subscriber_number')::text,
  service_type    text COLLATE "C" NOT NULL REFERENCES service_type,
  organisation_id uuid NOT NULL REFERENCES organisation,
  status          text NOT NULL CHECK (status IN ('created', 'pendingActive', 'active', 'suspended', 'pendingTerminate', 'terminated', 'cancelled', 'aborted')),
  stop_reasons    integer NOT NULL DEFAULT 0 CHECK (stop_reasons BETWEEN 0 AND 127),
  attributes      jsonb NOT NULL DEFAULT '{}',
  opened_at       timestamptz NOT NULL,
  closed_at       timestamptz,
  version         integer NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL,
  CHECK (status <> 'active' OR stop_reasons = 0),
  CHECK (status <> 'suspended' OR stop_reasons <> 0),
  CHECK ((status IN ('terminated', 'cancelled', 'aborted')) = (closed_at IS NOT NULL)),
  CHECK (closed_at >= opened_at)
);
CREATE INDEX subscriber_organisation ON subscriber (organisation_id, id);
`;

const FACTS = `
CREATE TABLE customer_document (
  id                uuid PRIMARY KEY,
  customer_id       uuid NOT NULL REFERENCES customer,
  kind              text NOT NULL CHECK (kind IN (
    'RESIDENT_ID', 'PASSPORT', 'HOUSEHOLD_REGISTER', 'MILITARY_ID', 'BUSINESS_LICENCE', 'ORGANISATION_CODE', 'OTHER')),
  number            text COLLATE "C" NOT NULL,
  issuing_authority text,
  valid             tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded          tstzrange NOT NULL,
  EXCLUDE USING gist (customer_id WITH =, kind WITH =, number WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX customer_document_number ON customer_document (number, kind) WHERE upper_inf(recorded);
CREATE INDEX customer_document_customer ON customer_document (customer_id);

CREATE TABLE customer_contact (
  id          uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer,
  kind        text NOT NULL CHECK (kind IN ('PHONE', 'MOBILE', 'EMAIL', 'ADDRESS')),
  value       text NOT NULL,
  person      text,
  valid       tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded    tstzrange NOT NULL
);
CREATE INDEX customer_contact_customer ON customer_contact (customer_id);

CREATE TABLE customer_relation (
  id                  uuid PRIMARY KEY,
  customer_id         uuid NOT NULL REFERENCES customer,
  related_customer_id uuid NOT NULL REFERENCES customer,
  kind                text NOT NULL CHECK (kind IN ('PARENT', 'FAMILY', 'EMPLOYER', 'AGENT', 'GUARANTOR')),
  valid               tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded            tstzrange NOT NULL,
  CHECK (customer_id <> related_customer_id),
  CONSTRAINT customer_relation_overlaps
    EXCLUDE USING gist (customer_id WITH =, related_customer_id WITH =, kind WITH =, valid WITH &&) WHERE (upper_inf(recorded)),
  CONSTRAINT customer_one_parent EXCLUDE USING gist (customer_id WITH =, valid WITH &&) WHERE (upper_inf(recorded) AND kind = 'PARENT')
);
CREATE INDEX customer_relation_customer ON customer_relation (customer_id);
CREATE INDEX customer_relation_related ON customer_relation (related_customer_id);

CREATE TABLE customer_manager (
  id          uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customer,
  staff_id    uuid NOT NULL REFERENCES staff,
  valid       tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded    tstzrange NOT NULL,
  EXCLUDE USING gist (customer_id WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX customer_manager_customer ON customer_manager (customer_id);
CREATE INDEX customer_manager_staff ON customer_manager (staff_id);

CREATE TABLE account_billing_day (
  id         uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account,
  day        integer NOT NULL CHECK (day BETWEEN 1 AND 31),
  valid      tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded   tstzrange NOT NULL,
  EXCLUDE USING gist (account_id WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX account_billing_day_account ON account_billing_day (account_id);

CREATE TABLE account_parent (
  id                uuid PRIMARY KEY,
  account_id        uuid NOT NULL REFERENCES account,
  parent_account_id uuid NOT NULL REFERENCES account,
  payer             text NOT NULL CHECK (payer IN ('SELF', 'PARENT')),
  consolidated_bill boolean NOT NULL,
  valid             tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded          tstzrange NOT NULL,
  CHECK (account_id <> parent_account_id),
  EXCLUDE USING gist (account_id WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX account_parent_account ON account_parent (account_id);
CREATE INDEX account_parent_parent ON account_parent (parent_account_id);

CREATE TABLE subscriber_customer (
  id            uuid PRIMARY KEY,
  subscriber_id uuid NOT NULL REFERENCES subscriber,
  customer_id   uuid NOT NULL REFERENCES customer,
  role          text NOT NULL CHECK (role IN ('OWNER', 'USER', 'PAYER')),
  valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded      tstzrange NOT NULL,
  EXCLUDE USING gist (subscriber_id WITH =, role WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX subscriber_customer_customer ON subscriber_customer (customer_id, role);
CREATE INDEX subscriber_customer_subscriber ON subscriber_customer (subscriber_id);

CREATE TABLE subscriber_identifier (
  id            uuid PRIMARY KEY,
  subscriber_id uuid NOT NULL REFERENCES subscriber,
  kind          text COLLATE "C" NOT NULL CHECK (kind IN ('NUMBER', 'LOGIN', 'SIM')),
  value         text COLLATE "C" NOT NULL,
  valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded      tstzrange NOT NULL,
  CONSTRAINT subscriber_identifier_one_of_kind EXCLUDE USING gist (subscriber_id WITH =, kind WITH =, valid WITH &&) WHERE (upper_inf(recorded)),
  CONSTRAINT subscriber_identifier_taken EXCLUDE USING gist (value WITH =, kind WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
-- Of every recording time: a number is also looked for as it was known on an earlier day.
CREATE INDEX subscriber_identifier_value ON subscriber_identifier (value, kind);
CREATE INDEX subscriber_identifier_subscriber ON subscriber_identifier (subscriber_id);

CREATE TABLE subscriber_status (
  id            uuid PRIMARY KEY,
  subscriber_id uuid NOT NULL REFERENCES subscriber,
  status        text NOT NULL,
  stop_reasons  integer NOT NULL,
  valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded      tstzrange NOT NULL,
  EXCLUDE USING gist (subscriber_id WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX subscriber_status_subscriber ON subscriber_status (subscriber_id);

CREATE TABLE payment_relation (
  id            uuid PRIMARY KEY,
  subscriber_id uuid NOT NULL REFERENCES subscriber,
  account_id    uuid NOT NULL REFERENCES account,
  charge_group  text COLLATE "C",
  priority      integer NOT NULL CHECK (priority BETWEEN 0 AND 999),
  cap_minor     bigint CHECK (cap_minor > 0),
  is_default    boolean NOT NULL,
  valid         tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded      tstzrange NOT NULL,
  -- The default takes whatever no other relation takes: it has neither a charge group nor a cap.
  CHECK (NOT is_default OR (charge_group IS NULL AND cap_minor IS NULL)),
  CHECK (is_default OR charge_group IS NOT NULL OR cap_minor IS NOT NULL),
  CONSTRAINT payment_relation_one_default EXCLUDE USING gist (subscriber_id WITH =, valid WITH &&) WHERE (upper_inf(recorded) AND is_default)
);
CREATE INDEX payment_relation_subscriber ON payment_relation (subscriber_id);
CREATE INDEX payment_relation_account ON payment_relation (account_id);
`;

const DEFAULT_PAYMENT_RELATION = `
-- Exactly one default at any instant: the exclusion constraint says at most one, this deferred trigger says no gap.
-- It locks the subscriber first, so that two transactions cannot each see a cover that the other is taking away.
CREATE FUNCTION check_default_payment_relation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked uuid := CASE WHEN TG_TABLE_NAME = 'subscriber' THEN NEW.id ELSE NULL END;
  life tstzrange;
  cover tstzmultirange;
BEGIN
  IF checked IS NULL THEN
    checked := CASE WHEN TG_OP = 'DELETE' THEN OLD.subscriber_id ELSE NEW.subscriber_id END;
  END IF;
  SELECT tstzrange(opened_at, closed_at) INTO life FROM subscriber WHERE id = checked FOR NO KEY UPDATE;
  IF life IS NULL OR isempty(life) THEN RETURN NULL; END IF;
  SELECT range_agg(valid) INTO cover FROM payment_relation
  WHERE subscriber_id = checked AND is_default AND upper_inf(recorded);
  IF cover IS NULL OR NOT cover @> life THEN
    RAISE EXCEPTION 'subscriber % has no default payment relation for part of its life', checked
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_relation_default_gap';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payment_relation_default_gap AFTER INSERT OR UPDATE OR DELETE ON payment_relation
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_default_payment_relation();
CREATE CONSTRAINT TRIGGER subscriber_default_gap AFTER INSERT OR UPDATE OF opened_at, closed_at ON subscriber
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_default_payment_relation();
`;

const EVERY_WRITE = `
CREATE TABLE idempotency_key (
  client_id  text COLLATE "C" NOT NULL,
  operation  text COLLATE "C" NOT NULL,
  key        text COLLATE "C" NOT NULL,
  input_hash bytea NOT NULL,
  result     jsonb,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (client_id, operation, key)
);
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);

CREATE TABLE audit_entry (
  id              uuid NOT NULL,
  at              timestamptz NOT NULL,
  actor_kind      text NOT NULL CHECK (actor_kind IN ('STAFF', 'PARTNER', 'SYSTEM')),
  actor_id        text NOT NULL,
  address         text,
  trace_id        text NOT NULL,
  operation       text NOT NULL,
  subject_kind    text NOT NULL,
  subject_id      uuid NOT NULL,
  organisation_id uuid,
  service_type    text COLLATE "C",
  before          jsonb,
  after           jsonb,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX audit_entry_subject ON audit_entry (subject_id, at DESC);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, at DESC);
CREATE INDEX audit_entry_at ON audit_entry (at DESC, id DESC);
CREATE INDEX audit_entry_organisation ON audit_entry (organisation_id, at DESC, id DESC);

CREATE TABLE outbox_event (
  id           uuid NOT NULL,
  at           timestamptz NOT NULL,
  type         text NOT NULL,
  subject_kind text NOT NULL,
  subject_id   uuid NOT NULL,
  payload      jsonb NOT NULL,
  trace_id     text NOT NULL,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

-- Creates the monthly partitions (UTC) of the tables that grow with time, from last month to some months ahead, and those of
-- earlier months whose rows lie in the default partition; returns how many. Once is enough while no such rows lie there. Where
-- they do, one call makes what is free, and each further one moves the rows of one month: call it until it returns 0. So a
-- great deal to move never keeps the coming months from being made. Whoever writes waits meanwhile, and loses nothing.
-- Running processes call it without the right to create tables.
CREATE FUNCTION ensure_partitions(months_ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  moving boolean;
  parent text;
  rest text;
  child text;
  month date;
  months date[];
  begins timestamptz;
  ends timestamptz;
  lies_in_rest boolean;
  made integer := 0;
BEGIN
  FOREACH moving IN ARRAY ARRAY[false, true] LOOP
    FOREACH parent IN ARRAY ARRAY['audit_entry', 'outbox_event'] LOOP
      rest := parent || '_rest';
      months := ARRAY(SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => step))::date
                      FROM generate_series(-1, months_ahead) AS step);
      IF moving THEN
        EXECUTE format($late$SELECT $1 || ARRAY(
          SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC')::date FROM %I WHERE at >= '2000-01-01 00:00:00+00' AND at < now())$late$, rest)
          INTO months USING months;
      END IF;
      FOREACH month IN ARRAY months LOOP
        child := parent || '_' || to_char(month, 'YYYYMM');
        CONTINUE WHEN to_regclass(child) IS NOT NULL;
        -- No row of the month may come between the look and the partition; and another call may have been quicker.
        EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', parent);
        CONTINUE WHEN to_regclass(child) IS NOT NULL;
        begins := month::timestamp AT TIME ZONE 'UTC';
        ends := (month + interval '1 month') AT TIME ZONE 'UTC';
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE at >= $1 AND at < $2)', rest) INTO lies_in_rest USING begins, ends;
        CONTINUE WHEN lies_in_rest AND NOT moving;
        IF lies_in_rest THEN
          EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', parent, rest);
        END IF;
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', child, parent, begins, ends);
        made := made + 1;
        IF lies_in_rest THEN
          EXECUTE format('WITH moved AS (DELETE FROM %I WHERE at >= $1 AND at < $2 RETURNING *) INSERT INTO %I SELECT * FROM moved',
            rest, child) USING begins, ends;
          EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I DEFAULT', parent, rest);
          RETURN made;
        END IF;
      END LOOP;
    END LOOP;
    EXIT WHEN made > 0;
  END LOOP;
  RETURN made;
END $$;

-- Takes out the monthly partitions that end before the kept months, and renames each to \`detached_<name>\`, which nobody but
-- its owner may write; returns how many. Nothing is deleted: an administrator moves such a table to the archive. The current
-- month is kept beside \`months_kept\`. Whoever runs it cannot shorten the audit trail to less than a year.
CREATE FUNCTION detach_partitions(parent text, months_kept integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  least_kept CONSTANT integer := CASE parent WHEN 'audit_entry' THEN 12 WHEN 'outbox_event' THEN 1 END;
  first_kept CONSTANT text :=
    parent || '_' || to_char(date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => months_kept), 'YYYYMM');
  child text;
  target text;
  copy integer;
  writer oid;
  detached integer := 0;
BEGIN
  IF least_kept IS NULL OR months_kept IS NULL OR months_kept < least_kept THEN
    RAISE EXCEPTION 'at least % months of % are kept', least_kept, parent USING ERRCODE = 'invalid_parameter_value';
  END IF;
  FOR child IN
    SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = to_regclass(parent) AND relname ~ ('^' || parent || '_[0-9]{6}$')
      AND relname::text COLLATE "C" < first_kept COLLATE "C"
    ORDER BY relname
  LOOP
    EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', parent, child);
    target := 'detached_' || child;
    copy := 1;
    -- A row of that month came after its partition had been taken out.
    WHILE to_regclass(target) IS NOT NULL LOOP
      copy := copy + 1;
      target := 'detached_' || child || '_' || copy;
    END LOOP;
    EXECUTE format('ALTER TABLE %I RENAME TO %I', child, target);
    FOR writer IN
      SELECT DISTINCT grantee FROM pg_class, aclexplode(relacl) WHERE pg_class.oid = to_regclass(target) AND grantee NOT IN (0, relowner)
    LOOP
      EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %I FROM %s', target, writer::regrole);
    END LOOP;
    detached := detached + 1;
  END LOOP;
  RETURN detached;
END $$;
CREATE TABLE audit_entry_rest PARTITION OF audit_entry DEFAULT;
CREATE TABLE outbox_event_rest PARTITION OF outbox_event DEFAULT;
SELECT ensure_partitions(3);
`;
