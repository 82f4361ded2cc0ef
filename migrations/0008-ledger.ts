import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger 总账: the chart of accounts, balanced entries with their lines by month, the mirrors of entries, and the balances.
 *
 * An entry and its lines are written by one statement. The database itself sees that they are whole and balanced, and that
 * nobody changes or removes one afterwards, whoever he is and whichever partition he names.
 *
 * On a running system: creates tables, and replaces `ensure_partitions` by one that finds the tables to partition for itself;
 * locks nothing that exists.
 */
export class Ledger0008 implements MigrationInterface {
  public readonly name = 'Ledger1700000000008';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TABLES, WRITTEN_WHOLE, KEPT, PARTITIONS]) await runner.query(sql);
  }

  public async down(): Promise<void> {
    throw new Error('The ledger is not taken back: restore a backup.');
  }
}

const TABLES = `
CREATE TABLE ledger_account (
  code       text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[0-9]{4,12}$'),
  id         uuid NOT NULL UNIQUE,
  name       text NOT NULL,
  name_en    text,
  kind       text NOT NULL CHECK (kind IN ('ASSET', 'LIABILITY', 'EQUITY', 'REVENUE', 'EXPENSE')),
  -- Kept for each account apart 辅助核算: such lines need one, and have a balance that is kept.
  by_account boolean NOT NULL,
  status     text NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'RETIRED')),
  version    integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL
);

-- \`account_id\` is whose business it is; all zeros where it is the operator's alone. It comes first in every key, lines included,
-- so that a whole entry lies on one shard. No foreign keys: each would lock a row that every other posting locks too (the legal
-- entity, 1122 应收账款), and an account is never deleted. \`sanhu audit\` looks after them.
CREATE TABLE ledger_entry (
  account_id      uuid NOT NULL,
  at              timestamptz NOT NULL,
  id              uuid NOT NULL,
  -- The operator's local date at that instant.
  accounting_date date NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('FEE_DUE', 'PAYMENT_RECEIVED', 'DEPOSIT_RECEIVED', 'REFUND', 'REVERSAL')),
  cause_kind      text COLLATE "C" NOT NULL CHECK (cause_kind ~ '^[A-Z][A-Z_]{1,31}$'),
  cause_id        uuid NOT NULL,
  -- The node where it was caused, and the legal entity above it whose books these are.
  organisation_id uuid NOT NULL,
  legal_entity_id uuid NOT NULL,
  currency        text COLLATE "C" NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  PRIMARY KEY (account_id, at, id)
) PARTITION BY RANGE (at);

CREATE TABLE ledger_line (
  account_id     uuid NOT NULL,
  at             timestamptz NOT NULL,
  entry_id       uuid NOT NULL,
  line_no        smallint NOT NULL CHECK (line_no BETWEEN 1 AND 200),
  subscriber_id  uuid,
  ledger_account text COLLATE "C" NOT NULL,
  charge_code    text COLLATE "C",
  -- Debit positive, credit negative.
  amount_minor   bigint NOT NULL CHECK (amount_minor <> 0),
  PRIMARY KEY (account_id, at, entry_id, line_no)
) PARTITION BY RANGE (at);

-- Not partitioned, as its keys are what lets one entry have one mirror.
CREATE TABLE ledger_reversal (
  account_id uuid NOT NULL,
  entry_id   uuid NOT NULL,
  mirror_id  uuid NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (account_id, entry_id),
  UNIQUE (account_id, mirror_id),
  CHECK (entry_id <> mirror_id)
);

-- The sum of an account's lines on a ledger account that is kept by account. It is cached; the lines decide.
CREATE TABLE ledger_balance (
  account_id     uuid NOT NULL,
  ledger_account text COLLATE "C" NOT NULL,
  currency       text COLLATE "C" NOT NULL,
  amount_minor   bigint NOT NULL,
  changed_at     timestamptz NOT NULL,
  PRIMARY KEY (account_id, ledger_account, currency)
) WITH (fillfactor = 80);
`;

/** plpgsql keeps the plan of its first call, when the tables were empty: nested loops over indexes are right for each. */
const STEADY_PLAN = 'SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off';

/**
 * Lines of an entry come all in one statement: numbered from 1 without a gap, so that its key keeps any from being added later.
 * A trigger for each statement, not a deferred one for each row: 1,000 entries cost one query, not some thousands.
 */
