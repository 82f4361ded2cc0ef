/*
 * What the reference server asks of PostgreSQL: one statement an answer, as well as they can be written. They know nothing
 * of scope, and mask in SQL, so that nothing is left to be done to their answers.
 */

const HELD_NOW = (alias: string): string => `upper_inf(${alias}.recorded) AND ${alias}.valid @> now()`;

/** By one index probe each: whose number it is, and the subscriber. */
const OF_NUMBER = `
  FROM subscriber_identifier f JOIN subscriber s ON s.id = f.subscriber_id
  WHERE f.value = $1 AND ${HELD_NOW('f')} ORDER BY f.kind = 'NUMBER' DESC, f.kind LIMIT 1`;

export const POINT_READ = `SELECT f.value AS "accessNumber", s.status ${OF_NUMBER}`;

const ACCESS_NUMBER = `
  (SELECT n.value FROM subscriber_identifier n WHERE n.subscriber_id = s.id AND n.kind <> 'SIM' AND ${HELD_NOW('n')} LIMIT 1)`;

const MASKED_NAME = `
  CASE WHEN c.kind IN ('INDIVIDUAL', 'HOUSEHOLD') THEN left(c.name, 1) || repeat('*', length(c.name) - 1) ELSE c.name END`;

const DOCUMENTS = `
  (SELECT coalesce(json_agg(json_build_object('kind', d.kind, 'number', repeat('*', length(d.number) - 4) || right(d.number, 4))
                            ORDER BY d.id), '[]')
   FROM customer_document d WHERE d.customer_id = c.id AND ${HELD_NOW('d')})`;

const MASKED_CONTACT = `
  CASE k.kind WHEN 'EMAIL' THEN left(k.value, 1) || '***' || substr(k.value, strpos(k.value, '@'))
              WHEN 'ADDRESS' THEN left(k.value, 6) || '****'
              ELSE left(k.value, 3) || repeat('*', length(k.value) - 7) || right(k.value, 4) END`;

const CONTACTS = `
  (SELECT coalesce(json_agg(json_build_object('kind', k.kind, 'value', ${MASKED_CONTACT}) ORDER BY k.id), '[]')
   FROM customer_contact k WHERE k.customer_id = c.id AND ${HELD_NOW('k')})`;

const PAYMENT_RELATIONS = `
  (SELECT coalesce(json_agg(json_build_object('isDefault', p.is_default, 'priority', p.priority, 'subscriber', p.subscriber)), '[]') FROM (
     SELECT p.is_default, p.priority, json_build_object('accessNumber', ${ACCESS_NUMBER}) AS subscriber
     FROM payment_relation p JOIN subscriber s ON s.id = p.subscriber_id
     WHERE p.account_id = a.id AND ${HELD_NOW('p')} ORDER BY p.id LIMIT 10) p)`;

const ACCOUNTS = `
  (SELECT coalesce(json_agg(json_build_object('accountNo', a.account_no, 'ratingType', a.rating_type,
                                              'paymentRelations', json_build_object('nodes', ${PAYMENT_RELATIONS}))), '[]')
   FROM (SELECT a.id, a.account_no, a.rating_type FROM account a WHERE a.customer_id = c.id ORDER BY a.id LIMIT 10) a)`;

const SUBSCRIBERS = `
  (SELECT coalesce(json_agg(json_build_object('accessNumber', s.access_number, 'status', s.status)), '[]') FROM (
     SELECT s.status, ${ACCESS_NUMBER} AS access_number
     FROM subscriber_customer r JOIN subscriber s ON s.id = r.subscriber_id
     WHERE r.customer_id = c.id AND r.role = 'OWNER' AND ${HELD_NOW('r')} ORDER BY s.id LIMIT 10) s)`;

