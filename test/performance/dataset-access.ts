import type { Client } from 'pg';
import { PasswordHasher } from '../../src/business/component/staff/authentication/password-hasher';
import { STANDARD_ROLES } from '../../src/business/component/staff/model/standard-roles';
import { NODES } from './dataset-organisations';

/** Everyone's password in this throw-away database. */
export const PASSWORD = 'bench-Counter-2026';
export const CLERK = 'clerk-1';
export const FINANCE = 'finance-1';

/** A bucket that no request empties: the cost is asked for, computed and taken all the same. */
const COST = { capacity: 2_000_000_000, restore: 2_000_000_000 };

/** Clerks and one member of the finance staff, each with a standard role at the province: a scope of their own, not the system's. */
export async function insertAccess(client: Client, clerks: number): Promise<void> {
  const hash = await new PasswordHasher().hash(PASSWORD);
  await client.query(
    `INSERT INTO api_client (id, code, name, kind, cost_capacity, cost_restore, created_at)
     VALUES (pg_temp.made_id('client', 1), 'counter', '营业厅', 'STAFF_APPLICATION', ${COST.capacity}, ${COST.restore}, '2015-01-01Z')`,
  );
  for (const [i, { code, name, permissions }] of STANDARD_ROLES.entries()) {
    await client.query(
      `INSERT INTO role (id, code, name, name_en, permissions, created_at)
       VALUES (pg_temp.made_id('role', $1), $2, $3, $4, $5, '2015-01-01Z')`,
      [i, code, name.zh, name.en, permissions],
    );
  }
  await insertStaff(client, { prefix: 'clerk', count: clerks, role: 'HALL_CLERK', hash });
  await insertStaff(client, { prefix: 'finance', count: 1, role: 'FINANCE', hash });
}

interface NewStaff {
  readonly prefix: string;
  readonly count: number;
  readonly role: string;
  readonly hash: string;
}

async function insertStaff(client: Client, { prefix, count, role, hash }: NewStaff): Promise<void> {
  await client.query(
    `INSERT INTO staff (id, login_name, name, organisation_id, password_hash, created_at, access_changed_at)
     SELECT pg_temp.made_id($1, i), $1 || '-' || i, '员工' || i, pg_temp.made_id('organisation', ${NODES.province}), $3,
            '2015-01-01Z', '2015-01-01Z'
     FROM generate_series(1, $2::integer) AS i`,
    [prefix, count, hash],
  );
  await client.query(
    `INSERT INTO staff_grant (id, staff_id, role_id, organisation_id, granted_at)
     SELECT pg_temp.made_id('grant of ' || $1, i), pg_temp.made_id($1, i), (SELECT id FROM role WHERE code = $3),
            pg_temp.made_id('organisation', ${NODES.province}), '2015-01-01Z'
     FROM generate_series(1, $2::integer) AS i`,
    [prefix, count, role],
  );
}
