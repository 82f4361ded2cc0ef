import { partyMovement, partyStock, partyTrend } from '../../src/business/component/report';
import { rebuildPartySummary } from '../../src/business/process/maintenance';
import type { Id } from '../../src/kernel/id';
import { createOrganisation } from '../../src/business/component/organisation';
import { useDatabase } from '../support/database';
import { usePartyWorld } from '../support/party-world';
import { RandomLives, randomOf } from './random-lives';
import { MOVEMENT, STOCK, TREND, date, expectNoDifference, financeAt, foldAll, reportContext } from './report-world';

/* What months of business leave in the figures, against the same figures found another way. */

const database = useDatabase();
const world = usePartyWorld(database);
const random = randomOf(20_261_123);
let halls: Id<'organisation'>[];

beforeAll(async () => {
  const hall = async (parent: Id<'organisation'>, code: string): Promise<Id<'organisation'>> =>
    (await world.run(createOrganisation, { organisationId: parent, code, name: code, kind: 'HALL' as const })).organisationId;
  halls = [await hall(world.hangzhou, 'HZ-1'), await hall(world.hangzhou, 'HZ-2'), await hall(world.ningbo, 'NB-1'), world.ningbo];
  world.clock.set('2026-03-20T03:00:00Z');
  const lives = new RandomLives(database, world, halls, random);
  for (let round = 0; round < 6; round += 1) {
    await lives.run(60);
    if (round % 2 === 0) await foldAll(database, world);
  }
});

interface CountedMovement {
  period: string;
  code: string;
  service_type: string;
  opened: number;
  stopped: number;
  resumed: number;
  closed: number;
}

/** Looks, at each instant at which a status begins or ends, for what held a microsecond before and what holds then. */
async function countedMovements(unit: 'day' | 'month'): Promise<CountedMovement[]> {
  const rows = await database.raw<{ period: string; code: string; service_type: string; was: string | null; became: string | null }>(`
    WITH facts AS (SELECT * FROM subscriber_status WHERE upper_inf(recorded)),
    edges AS (
      SELECT subscriber_id, lower(valid) AS at FROM facts
      UNION SELECT subscriber_id, upper(valid) FROM facts WHERE NOT upper_inf(valid)
    )
    SELECT date_trunc('${unit}', e.at + interval '8 hours')::date::text AS period, o.code, s.service_type,
           (SELECT status FROM facts f WHERE f.subscriber_id = e.subscriber_id AND f.valid @> e.at - interval '1 microsecond') AS was,
           (SELECT status FROM facts f WHERE f.subscriber_id = e.subscriber_id AND f.valid @> e.at) AS became
    FROM edges e JOIN subscriber s ON s.id = e.subscriber_id JOIN organisation o ON o.id = s.organisation_id`);
  const counted = new Map<string, CountedMovement>();
  const serving = (status: string | null): boolean => ['active', 'suspended', 'pendingTerminate'].includes(status ?? '');
  for (const { period, code, service_type, was, became } of rows) {
    const key = `${period} ${code} ${service_type}`;
    const sum = counted.get(key) ?? { period, code, service_type, opened: 0, stopped: 0, resumed: 0, closed: 0 };
    counted.set(key, sum);
    sum.opened += Number(!serving(was) && serving(became));
    sum.closed += Number(serving(was) && !serving(became));
    sum.stopped += Number(was !== 'suspended' && became === 'suspended');
    sum.resumed += Number(was === 'suspended' && became === 'active');
  }
  const keys = [...counted.keys()].sort();
  return keys.map((key) => counted.get(key) as CountedMovement).filter((row) => row.opened + row.stopped + row.resumed + row.closed > 0);
}

const reported = async (by: 'DAY' | 'MONTH'): Promise<CountedMovement[]> => {
  const { rows } = await partyMovement(reportContext(database, world), { ...MOVEMENT, depth: 5, byServiceType: true, by });
  return rows.map(({ period, node, serviceType, ...counts }) => ({
    period: period.toString(),
    code: node.code,
    service_type: serviceType ?? '',
    ...counts,
  }));
};

/** The subscribers in service at the end of a day of Shanghai, as known at an instant or now, found by looking at that very instant. */
async function countedAt(day: string, knownAt: string | null): Promise<number> {
  const known = knownAt === null ? 'upper_inf(f.recorded)' : `f.recorded @> '${knownAt}'::timestamptz`;
  const [row] = await database.raw<{ n: string }>(`
    SELECT count(*) AS n FROM subscriber_status f
    WHERE ${known} AND f.status IN ('active', 'suspended', 'pendingTerminate')
      AND f.valid @> ('${day} 24:00+08'::timestamptz - interval '1 microsecond')`);
  return Number(row?.n);
}

