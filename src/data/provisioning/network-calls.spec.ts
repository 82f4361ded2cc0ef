import type { Exchanged, Request } from './exchange';
import { NetworkCalls, type EndedCall, type NetworkCallsOptions } from './network-calls';
import type { HttpAdapterSettings, NetworkCommand } from './network-command';

const ADAPTER: HttpAdapterSettings = {
  code: 'HLR', endpoint: 'http://10.0.0.1/hlr', timeoutMs: 1_000, attemptsMax: 4, backoffMs: 100, breakerFailures: 100, breakerOpenMs: 5_000,
}; // prettier-ignore
const KEY = 'fulfilment/ord_1:provision item 1/2';
const COMMAND: NetworkCommand = {
  key: KEY, action: 'ACTIVATE', orderNo: '4000000001', serviceType: 'MOBILE', serviceId: 'sub_1',
  identifiers: { ACCESS_NUMBER: '13957100001' }, characteristics: { volte: true }, products: [], stopped: false,
}; // prettier-ignore

const answer = (status: number, body: object = { key: KEY }, retryAfter?: string): Exchanged => ({
  kind: 'answer',
  status,
  retryAfter,
  body: JSON.stringify(body),
});
const none = (reason: 'TIMEOUT' | 'CONNECTION' | 'CANCELLED'): Exchanged => ({ kind: 'none', reason, detail: reason });

/** Calls whose other side says what is scripted, the last of it for ever, and where a second passes when one is waited for. */
class Script {
  public readonly requests: { readonly request: Request; readonly timeoutMs: number; readonly atMs: number }[] = [];
  public readonly waits: number[] = [];
  public readonly ended: EndedCall[] = [];
  public readonly breaker: string[] = [];
  public nowMs = 1_000;
  public readonly calls: NetworkCalls;

  public constructor(
    private readonly said: readonly (Exchanged | (() => Exchanged))[],
    options: Partial<NetworkCallsOptions> = {},
    private readonly exchangeTakesMs = 0,
  ) {
    this.calls = new NetworkCalls({
      credentials: {},
      onCall: (call) => this.ended.push(call),
      onBreaker: (adapter, state) => this.breaker.push(`${adapter} ${state}`),
      exchange: async (request, timeoutMs) => {
        this.requests.push({ request, timeoutMs, atMs: this.nowMs });
        this.nowMs += this.exchangeTakesMs;
        const next = this.said[Math.min(this.requests.length, this.said.length) - 1] ?? none('CONNECTION');
        return typeof next === 'function' ? next() : next;
      },
      waiting: {
        nowMs: () => this.nowMs,
        sleep: async (milliseconds) => {
          this.waits.push(milliseconds);
          this.nowMs += milliseconds;
        },
      },
      ...options,
    });
  }

  public get asked(): string[] {
    return this.requests.map(({ request: { method, url } }) => `${method} ${url.href}`);
  }
}

const POST = 'POST http://10.0.0.1/hlr/commands';
const GET = 'GET http://10.0.0.1/hlr/commands/fulfilment%2Ford_1%3Aprovision%20item%201%2F2';

