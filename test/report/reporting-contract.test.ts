import { graphql, parse } from 'graphql';
import { buildReportingContract } from '../../src/access/graphql/reporting/reporting-contract';
import { makeReportingContext, type ReportingContext } from '../../src/access/graphql/reporting/reporting-context';
import { printContract } from '../../src/access/graphql/server/build-contract';
import { costPlanOf } from '../../src/access/graphql/server/guard/query-cost';
import type { IncomingRequest } from '../../src/access/graphql/server/incoming-request';
import { ReportingDatabase } from '../../src/data/connection/reporting-database';
import { encodeId } from '../../src/kernel/id';
import type { Scope } from '../../src/kernel/scope';
import { TEST_LIMITS, useDatabase } from '../support/database';
import { usePartyWorld } from '../support/party-world';
import { financeAt } from './report-world';

const database = useDatabase();
const world = usePartyWorld(database);
const schema = buildReportingContract();
let reporting: ReportingDatabase;

beforeAll(async () => {
  reporting = new ReportingDatabase(
    [database.url],
    { ...TEST_LIMITS, poolSize: 2, lagLimitMs: 10_000, readAfterWaitMs: 300 },
    () => undefined,
  );
  await reporting.start();
  world.clock.set('2026-11-30T15:59:00Z');
  const { customerId, accountId } = await world.payer();
  await world.subscriber(customerId, accountId);
  await world.subscriber(customerId, accountId, { organisationId: world.ningbo });
});
afterAll(() => reporting.close());

function contextOf(scope: Scope, headers: Record<string, string | string[]> = {}): ReportingContext {
  const request = { headers, address: '127.0.0.1', traceId: 'trace', principal: { scope }, signal: new AbortController().signal };
  return makeReportingContext(reporting, world.clock, request as unknown as IncomingRequest);
}

async function ask(
  source: string,
  context: ReportingContext,
  variableValues: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const { data, errors } = await graphql({ schema, source, contextValue: context, variableValues });
  const [error] = errors ?? [];
  if (error !== undefined) throw error.originalError ?? error;
  return JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
}

const ALL = /* GraphQL */ `
  query Reports($organisationId: ID, $from: Date!, $to: Date!) {
    partyStock(organisationId: $organisationId, depth: 1, party: SUBSCRIBER, byServiceType: true) {
      rows {
        organisation {
          id
          code
          name
        }
        party
        serviceType
        status
        parties
      }
      freshness {
        asOf
        lagMs
        replica
      }
    }
    partyMovement(organisationId: $organisationId, from: $from, to: $to, by: MONTH) {
      rows {
        period
        organisation {
          code
        }
        serviceType
        opened
        stopped
        resumed
        closed
      }
      freshness {
        asOf
        lagMs
        replica
      }
    }
    partyTrend(organisationId: $organisationId, from: $from, to: $to, by: DAY, byStatus: true, knownAt: "2027-01-01T00:00:00+08:00") {
      series {
        organisation {
          code
        }
        status
        periods
        subscribers
      }
      freshness {
        asOf
        lagMs
        replica
      }
    }
  }
`;
const SPAN = { from: '2026-11-29', to: '2026-12-02' };

it('answers every report with how fresh it is', async () => {
  const answer = await ask(ALL, contextOf(financeAt(world.root)), SPAN);
  const freshness = { asOf: expect.stringMatching(/^20\d\d-.*Z$/) as string, lagMs: 0, replica: new URL(database.url).host };
  const of = (code: string, parties: number, name: string): object => {
    const id = encodeId('organisation', code === 'HZ' ? world.hangzhou : world.ningbo);
    return { organisation: { id, code, name }, party: 'SUBSCRIBER', serviceType: 'MOBILE', status: 'active', parties };
  };
  expect(answer).toEqual({
    partyStock: { rows: [of('HZ', 1, '杭州'), of('NB', 1, '宁波')], freshness },
    partyMovement: {
      rows: [{ period: '2026-11-01', organisation: { code: 'ZJ' }, serviceType: null, opened: 2, stopped: 0, resumed: 0, closed: 0 }],
      freshness,
    },
    partyTrend: {
      series: [{ organisation: { code: 'ZJ' }, status: 'active', periods: ['2026-11-29', '2026-11-30'], subscribers: [0, 2] }],
      freshness,
    },
  });
});

it('limits every report to the caller', async () => {
  const answer = await ask(ALL, contextOf(financeAt(world.ningbo)), SPAN);
  expect(JSON.stringify(answer)).toContain('"NB"');
  expect(JSON.stringify(answer)).not.toMatch(/HZ|ZJ/);
  const organisationId = encodeId('organisation', world.hangzhou);
  await expect(ask(ALL, contextOf(financeAt(world.ningbo)), { ...SPAN, organisationId })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  const elsewhere = contextOf(world.as(['subscriber:read', 'customer:read'], world.root).scope);
  await expect(ask(ALL, elsewhere, SPAN)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

it('refuses dates and ids that are none, and never with an internal error', async () => {
  const context = contextOf(financeAt(world.root));
  for (const from of ['2026-02-30', '2026-1-1', '', 'yesterday', '-000001-01-01', 20261101]) {
    await expect(ask(ALL, context, { ...SPAN, from })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  }
  for (const variables of [
    { from: '0001-01-01' },
    { to: '9999-12-31' },
    { from: '2026-12-02' },
    { organisationId: 'cus_01j3rt4z1yfay8vvr14d2pf2db' },
  ]) {
    await expect(ask(ALL, context, { ...SPAN, ...variables })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  }
});

it('chooses one replica for a request, and none for a request without reports', async () => {
  let chosen = 0;
  const context = contextOf(financeAt(world.root));
  const counting = { ...context, replica: () => ((chosen += 1), context.replica()) };
  await ask('{ __typename }', counting);
  expect(chosen).toBe(0);
  expect(await context.replica()).toBe(await context.replica());
});

it.each(['0/0', '16/B374D848', 'FFFFFFFF/FFFFFFFF'])('takes %s in X-Sanhu-Read-After', (position) => {
  expect(() => contextOf(financeAt(world.root), { 'x-sanhu-read-after': position })).not.toThrow();
});

it.each(['', '0', '0/', '0/g', '0/0 ', '123456789/0', "0/0' OR 1", 'b/b', ['0/0', '0/0']])('refuses %p there', (position) => {
  expect(() => contextOf(financeAt(world.root), { 'x-sanhu-read-after': position })).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT' }) as Error,
  );
});

it('is a contract without mutations, whose reports cost more than a lookup and fit into one request', () => {
  const text = printContract(schema);
  expect(text).not.toMatch(/type Mutation|idempotencyKey/);
  expect(text.match(/freshness: Freshness!/g)).toHaveLength(3);
  const requested = costPlanOf(schema, parse(ALL), undefined)?.requested(SPAN) ?? 0;
  expect(requested).toBeGreaterThan(500);
  expect(requested).toBeLessThan(2_000);
});
