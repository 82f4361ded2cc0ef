import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { changeOperatorParameter } from '../../src/business/component/organisation';
import { auditPartySummary, foldPartySummary, partyMovement, partyStock } from '../../src/business/component/report';
import { rebuildPartySummary } from '../../src/business/process/maintenance';
import { changeSubscriber, resumeSubscriber, stopSubscriber } from '../../src/business/component/subscriber';
import { terminateSubscriber } from '../../src/business/process/terminate-subscriber';
import { execute } from '../../src/business/execute';
import type { Id } from '../../src/kernel/id';
import { sql } from '../../src/data/connection/sql';
import { useDatabase } from '../support/database';
import { newKey, usePartyWorld } from '../support/party-world';
import { MOVEMENT, STOCK, date, expectNoDifference, foldAll, reportContext } from './report-world';

const database = useDatabase();
const world = usePartyWorld(database);

afterEach(() => expectNoDifference(database));

/** The movement of the whole operator by period, as [period, opened, stopped, resumed, closed]. */
async function movement(by: 'DAY' | 'MONTH' = 'DAY', from = '2026-01-01', to = '2027-12-31'): Promise<[string, ...number[]][]> {
  const span = { from: date(from), to: date(to), by };
  const { rows } = await partyMovement(reportContext(database, world), { ...MOVEMENT, ...span });
  return rows.map(({ period, opened, stopped, resumed, closed }) => [period.toString(), opened, stopped, resumed, closed]);
}

async function subscriber(): Promise<Id<'subscriber'>> {
  const { customerId, accountId } = await world.payer();
  return world.subscriber(customerId, accountId);
}

async function change(
  useCase: typeof stopSubscriber | typeof resumeSubscriber | typeof terminateSubscriber,
  subscriberId: Id<'subscriber'>,
): Promise<void> {
  world.clock.advance({ milliseconds: 1 });
  const input = { subscriberId, expectedVersion: await world.versionOf('subscriber', subscriberId), reason: 'LOSS' as const };
  await world.run(useCase as typeof stopSubscriber, input);
}

describe('the days of movement', () => {
  it('begin and end at midnight of Shanghai, and so do the months', async () => {
    world.clock.set('2026-12-31T15:59:59.999Z'); // 23:59:59.999 of 31 December
    const first = await subscriber();
    world.clock.set('2026-12-31T16:00:00Z'); // 00:00 of 1 January
    const second = await subscriber();
    expect(await movement()).toEqual([['2026-12-31', 1, 0, 0, 0], ['2027-01-01', 1, 0, 0, 0]]); // prettier-ignore
    await foldAll(database, world);
    expect(await movement()).toEqual([['2026-12-31', 1, 0, 0, 0], ['2027-01-01', 1, 0, 0, 0]]); // prettier-ignore
    world.clock.set('2027-01-31T15:59:59.998Z');
    await change(stopSubscriber, first);
    world.clock.set('2027-01-31T16:00:00Z');
    await change(terminateSubscriber, first);
    await change(terminateSubscriber, second);
    expect(await movement('MONTH')).toEqual([
      ['2026-12-01', 1, 0, 0, 0],
      ['2027-01-01', 1, 1, 0, 0],
      ['2027-02-01', 0, 0, 0, 2],
    ]);
    // Half-open: the last day is not counted.
    expect(await movement('DAY', '2026-12-31', '2027-01-01')).toEqual([['2026-12-31', 1, 0, 0, 0]]);
  });

  it('follow the operator’s time zone after the next fold, and stay consistent until then', async () => {
    const before = await movement();
    await world.run(changeOperatorParameter, { parameter: 'timeZone', value: 'America/New_York', expectedVersion: 0 });
    expect(await movement()).toEqual(before);
    await expectNoDifference(database);
    expect((await auditPartySummary({ sql: database.core.reader() })).timeZones).toEqual({
      timeZone: 'Asia/Shanghai',
      operatorTimeZone: 'America/New_York',
    });
    const unfolded = await subscriber(); // in the first minute of February in Shanghai, while the summary is still in the old days
    await foldAll(database, world);
    expect(await movement()).toEqual([
      ['2026-12-31', 2, 0, 0, 0],
      ['2027-01-31', 1, 1, 0, 2],
    ]);
    await expectNoDifference(database);
    await world.run(changeOperatorParameter, { parameter: 'timeZone', value: 'Asia/Taipei', expectedVersion: 1 });
    await rebuildPartySummary(database.core, world.clock);
    expect((await movement()).slice(0, 2)).toEqual(before.slice(0, 2));
    await world.run(changeOperatorParameter, { parameter: 'timeZone', value: 'Asia/Shanghai', expectedVersion: 2 });
    await foldAll(database, world);
    await change(terminateSubscriber, unfolded);
  });
});