describe('a command', () => {
  test('is sent whole, with its key, and is done', async () => {
    const script = new Script([answer(200, { key: KEY, reference: 'R', result: { port: '7' } })], { credentials: { HLR: 'token-1' } });
    expect(await script.calls.call(ADAPTER, COMMAND)).toEqual({ kind: 'done', reference: 'R', result: { port: '7' } });
    expect(script.asked).toEqual([POST]);
    const { request } = script.requests[0]!;
    expect(JSON.parse(request.body!)).toEqual(COMMAND);
    expect(request.headers).toEqual({
      accept: 'application/json',
      'idempotency-key': KEY,
      authorization: 'Bearer token-1',
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(request.body!)),
    });
    expect(script.ended).toEqual([{ adapter: 'HLR', action: 'ACTIVATE', outcome: 'done', attempts: 1, tookMs: 0 }]);
  });

  test('carries only the token of its own adapter', async () => {
    const script = new Script([answer(200)], { credentials: { OTHER: 'token-1' } });
    for (const code of ['HLR', 'constructor']) await script.calls.call({ ...ADAPTER, code }, COMMAND);
    for (const { request } of script.requests) expect(request.headers).not.toHaveProperty('authorization');
  });

  test('that is refused is not sent again', async () => {
    const script = new Script([answer(409, { key: KEY, code: 'NUMBER_IN_USE', text: 'taken' })]);
    expect(await script.calls.call(ADAPTER, COMMAND)).toEqual({ kind: 'refused', code: 'NUMBER_IN_USE', text: 'taken' });
    expect(script.asked).toEqual([POST]);
  });

  test('is sent again with the same key while nothing is known, with longer and longer waits', async () => {
    const script = new Script([none('TIMEOUT'), none('CONNECTION'), answer(500), answer(200)]);
    expect(await script.calls.call(ADAPTER, COMMAND)).toMatchObject({ kind: 'done' });
    expect(script.asked).toEqual([POST, POST, POST, POST]);
    expect(new Set(script.requests.map(({ request }) => request.headers['idempotency-key']))).toEqual(new Set([KEY]));
    expect(new Set(script.requests.map(({ request }) => request.body)).size).toBe(1);
    expect(script.waits).toHaveLength(3);
    script.waits.forEach((wait, place) => {
      expect(wait).toBeGreaterThanOrEqual(50 * 2 ** place);
      expect(wait).toBeLessThanOrEqual(100 * 2 ** place);
    });
    expect(script.ended).toMatchObject([{ outcome: 'done', attempts: 4, tookMs: script.waits.reduce((sum, wait) => sum + wait) }]);
  });

  test('is unknown when all attempts are used', async () => {
    const script = new Script([none('TIMEOUT'), answer(503)]);
    expect(await script.calls.call(ADAPTER, COMMAND)).toEqual({ kind: 'unknown', reason: 'ELEMENT_FAILED', detail: 'HTTP 503' });
    expect(script.requests).toHaveLength(4);
    expect(script.ended).toMatchObject([{ outcome: 'ELEMENT_FAILED', attempts: 4 }]);
  });

  test.each([301, 401, 404])('is sent once only where %d says that it is called wrongly', async (status) => {
    const script = new Script([answer(status)]);
    expect(await script.calls.call(ADAPTER, COMMAND)).toEqual({ kind: 'unknown', reason: 'NOT_ACCEPTED', detail: `HTTP ${status}` });
    expect(script.requests).toHaveLength(1);
  });

  test('waits as long as the element asks', async () => {
    const script = new Script([answer(503, {}, '3'), answer(200)]);
    expect(await script.calls.call(ADAPTER, COMMAND)).toMatchObject({ kind: 'done' });
    expect(script.waits).toEqual([3_000]);
  });

  test('takes no longer than a call may, whatever is set', async () => {
    const slow = { ...ADAPTER, timeoutMs: 4_000, attemptsMax: 50 };
    const script = new Script([none('TIMEOUT')], { callMsMax: 10_000 }, 4_000);
    expect(await script.calls.call(slow, COMMAND)).toMatchObject({ kind: 'unknown', reason: 'TIMEOUT' });
    expect(script.requests.length).toBe(3);
    for (const { timeoutMs, atMs } of script.requests) expect(atMs - 1_000 + timeoutMs).toBeLessThanOrEqual(10_000);
    const asked = new Script([answer(503, {}, '9999')], { callMsMax: 10_000 });
    expect(await asked.calls.call(ADAPTER, COMMAND)).toMatchObject({ reason: 'ELEMENT_FAILED' });
    expect(asked.waits).toEqual([]);
  });

  test.each([
    ['http://169.254.169.254/latest', 'METADATA_ADDRESS'],
    ['http://user:secret@hlr/', 'HAS_CREDENTIALS'],
    ['file:///etc/passwd', 'NOT_HTTP'],
    ['nowhere', 'NOT_A_URL'],
  ])('never leaves for %s', async (endpoint, detail) => {
    const script = new Script([answer(200)]);
    expect(await script.calls.call({ ...ADAPTER, endpoint }, COMMAND)).toEqual({ kind: 'unknown', reason: 'BAD_ENDPOINT', detail });
    expect(await script.calls.ask({ ...ADAPTER, endpoint }, KEY)).toEqual({ kind: 'unknown', reason: 'BAD_ENDPOINT', detail });
    expect(script.requests).toEqual([]);
  });

  test.each(['', '..', ' a', 'a ', 'a\r\nb', '号', 'x'.repeat(256)])('with the key %j is a bug', async (key) => {
    const script = new Script([answer(200)]);
    await expect(script.calls.call(ADAPTER, { ...COMMAND, key })).rejects.toThrow('the key of a network command');
    await expect(script.calls.ask(ADAPTER, key)).rejects.toThrow('the key of a network command');
    expect(script.requests).toEqual([]);
  });

  test('is given up when it is wanted no longer', async () => {
    const stop = new AbortController();
    const script = new Script([() => (stop.abort(), none('CONNECTION')), answer(200)]);
    expect(await script.calls.call(ADAPTER, COMMAND, stop.signal)).toEqual({ kind: 'unknown', reason: 'CANCELLED', detail: 'cancelled' });
    expect(script.requests).toHaveLength(1);
  });
});