const WRITTEN_WHOLE = `
CREATE FUNCTION check_ledger_lines() RETURNS trigger LANGUAGE plpgsql ${STEADY_PLAN} AS $$
DECLARE
  wrong uuid;
  reason text;
BEGIN
  -- One line alone does not balance, as none is of nothing.
  SELECT entry_id, trouble INTO wrong, reason FROM (
    SELECT e.entry_id, CASE
      WHEN e.total <> 0 THEN 'does not balance'
      WHEN e.first_no <> 1 OR e.last_no <> e.lines THEN 'is not written whole'
      WHEN NOT e.known THEN 'names a ledger account that does not exist'
      WHEN NOT e.placed THEN 'names a ledger account that is kept by account, but no account'
      WHEN found.entry IS NULL THEN 'has lines, but is not there' END AS trouble
    FROM (
      SELECT n.account_id, n.at, n.entry_id, count(*) AS lines, sum(n.amount_minor) AS total,
             min(n.line_no) AS first_no, max(n.line_no) AS last_no, bool_and(a.code IS NOT NULL) AS known,
             bool_and(NOT coalesce(a.by_account, false) OR n.account_id <> '00000000-0000-0000-0000-000000000000') AS placed
      FROM new_rows n LEFT JOIN ledger_account a ON a.code = n.ledger_account
      GROUP BY n.account_id, n.at, n.entry_id
    ) e
    LEFT JOIN LATERAL (
      SELECT true AS entry FROM ledger_entry h WHERE h.account_id = e.account_id AND h.at = e.at AND h.id = e.entry_id
    ) found ON true
  ) AS looked WHERE trouble IS NOT NULL LIMIT 1;
  IF reason IS NOT NULL THEN
    RAISE EXCEPTION 'ledger entry % %', wrong, reason USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_whole';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION check_ledger_entries() RETURNS trigger LANGUAGE plpgsql ${STEADY_PLAN} AS $$
DECLARE
  wrong uuid;
BEGIN
  -- Where there is a first line, there are all of them.
  SELECT n.id INTO wrong FROM new_rows n
  LEFT JOIN LATERAL (
    SELECT true AS line FROM ledger_line l WHERE l.account_id = n.account_id AND l.at = n.at AND l.entry_id = n.id AND l.line_no = 1
  ) found ON true
  WHERE found.line IS NULL LIMIT 1;
  IF wrong IS NOT NULL THEN
    RAISE EXCEPTION 'ledger entry % has no lines', wrong USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_whole';
  END IF;
  RETURN NULL;
END $$;
`;

const KEPT = `
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what stands in the ledger is neither changed nor removed: post its mirror'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ledger_append_only';
END $$;

-- Row triggers: each partition has them too, from its making on.
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_line FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON ledger_reversal FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_never_emptied BEFORE TRUNCATE ON ledger_reversal FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- Statement triggers are those of the table that a statement names: a partition needs its own, or it were a way past them.
CREATE FUNCTION guard_ledger_table(guarded text, parent text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER ledger_written_whole AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
                  FOR EACH STATEMENT EXECUTE FUNCTION %I()',
                 guarded, CASE parent WHEN 'ledger_entry' THEN 'check_ledger_entries' ELSE 'check_ledger_lines' END);
  EXECUTE format('CREATE TRIGGER ledger_never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change()',
                 guarded);
END $$;
`;

const PARTITIONS = `
-- As before (migration 0001), for every table of the schema that is partitioned and has a default partition \`<name>_rest\`, so
-- that a table needs no other function. They are locked in the order in which a unit of work writes them: its own, then the
-- trail and the outbox. Rows of the ledger are moved like others: a partition that is taken out has no row triggers, and a new
-- one is guarded after it has its rows.
CREATE OR REPLACE FUNCTION ensure_partitions(months_ahead integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  parents CONSTANT text[] := ARRAY(
    SELECT p.relname::text FROM pg_class p
    JOIN pg_class r ON r.relnamespace = p.relnamespace AND r.relname = p.relname || '_rest'
    WHERE p.relnamespace = 'public'::regnamespace AND p.relkind = 'p'
    ORDER BY p.relname IN ('audit_entry', 'outbox_event'), p.relname);
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
    FOREACH parent IN ARRAY parents LOOP
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
        END IF;
        IF parent IN ('ledger_entry', 'ledger_line') THEN
          PERFORM guard_ledger_table(child, parent);
        END IF;
        IF lies_in_rest THEN
          RETURN made;
        END IF;
      END LOOP;
    END LOOP;
    EXIT WHEN made > 0;
  END LOOP;
  RETURN made;
END $$;

CREATE TABLE ledger_entry_rest PARTITION OF ledger_entry DEFAULT;
CREATE TABLE ledger_line_rest PARTITION OF ledger_line DEFAULT;
SELECT guard_ledger_table(guarded, parent)
FROM (VALUES ('ledger_entry', 'ledger_entry'), ('ledger_entry_rest', 'ledger_entry'),
             ('ledger_line', 'ledger_line'), ('ledger_line_rest', 'ledger_line')) AS guards (guarded, parent);
SELECT ensure_partitions(3);
`;