const STOP_REASONS = `CASE WHEN s.stop_reasons = 0 THEN '[]'::json ELSE (
  SELECT json_agg(name)
  FROM unnest(ARRAY['CUSTOMER_REQUEST', 'LOSS', 'ARREARS_ONE_WAY', 'ARREARS_TWO_WAY', 'VIOLATION', 'REGULATOR', 'HIGH_USAGE'])
    WITH ORDINALITY AS reason (name, bit) WHERE s.stop_reasons & (1 << (bit::integer - 1)) <> 0) END`;

const CUSTOMER = `json_build_object('customerNo', c.customer_no, 'name', ${MASKED_NAME}, 'grade', c.grade, 'documents', ${DOCUMENTS},
  'contacts', ${CONTACTS}, 'accounts', json_build_object('nodes', ${ACCOUNTS}), 'subscribers', json_build_object('nodes', ${SUBSCRIBERS}))`;

/** To the millisecond, as the contract has it. */
const INSTANT = (value: string): string => `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const NAMED = (alias: string): string => `json_build_object('code', ${alias}.code, 'name', ${alias}.name)`;

const PRODUCTS = `
  (SELECT coalesce(json_agg(json_build_object('quantity', h.quantity,
      'validity', json_build_object('from', ${INSTANT('lower(h.valid)')}, 'to', ${INSTANT('upper(h.valid)')}), 'product', ${NAMED('h')})), '[]') FROM (
     SELECT f.quantity, f.valid, p.code, p.name
     FROM subscriber_product f JOIN product_instance i ON i.id = f.instance_id JOIN product p ON p.id = i.product_id
     WHERE f.subscriber_id = s.id AND ${HELD_NOW('f')} ORDER BY f.is_plan DESC, f.instance_id LIMIT 100) h)`;

const PLANNED_PRODUCTS = `
  (SELECT coalesce(json_agg(json_build_object('quantity', h.quantity, 'validity', json_build_object('from', ${INSTANT('lower(h.valid)')}),
                                              'product', ${NAMED('h')})), '[]') FROM (
     SELECT f.quantity, f.valid, p.code, p.name
     FROM subscriber_product f JOIN product_instance i ON i.id = f.instance_id JOIN product p ON p.id = i.product_id
     WHERE f.subscriber_id = s.id AND upper_inf(f.recorded) AND lower(f.valid) > now() ORDER BY lower(f.valid), f.instance_id LIMIT 100) h)`;

const BUNDLE = `
  (SELECT json_build_object('role', f.role, 'bundle', json_build_object('product', ${NAMED('p')}))
   FROM bundle_membership f JOIN bundle_instance b ON b.id = f.bundle_instance_id JOIN product p ON p.id = b.product_id
   WHERE f.subscriber_id = s.id AND ${HELD_NOW('f')} LIMIT 1)`;

const DISCOUNTS = `
  (SELECT coalesce(json_agg(json_build_object('validity', json_build_object('to', ${INSTANT('upper(h.valid)')}), 'discount', ${NAMED('h')})), '[]')
   FROM (SELECT f.valid, d.code, d.name FROM granted_discount f JOIN discount d ON d.id = f.discount_id
         WHERE f.subscriber_id = s.id AND ${HELD_NOW('f')} ORDER BY f.grant_id LIMIT 50) h)`;

/** The whole answer as text, to be passed on as it is. */
export const COUNTER_VIEW = `
  SELECT json_build_object('data', json_build_object('subscriberByNumber',
    json_build_object('accessNumber', s.access_number, 'status', s.status, 'stopReasons', ${STOP_REASONS},
                      'products', ${PRODUCTS}, 'plannedProducts', ${PLANNED_PRODUCTS}, 'bundle', ${BUNDLE}, 'discounts', ${DISCOUNTS},
                      'customer', ${CUSTOMER})))::text AS body
  FROM (SELECT s.id, f.value AS access_number, s.status, s.stop_reasons ${OF_NUMBER}) s
  JOIN LATERAL (
    SELECT c.* FROM subscriber_customer r JOIN customer c ON c.id = r.customer_id
    WHERE r.subscriber_id = s.id AND r.role = 'OWNER' AND ${HELD_NOW('r')} LIMIT 1
  ) c ON true`;