describe('a command that the element takes on', () => {
  test('is looked at until it is done', async () => {
    const taken = { key: KEY, poll: '/jobs/7', afterMs: 200 };
    const script = new Script([answer(202, taken), answer(202, { key: KEY, afterMs: 300 }), answer(200)]);
    expect(await script.calls.call(ADAPTER, COMMAND)).toMatchObject({ kind: 'done' });
    expect(script.asked).toEqual([POST, 'GET http://10.0.0.1/jobs/7', GET]);
    expect(script.waits).toEqual([200, 300]);
    expect(script.ended).toMatchObject([{ attempts: 1 }]);
  });

  test('may be refused in the end', async () => {
    const script = new Script([answer(202), answer(422, { key: KEY, code: 'NO_LINE' })]);
    expect(await script.calls.call(ADAPTER, COMMAND)).toEqual({ kind: 'refused', code: 'NO_LINE', text: '' });
  });

  test('is told again, with the same key, when looking at it fails or it was forgotten', async () => {
    const script = new Script([answer(202), none('TIMEOUT'), answer(202), answer(404, { key: KEY, code: 'UNKNOWN_KEY' }), answer(200)]);
    expect(await script.calls.call(ADAPTER, COMMAND)).toMatchObject({ kind: 'done' });
    expect(script.asked).toEqual([POST, GET, POST, GET, POST]);
  });

  test('and does not end in time is not finished', async () => {
    const script = new Script([answer(202)], { callMsMax: 5_000 });
    expect(await script.calls.call(ADAPTER, COMMAND)).toMatchObject({ kind: 'unknown', reason: 'NOT_FINISHED' });
    expect(script.nowMs).toBeLessThanOrEqual(6_000);
    expect(script.requests).toHaveLength(5);
  });

  test.each([
    'http://elsewhere/jobs/7',
    'https://10.0.0.1/jobs/7',
    '//elsewhere/x',
    'http://u:p@10.0.0.1/jobs',
    'http://[',
    'file:///etc/passwd',
  ])('is not looked for at %s', async (poll) => {
    const script = new Script([answer(202, { key: KEY, poll })], { credentials: { HLR: 'token-1' } });
    expect(await script.calls.call(ADAPTER, COMMAND)).toMatchObject({ kind: 'unknown', reason: 'BAD_ANSWER' });
    expect(script.asked).toEqual([POST]);
  });
});