describe('what counts as a movement', () => {
  const lastDay = async (): Promise<number[]> => (await movement()).at(-1)?.slice(1) as number[];

  it('counts one stop for two reasons, and a close of a stopped subscriber as no resumption', async () => {
    world.clock.set('2027-03-01T02:00:00Z');
    const id = await subscriber();
    await change(stopSubscriber, id);
    await world.run(stopSubscriber, { subscriberId: id, expectedVersion: await world.versionOf('subscriber', id), reason: 'VIOLATION' });
    await change(resumeSubscriber, id);
    expect(await lastDay()).toEqual([1, 1, 0, 0]);
    const other = await subscriber();
    await change(stopSubscriber, other);
    await change(resumeSubscriber, other);
    expect(await lastDay()).toEqual([2, 2, 1, 0]);
    await change(terminateSubscriber, id);
    expect(await lastDay()).toEqual([2, 2, 1, 1]);
  });

  it('counts bulk inserts, an order that was given up, and a subscriber taken over in a stopped state', async () => {
    world.clock.set('2027-03-02T02:00:00Z');
    const { accountId } = await world.payer();
    await database.raw(
      `WITH added AS (
         INSERT INTO subscriber (id, service_type, organisation_id, status, stop_reasons, opened_at, closed_at, created_at)
         SELECT gen_random_uuid(), 'MOBILE', $1, v.status, v.reasons, '2027-03-02', v.closed_at, now()
         FROM (VALUES ('active', 0, NULL::timestamptz), ('suspended', 1, NULL), ('cancelled', 0, '2027-03-03'))
                v (status, reasons, closed_at), generate_series(1, 1000)
         RETURNING id, status, stop_reasons, closed_at
       ), facts AS (
         INSERT INTO subscriber_status (id, subscriber_id, status, stop_reasons, valid, recorded)
         SELECT gen_random_uuid(), a.id, f.status, f.reasons, f.valid, tstzrange(now(), NULL)
         FROM added a CROSS JOIN LATERAL (VALUES
           (CASE WHEN a.status = 'cancelled' THEN 'pendingActive' ELSE a.status END, a.stop_reasons, tstzrange('2027-03-02', a.closed_at)),
           (CASE WHEN a.status = 'cancelled' THEN 'cancelled' END, 0, tstzrange('2027-03-03', NULL))) f (status, reasons, valid)
         WHERE f.status IS NOT NULL
       )
       INSERT INTO payment_relation (id, subscriber_id, account_id, priority, is_default, valid, recorded)
       SELECT gen_random_uuid(), id, $2, 100, true, tstzrange('2027-03-02', NULL), tstzrange(now(), NULL) FROM added`,
      [world.ningbo, accountId],
    );
    expect((await movement()).at(-1)).toEqual(['2027-03-02', 2_000, 1_000, 0, 0]);
    // Three thousand rows at one instant: a handful of deltas.
    const [deltas] = await database.raw<{ n: number }>(
      `SELECT count(*)::integer AS n FROM party_movement_delta WHERE organisation_id = $1`,
      [world.ningbo],
    );
    expect(deltas?.n).toBe(2);
    await expectNoDifference(database);
    await database.raw(`UPDATE subscriber SET organisation_id = $1 WHERE organisation_id = $2 AND status = 'active'`, [
      world.hangzhou,
      world.ningbo,
    ]);
    await expectNoDifference(database);
    await database.raw(`DELETE FROM subscriber_status f USING subscriber s WHERE s.id = f.subscriber_id AND s.organisation_id = $1`, [
      world.ningbo,
    ]);
    await database
      .raw(`DELETE FROM payment_relation f USING subscriber s WHERE s.id = f.subscriber_id AND s.organisation_id = $1`, [world.ningbo])
      .catch(() => undefined);
    expect((await movement()).at(-1)).toEqual(['2027-03-02', 1_000, 0, 0, 0]);
  });
});

