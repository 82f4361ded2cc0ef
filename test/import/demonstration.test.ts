import { keepUnit } from '../../src/business/execute';
import { Authentication } from '../../src/business/component/staff';
import { seedDemonstration, type Demonstration } from '../../src/business/process/demonstration';
import { selectStockDifferences } from '../../src/business/view/number-stock';
import { loadConfiguration } from '../../src/config/load-configuration';
import { systemClock } from '../../src/kernel/clock';
import { foundTestOperator, contextOn } from './operator-fixture';
import { useDatabase } from '../support/database';

const signingKey = 'a signing key of the tests, of more than 32 characters';
const origin = { address: null, traceId: 'test' };

function authenticationOn(database: ReturnType<typeof useDatabase>): Authentication {
  return new Authentication({ keepUnit, database: database.core, clock: systemClock, signingKey, configuration: loadConfiguration({}) });
}

describe('the demonstration operator', () => {
  const database = useDatabase();
  let authentication: Authentication;
  let seeded: Demonstration | null;
  let seconds: number;
  const progress: [number, number][] = [];

  beforeAll(async () => {
    authentication = authenticationOn(database);
    const startedMs = performance.now();
    const onProgress = (done: number, total: number): void => void progress.push([done, total]);
    seeded = await seedDemonstration({ database: database.core, clock: systemClock, authentication, onProgress });
    seconds = (performance.now() - startedMs) / 1_000;
  }, 120_000);

  async function count(what: string): Promise<number> {
    const [row] = await database.raw<{ n: number }>(`SELECT count(*)::int AS n FROM ${what}`);
    return row?.n ?? 0;
  }

  it('has one province, three legal entities, and some 2,000 customers of every kind at every hall', async () => {
    process.stderr.write(`seeded in ${seconds.toFixed(1)} s\n`);
    expect(await count(`organisation WHERE kind = 'PROVINCE'`)).toBe(1);
    expect(await count(`organisation WHERE kind = 'CITY' AND legal_entity`)).toBe(3);
    const customers = await count('customer');
    expect(customers).toBeGreaterThan(1_900);
    expect(customers).toBeLessThan(2_200);
    expect(progress.at(-1)).toEqual([customers, customers]);
    for (const kind of ['INDIVIDUAL', 'HOUSEHOLD', 'ENTERPRISE', 'GOVERNMENT'])
      expect(await count(`customer WHERE kind = '${kind}'`)).toBeGreaterThan(30);
    const empty = await count(
      `organisation o WHERE kind IN ('HALL', 'PARTNER') AND NOT EXISTS (SELECT FROM customer c WHERE c.organisation_id = o.id)`,
    );
    expect(empty).toBe(0);
    expect(await count(`customer WHERE name !~ '[一-龥]' OR name_en !~ '[A-Za-z]'`)).toBe(0);
    for (const type of ['MOBILE', 'BROADBAND', 'FIXED_LINE'])
      expect(await count(`subscriber WHERE service_type = '${type}'`)).toBeGreaterThan(500);
    expect(await count(`account WHERE rating_type = 'PREPAID'`)).toBeGreaterThan(200);
  });

  it('charges under codes of every kind but discounts, taxed as since April 2019', async () => {
    const rates = await database.raw(
      `SELECT f.tax_category, f.basis_points FROM tax_rate f WHERE upper_inf(f.recorded) AND f.valid @> '2019-04-01T00:00:00+08:00'::timestamptz
       ORDER BY f.tax_category`,
    );
    expect(rates).toEqual([
      { tax_category: 'BASIC_TELECOM', basis_points: 900 },
      { tax_category: 'GOODS', basis_points: 1300 },
      { tax_category: 'VALUE_ADDED_TELECOM', basis_points: 600 },
    ]);
    const kinds = await database.raw(
      `SELECT c.kind, count(f.id)::integer AS codes FROM charge_code c
       JOIN charge_code_terms f ON f.charge_code = c.code AND upper_inf(f.recorded) AND f.valid @> now() GROUP BY c.kind ORDER BY c.kind`,
    );
    expect(kinds).toEqual([
      { kind: 'ADJUSTMENT', codes: 1 },
      { kind: 'DEPOSIT', codes: 1 },
      { kind: 'LATE_FEE', codes: 1 },
      { kind: 'ONE_TIME', codes: 4 },
      { kind: 'PENALTY', codes: 1 },
      { kind: 'RECURRING', codes: 7 },
      { kind: 'USAGE', codes: 4 },
    ]);
    expect(await count(`charge_code_terms f JOIN organisation o ON o.id = f.collected_for AND o.kind = 'PARTNER'`)).toBe(1);
    expect(await count(`provisioning_adapter WHERE kind = 'MANUAL'`)).toBe(1);
  });

  it('has shared accounts, capped second relations, stops and closures with their history', async () => {
    expect(await count(`payment_relation WHERE cap_minor IS NOT NULL`)).toBeGreaterThan(50);
    expect(await count(`(SELECT account_id FROM payment_relation GROUP BY 1 HAVING count(*) > 3) shared`)).toBeGreaterThan(100);
    expect(await count(`subscriber WHERE status = 'suspended'`)).toBeGreaterThan(20);
    expect(await count(`subscriber WHERE status = 'terminated'`)).toBeGreaterThan(10);
    expect(
      await count(
        `subscriber s WHERE status = 'active' AND (SELECT count(*) FROM subscriber_status f WHERE f.subscriber_id = s.id AND upper_inf(f.recorded)) > 1`,
      ),
    ).toBeGreaterThan(10);
    expect(await count(`customer_relation WHERE upper_inf(recorded)`)).toBeGreaterThan(100);
    expect(await count(`customer_manager WHERE upper_inf(recorded)`)).toBeGreaterThan(0);
  });

  it('has pools with free numbers in each city, good ones among them, and its subscribers’ numbers in stock', async () => {
    expect(await count(`number_pool WHERE status = 'ACTIVE'`)).toBe(14);
    expect(await count(`(SELECT pool_id FROM access_number WHERE state = 'idle' GROUP BY 1 HAVING count(*) >= 300) free`)).toBe(12);
    expect(await count(`(SELECT class_code FROM access_number WHERE class_code IS NOT NULL AND state = 'idle' GROUP BY 1) class`)).toBe(4);
    const inUse = await count(`subscriber_identifier WHERE kind = 'NUMBER' AND upper_inf(recorded) AND upper_inf(valid)`);
    expect(await count(`access_number WHERE state = 'occupied'`)).toBe(inUse);
    expect(await selectStockDifferences({ sql: database.core.reader(), now: systemClock.now() }, 10)).toEqual([]);
  });

  it('lets everyone that it names log in, and the partner', async () => {
    const { logIns, partner, sampleNumber } = seeded as Demonstration;
    for (const { loginName, password } of logIns) {
      const result = await authentication.logIn({ loginName, password, clientCode: 'counter' }, origin);
      expect({ loginName, ok: result.ok }).toEqual({ loginName, ok: true });
    }
    expect(await authentication.authenticatePartner(partner, origin)).toMatchObject({ ok: true });
    expect(await count(`subscriber_identifier WHERE value = '${sampleNumber}' AND upper_inf(valid)`)).toBe(1);
  });

  it('is left alone the second time, and told of again', async () => {
    const rows = async (): Promise<unknown> =>
      database.raw(
        'SELECT (SELECT count(*) FROM audit_entry) a, (SELECT count(*) FROM outbox_event) o, (SELECT max(id::text) FROM customer) c',
      );
    const before = await rows();
    const again = await seedDemonstration({ database: database.core, clock: systemClock, authentication });
    expect(again).toEqual(seeded);
    expect(await rows()).toEqual(before);
  });
});