it('counts the stock as the tables have it, folded or not', async () => {
  const { rows } = await partyStock(reportContext(database, world), { ...STOCK, depth: 5, byServiceType: true });
  const counted = await database.raw<{ code: string; party: string; service_type: string | null; status: string; parties: number }>(`
    SELECT o.code, p.party, p.service_type, p.status, count(*)::integer AS parties
    FROM (SELECT organisation_id, 'CUSTOMER' AS party, NULL AS service_type, status FROM customer
          UNION ALL SELECT organisation_id, 'ACCOUNT', NULL, status FROM account
          UNION ALL SELECT organisation_id, 'SUBSCRIBER', service_type, status FROM subscriber) p
    JOIN organisation o ON o.id = p.organisation_id GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`);
  expect(counted.length).toBeGreaterThan(20);
  expect(
    rows.map(({ node, party, serviceType, status, parties }) => ({ code: node.code, party, service_type: serviceType, status, parties })),
  ).toEqual(counted);
});

it('counts the movement by day and by month as the histories have it, corrections included', async () => {
  const [row] = await database.raw<{ corrected: string; moved: string; deltas: string }>(`
    SELECT (SELECT count(*) FROM subscriber_status WHERE NOT upper_inf(recorded)) AS corrected,
           (SELECT count(*) FROM audit_entry WHERE operation = 'changeSubscriber') AS moved,
           (SELECT count(*) FROM party_movement_delta) AS deltas`);
  expect(Number(row?.corrected)).toBeGreaterThan(50);
  expect(Number(row?.moved)).toBeGreaterThan(20);
  expect(Number(row?.deltas)).toBeGreaterThan(0);
  for (const by of ['DAY', 'MONTH'] as const) {
    const counted = await countedMovements(by === 'DAY' ? 'day' : 'month');
    expect(counted.length).toBeGreaterThan(10);
    expect(await reported(by)).toEqual(counted);
  }
});

it('gives the same figures after a fold, after another, and after a rebuild', async () => {
  const before = { stock: await partyStock(reportContext(database, world), STOCK), movement: await reported('DAY') };
  expect(await foldAll(database, world)).toBeGreaterThan(0);
  expect(await foldAll(database, world)).toBe(0);
  expect({ stock: await partyStock(reportContext(database, world), STOCK), movement: await reported('DAY') }).toEqual(before);
  await rebuildPartySummary(database.core, world.clock);
  expect({ stock: await partyStock(reportContext(database, world), STOCK), movement: await reported('DAY') }).toEqual(before);
  await expectNoDifference(database);
});

it('shows in the trend what held at the end of each day, also as it was known earlier', async () => {
  const from = date('2026-03-18');
  const end = world.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
  const middle = world.clock.now().subtract({ hours: 24 * 20 });
  for (const knownAt of [null, middle]) {
    const { rows } = await partyTrend(reportContext(database, world), { ...TREND, from, to: date('2027-01-01'), knownAt });
    expect(rows).toHaveLength(1);
    const { periods, subscribers } = rows[0] as (typeof rows)[number];
    const last = knownAt === null ? end : middle.toZonedDateTimeISO('Asia/Shanghai').toPlainDate();
    expect(periods.at(0)?.toString()).toBe('2026-03-18');
    expect(periods.at(-1)?.toString()).toBe(last.toString());
    expect(periods).toHaveLength(from.until(last).days + 1);
    for (const [place, period] of periods.slice(0, -1).entries()) {
      expect([period.toString(), subscribers[place]]).toEqual([
        period.toString(),
        await countedAt(period.toString(), knownAt?.toString() ?? null),
      ]);
    }
  }
  expect(await countedAt('2026-04-20', null)).not.toBe(0);
});

it('adds up: what was there, and opened less closed, is what is there, at each node and every day', async () => {
  const place = { depth: 5, byServiceType: true, from: date('2026-03-18'), to: date('2027-01-01') };
  const trend = await partyTrend(reportContext(database, world), { ...TREND, ...place });
  const movement = await partyMovement(reportContext(database, world), { ...MOVEMENT, ...place });
  const net = new Map(
    movement.rows.map((row) => [`${row.node.code} ${row.serviceType} ${row.period.toString()}`, row.opened - row.closed]),
  );
  for (const { node, serviceType, periods, subscribers } of trend.rows) {
    for (const [at, period] of periods.entries()) {
      const change = (subscribers[at] ?? 0) - (subscribers[at - 1] ?? 0);
      expect(`${period.toString()} ${change}`).toBe(
        `${period.toString()} ${net.get(`${node.code} ${serviceType} ${period.toString()}`) ?? 0}`,
      );
    }
  }
  expect(trend.rows.length).toBeGreaterThan(4);
});

