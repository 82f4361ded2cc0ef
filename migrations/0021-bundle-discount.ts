import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Bundles have discounts of their own level.
 *
 * On a running system: adds a column without a value, which rewrites nothing, and builds the constraints of `granted_discount` again while its
 * lock holds up whoever grants: seconds for each million grants. Programs of the version before grant nothing to bundles.
 */
export class BundleDiscount0021 implements MigrationInterface {
  public readonly name = 'BundleDiscount1700000000021';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(GRANTS);
  }

  public async down(): Promise<void> {
    throw new Error('What was granted to bundles is not taken back: restore a backup.');
  }
}

const GRANTS = `
ALTER TABLE granted_discount ADD COLUMN bundle_instance_id uuid REFERENCES bundle_instance;
ALTER TABLE granted_discount
  DROP CONSTRAINT granted_discount_check,
  DROP CONSTRAINT granted_discount_once,
  DROP CONSTRAINT granted_discount_group,
  ADD CONSTRAINT granted_discount_holder CHECK (num_nonnulls(subscriber_id, account_id, bundle_instance_id) = 1),
  ADD CONSTRAINT granted_discount_once EXCLUDE USING gist
    ((coalesce(subscriber_id, account_id, bundle_instance_id)) WITH =, discount_id WITH =, valid WITH &&) WHERE (upper_inf(recorded)),
  ADD CONSTRAINT granted_discount_group EXCLUDE USING gist
    ((coalesce(subscriber_id, account_id, bundle_instance_id)) WITH =, exclusion_group WITH =, valid WITH &&) WHERE (upper_inf(recorded));
CREATE INDEX granted_discount_bundle ON granted_discount (bundle_instance_id, grant_id) WHERE bundle_instance_id IS NOT NULL;
`;