describe('the summary', () => {
  it('loses nothing and counts nothing twice while many write and several fold and rebuild', async () => {
    world.clock.set('2027-04-01T02:00:00Z');
    const lives = await Promise.all(Array.from({ length: 12 }, () => subscriber()));
    let writing = true;
    const writers = lives.map(async (subscriberId, place) => {
      for (let round = 0; round < 12; round += 1) {
        const expectedVersion = await world.versionOf('subscriber', subscriberId);
        const useCase = round % 3 === 2 ? changeSubscriber : round % 3 === 0 ? stopSubscriber : resumeSubscriber;
        const input = {
          subscriberId,
          expectedVersion,
          reason: 'LOSS',
          organisationId: (place + round) % 2 === 0 ? world.hangzhou : world.ningbo,
        };
        await execute(world.context, useCase as typeof changeSubscriber, input, newKey());
        world.clock.advance({ minutes: 7 });
      }
    });
    const readings: number[] = [];
    const folders = Array.from({ length: 3 }, async (_, folder) => {
      while (writing) {
        if (folder === 2) await rebuildPartySummary(database.core, world.clock);
        else
          await database.core.transaction(async (transaction) => ({
            commit: true,
            value: await foldPartySummary(transaction, world.clock.now()),
          }));
        const { rows } = await partyStock(reportContext(database, world), { ...STOCK, party: 'SUBSCRIBER' });
        readings.push(rows.filter(({ status }) => ['active', 'suspended'].includes(status)).reduce((sum, { parties }) => sum + parties, 0));
        await expectNoDifference(database);
        await sleep(5);
      }
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(folders);
    expect(readings.length).toBeGreaterThan(10);
    // Nobody was opened or closed meanwhile: every reading, before, in and after a fold, is the same.
    expect(new Set(readings).size).toBe(1);
    await foldAll(database, world);
    const [left] = await database.raw<{ n: number }>(
      'SELECT (SELECT count(*) FROM party_stock_delta) + (SELECT count(*) FROM party_movement_delta) AS n',
    );
    expect(Number(left?.n)).toBe(0);
  });

  it('counts nothing of what is rolled back', async () => {
    const before = await movement();
    await expect(
      database.core.transaction(async (transaction) => {
        await transaction.query(sql`UPDATE customer SET organisation_id = ${world.ningbo}`);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await movement()).toEqual(before);
  });

  it('is audited: a row written past the triggers is found, and a rebuild puts it right', async () => {
    await database.raw(`SET session_replication_role = replica; INSERT INTO customer (id, kind, name, grade, organisation_id, created_at)
      VALUES (gen_random_uuid(), 'INDIVIDUAL', '王芳', 'GOLD', '${world.hangzhou}', now()); SET session_replication_role = origin`);
    const { differences } = await auditPartySummary({ sql: database.core.reader() });
    expect(differences).toMatchObject([{ figure: 'STOCK', organisationId: world.hangzhou, key: 'CUSTOMER ACTIVE' }]);
    expect((differences[0]?.counted ?? 0n) - (differences[0]?.summary ?? 0n)).toBe(1n);
    await rebuildPartySummary(database.core, world.clock);
  });

  it('lets business go on while it is rebuilt', async () => {
    const told = new EventEmitter();
    const locked = once(told, 'locked');
    const done = once(told, 'done');
    const holder = database.core.transaction(async (transaction) => {
      await transaction.query(sql`SELECT FROM party_summary_state FOR UPDATE`);
      told.emit('locked');
      await done;
      return { commit: true, value: undefined };
    });
    await locked;
    // None of these waits for the holder, who waits for them.
    await subscriber();
    await partyStock(reportContext(database, world), STOCK);
    expect(await foldAll(database, world)).toBe(0); // gives way
    told.emit('done');
    await holder;
  });
});