it('shows the months of the trend as the days at their ends', async () => {
  const span = { from: date('2026-03-01'), to: date('2026-06-01') };
  const [days] = (await partyTrend(reportContext(database, world), { ...TREND, ...span })).rows;
  const [months] = (await partyTrend(reportContext(database, world), { ...TREND, ...span, by: 'MONTH' })).rows;
  const onDay = (day: string): number | undefined => days?.subscribers[days.periods.findIndex((period) => period.toString() === day)];
  expect(months?.periods.slice(0, 2).map(String)).toEqual(['2026-03-01', '2026-04-01']);
  expect(months?.subscribers.slice(0, 2)).toEqual([onDay('2026-03-31'), onDay('2026-04-30')]);
});

it('shows a city its own figures only, and a line of business only its own', async () => {
  const all = (await partyStock(reportContext(database, world), { ...STOCK, depth: 5, byServiceType: true })).rows;
  const inHangzhou = all.filter(({ node }) => node.code.startsWith('HZ'));
  const city = (await partyStock(reportContext(database, world, financeAt(world.hangzhou)), { ...STOCK, depth: 5, byServiceType: true }))
    .rows;
  expect(city).toEqual(inHangzhou);
  expect(city.length).toBeLessThan(all.length);

  const mobile = (
    await partyStock(reportContext(database, world, financeAt(world.hangzhou, ['MOBILE'])), { ...STOCK, depth: 5, byServiceType: true })
  ).rows;
  expect(mobile).toEqual(inHangzhou.filter(({ serviceType }) => serviceType === null || serviceType === 'MOBILE'));
  expect(mobile.length).toBeLessThan(city.length);

  const scope = financeAt(world.hangzhou, ['MOBILE']);
  const moved = (await partyMovement(reportContext(database, world, scope), { ...MOVEMENT, depth: 5, byServiceType: true })).rows;
  expect(new Set(moved.map(({ serviceType }) => serviceType))).toEqual(new Set(['MOBILE']));
  expect(moved.every(({ node }) => node.code.startsWith('HZ'))).toBe(true);
  const trend = (await partyTrend(reportContext(database, world, scope), { ...TREND, depth: 5, byServiceType: true })).rows;
  expect(new Set(trend.map(({ serviceType }) => serviceType))).toEqual(new Set(['MOBILE']));
  expect(new Set(trend.map(({ node }) => node.code))).toEqual(new Set(['HZ-1', 'HZ-2']));
});

it('names no node above the caller’s own, and no node beside it', async () => {
  const hallFinance = financeAt(halls[0] as string);
  const { rows } = await partyStock(reportContext(database, world, hallFinance), STOCK);
  expect(new Set(rows.map(({ node }) => node.code))).toEqual(new Set(['HZ-1']));
  for (const outside of [world.root, world.ningbo, halls[1] as Id<'organisation'>]) {
    const asked = partyStock(reportContext(database, world, hallFinance), { ...STOCK, organisationId: outside });
    await expect(asked).rejects.toMatchObject({ code: 'BAD_USER_INPUT', details: { field: 'organisationId' } });
    await expect(partyTrend(reportContext(database, world, hallFinance), { ...TREND, organisationId: outside })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  }
});

it('adds up the levels: the children of a node, with what is managed at itself, are the node', async () => {
  const at = async (depth: number): Promise<Map<string, number>> => {
    const { rows } = await partyStock(reportContext(database, world), { ...STOCK, party: 'SUBSCRIBER', depth });
    const sums = new Map<string, number>();
    for (const { node, parties } of rows) sums.set(node.code, (sums.get(node.code) ?? 0) + parties);
    return sums;
  };
  const [whole, cities, all] = [await at(0), await at(1), await at(2)];
  expect([...whole.keys()]).toEqual(['ZJ']);
  expect([...cities.keys()]).toEqual(['HZ', 'NB']);
  expect([...all.keys()]).toEqual(['HZ-1', 'HZ-2', 'NB', 'NB-1']);
  expect((cities.get('HZ') ?? 0) + (cities.get('NB') ?? 0)).toBe(whole.get('ZJ'));
  expect((all.get('HZ-1') ?? 0) + (all.get('HZ-2') ?? 0)).toBe(cities.get('HZ'));
});

it('refuses whoever may not read reports, and reports that are too large', async () => {
  const nobody = reportContext(database, world, financeAt(world.root));
  const clerk = { ...nobody, scope: world.as(['subscriber:read'], world.root).scope };
  await expect(partyStock(clerk, STOCK)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const context = reportContext(database, world);
  await expect(partyMovement(context, { ...MOVEMENT, to: MOVEMENT.from })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await expect(partyMovement(context, { ...MOVEMENT, to: date('2029-04-16') })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  await expect(partyTrend(context, { ...TREND, depth: 17 })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});
