import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The intermediate summary 中间统计数据源 of the parties: how many there are (stock) and how many subscribers were opened,
 * stopped, resumed and closed (movement).
 *
 * Every change of a party writes what it adds and takes away (deltas) in its own transaction, by statement triggers. Nobody
 * waits for a counter: deltas are only inserted. A figure is the summary plus the deltas not yet folded into it, read in one
 * snapshot, so it is exact however often the fold runs.
 *
 * Movement is derived from the status facts as they are known today, at the node that manages the subscriber today: a
 * corrected status moves between days, a moved subscriber takes its history along. So for every node and day
 * stock(day) = stock(day before) + opened - closed, and the whole can be counted again from the tables at any time.
 *
 * On a running system: keeps writers of customer, account, subscriber and subscriber_status waiting while it counts what
 * is there, some 5 s for each million status facts; reads go on.
 */
export class PartySummary0002 implements MigrationInterface {
  public readonly name = 'PartySummary1700000000002';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [TABLES, VIEWS, STOCK_TRIGGERS, MOVEMENT_TRIGGERS, FIRST_COUNT]) await runner.query(sql);
  }

  public async down(): Promise<void> {
    throw new Error('The party summary is not taken back: restore a backup, or drop the database.');
  }
}

const TABLES = `
-- One row; whoever folds or rebuilds holds it. Movement is kept by day, and this is the time zone of those days; it follows
-- the operator's with the next fold, which then rebuilds.
CREATE TABLE party_summary_state (
  single     boolean PRIMARY KEY DEFAULT true CHECK (single),
  time_zone  text NOT NULL,
  folded_at  timestamptz NOT NULL,
  rebuilt_at timestamptz NOT NULL
);

-- The operator's time zone in PostgreSQL's words. Where it is a bare offset, PostgreSQL counts it the other way round (POSIX).
CREATE FUNCTION operator_time_zone() RETURNS text LANGUAGE sql STABLE RETURN (
  SELECT CASE WHEN name ~ '^[+-]' THEN translate(name, '+-', '-+') ELSE name END
  FROM (SELECT coalesce((SELECT p.value #>> '{}' FROM operator_parameter p WHERE p.name = 'timeZone'), 'Asia/Shanghai')) AS zone (name)
);

-- No foreign keys: what is derived must not lock what it is derived from.
CREATE TABLE party_stock (
  organisation_id uuid NOT NULL,
  party           text NOT NULL,
  service_type    text COLLATE "C",
  status          text NOT NULL,
  parties         bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (organisation_id, party, service_type, status)
) WITH (fillfactor = 70);

-- A standby that replays the truncation of an emptied table cancels the reports that read it.
CREATE TABLE party_stock_delta (
  organisation_id uuid NOT NULL,
  party           text NOT NULL,
  service_type    text COLLATE "C",
  status          text NOT NULL,
  change          bigint NOT NULL
) WITH (vacuum_truncate = off, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE TABLE party_movement (
  organisation_id uuid NOT NULL,
  day             date NOT NULL,
  service_type    text COLLATE "C" NOT NULL,
  movement        text NOT NULL,
  subscribers     bigint NOT NULL,
  PRIMARY KEY (organisation_id, day, service_type, movement)
) WITH (fillfactor = 70);

-- The instant, not the day: which day it is, only the fold says, so that no change waits for the time zone.
CREATE TABLE party_movement_delta (
  organisation_id uuid NOT NULL,
  service_type    text COLLATE "C" NOT NULL,
  movement        text NOT NULL,
  at              timestamptz NOT NULL,
  change          bigint NOT NULL
) WITH (vacuum_truncate = off, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
`;

/**
 * What happened in the lives of subscribers: `facts` are rows (subscriber_id, status, valid, …) that do not overlap, one
 * life for each value of the columns `life`. A change of status is no movement unless service begins, stops, resumes or
 * ends; one change can be two (a subscriber taken over in a stopped state is opened and stopped).
 */
