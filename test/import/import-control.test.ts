import { createHash } from 'node:crypto';
import type { CallContext } from '../../src/business/context';
import { execute } from '../../src/business/execute';
import {
  claimImportJob, createImportJob, paceOf, partyImportWorkflow, runPartyImport, selectImportJobsById, startImportJob, stopImportJob,
  type ImportJob, type RowSource,
} from '../../src/business/process/party-import'; // prettier-ignore
import type { ProcessEngine } from '../../src/data/engine/process-engine';
import type { Step } from '../../src/data/engine/workflow';
import { newId, type Id } from '../../src/kernel/id';
import { Scope } from '../../src/kernel/scope';
import type { Json } from '../../src/kernel/stable-json';
import { useDatabase } from '../support/database';
import { SetClock, contextOn, foundTestOperator, valueOf, type Operator } from './operator-fixture';

const database = useDatabase();
const clock = new SetClock();
let context: CallContext;
let operator: Operator;
beforeAll(async () => {
  context = contextOn(database, clock);
  operator = await foundTestOperator(context);
});

const mappingOf = (source: string): Json => ({
  source,
  file: { format: 'csv' },
  rowKey: ['id'],
  columns: { id: {}, name: {} },
  customer: { kind: { constant: 'INDIVIDUAL' }, name: { column: 'name' } },
  account: { name: { constant: '账户' }, ratingType: { constant: 'PREPAID' }, paymentMethod: { constant: 'CASH' }, billingDay: { constant: 1 } },
}); // prettier-ignore

/** A file of 50 rows of 10 bytes each; every batch takes a second. */
const ROWS = 50;
const source: RowSource = {
  columns: () => Promise.resolve(['id', 'name']),
  read: (from, rowsMax) => {
    clock.at = clock.at.add({ seconds: 1 });
    const end = Math.min(from.row + rowsMax, ROWS);
    const rows = Array.from({ length: end - from.row }, (_, n) => {
      const row = from.row + n + 1;
      return { row, line: row + 1, fields: { id: `k${row}`, name: '名' } };
    });
    return Promise.resolve({ rows, end: { bytes: 10 * end, row: end, line: end + 1 }, last: end === ROWS });
  },
};

async function make(
  name: string,
  { by = context, at = operator.cityId }: { by?: CallContext; at?: Id<'organisation'> } = {},
): ReturnType<typeof made> {
  return made(name, by, at);
}
function made(name: string, by: CallContext, organisationId: Id<'organisation'>) {
  const fileDigest = createHash('sha256').update(name).digest('hex');
  const input = { organisationId, fileName: name, fileDigest, fileBytes: 10 * ROWS, columns: null, mapping: mappingOf(name) };
  return execute(by, createImportJob, input, newId('event'));
}

async function jobOf(id: Id<'importJob'>): Promise<ImportJob> {
  const [job] = await selectImportJobsById(context, [id]);
  return job as ImportJob;
}

const stop = (importJobId: Id<'importJob'>, by = context): Promise<unknown> =>
  execute(by, stopImportJob, { importJobId, runner: null, failureCode: null }, newId('event'));

/** A worker's queue, and what it does with it. */
function makeWorker(): {
  start: ReturnType<typeof startImportJob>;
  queue: string[];
  work: (workflowId: string, importJobId: string) => Promise<string>;
} {
  const workflow = partyImportWorkflow({ database: database.core, clock, openSource: () => Promise.resolve(source) });
  const queue: string[] = [];
  const enqueue = (...[, , , options]: Parameters<ProcessEngine['enqueue']>): Promise<void> =>
    Promise.resolve(void queue.push(options?.workflowId ?? ''));
  const work = (workflowId: string, importJobId: string): Promise<string> => {
    const step = { workflowId, run: (_name: string, run: (key: string) => Promise<unknown>) => run('key') } as unknown as Step;
    return workflow.run(step, { importJobId });
  };
  return { start: startImportJob({ enqueue } as unknown as ProcessEngine, workflow), queue, work };
}

describe('a grant of some lines of business', () => {
  const grant = (...grants: (readonly string[] | null)[]): CallContext =>
    contextOn(database, clock, Scope.of(grants.map((lines) => ({ permission: 'import:run', node: operator.cityId, lines }))));
  const outside = { ok: false, refusals: [{ code: 'OUTSIDE_SCOPE' }] };

  it('is not enough to make, start or take up an import, but to stop one', async () => {
    const { start, queue } = makeWorker();
    const mobile = grant(['MOBILE'], ['ALL']);
    expect(await make('lines', { by: mobile })).toMatchObject(outside);
    expect(await database.raw(`SELECT id FROM import_job WHERE source = 'lines'`)).toEqual([]);
    const { importJobId } = valueOf(await make('lines', { by: grant(['MOBILE'], null) }));
    expect(await execute(mobile, start, { importJobId }, newId('event'))).toMatchObject(outside);
    expect(queue).toEqual([]);
    const claim = { importJobId, runner: 'mobile', leaseMs: 1_000, continuing: false, asked: false };
    expect(await execute(mobile, claimImportJob, claim, newId('event'))).toMatchObject(outside);
    expect(await jobOf(importJobId)).toMatchObject({ state: 'WAITING', startedAt: null });
    expect(await stop(importJobId, mobile)).toMatchObject({ ok: true });
  });

  it('elsewhere is not told that there is such a job', async () => {
    const { start } = makeWorker();
    const { importJobId } = valueOf(await make('hidden'));
    const hall = contextOn(database, clock, Scope.of([{ permission: 'import:run', node: operator.hallId, lines: ['MOBILE'] }]));
    expect(await execute(hall, start, { importJobId }, newId('event'))).toMatchObject({ ok: false, refusals: [{ code: 'NOT_FOUND' }] });
  });
});

