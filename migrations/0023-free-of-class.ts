import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Free numbers of a pool are found by their class: any that is ordinary, or of one class, without a look at the others.
 *
 * On a running system: building the indexes reads the whole table under a lock that holds up reservations: seconds for each million numbers.
 */
export class FreeOfClass0023 implements MigrationInterface {
  public readonly name = 'FreeOfClass1700000000023';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(INDEXES);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX access_number_free_of_class, access_number_free_ordinary');
  }
}

const INDEXES = `
-- Two, of which each number is in one: an index that begins with the class would not be in the order of free_from where the class IS NULL.
CREATE INDEX access_number_free_ordinary ON access_number (pool_id, free_from, value) WHERE free_from IS NOT NULL AND class_code IS NULL;
CREATE INDEX access_number_free_of_class ON access_number (pool_id, class_code, free_from, value)
  WHERE free_from IS NOT NULL AND class_code IS NOT NULL;
`;
