import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When the grace of a bundle ends is written down, so that the bundle ends on that day and its contract is charged.
 *
 * On a running system: columns without a default are added at once; bundles in force that may have a grace are looked at once by upkeep. One whose grace
 * was over before is ended then, and charged as of the day on which it was over. The version of the program before this one ends
 * such bundles without a charge.
 */
export class BundleGrace0028 implements MigrationInterface {
  public readonly name = 'BundleGrace1700000000028';
  public readonly transaction = true;

  public async up(runner: QueryRunner): Promise<void> {
    for (const sql of [COLUMNS, LOOKED_AT]) await runner.query(sql);
  }

  public async down(): Promise<void> {
    throw new Error('What bundles are to be charged for is not forgotten: restore a backup.');
  }
}

const COLUMNS = `
ALTER TABLE bundle_instance
  -- The day on which it ends 宽限期满 where no member is found before; null: none is missing.
  ADD COLUMN grace_until date,
  -- The day on which it was over: the bundle has ended by that.
  ADD COLUMN lapsed_on date,
  -- When what that costs was charged, or found to be nothing.
  ADD COLUMN settled_at timestamptz,
  ADD CONSTRAINT bundle_instance_settled CHECK (settled_at IS NULL OR lapsed_on IS NOT NULL);
CREATE INDEX bundle_instance_in_grace ON bundle_instance (grace_until, id) WHERE grace_until IS NOT NULL;
CREATE INDEX bundle_instance_unsettled ON bundle_instance (lapsed_on, id) WHERE lapsed_on IS NOT NULL AND settled_at IS NULL;
`;

const LOOKED_AT = `
UPDATE bundle_instance b SET grace_until = current_date
FROM bundle_state f JOIN product_version v ON v.id = f.product_version_id AND v.definition->'whenMemberLeaves'->>'kind' = 'GRACE'
WHERE f.bundle_instance_id = b.id AND upper_inf(f.recorded) AND f.valid @> now()
`;
