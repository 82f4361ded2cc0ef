import { NODES, type Statement } from './dataset-organisations';

export interface PartyPlan {
  readonly customers: number;
  /** How often at most a subscriber has been stopped and resumed, up to 12: how long the history is that reports read. */
  readonly stops: number;
}

/** The customers came over this time, evenly, up to a week ago. */
const YEARS = 6;

/**
 * What is planned of each customer and subscriber; the tables are made of these. Two subscribers a customer: a mobile number,
 * and a broadband line or (every fifth) a fixed one. Of the subscribers one in forty is closed and one in twenty-five stopped
 * now; each has been stopped and resumed up to `stops` times before. Instants are whole milliseconds, as the product writes them.
 */
function plans({ customers, stops }: PartyPlan): readonly Statement[] {
  const hall = `pg_temp.made_id('organisation', ${NODES.firstHall} + (i * 7919) % ${NODES.count - NODES.firstHall})`;
  return [
    ['plan of customers', `
      CREATE TEMP TABLE planned_customer AS
      SELECT i, pg_temp.made_id('customer', i) AS id, ${hall} AS organisation_id,
             CASE WHEN i % 20 = 0 THEN 'ENTERPRISE' WHEN i % 97 = 0 THEN 'GOVERNMENT' WHEN i % 25 = 1 THEN 'HOUSEHOLD'
                  ELSE 'INDIVIDUAL' END AS kind,
             date_trunc('milliseconds', now() - interval '7 days' - interval '${YEARS} years' * (1 - i::float8 / ${customers})) AS opened_at
      FROM generate_series(1, ${customers}) AS i`],
    ['plan of subscribers', `
      CREATE TEMP TABLE planned_subscriber AS
      SELECT c.i, s.j, pg_temp.made_id('subscriber', s.j) AS id, c.id AS customer_id, c.organisation_id, s.nth, s.status, s.service_type,
             c.opened_at AS opened_at,
             CASE WHEN s.status = 'terminated' THEN date_trunc('milliseconds', c.opened_at + (now() - c.opened_at) * 0.8) END AS closed_at,
             s.j % ${stops + 1} * 2 + (s.status <> 'active')::integer AS changes,
             CASE WHEN s.nth = 1 THEN '138' || lpad(c.i::text, 8, '0')
                  WHEN s.service_type = 'FIXED_LINE' THEN '0571' || lpad(c.i::text, 8, '0')
                  ELSE 'bb' || lpad(c.i::text, 8, '0') || '@sanhu' END AS access_number
      FROM planned_customer c CROSS JOIN LATERAL (
        SELECT nth, 2 * c.i - 2 + nth AS j,
               CASE WHEN (2 * c.i - 2 + nth) % 40 = 0 THEN 'terminated' WHEN (2 * c.i - 2 + nth) % 25 = 7 THEN 'suspended'
                    ELSE 'active' END AS status,
               CASE WHEN nth = 1 THEN 'MOBILE' WHEN c.i % 5 = 0 THEN 'FIXED_LINE' ELSE 'BROADBAND' END AS service_type
        FROM generate_series(1, 2) AS nth
      ) s ORDER BY s.j`],
    ['statistics of the plans', 'ANALYZE planned_customer, planned_subscriber'],
  ]; // prettier-ignore
}

