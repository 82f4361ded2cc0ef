import type { Client } from 'pg';

interface ForeignKey {
  readonly name: string;
  readonly child: string;
  readonly column: string;
  readonly parent: string;
  readonly parent_column: string;
}

/** What must hold of the whole data set, each as a count of the rows that break it. */
const RULES: readonly (readonly [rule: string, sql: string])[] = [
  ['each subscriber has a default payment relation for its whole life', `
    SELECT count(*) FROM subscriber s LEFT JOIN (
      SELECT subscriber_id, range_agg(valid) AS cover FROM payment_relation WHERE is_default AND upper_inf(recorded) GROUP BY subscriber_id
    ) d ON d.subscriber_id = s.id
    WHERE NOT isempty(tstzrange(s.opened_at, s.closed_at)) AND coalesce(NOT d.cover @> tstzrange(s.opened_at, s.closed_at), true)`],
  ['the status now is the last status fact', `
    SELECT count(*)
    FROM subscriber s LEFT JOIN subscriber_status f ON f.subscriber_id = s.id AND upper_inf(f.recorded) AND upper_inf(f.valid)
    WHERE (f.status, f.stop_reasons) IS DISTINCT FROM (s.status, s.stop_reasons)`],
  ['the status is known without a gap from the opening on', `
    SELECT count(*) FROM subscriber s LEFT JOIN (
      SELECT subscriber_id, range_agg(valid) AS lived FROM subscriber_status WHERE upper_inf(recorded) GROUP BY subscriber_id
    ) f ON f.subscriber_id = s.id WHERE f.lived IS DISTINCT FROM tstzmultirange(tstzrange(s.opened_at, NULL))`],
  ['each subscriber has an owner, a user and a payer', `
    SELECT count(*) FROM subscriber s
    WHERE 3 <> (SELECT count(*) FROM subscriber_customer f WHERE f.subscriber_id = s.id AND upper_inf(f.recorded) AND upper_inf(f.valid))`],
  ['an identifier has the form of its service type', `
    SELECT count(*) FROM subscriber_identifier f JOIN subscriber s ON s.id = f.subscriber_id JOIN service_type t ON t.code = s.service_type
    WHERE f.kind <> 'SIM' AND (f.kind <> t.identifier_kind OR f.value !~ t.identifier_pattern)`],
  ['each subscriber that is served holds one plan of its line now, and who is closed holds nothing', `
    SELECT count(*) FROM subscriber s
    WHERE CASE WHEN s.status = 'terminated' THEN '{}' ELSE ARRAY[s.service_type] END <> ARRAY(
      SELECT p.service_type FROM subscriber_product f JOIN product_instance i ON i.id = f.instance_id JOIN product p ON p.id = i.product_id
      WHERE f.subscriber_id = s.id AND upper_inf(f.recorded) AND f.valid @> now() AND (f.is_plan OR s.status = 'terminated'))`],
  ['what is held came of an item of an order', `
    SELECT count(*) FROM (SELECT order_id, item_no FROM product_instance UNION ALL SELECT order_id, item_no FROM subscriber_product
                          UNION ALL SELECT order_id, item_no FROM bundle_membership UNION ALL SELECT order_id, item_no FROM granted_discount) f
    LEFT JOIN order_item i USING (order_id, item_no) WHERE i.order_id IS NULL`],
  ['the organisation closure has each node once as its own', `
    SELECT count(*) FROM organisation o
    WHERE 1 <> (SELECT count(*) FROM organisation_closure c WHERE c.ancestor_id = o.id AND c.depth = 0)`],
  ['the summary of stock agrees with a count', `
    SELECT count(*) FROM (
      SELECT organisation_id, party, service_type, status, sum(parties) AS difference
      FROM (SELECT organisation_id, party, service_type, status, parties FROM party_stock
            UNION ALL SELECT organisation_id, party, service_type, status, -parties FROM party_stock_counted) AS both_ways
      GROUP BY organisation_id, party, service_type, status) AS compared WHERE difference <> 0`],
]; // prettier-ignore

/**
 * Checks what the triggers would have: every foreign key, and the rules over several rows. CHECK and UNIQUE were in
 * force while the rows came in, and EXCLUDE is again.
 * @throws Error naming each rule that does not hold
 */
export async function assertInvariants(client: Client): Promise<void> {
  const broken: string[] = [];
  for (const [rule, text] of [...(await foreignKeyRules(client)), ...RULES]) {
    const { rows } = await client.query<{ count: string }>(text);
    if (rows[0]?.count !== '0') broken.push(`${rule}: ${rows[0]?.count} rows break it`);
  }
  if (broken.length > 0) throw new Error(`The data set is wrong:\n${broken.join('\n')}`);
}

async function foreignKeyRules(client: Client): Promise<(readonly [string, string])[]> {
  const { rows } = await client.query<ForeignKey>(`
    SELECT k.conname AS name, k.conrelid::regclass::text AS child, c.attname AS column,
           k.confrelid::regclass::text AS parent, p.attname AS parent_column
    FROM pg_constraint k
    JOIN pg_attribute c ON c.attrelid = k.conrelid AND c.attnum = k.conkey[1]
    JOIN pg_attribute p ON p.attrelid = k.confrelid AND p.attnum = k.confkey[1]
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND cardinality(k.conkey) = 1`);
  return rows.map(({ name, child, column, parent, parent_column: parentColumn }) => [
    `foreign key ${name}`,
    `SELECT count(*) FROM ${child} c LEFT JOIN ${parent} p ON p.${parentColumn} = c.${column}
     WHERE c.${column} IS NOT NULL AND p.${parentColumn} IS NULL`,
  ]);
}
