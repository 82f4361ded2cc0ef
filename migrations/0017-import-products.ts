import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an import says of the products that its rows hold: how many, and how their list prices compare with what the file says is paid.
 *
 * On a running system: adds columns with constant defaults to a table of a few rows, which is locked for that moment.
 */
export class ImportProducts0017 implements MigrationInterface {
  public readonly name = 'ImportProducts1700000000017';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(COLUMNS);
  }

  public async down(): Promise<void> {
    throw new Error('What was imported is not taken back: restore a backup.');
  }
}

const COLUMNS = `
ALTER TABLE import_job
  ADD COLUMN products       integer NOT NULL DEFAULT 0,
  -- Of the rows that say what is paid a month: how many there are, what they say together, what the list prices of their products come
  -- to, in which currency, and how many rows say something else than the list.
  ADD COLUMN charged_rows   integer NOT NULL DEFAULT 0,
  ADD COLUMN currency       text CHECK (currency ~ '^[A-Z]{3}$'),
  ADD COLUMN charged_minor  bigint NOT NULL DEFAULT 0,
  ADD COLUMN list_minor     bigint NOT NULL DEFAULT 0,
  ADD COLUMN differing_rows integer NOT NULL DEFAULT 0;
`;