describe('asking what became of a command', () => {
  test.each([
    [answer(200), { kind: 'done', reference: null, result: {} }],
    [answer(409, { key: KEY, code: 'NO' }), { kind: 'refused', code: 'NO', text: '' }],
    [answer(202), { kind: 'inProgress' }],
    [answer(404, { key: KEY, code: 'UNKNOWN_KEY' }), { kind: 'neverHeard' }],
    [answer(404, {}), { kind: 'unknown', reason: 'NOT_ACCEPTED', detail: 'HTTP 404' }],
  ])('%j', async (said, expected) => {
    const script = new Script([said]);
    expect(await script.calls.ask(ADAPTER, KEY)).toEqual(expected);
    expect(script.asked).toEqual([GET]);
    expect(script.requests[0]?.request.body).toBeNull();
  });

  test('again while nothing is known', async () => {
    const script = new Script([none('TIMEOUT'), answer(200)]);
    expect(await script.calls.ask(ADAPTER, KEY)).toMatchObject({ kind: 'done' });
    expect(script.asked).toEqual([GET, GET]);
    expect(script.ended).toMatchObject([{ action: 'ASK', outcome: 'done', attempts: 2 }]);
  });
});

describe('an element that fails again and again', () => {
  const FRAGILE = { ...ADAPTER, attemptsMax: 1, breakerFailures: 3, breakerOpenMs: 5_000 };
  const call = (script: Script, adapter = FRAGILE) => script.calls.call(adapter, COMMAND);

  beforeEach(() => jest.useFakeTimers({ now: 0, doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'performance'] }));
  afterEach(() => jest.useRealTimers());

  test('is left alone for a time, then tried by one', async () => {
    const script = new Script([answer(500), answer(500), none('TIMEOUT'), answer(500), answer(200)]);
    for (let times = 0; times < 3; times += 1) expect(await call(script)).toMatchObject({ kind: 'unknown' });
    expect(await call(script)).toMatchObject({ kind: 'unknown', reason: 'BREAKER_OPEN' });
    expect(await call(script, { ...FRAGILE, attemptsMax: 4 })).toMatchObject({ kind: 'unknown', reason: 'BREAKER_OPEN' });
    expect(script.requests).toHaveLength(3);
    jest.setSystemTime(5_001);
    expect(await call(script)).toMatchObject({ reason: 'ELEMENT_FAILED' });
    expect(await call(script)).toMatchObject({ reason: 'BREAKER_OPEN' });
    jest.setSystemTime(10_002);
    const both = await Promise.all([call(script), call(script)]);
    expect(both).toMatchObject([{ kind: 'done' }, { reason: 'BREAKER_OPEN' }]);
    expect(await call(script)).toMatchObject({ kind: 'done' });
    expect(script.requests).toHaveLength(6);
    expect(script.breaker).toEqual(['HLR open', 'HLR halfOpen', 'HLR open', 'HLR halfOpen', 'HLR closed']);
  });

  test('does not keep others waiting', async () => {
    const script = new Script([answer(500)]);
    for (let times = 0; times < 3; times += 1) await call(script);
    expect(await call(script, { ...FRAGILE, code: 'OTHER' })).toMatchObject({ reason: 'ELEMENT_FAILED' });
  });

  test('is called again at once when it was moved, or the settings are others', async () => {
    const script = new Script([answer(500)]);
    for (let times = 0; times < 3; times += 1) await call(script);
    expect(await call(script, { ...FRAGILE, endpoint: 'http://10.0.0.2/' })).toMatchObject({ reason: 'ELEMENT_FAILED' });
    expect(script.breaker).toEqual(['HLR open', 'HLR closed']);
  });

  test('is not one that refuses, does not accept the token, or was not waited for', async () => {
    for (const said of [answer(409, { key: KEY, code: 'NO' }), answer(401), none('CANCELLED')]) {
      const script = new Script([said]);
      for (let times = 0; times < 10; times += 1) await call(script);
      expect(script.requests).toHaveLength(10);
      expect(script.breaker).toEqual([]);
    }
  });
});
