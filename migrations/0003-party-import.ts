import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The import of parties from files: jobs, the rows that were imported by their keys, and the rows that were rejected.
 *
 * On a running system: creates tables only, locks nothing that exists but for the foreign keys' moment.
 */
export class PartyImport0003 implements MigrationInterface {
  public readonly name = 'PartyImport1700000000003';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  public async down(): Promise<void> {
    throw new Error('The import is not taken back: restore a backup.');
  }
}

const TABLES = `
CREATE TABLE import_job (
  id              uuid PRIMARY KEY,
  -- The system that the rows come from, as its mapping says: row keys are unique within it, at its node.
  source          text COLLATE "C" NOT NULL,
  organisation_id uuid NOT NULL REFERENCES organisation,
  file_name       text NOT NULL,
  file_digest     text COLLATE "C" NOT NULL CHECK (file_digest ~ '^[0-9a-f]{64}$'),
  file_bytes      bigint NOT NULL CHECK (file_bytes >= 0),
  -- Not jsonb: the order of the columns is the order in which what is wrong with a row is told.
  mapping         json NOT NULL,
  mapping_digest  text COLLATE "C" NOT NULL CHECK (mapping_digest ~ '^[0-9a-f]{64}$'),
  state           text NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'STOPPED', 'COMPLETED', 'FAILED')),
  failure_code    text,
  -- Where the next batch begins. It moves in the transaction that imports what lies before it.
  position_bytes  bigint NOT NULL DEFAULT 0,
  position_row    integer NOT NULL DEFAULT 0,
  position_line   integer NOT NULL DEFAULT 0,
  customers       integer NOT NULL DEFAULT 0,
  accounts        integer NOT NULL DEFAULT 0,
  subscribers     integer NOT NULL DEFAULT 0,
  skipped_rows    integer NOT NULL DEFAULT 0,
  rejected_rows   integer NOT NULL DEFAULT 0,
  rejects_max     integer NOT NULL CHECK (rejects_max > 0),
  -- Who is at work, and until when he need not show himself: nobody else takes the job before that.
  runner          text COLLATE "C",
  runner_until    timestamptz,
  -- Which workflow was asked to be at work, and nobody has stopped since.
  workflow_id     text COLLATE "C",
  actor_kind      text NOT NULL CHECK (actor_kind IN ('STAFF', 'PARTNER', 'SYSTEM')),
  actor_id        text NOT NULL,
  created_at      timestamptz NOT NULL,
  -- When it was begun first; when and where the run began that is under way, or the last one.
  started_at      timestamptz,
  run_at          timestamptz,
  run_bytes       bigint NOT NULL DEFAULT 0,
  run_row         integer NOT NULL DEFAULT 0,
  progress_at     timestamptz,
  ended_at        timestamptz,
  UNIQUE (organisation_id, source, file_digest, mapping_digest),
  CHECK ((runner IS NULL) = (runner_until IS NULL)),
  CHECK ((state IN ('COMPLETED', 'FAILED')) = (ended_at IS NOT NULL)),
  CHECK ((state = 'FAILED') = (failure_code IS NOT NULL))
);
CREATE INDEX import_job_organisation ON import_job (organisation_id, id);
-- Which files are needed yet.
CREATE INDEX import_job_open_file ON import_job (file_digest) WHERE state IN ('WAITING', 'RUNNING', 'STOPPED');

-- Every row that became a customer. The same key again is known by it, with the same content or another.
CREATE TABLE import_row (
  -- The node of the job: the keys of one city are not those of another.
  organisation_id uuid NOT NULL REFERENCES organisation,
  source      text COLLATE "C" NOT NULL,
  row_key     text COLLATE "C" NOT NULL,
  row_digest  bytea NOT NULL,
  customer_id uuid NOT NULL REFERENCES customer,
  job_id      uuid NOT NULL REFERENCES import_job,
  row_number  integer NOT NULL,
  -- The job that met the key last, and in which row: the same key in another row of one file is a duplicate.
  seen_job_id uuid NOT NULL REFERENCES import_job,
  seen_row    integer NOT NULL,
  PRIMARY KEY (organisation_id, source, row_key)
);
CREATE INDEX import_row_customer ON import_row (customer_id);

-- One line for each rejected row: its first problem, and the codes of the others.
CREATE TABLE import_reject (
  job_id      uuid NOT NULL REFERENCES import_job,
  row_number  integer NOT NULL,
  line_number integer NOT NULL,
  row_key     text COLLATE "C",
  field       text,
  code        text NOT NULL,
  message_zh  text NOT NULL,
  message_en  text NOT NULL,
  further     text[] NOT NULL,
  PRIMARY KEY (job_id, row_number)
);
`;