const CUSTOMERS: readonly Statement[] = [
  ['customers', `
    INSERT INTO customer (id, kind, name, name_en, grade, organisation_id, attributes, created_at)
    SELECT id, kind,
           CASE WHEN kind IN ('INDIVIDUAL', 'HOUSEHOLD') THEN (ARRAY['张', '王', '李', '赵', '陈', '杨', '黄', '周', '吴', '欧阳'])[1 + i % 10]
                  || (ARRAY['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '洋', '艳', '小明', '建国', '晓燕'])[1 + i % 13]
                ELSE '浙江' || (ARRAY['东海', '西湖', '钱江', '天目'])[1 + i % 4] || i
                  || (CASE kind WHEN 'ENTERPRISE' THEN '科技有限公司' ELSE '管理局' END) END,
           CASE WHEN kind = 'INDIVIDUAL'
                THEN (ARRAY['Zhang', 'Wang', 'Li', 'Zhao', 'Chen'])[1 + i % 5] || ' ' || (ARRAY['Wei', 'Fang', 'Na', 'Min'])[1 + i % 4] END,
           (ARRAY['STANDARD', 'STANDARD', 'STANDARD', 'SILVER', 'GOLD', 'PLATINUM', 'DIAMOND'])[1 + i % 7],
           organisation_id, '{}', opened_at
    FROM planned_customer ORDER BY i`],
  ['documents', `
    INSERT INTO customer_document (id, customer_id, kind, number, issuing_authority, valid, recorded)
    SELECT pg_temp.made_id('document', i), id, CASE WHEN kind IN ('INDIVIDUAL', 'HOUSEHOLD') THEN 'RESIDENT_ID' ELSE 'BUSINESS_LICENCE' END,
           CASE WHEN kind IN ('INDIVIDUAL', 'HOUSEHOLD') THEN '330106' ELSE '913301' END || lpad(i::text, 12, '0'), '杭州市',
           tstzrange(opened_at, NULL), tstzrange(opened_at, NULL)
    FROM planned_customer ORDER BY i`],
  ['contacts', `
    INSERT INTO customer_contact (id, customer_id, kind, value, person, valid, recorded)
    SELECT pg_temp.made_id('contact', 2 * i + nth), id, CASE WHEN nth = 1 THEN 'MOBILE' WHEN i % 2 = 0 THEN 'EMAIL' ELSE 'ADDRESS' END,
           CASE WHEN nth = 1 THEN '139' || lpad(i::text, 8, '0') WHEN i % 2 = 0 THEN 'customer' || i || '@example.com'
                ELSE '杭州市西湖区文三路' || i || '号' END,
           NULL, tstzrange(opened_at, NULL), tstzrange(opened_at, NULL)
    FROM planned_customer CROSS JOIN generate_series(1, 2) AS nth ORDER BY i, nth`],
]; // prettier-ignore

/** One account, and for every second customer another. */
const ACCOUNTS: readonly Statement[] = [
  ['accounts', `
    INSERT INTO account (id, customer_id, organisation_id, name, currency, rating_type, payment_method, attributes, created_at)
    SELECT pg_temp.made_id('account', 2 * i + nth), id, organisation_id, '账户' || nth, 'CNY',
           CASE WHEN i % 3 = 0 THEN 'PREPAID' ELSE 'POSTPAID' END,
           (ARRAY['CASH', 'BANK_TRANSFER', 'BANK_COLLECTION', 'CARD', 'CHEQUE', 'ONLINE'])[1 + i % 6], '{}', opened_at
    FROM planned_customer CROSS JOIN generate_series(1, 2) AS nth WHERE nth = 1 OR i % 2 = 0 ORDER BY i, nth`],
  ['billing days', `
    INSERT INTO account_billing_day (id, account_id, day, valid, recorded)
    SELECT pg_temp.made_id('billing day', 2 * i + nth), pg_temp.made_id('account', 2 * i + nth), 1 + i % 28,
           tstzrange(opened_at, NULL), tstzrange(opened_at, NULL)
    FROM planned_customer CROSS JOIN generate_series(1, 2) AS nth WHERE nth = 1 OR i % 2 = 0 ORDER BY i, nth`],
]; // prettier-ignore

/**
 * The rows of a fact that ends when its subscriber is closed, as the product leaves them: what was held until then with no
 * end, and what is held since.
 */
export const UNTIL_CLOSED = `
  CROSS JOIN LATERAL (
    SELECT 0 AS version, tstzrange(s.opened_at, NULL) AS valid, tstzrange(s.opened_at, s.closed_at) AS recorded
    UNION ALL
    SELECT 1, tstzrange(s.opened_at, s.closed_at), tstzrange(s.closed_at, NULL) WHERE s.closed_at IS NOT NULL
  ) held`;

