import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which lines of business take their number along to another operator 携号转网.
 *
 * On a running system: adds a column with a constant default to a table of a few rows, which is locked for that moment. The version of the
 * program before this one neither reads nor writes it.
 */
export class Porting0019 implements MigrationInterface {
  public readonly name = 'Porting1700000000019';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(PORTING);
  }

  public async down(): Promise<void> {
    throw new Error('Which lines of business are portable is not forgotten: restore a backup.');
  }
}

const PORTING = `
-- Mobile only, by the rules of the country; the operator may say otherwise.
ALTER TABLE service_type ADD COLUMN portable boolean NOT NULL DEFAULT false;
UPDATE service_type SET portable = true WHERE code = 'MOBILE';
`;
