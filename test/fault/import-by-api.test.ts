import { Installation, kill, until, type Program } from '../support/program';

/** Enough rows that a worker is still at them when it is killed. */
const ROWS = 3_000;
const IMPORTED_WITHIN_MS = 120_000;

const HEAD =
  'customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,InternetService,OnlineSecurity,OnlineBackup,' +
  'DeviceProtection,TechSupport,StreamingTV,StreamingMovies,Contract,PaperlessBilling,PaymentMethod,MonthlyCharges,TotalCharges,Churn';

/** Every second row has a phone, every third the internet; the last row is broken. */
function churnFile(): string {
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const phone = n % 2 === 0 ? 'Yes,No' : 'No,NoPhoneService';
    const internet = n % 3 === 0 ? 'DSL,Yes,No,Yes,No,No,No' : `No${',NoInternetService'.repeat(6)}`;
    return `${String(n).padStart(4, '0')}_APITEST,Female,0,No,No,1,${phone},${internet},OneYear,No,MailedCheck,29.85,29.85,No`;
  });
  return [HEAD, ...rows, '9999_BROKEN,Neither,0,No,No,1,Yes,No,No', ''].join('\n');
}

const JOB =
  'importJob { id state customers accounts subscribers rejectedRows percent startedAt rowsPerSecond secondsLeft rejects(first: 5) { nodes { row code } } }';
const STOP = `mutation($input: StopImportInput!) { stopImport(input: $input) { ${JOB} userErrors { code message } } }`;
const START = `mutation($input: ImportPartiesInput!) { importParties(input: $input) { ${JOB} userErrors { code message } } }`;

interface Job {
  readonly id: string;
  readonly state: string;
  readonly customers: number;
  readonly rejects: { readonly nodes: readonly { readonly row: number; readonly code: string }[] };
}

describe('a file imported by API', () => {
  let installation: Installation;
  let program: Program;

  beforeAll(async () => {
    installation = await Installation.make();
    program = await installation.serve();
  }, 180_000);
  afterAll(() => installation.remove());

  async function upload(token: string, body: string): Promise<{ status: number; fileDigest?: string }> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    const response = await fetch(`${program.url}/import/files`, { method: 'POST', headers, body });
    return { status: response.status, ...((await response.json()) as { fileDigest?: string }) };
  }

  async function jobOf(token: string, id: string): Promise<Job> {
    const { data } = await program.ask({ token }, `query($id: ID!) { ${JOB.replace('importJob', 'importJob(id: $id)')} }`, { id });
    return (data as { importJob: Job }).importJob;
  }

  test('is refused to whoever may not import', async () => {
    expect(await upload(await program.logIn('finance'), HEAD)).toMatchObject({ status: 403 });
  });

  test('is run by a worker, is stopped and goes on, goes on in another when that is killed, and changes nothing the second time', async () => {
    const token = await program.logIn('admin');
    const { fileDigest } = await upload(token, churnFile());
    const root = await program.ask({ token }, '{ organisations(first: 1, filter: { kind: OPERATOR }) { nodes { id } } }');
    const [node] = (root.data as { organisations: { nodes: { id: string }[] } }).organisations.nodes;
    const input = {
      organisationId: node?.id,
      fileDigest,
      fileName: 'churn.csv',
      mappingName: 'telco-customer-churn',
      idempotencyKey: 'import-1',
    };
    const started = await program.ask({ token }, START, { input });
    expect(started.codes).toEqual([]);
    const { importJob, userErrors } = (started.data as { importParties: { importJob: Job; userErrors: unknown[] } }).importParties;
    expect(userErrors).toEqual([]);

    await until(IMPORTED_WITHIN_MS, async () => (await jobOf(token, importJob.id)).customers > 0);
    const stop = await program.ask({ token }, STOP, { input: { importJobId: importJob.id, idempotencyKey: 'stop-1' } });
    expect(stop).toMatchObject({ codes: [], data: { stopImport: { importJob: { state: 'STOPPED', secondsLeft: null }, userErrors: [] } } });
    const { customers } = (stop.data as { stopImport: { importJob: Job } }).stopImport.importJob;
    // The same key gives the first answer again, and begins nothing.
    await program.ask({ token }, START, { input });
    await new Promise((go) => setTimeout(go, 2_000));
    expect(await jobOf(token, importJob.id)).toMatchObject({ state: 'STOPPED', customers });
    await program.ask({ token }, START, { input: { ...input, idempotencyKey: 'go-on-1' } });

    await until(IMPORTED_WITHIN_MS, async () => (await jobOf(token, importJob.id)).customers > customers);
    const [, worker] = program.children();
    kill(worker);

    await until(IMPORTED_WITHIN_MS, async () => (await jobOf(token, importJob.id)).state === 'COMPLETED');
    expect(await jobOf(token, importJob.id)).toMatchObject({
      customers: ROWS,
      accounts: ROWS,
      subscribers: Math.ceil(ROWS / 2) + Math.ceil(ROWS / 3),
      rejectedRows: 1,
      percent: 100,
    });
    const [reject] = (await jobOf(token, importJob.id)).rejects.nodes;
    expect(reject?.row).toBe(ROWS + 1);

    const again = await program.ask({ token }, START, { input: { ...input, idempotencyKey: 'import-2' } });
    expect(again.data).toMatchObject({
      importParties: { importJob: { id: importJob.id, state: 'COMPLETED', customers: ROWS }, userErrors: [] },
    });
    const [{ count } = { count: '' }] = await installation.sql<{ count: string }>(
      `SELECT count(*) FROM customer WHERE name LIKE '%\\_APITEST'`,
    );
    expect(Number(count)).toBe(ROWS);
  }, 300_000);
});
