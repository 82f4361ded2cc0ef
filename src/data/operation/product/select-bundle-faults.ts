import type { SqlRunner } from '../../connection/run-statement';
import { sql } from '../../connection/sql';

/** Where a bundle and its members do not agree, at any instant that is known of. */
export interface BundleFault {
  /** In it when the subscriber is closed; when the bundle is not there; or with a plan that is none of its role, or none at all. */
  readonly fault: 'MEMBER_CLOSED' | 'MEMBER_OF_NOTHING' | 'PLAN_NOT_OF_ROLE';
  readonly bundleInstanceId: string;
  readonly subscriberId: string;
  readonly role: string;
}

interface FaultRow {
  readonly fault: BundleFault['fault'];
  readonly bundle_instance_id: string;
  readonly subscriber_id: string;
  readonly role: string;
}

/** Memberships that hold when they may not, as known today: one snapshot, the first `limit`. It reads them all. */
export async function selectBundleFaults({ sql: runner }: { readonly sql: SqlRunner }, limit: number): Promise<BundleFault[]> {
  const rows = await runner.query<FaultRow>(sql`
    SELECT fault, bundle_instance_id, subscriber_id, role FROM (
      SELECT m.bundle_instance_id, m.subscriber_id, m.role,
        CASE WHEN s.closed_at IS NOT NULL AND m.valid && tstzrange(s.closed_at, NULL) THEN 'MEMBER_CLOSED'
             WHEN NOT tstzmultirange(m.valid) <@ coalesce((
               SELECT range_agg(b.valid) FROM bundle_state b WHERE b.bundle_instance_id = m.bundle_instance_id AND upper_inf(b.recorded)
             ), '{}') THEN 'MEMBER_OF_NOTHING'
             WHEN NOT tstzmultirange(m.valid) <@ coalesce((
               SELECT range_agg(f.valid * b.valid) FROM subscriber_product f
               JOIN product_instance i ON i.id = f.instance_id
               JOIN product p ON p.id = i.product_id
               JOIN bundle_state b ON b.bundle_instance_id = m.bundle_instance_id AND upper_inf(b.recorded) AND b.valid && f.valid
               JOIN product_version v ON v.id = b.product_version_id
               WHERE f.subscriber_id = m.subscriber_id AND f.is_plan AND upper_inf(f.recorded)
                 AND EXISTS (SELECT FROM jsonb_array_elements(v.definition -> 'members') AS r (role)
                             WHERE r.role ->> 'role' = m.role AND r.role -> 'products' ? p.code)
             ), '{}') THEN 'PLAN_NOT_OF_ROLE' END AS fault
      FROM bundle_membership m JOIN subscriber s ON s.id = m.subscriber_id WHERE upper_inf(m.recorded)
    ) AS judged WHERE fault IS NOT NULL ORDER BY bundle_instance_id, subscriber_id LIMIT ${limit}`);
  return rows.map((row) => ({
    fault: row.fault,
    bundleInstanceId: row.bundle_instance_id,
    subscriberId: row.subscriber_id,
    role: row.role,
  }));
}
