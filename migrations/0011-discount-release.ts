import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a lower node says of a discount: whether it is granted there, and to whom.
 *
 * On a running system: creates one table, locks nothing that exists but for the foreign keys' moment.
 */
export class DiscountRelease0011 implements MigrationInterface {
  public readonly name = 'DiscountRelease1700000000011';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(RELEASES);
  }

  public async down(): Promise<void> {
    throw new Error('What nodes say of discounts is not taken back: restore a backup.');
  }
}

const RELEASES = `
-- In the form of the dated facts of 0001.
CREATE TABLE discount_release (
  id              uuid PRIMARY KEY,
  discount_id     uuid NOT NULL REFERENCES discount,
  organisation_id uuid NOT NULL REFERENCES organisation,
  granted         boolean NOT NULL,
  narrowing       jsonb NOT NULL,
  valid           tstzrange NOT NULL CHECK (NOT isempty(valid)),
  recorded        tstzrange NOT NULL,
  CONSTRAINT discount_release_overlaps
    EXCLUDE USING gist (discount_id WITH =, organisation_id WITH =, valid WITH &&) WHERE (upper_inf(recorded))
);
CREATE INDEX discount_release_discount ON discount_release (discount_id, organisation_id);
CREATE INDEX discount_service_type ON discount (service_type, code);
`;