describe('a database that holds an operator of its own', () => {
  const database = useDatabase();

  it('is not seeded', async () => {
    await foundTestOperator(contextOn(database, systemClock));
    expect(await seedDemonstration({ database: database.core, clock: systemClock, authentication: authenticationOn(database) })).toBeNull();
    expect(await database.raw('SELECT count(*)::int AS n FROM organisation')).toEqual([{ n: 3 }]);
  });
});

describe('a seed that was interrupted', () => {
  const database = useDatabase();

  it('goes on where it was, and ends with the same customers', async () => {
    const authentication = authenticationOn(database);
    const stop = (done: number): void => {
      if (done > 500) throw new Error('stopped');
    };
    await expect(seedDemonstration({ database: database.core, clock: systemClock, authentication, onProgress: stop })).rejects.toThrow(
      'stopped',
    );
    const [partly] = await database.raw<{ n: number }>('SELECT count(*)::int AS n FROM customer');
    const seeded = await seedDemonstration({ database: database.core, clock: systemClock, authentication });
    expect(seeded?.logIns[0]?.loginName).toBe('admin');
    const [whole] = await database.raw<{ n: number; names: number }>(
      `SELECT count(*)::int AS n, count(DISTINCT id)::int AS names FROM customer`,
    );
    expect(partly?.n).toBeGreaterThan(400);
    expect(whole?.n).toBeGreaterThan(1_900);
    expect(await database.raw(`SELECT code FROM organisation GROUP BY code HAVING count(*) > 1`)).toEqual([]);
  });
});