const SUBSCRIBERS: readonly Statement[] = [
  ['subscribers', `
    INSERT INTO subscriber (id, service_type, organisation_id, status, stop_reasons, attributes, opened_at, closed_at, created_at)
    SELECT id, service_type, organisation_id, status, CASE WHEN status = 'suspended' THEN 4 ELSE 0 END, '{}',
           opened_at, closed_at, opened_at
    FROM planned_subscriber ORDER BY j`],
  ['identifiers', `
    INSERT INTO subscriber_identifier (id, subscriber_id, kind, value, valid, recorded)
    SELECT pg_temp.made_id('identifier', 4 * s.j + 2 * (i.kind = 'SIM')::integer + held.version), s.id, i.kind, i.value,
           held.valid, held.recorded
    FROM planned_subscriber s CROSS JOIN LATERAL (
      SELECT CASE WHEN s.service_type = 'BROADBAND' THEN 'LOGIN' ELSE 'NUMBER' END AS kind, s.access_number AS value
      UNION ALL SELECT 'SIM', '8986' || lpad(s.i::text, 16, '0') WHERE s.service_type = 'MOBILE'
    ) i ${UNTIL_CLOSED} ORDER BY s.j`],
  ['roles', `
    INSERT INTO subscriber_customer (id, subscriber_id, customer_id, role, valid, recorded)
    SELECT pg_temp.made_id('role of a customer', 3 * s.j + r.nth), s.id,
           CASE WHEN r.role = 'USER' AND s.j % 10 = 3 THEN pg_temp.made_id('customer', greatest(s.i - 1, 1)) ELSE s.customer_id END, r.role,
           tstzrange(s.opened_at, NULL), tstzrange(s.opened_at, NULL)
    FROM planned_subscriber s CROSS JOIN (VALUES (0, 'OWNER'), (1, 'USER'), (2, 'PAYER')) AS r (nth, role) ORDER BY s.j`],
]; // prettier-ignore

/** When the nth change of a status came: evenly over the life, the last of a closed subscriber at its end. */
const CHANGED_AT = (
  nth: string,
): string => `date_trunc('milliseconds', CASE WHEN s.closed_at IS NOT NULL AND ${nth} = s.changes THEN s.closed_at
  ELSE s.opened_at + (coalesce(s.closed_at, now() - interval '1 day') - s.opened_at) * (${nth}::float8 / (s.changes + 1)) END)`;

/** A status that another followed has been recorded twice: with no end, and, when the other came, with its end. */
const STATUSES: Statement = ['statuses', `
  INSERT INTO subscriber_status (id, subscriber_id, status, stop_reasons, valid, recorded)
  SELECT pg_temp.made_id('status', 64 * s.j + 2 * change.nth + held.version), s.id,
         CASE WHEN change.nth = s.changes THEN s.status WHEN change.nth % 2 = 1 THEN 'suspended' ELSE 'active' END,
         CASE WHEN change.nth = s.changes THEN CASE WHEN s.status = 'suspended' THEN 4 ELSE 0 END ELSE change.nth % 2 * 4 END,
         held.valid, held.recorded
  FROM planned_subscriber s
  CROSS JOIN LATERAL generate_series(0, s.changes) AS change (nth)
  CROSS JOIN LATERAL (
    SELECT ${CHANGED_AT('change.nth')} AS begins, CASE WHEN change.nth < s.changes THEN ${CHANGED_AT('(change.nth + 1)')} END AS ends
  ) held_for
  CROSS JOIN LATERAL (
    SELECT 0 AS version, tstzrange(begins, NULL) AS valid, tstzrange(begins, ends) AS recorded
    UNION ALL SELECT 1, tstzrange(begins, ends), tstzrange(ends, NULL) WHERE ends IS NOT NULL
  ) held ORDER BY s.j, change.nth`]; // prettier-ignore

/** Each subscriber is paid for by one account; for every fifth, another pays for value-added services up to a cap. */
const PAYMENT_RELATIONS: readonly Statement[] = [
  ['default payment relations', `
    INSERT INTO payment_relation (id, subscriber_id, account_id, priority, is_default, valid, recorded)
    SELECT pg_temp.made_id('payment', 4 * s.j + held.version), s.id,
           pg_temp.made_id('account', 2 * s.i + CASE WHEN s.nth = 2 AND s.i % 2 = 0 THEN 2 ELSE 1 END), 500, true, held.valid, held.recorded
    FROM planned_subscriber s ${UNTIL_CLOSED} ORDER BY s.j`],
  ['other payment relations', `
    INSERT INTO payment_relation (id, subscriber_id, account_id, charge_group, priority, cap_minor, is_default, valid, recorded)
    SELECT pg_temp.made_id('payment', 4 * s.j + 2), s.id, pg_temp.made_id('account', 2 * s.i + 1), 'VALUE_ADDED', 10, 5000, false,
           tstzrange(s.opened_at, NULL), tstzrange(s.opened_at, NULL)
    FROM planned_subscriber s WHERE s.j % 5 = 0 AND s.closed_at IS NULL ORDER BY s.j`],
]; // prettier-ignore

/** Customers with their accounts and subscribers, and every fact of theirs. */
export function partyStatements(plan: PartyPlan): readonly Statement[] {
  return [...plans(plan), ...CUSTOMERS, ...ACCOUNTS, ...SUBSCRIBERS, STATUSES, ...PAYMENT_RELATIONS];
}