function movementsOf(facts: string, life: string): string {
  const serving = (status: string): string => `coalesce(${status} IN ('active', 'suspended', 'pendingTerminate'), false)`;
  return `
    SELECT ${life}, moved.movement, step.at
    FROM (
      SELECT ${life}, fact.status, lower(fact.valid) AS starts, upper(fact.valid) AS ends,
             lag(fact.status) OVER life AS previous, lag(upper(fact.valid)) OVER life AS previous_ends,
             lead(lower(fact.valid)) OVER life AS next_starts
      FROM (${facts}) fact
      WINDOW life AS (PARTITION BY ${life} ORDER BY fact.valid)
    ) lived
    CROSS JOIN LATERAL (VALUES
      (starts, CASE WHEN previous_ends = starts THEN previous END, status),
      -- After the last fact, or before a gap, there is no status.
      (CASE WHEN next_starts IS DISTINCT FROM ends THEN ends END, status, NULL)
    ) AS step (at, was, became)
    CROSS JOIN LATERAL (VALUES
      ('OPENED', NOT ${serving('was')} AND ${serving('became')}),
      ('STOPPED', was IS DISTINCT FROM 'suspended' AND became = 'suspended'),
      ('RESUMED', was = 'suspended' AND became = 'active'),
      ('CLOSED', ${serving('was')} AND NOT ${serving('became')})
    ) AS moved (movement, happened)
    WHERE step.at IS NOT NULL AND moved.happened`;
}

const VIEWS = `
-- Every movement of every subscriber, as it is known today.
CREATE VIEW subscriber_movement AS
SELECT m.subscriber_id, s.organisation_id, s.service_type, m.movement, m.at
FROM (${movementsOf('SELECT f.subscriber_id, f.status, f.valid FROM subscriber_status f WHERE upper_inf(f.recorded)', 'subscriber_id')}) m
JOIN subscriber s ON s.id = m.subscriber_id;

-- The stock, counted.
CREATE VIEW party_stock_counted AS
SELECT organisation_id, 'CUSTOMER' AS party, NULL::text COLLATE "C" AS service_type, status, count(*) AS parties
FROM customer GROUP BY organisation_id, status
UNION ALL
SELECT organisation_id, 'ACCOUNT', NULL, status, count(*) FROM account GROUP BY organisation_id, status
UNION ALL
SELECT organisation_id, 'SUBSCRIBER', service_type, status, count(*) FROM subscriber GROUP BY organisation_id, service_type, status;
`;

/**
 * The rows of a statement, each with a sign: old ones are taken away, new ones are added. plpgsql plans a statement when it is
 * first reached, so that a branch may name a transition table that the other operations do not have.
 */
function byOperation(statement: (signed: string) => string, columns: string): string {
  const signed = (sign: number, rows: string): string => `SELECT ${columns}, ${sign} AS sign FROM ${rows}`;
  return `
  IF TG_OP = 'INSERT' THEN ${statement(signed(1, 'new_rows'))};
  ELSIF TG_OP = 'UPDATE' THEN ${statement(`${signed(1, 'new_rows')} UNION ALL ${signed(-1, 'old_rows')}`)};
  ELSE ${statement(signed(-1, 'old_rows'))};
  END IF;`;
}

function onEveryStatement(table: string, functionName: string): string {
  return `
CREATE TRIGGER ${functionName}_of_inserts AFTER INSERT ON ${table}
  REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ${functionName}();
CREATE TRIGGER ${functionName}_of_updates AFTER UPDATE ON ${table}
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ${functionName}();
CREATE TRIGGER ${functionName}_of_deletes AFTER DELETE ON ${table}
  REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION ${functionName}();`;
}

/** A bulk insert at one node leaves one delta; a change of something else leaves none. */
function stockTrigger(table: string, party: string, serviceType: string): string {
  const count = (signed: string): string => `
    INSERT INTO party_stock_delta (organisation_id, party, service_type, status, change)
    SELECT organisation_id, '${party}', ${serviceType}, status, sum(sign) FROM (${signed}) AS changed
    GROUP BY organisation_id, ${serviceType}, status HAVING sum(sign) <> 0`;
  const columns = serviceType === 'service_type' ? 'organisation_id, service_type, status' : 'organisation_id, status';
  return `
CREATE FUNCTION count_${table}_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN${byOperation(count, columns)}
  RETURN NULL;
END $$;
${onEveryStatement(table, `count_${table}_stock`)}`;
}

const STOCK_TRIGGERS = [
  stockTrigger('customer', 'CUSTOMER', 'NULL::text'),
  stockTrigger('account', 'ACCOUNT', 'NULL::text'),
  stockTrigger('subscriber', 'SUBSCRIBER', 'service_type'),
].join('\n');

/**
 * plpgsql keeps the plan that it made for the first statement of a session, and that one may have touched one row or fifty
 * thousand, when the table was empty. Index scans in nested loops are right for each.
 */
const STEADY_PLAN = 'SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off';

