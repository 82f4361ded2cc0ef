import { Client } from 'pg';
import { signAccessToken } from '../../src/business/component/staff/authentication/access-token';
import { deriveKeys } from '../../src/business/component/staff/authentication/keys';
import { newId } from '../../src/kernel/id';

const TOKEN_LIFE_SECONDS = 3_600;

/**
 * Logs in every clerk, as far as the product can tell: a session each, and an access token signed by the product's own code.
 * Only the passwords are not asked for: checking 5,000 of them takes minutes of processor time, and is not what is measured.
 */
export async function makeLogIns(url: string, signingKey: string, count: number): Promise<string[]> {
  const sessions = Array.from({ length: count }, () => newId('session'));
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO session (id, staff_id, api_client_id, created_at, expires_at)
       SELECT s.id, f.id, c.id, now(), now() + interval '1 day'
       FROM unnest($1::uuid[]) WITH ORDINALITY AS s (id, nth)
       JOIN staff f ON f.login_name = 'clerk-' || s.nth JOIN api_client c ON c.code = 'counter'`,
      [sessions],
    );
    await client.query('ANALYZE session');
  } finally {
    await client.end();
  }
  const { accessToken } = deriveKeys(signingKey);
  const tokens = await Promise.all(sessions.map((session) => signAccessToken(accessToken, session, TOKEN_LIFE_SECONDS)));
  return tokens.map(({ text }) => text);
}
