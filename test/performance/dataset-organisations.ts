import { FIRST_SERVICE_TYPES } from '../../src/business/component/service/model/first-service-types';

/** A step of the load: what it makes, and its SQL. */
export type Statement = readonly [what: string, sql: string];

export const CITIES = 10;
export const HALLS_PER_CITY = 10;

/** The places of the organisation nodes among their ids: the operator, its one province, the cities, the halls of all cities. */
export const NODES = { operator: 0, province: 1, firstCity: 2, firstHall: 2 + CITIES, count: 2 + CITIES + CITIES * HALLS_PER_CITY };

/**
 * `pg_temp.made_id(kind, i)`: an id in the form of the product's own, a UUIDv7 that grows with `i` and is scattered in its
 * lower bits, so that indexes are laid out as they would be; made of its arguments, so that rows can name each other.
 */
const MADE_ID = `
CREATE FUNCTION pg_temp.made_id(kind text, i bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT overlay(overlay(md5(kind || i) PLACING '0190' || lpad(to_hex(i), 8, '0') || '7' FROM 1) PLACING '8' FROM 17)::uuid
$$`;

const { operator, province, firstCity, firstHall, count } = NODES;

const ORGANISATIONS = `
INSERT INTO organisation (id, code, name, name_en, kind, parent_id, legal_entity, tax_number, created_at)
SELECT pg_temp.made_id('organisation', i), 'B' || i, '节点' || i, 'Node ' || i,
       CASE WHEN i = ${operator} THEN 'OPERATOR' WHEN i = ${province} THEN 'PROVINCE' WHEN i < ${firstHall} THEN 'CITY' ELSE 'HALL' END,
       CASE WHEN i = ${operator} THEN NULL
            ELSE pg_temp.made_id('organisation', CASE WHEN i = ${province} THEN ${operator} WHEN i < ${firstHall} THEN ${province}
                                                      ELSE ${firstCity} + (i - ${firstHall}) / ${HALLS_PER_CITY} END) END,
       i = ${operator}, CASE WHEN i = ${operator} THEN '91350100M000100Y43' END, '2015-01-01Z'
FROM generate_series(0, ${count - 1}) AS i`;

const CLOSURE = `
INSERT INTO organisation_closure (ancestor_id, descendant_id, depth)
WITH RECURSIVE below AS (
  SELECT id AS ancestor_id, id AS descendant_id, 0 AS depth FROM organisation
  UNION ALL
  SELECT below.ancestor_id, o.id, below.depth + 1 FROM below JOIN organisation o ON o.parent_id = below.descendant_id
)
SELECT ancestor_id, descendant_id, depth FROM below`;

function serviceTypes(): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const array = (texts: readonly string[]): string => `ARRAY[${texts.map(quote).join(', ')}]`;
  const rows = FIRST_SERVICE_TYPES.map(
    ({ code, name, nameEn, identifierKind, identifierPattern, resources, usageKinds }) =>
      `(${[code, name, nameEn, identifierKind, identifierPattern].map(quote).join(', ')}, ${array(resources)}, ${array(usageKinds)}, '2015-01-01Z')`,
  );
  return `INSERT INTO service_type (code, name, name_en, identifier_kind, identifier_pattern, resources, usage_kinds, created_at)
    VALUES ${rows.join(', ')}`;
}

/** The organisation tree and the service types: what stands before the parties. */
export function organisationStatements(): readonly Statement[] {
  return [
    ['ids', MADE_ID],
    ['organisations', ORGANISATIONS],
    ['closure', CLOSURE],
    ['service types', serviceTypes()],
  ];
}
