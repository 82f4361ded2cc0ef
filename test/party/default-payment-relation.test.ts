import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { useDatabase } from '../support/database';
import { usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);

/** A session of its own, past every rule of the program: as an administrator with psql, or a faulty release. */
async function session<Value>(work: (client: Client) => Promise<Value>): Promise<Value> {
  const client = new Client(database.url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What the database said no with, or null. */
async function refusal(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return (error as { constraint?: string }).constraint ?? String(error);
  }
}

async function subscriberWithTwoPayers(): Promise<{ subscriberId: string; first: string; second: string }> {
  const { customerId, accountId } = await world.payer();
  const second = await world.account(customerId);
  return { subscriberId: await world.subscriber(customerId, accountId), first: accountId, second };
}

/** Waits until some session of this database waits for a lock. */
async function untilBlocked(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const blocked = await database.raw(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    if (blocked.length > 0) return;
    await sleep(10);
  }
  throw new Error('nobody waits for a lock');
}

const INSERT = `INSERT INTO payment_relation (id, subscriber_id, account_id, priority, is_default, valid, recorded)
                VALUES (gen_random_uuid(), $1, $2, 999, true, tstzrange($3, $4), tstzrange(now(), NULL))`;

describe('exactly one default payment relation at any instant, whoever writes', () => {
  it('no gap: the default cannot be deleted, closed in recording time, or cut short', async () => {
    const { subscriberId } = await subscriberWithTwoPayers();
    const of = [subscriberId];
    expect(await refusal(database.raw('DELETE FROM payment_relation WHERE subscriber_id = $1', of))).toBe('payment_relation_default_gap');
    expect(
      await refusal(
        database.raw(
          `UPDATE payment_relation SET recorded = tstzrange(lower(recorded), lower(recorded) + interval '1 day') WHERE subscriber_id = $1`,
          of,
        ),
      ),
    ).toBe('payment_relation_default_gap');
    const cut = `UPDATE payment_relation SET valid = tstzrange(lower(valid), lower(valid) + interval '1 year') WHERE subscriber_id = $1`;
    expect(await refusal(database.raw(cut, of))).toBe('payment_relation_default_gap');
    const late = `UPDATE payment_relation SET valid = tstzrange(lower(valid) + interval '1 microsecond', NULL) WHERE subscriber_id = $1`;
    expect(await refusal(database.raw(late, of))).toBe('payment_relation_default_gap');
    expect(
      await refusal(database.raw(`UPDATE payment_relation SET is_default = false, charge_group = 'X' WHERE subscriber_id = $1`, of)),
    ).toBe('payment_relation_default_gap');
    expect(await refusal(database.raw(`UPDATE subscriber SET opened_at = opened_at - interval '1 day' WHERE id = $1`, of))).toBe(
      'payment_relation_default_gap',
    );
  });

  it('no gap: a subscriber is not inserted without one, nor with one that begins later', async () => {
    const insert = `INSERT INTO subscriber (id, service_type, organisation_id, status, opened_at, created_at)
                    VALUES (gen_random_uuid(), 'MOBILE', $1, 'active', now(), now())`;
    expect(await refusal(database.raw(insert, [world.hangzhou]))).toBe('payment_relation_default_gap');
    const { accountId } = await world.payer();
    const late = `WITH made AS (${insert} RETURNING id)
                  INSERT INTO payment_relation (id, subscriber_id, account_id, priority, is_default, valid, recorded)
                  SELECT gen_random_uuid(), id, $2, 999, true, tstzrange(now() + interval '1 day', NULL), tstzrange(now(), NULL) FROM made`;
    expect(await refusal(database.raw(late, [world.hangzhou, accountId]))).toBe('payment_relation_default_gap');
  });

  it('no overlap: a second default is refused for any instant', async () => {
    const { subscriberId, second } = await subscriberWithTwoPayers();
    expect(await refusal(database.raw(INSERT, [subscriberId, second, '2027-01-01', '2027-01-02']))).toBe('payment_relation_one_default');
  });

  it('a default has no charge group and no cap', async () => {
    const { subscriberId } = await subscriberWithTwoPayers();
    expect(await refusal(database.raw('UPDATE payment_relation SET cap_minor = 1 WHERE subscriber_id = $1', [subscriberId]))).toMatch(
      /^payment_relation_check/,
    );
  });

  it('the check waits for the commit, so that one transaction may hand over', async () => {
    const { subscriberId, second } = await subscriberWithTwoPayers();
    await session(async (client) => {
      await client.query('BEGIN');
      await client.query(`UPDATE payment_relation SET valid = tstzrange(lower(valid), '2027-01-01') WHERE subscriber_id = $1`, [
        subscriberId,
      ]);
      await client.query(INSERT, [subscriberId, second, '2027-01-01', null]);
      await client.query('COMMIT');
    });
    const [row] = await database.raw(
      `SELECT range_agg(valid)::text AS cover, count(*)::integer AS total FROM payment_relation WHERE subscriber_id = $1`,
      [subscriberId],
    );
    expect(row).toMatchObject({ total: 2 });
  });

  it('two transactions that each take away a half of the cover: neither commits', async () => {
    const { subscriberId, first, second } = await subscriberWithTwoPayers();
    await session(async (client) => {
      await client.query('BEGIN');
      await client.query(`UPDATE payment_relation SET valid = tstzrange(lower(valid), '2027-01-01') WHERE subscriber_id = $1`, [
        subscriberId,
      ]);
      await client.query(INSERT, [subscriberId, second, '2027-01-01', null]);
      await client.query('COMMIT');
    });
    const take = (account: string) => `DELETE FROM payment_relation WHERE subscriber_id = '${subscriberId}' AND account_id = '${account}'`;
    await session((one) =>
      session(async (other) => {
        await one.query('BEGIN');
        await other.query('BEGIN');
        await one.query(take(first));
        await other.query(take(second));
        const ends = await Promise.all([refusal(one.query('COMMIT')), refusal(other.query('COMMIT'))]);
        expect(ends).toEqual(['payment_relation_default_gap', 'payment_relation_default_gap']);
      }),
    );
  });

  it('two transactions that each add the missing default: one commits', async () => {
    const { subscriberId, first, second } = await subscriberWithTwoPayers();
    const replace = async (client: Client, account: string) => {
      await client.query('BEGIN');
      await client.query('DELETE FROM payment_relation WHERE subscriber_id = $1 AND upper_inf(recorded)', [subscriberId]);
      await client.query(INSERT, [subscriberId, account, '2026-01-01', null]);
    };
    await session((one) =>
      session(async (other) => {
        await replace(one, first);
        const waiting = refusal(replace(other, second));
        await untilBlocked();
        await one.query('COMMIT');
        expect(await waiting).toBe('payment_relation_one_default');
        await other.query('ROLLBACK');
      }),
    );
    const rows = await database.raw('SELECT account_id FROM payment_relation WHERE subscriber_id = $1 AND upper_inf(recorded)', [
      subscriberId,
    ]);
    expect(rows).toEqual([{ account_id: first }]);
  });

  it('a cover that one transaction takes away is not counted by another that closes the subscriber later', async () => {
    const { subscriberId, second } = await subscriberWithTwoPayers();
    await session((one) =>
      session(async (other) => {
        await one.query('BEGIN');
        await one.query(`UPDATE subscriber SET status = 'terminated', closed_at = '2027-01-01' WHERE id = $1`, [subscriberId]);
        await one.query(`UPDATE payment_relation SET valid = tstzrange(lower(valid), '2027-01-01') WHERE subscriber_id = $1`, [
          subscriberId,
        ]);
        await other.query('BEGIN');
        const reopening = other.query(`UPDATE subscriber SET status = 'active', closed_at = NULL WHERE id = $1`, [subscriberId]);
        await untilBlocked();
        await one.query('COMMIT');
        await reopening;
        // What the other did not see when it began is what counts at its end: the life is endless again, its cover is not.
        expect(await refusal(other.query('COMMIT'))).toBe('payment_relation_default_gap');
      }),
    );
    expect(await refusal(database.raw(INSERT, [subscriberId, second, '2027-01-01', null]))).toBeNull();
  });
});
