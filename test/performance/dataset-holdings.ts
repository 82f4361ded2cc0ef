import type { Statement } from './dataset-organisations';
import { UNTIL_CLOSED } from './dataset-parties';

/** What is on sale, by its code; the version is the one that is sold. */
const ON_SALE: readonly Statement[] = [
  ['products on sale', `
    CREATE TEMP TABLE on_sale AS
    SELECT p.code, p.id AS product_id, v.id AS version_id FROM product p JOIN product_version v ON v.product_id = p.id AND v.state = 'active'`],
  ['discounts granted', `
    CREATE TEMP TABLE on_grant AS
    SELECT d.code, d.id AS discount_id, v.id AS version_id, v.currency FROM discount d
    JOIN discount_version v ON v.discount_id = d.id AND v.state = 'active'`],
]; // prettier-ignore

/** One order a customer, by which all was opened, with an item for each subscriber. */
const ORDERS: readonly Statement[] = [
  ['quotations', `
    INSERT INTO quotation (id, organisation_id, customer_id, account_id, request, lines, service_types, currency, due_minor, approval_needed,
                           valid_until, actor_kind, actor_id, used_by_order_id, created_at)
    SELECT pg_temp.made_id('quotation', i), organisation_id, id, pg_temp.made_id('account', 2 * i + 1), '{}', '[]', '{}', 'CNY', 0, false,
           opened_at, 'STAFF', 'bench', pg_temp.made_id('order', i), opened_at
    FROM planned_customer ORDER BY i`],
  ['orders', `
    INSERT INTO product_order (id, state, category, customer_id, account_id, organisation_id, actor_kind, actor_id, quotation_id, priority,
                               due_at, started_at, completed_at, point_of_no_return, approval, currency, due_minor, created_at)
    SELECT pg_temp.made_id('order', i), 'completed', 'OPEN', id, pg_temp.made_id('account', 2 * i + 1), organisation_id, 'STAFF', 'bench',
           pg_temp.made_id('quotation', i), 5, opened_at, opened_at, opened_at, true, 'NONE', 'CNY', 0, opened_at
    FROM planned_customer ORDER BY i`],
  ['order items', `
    INSERT INTO order_item (order_id, item_no, kind, action, state, subscriber_id, service_type, content, effective_at)
    SELECT pg_temp.made_id('order', i), nth, 'OPEN', 'ADD', 'completed', id, service_type, '{}', opened_at
    FROM planned_subscriber ORDER BY j`],
]; // prettier-ignore

/** The next billing period, in which every tenth person who is served has another plan. */
const NEXT_MONTH = `(date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai') + interval '1 month') AT TIME ZONE 'Asia/Shanghai'`;
const CHANGES_PLAN = `s.nth = 1 AND s.i % 10 = 7 AND s.i % 97 <> 0 AND s.closed_at IS NULL`;

/** A plan each, to every second mobile number data, to every third ring-back tones, and to some lines addresses or the caller's number. */
const PRODUCTS: readonly Statement[] = [
  ['plan of products', `
    CREATE TEMP TABLE planned_product AS
    SELECT s.*, held.place, 8 * s.j + held.place AS n, o.product_id, o.version_id, held.place = 0 AS is_plan, held.quantity
    FROM planned_subscriber s JOIN planned_customer c ON c.id = s.customer_id CROSS JOIN LATERAL (
      SELECT 0 AS place, 1 AS quantity, CASE s.service_type WHEN 'BROADBAND' THEN 'BROADBAND-300M' WHEN 'FIXED_LINE' THEN 'FIXED-LINE-25'
                                             ELSE CASE WHEN s.i % 3 = 0 AND c.kind = 'INDIVIDUAL' THEN 'MOBILE-YOUTH-19' ELSE 'MOBILE-5G-129' END END AS code
      UNION ALL SELECT 1, 1, 'MOBILE-DATA-10GB' WHERE s.service_type = 'MOBILE' AND s.i % 2 = 0
      UNION ALL SELECT 2, 1, 'MOBILE-RING-BACK' WHERE s.service_type = 'MOBILE' AND s.i % 3 = 1
      UNION ALL SELECT 3, 4, 'BROADBAND-STATIC-IP' WHERE s.service_type = 'BROADBAND' AND c.kind = 'GOVERNMENT'
      UNION ALL SELECT 4, 1, 'FIXED-LINE-CALLER-ID' WHERE s.service_type = 'FIXED_LINE' AND s.i % 2 = 0
    ) held JOIN on_sale o ON o.code = held.code`],
  ['product instances', `
    INSERT INTO product_instance (id, subscriber_id, product_id, order_id, item_no, created_at, sold_by, sold_at)
    SELECT pg_temp.made_id('product instance', n), id, product_id, pg_temp.made_id('order', i), nth, opened_at, organisation_id, opened_at
    FROM planned_product ORDER BY n`],
  ['products held', `
    INSERT INTO subscriber_product (id, instance_id, subscriber_id, product_version_id, is_plan, quantity, order_id, item_no, valid, recorded)
    SELECT pg_temp.made_id('product held', 4 * s.n + held.version), pg_temp.made_id('product instance', s.n), s.id, s.version_id, s.is_plan,
           s.quantity, pg_temp.made_id('order', s.i), s.nth,
           CASE WHEN s.is_plan AND ${CHANGES_PLAN} THEN tstzrange(lower(held.valid), ${NEXT_MONTH}) ELSE held.valid END, held.recorded
    FROM planned_product s ${UNTIL_CLOSED} ORDER BY s.n`],
  ['instances to come', `
    INSERT INTO product_instance (id, subscriber_id, product_id, order_id, item_no, created_at, sold_by, sold_at)
    SELECT pg_temp.made_id('product instance', 8 * s.j + 7), s.id, o.product_id, pg_temp.made_id('order', s.i), s.nth, s.opened_at,
           s.organisation_id, s.opened_at
    FROM planned_subscriber s JOIN on_sale o ON o.code = 'MOBILE-HANDSET-199' WHERE ${CHANGES_PLAN} ORDER BY s.j`],
  ['products to come', `
    INSERT INTO subscriber_product (id, instance_id, subscriber_id, product_version_id, is_plan, quantity, order_id, item_no, valid, recorded)
    SELECT pg_temp.made_id('product held', 4 * (8 * s.j + 7)), pg_temp.made_id('product instance', 8 * s.j + 7), s.id, o.version_id, true, 1,
           pg_temp.made_id('order', s.i), s.nth, tstzrange(${NEXT_MONTH}, NULL), tstzrange(s.opened_at, NULL)
    FROM planned_subscriber s JOIN on_sale o ON o.code = 'MOBILE-HANDSET-199' WHERE ${CHANGES_PLAN} ORDER BY s.j`],
]; // prettier-ignore