describe('row keys', () => {
  it('are those of a node: another imports the same rows of a source of the same name', async () => {
    const [city, hall] = [valueOf(await make('shared')), valueOf(await make('shared', { at: operator.hallId }))];
    for (const { importJobId } of [city, hall]) {
      expect(valueOf(await runPartyImport({ context, importJobId, source }))).toMatchObject({
        customers: ROWS,
        rejectedRows: 0,
        skippedRows: 0,
      });
    }
    const again = valueOf(await execute(context, createImportJob, {
      organisationId: operator.hallId, fileName: 'again', fileDigest: 'a'.repeat(64), fileBytes: 500, columns: null, mapping: mappingOf('shared'),
    }, newId('event'))); // prettier-ignore
    const skipped = await runPartyImport({ context, importJobId: again.importJobId, source });
    expect(valueOf(skipped)).toMatchObject({ customers: 0, skippedRows: ROWS });
    const seen = await database.raw(`SELECT count(*)::int AS n FROM import_row WHERE seen_job_id = $1 AND organisation_id = $2`, [
      again.importJobId,
      operator.hallId,
    ]);
    expect(seen).toEqual([{ n: ROWS }]);
  });
});

describe('an import that a worker runs', () => {
  it('stays stopped when it was stopped before a worker took it up, and goes on when it is started anew', async () => {
    const { start, queue, work } = makeWorker();
    const { importJobId } = valueOf(await make('queued'));
    valueOf(await execute(context, start, { importJobId }, newId('event')));
    expect(await stop(importJobId)).toMatchObject({ ok: true, value: { state: 'STOPPED' } });
    expect(await work(queue[0] as string, importJobId)).toBe('STOPPED');
    expect(await jobOf(importJobId)).toMatchObject({ state: 'STOPPED', customers: 0 });
    expect(valueOf(await execute(context, start, { importJobId }, newId('event')))).toMatchObject({ state: 'WAITING' });
    expect(await jobOf(importJobId)).toMatchObject({ state: 'WAITING' });
    expect(await work(queue[0] as string, importJobId)).toBe('STOPPED');
    expect(await work(queue[1] as string, importJobId)).toBe('COMPLETED');
    expect(await jobOf(importJobId)).toMatchObject({ customers: ROWS });
    expect(await stop(importJobId)).toMatchObject({ ok: false, refusals: [{ code: 'IMPORT_ENDED' }] });
  });

  it('stays stopped when its worker died and another takes it over', async () => {
    const { start, queue, work } = makeWorker();
    const { importJobId } = valueOf(await make('dead'));
    valueOf(await execute(context, start, { importJobId }, newId('event')));
    const runner = queue[0] as string;
    const begun = await runPartyImport({ context, importJobId, source, runner, asked: true, batchRows: 10, batchesMax: 1 });
    expect(valueOf(begun)).toMatchObject({ state: 'RUNNING', customers: 10 });
    await stop(importJobId);
    expect(await work(runner, importJobId)).toBe('STOPPED');
    expect(await jobOf(importJobId)).toMatchObject({ state: 'STOPPED', customers: 10 });
  });
});

describe('the pace of an import', () => {
  it('is that of the run under way, whatever time lay between two runs', async () => {
    const { importJobId } = valueOf(await make('pace'));
    expect(paceOf(await jobOf(importJobId))).toEqual({ rowsPerSecond: null, secondsLeft: null });
    const run = async (runner: string, batchesMax: number): Promise<ImportJob> =>
      valueOf(await runPartyImport({ context, importJobId, source, runner, batchRows: 10, batchesMax }));
    const startedAt = clock.at;
    const first = await run('one', 2);
    expect(first).toMatchObject({ startedAt, position: { row: 20 } });
    expect(paceOf(first)).toEqual({ rowsPerSecond: 10, secondsLeft: 3 });
    await stop(importJobId);
    expect(paceOf(await jobOf(importJobId))).toEqual({ rowsPerSecond: 10, secondsLeft: null });
    clock.at = clock.at.add({ hours: 24 });
    expect(paceOf(await run('two', 1))).toEqual({ rowsPerSecond: 10, secondsLeft: 2 });
    // The same runner in its next step goes on counting.
    const done = await run('two', 5);
    expect(done).toMatchObject({ state: 'COMPLETED', startedAt });
    expect(paceOf(done)).toEqual({ rowsPerSecond: 10, secondsLeft: null });
  });
});