/**
 * Counts the lives of the subscribers that the statement touched as they are now, and takes away the same as they were
 * before it: the facts of now, less the new ones, with the old ones. Grouping, not joining, tells them apart, as no plan of
 * it is quadratic. It holds the subscribers: of two transactions that write facts of one, the second sees those of the first.
 *
 * What a statement changes of the facts and of the subscribers at once (by WITH) is not seen apart: such are not written. Subscribers
 * that it adds with their first facts had no life before.
 */
const countMovements = (changed: string): string => `
    PERFORM FROM subscriber s WHERE s.id IN (SELECT subscriber_id FROM (${changed}) AS changed) ORDER BY s.id FOR NO KEY UPDATE;
    INSERT INTO party_movement_delta (organisation_id, service_type, movement, at, change)
    WITH changed AS MATERIALIZED (SELECT * FROM (${changed}) AS changed WHERE upper_inf(recorded)),
    touched AS MATERIALIZED (SELECT DISTINCT subscriber_id FROM changed),
    held AS MATERIALIZED (
      SELECT f.id, f.subscriber_id, f.status, f.valid
      FROM touched JOIN subscriber_status f ON f.subscriber_id = touched.subscriber_id WHERE upper_inf(f.recorded)
    )
    SELECT s.organisation_id, s.service_type, m.movement, m.at, sum(m.side)
    FROM (${movementsOf(
      `SELECT 1 AS side, subscriber_id, status, valid FROM held
       UNION ALL
       SELECT -1, subscriber_id, status, valid
       FROM (SELECT id, subscriber_id, status, valid, 1 AS times FROM held
             UNION ALL SELECT id, subscriber_id, status, valid, -sign FROM changed) AS before
       GROUP BY id, subscriber_id, status, valid HAVING sum(times) > 0`,
      'side, subscriber_id',
    )}) m
    JOIN subscriber s ON s.id = m.subscriber_id
    GROUP BY s.organisation_id, s.service_type, m.movement, m.at HAVING sum(m.side) <> 0`;

/** A subscriber that goes to another node, or becomes another service, takes its movements along. */
const MOVED = `
    WITH moved AS MATERIALIZED (
      SELECT id, organisation_id, service_type, sum(sign) AS sign
      FROM (SELECT id, organisation_id, service_type, 1 AS sign FROM new_rows
            UNION ALL SELECT id, organisation_id, service_type, -1 FROM old_rows) AS changed
      GROUP BY id, organisation_id, service_type HAVING sum(sign) <> 0
    )
    SELECT moved.sign, moved.organisation_id, moved.service_type, f.subscriber_id, f.status, f.valid
    FROM moved JOIN subscriber_status f ON f.subscriber_id = moved.id WHERE upper_inf(f.recorded)`;

const MOVEMENT_TRIGGERS = `
CREATE FUNCTION count_subscriber_movement() RETURNS trigger LANGUAGE plpgsql ${STEADY_PLAN} AS $$
BEGIN${byOperation(countMovements, 'id, subscriber_id, status, valid, recorded')}
  RETURN NULL;
END $$;
${onEveryStatement('subscriber_status', 'count_subscriber_movement')}

CREATE FUNCTION move_subscriber_movement() RETURNS trigger LANGUAGE plpgsql ${STEADY_PLAN} AS $$
BEGIN
  INSERT INTO party_movement_delta (organisation_id, service_type, movement, at, change)
  SELECT m.organisation_id, m.service_type, m.movement, m.at, sum(m.sign)
  FROM (${movementsOf(MOVED, 'sign, organisation_id, service_type, subscriber_id')}) m
  GROUP BY m.organisation_id, m.service_type, m.movement, m.at HAVING sum(m.sign) <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER move_subscriber_movement AFTER UPDATE ON subscriber
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION move_subscriber_movement();
`;

const FIRST_COUNT = `
INSERT INTO party_summary_state (time_zone, folded_at, rebuilt_at)
VALUES (operator_time_zone(), now(), now());

INSERT INTO party_stock (organisation_id, party, service_type, status, parties)
SELECT organisation_id, party, service_type, status, parties FROM party_stock_counted;

INSERT INTO party_movement (organisation_id, day, service_type, movement, subscribers)
SELECT m.organisation_id, (m.at AT TIME ZONE st.time_zone)::date, m.service_type, m.movement, count(*)
FROM subscriber_movement m CROSS JOIN party_summary_state st
GROUP BY 1, 2, 3, 4;
`;