/** Who has a bundle: every tenth customer, a person or a household with broadband. */
const BUNDLED = `c.i % 10 = 3 AND c.kind IN ('INDIVIDUAL', 'HOUSEHOLD')`;

const BUNDLES: readonly Statement[] = [
  ['bundles', `
    INSERT INTO bundle_instance (id, product_id, organisation_id, order_id, item_no, sold_by, sold_at, created_at)
    SELECT pg_temp.made_id('bundle', c.i), o.product_id, c.organisation_id, pg_temp.made_id('order', c.i), 1, c.organisation_id, c.opened_at,
           c.opened_at
    FROM planned_customer c JOIN on_sale o ON o.code = 'FUSION-199' WHERE ${BUNDLED} ORDER BY c.i`],
  ['states of bundles', `
    INSERT INTO bundle_state (id, bundle_instance_id, product_version_id, holder_id, account_id, order_id, item_no, valid, recorded)
    SELECT pg_temp.made_id('state of a bundle', c.i), pg_temp.made_id('bundle', c.i), o.version_id, c.id,
           pg_temp.made_id('account', 2 * c.i + 1), pg_temp.made_id('order', c.i), 1, tstzrange(c.opened_at, NULL), tstzrange(c.opened_at, NULL)
    FROM planned_customer c JOIN on_sale o ON o.code = 'FUSION-199' WHERE ${BUNDLED} ORDER BY c.i`],
  ['members of bundles', `
    INSERT INTO bundle_membership (id, bundle_instance_id, subscriber_id, role, order_id, item_no, valid, recorded)
    SELECT pg_temp.made_id('member of a bundle', s.j), pg_temp.made_id('bundle', c.i), s.id, s.service_type, pg_temp.made_id('order', c.i), s.nth,
           tstzrange(s.opened_at, NULL), tstzrange(s.opened_at, NULL)
    FROM planned_customer c JOIN planned_subscriber s ON s.customer_id = c.id WHERE ${BUNDLED} ORDER BY s.j`],
]; // prettier-ignore

/** A fifth off for every fourth broadband line, and ring-back tones for nothing in the first three months. */
const DISCOUNTS: readonly Statement[] = [
  ['discounts', `
    INSERT INTO granted_discount (id, grant_id, discount_id, discount_version_id, subscriber_id, periods, currency, order_id, item_no, valid,
                                  recorded)
    SELECT pg_temp.made_id('discount held', 2 * s.j + held.version), pg_temp.made_id('grant', s.j), o.discount_id, o.version_id, s.id, free.periods,
           o.currency, pg_temp.made_id('order', s.i), s.nth,
           held.valid * tstzrange(s.opened_at, s.opened_at + free.periods * interval '30 days'), held.recorded
    FROM planned_subscriber s
    JOIN LATERAL (
      SELECT 'BB-MEMBER-80' AS code, NULL::integer AS periods WHERE s.service_type = 'BROADBAND' AND s.i % 4 = 2
      UNION ALL SELECT 'RING-BACK-FREE', 3 WHERE s.service_type = 'MOBILE' AND s.i % 3 = 1
    ) free ON true
    JOIN on_grant o ON o.code = free.code ${UNTIL_CLOSED} ORDER BY s.j`],
]; // prettier-ignore

/** What the subscribers hold of what is on sale, with the orders by which they came to it. */
export function holdingStatements(): readonly Statement[] {
  return [...ON_SALE, ...ORDERS, ...PRODUCTS, ...BUNDLES, ...DISCOUNTS];
}
