import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NetworkCalls, type EndedCall, type NetworkCallsOptions } from '../../src/data/provisioning/network-calls';
import type { HttpAdapterSettings, NetworkCommand, NetworkOutcome } from '../../src/data/provisioning/network-command';
import { adapterOf, NetworkElement, type ElementPlan, type Trouble } from '../support/network-element';
import { spawnNetworkElement } from '../support/spawn-network-element';

const opened: { stop(): unknown }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.stop();
});

async function element(plan: Partial<ElementPlan> = {}): Promise<NetworkElement> {
  const started = await NetworkElement.start(plan);
  opened.push(started);
  return started;
}

function callsWith(options: Partial<NetworkCallsOptions> = {}): NetworkCalls {
  const calls = new NetworkCalls({ credentials: {}, ...options });
  opened.push({ stop: () => calls.close() });
  return calls;
}

function commandFor(order: number, step = 'provision'): NetworkCommand {
  return {
    key: `fulfilment/ord_${order}:${step}`,
    action: 'ACTIVATE',
    orderNo: String(4_000_000_000 + order),
    serviceType: 'BROADBAND',
    serviceId: `sub_${order}`,
    identifiers: { ACCESS_NUMBER: `0571${order}` },
    characteristics: { down: 500, address: '杭州市西湖区文三路 90 号' },
    products: [],
    stopped: false,
  };
}

/** A server that is no network element: it does what the test says with each request. */
async function serverThat(
  does: (response: ServerResponse, url: string) => void,
): Promise<{ adapter: HttpAdapterSettings; asked: string[] }> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    request.resume().once('end', () => does(response, request.url ?? ''));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  opened.push({
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { adapter: adapterOf({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, { attemptsMax: 1 }), asked };
}

test.each<[Trouble, calls: number]>([
  ['slow', 1],
  ['failBefore', 2],
  ['failAfter', 2],
  ['loseCall', 2],
  ['loseAnswer', 2],
  ['later', 1],
  ['restart', 2],
  ['hang', 2],
])('an element that meets %s has done it once, and is told %d times', async (trouble, times) => {
  const one = await element({ restartMs: 20 });
  one.meetNext(trouble, 'none');
  const command = commandFor(1);
  const adapter = adapterOf(one, { timeoutMs: trouble === 'hang' ? 100 : 2_000, backoffMs: trouble === 'restart' ? 100 : 5 });
  const outcome = await callsWith().call(adapter, command);
  expect(outcome).toEqual({ kind: 'done', reference: expect.stringMatching(/^NE-/), result: { node: 'NE1' } });
  const { calls, effects, violations } = one.record();
  expect(calls).toEqual({ [command.key]: times });
  const { characteristics: _, ...effect } = command;
  expect(effects).toEqual([effect]);
  expect(violations).toEqual([]);
});

test('a second answer to one command is never taken for the answer to the next', async () => {
  const one = await element();
  const calls = callsWith();
  const adapter = adapterOf(one);
  for (let order = 1; order <= 30; order += 1) {
    one.meetNext('answerTwice');
    const first = await calls.ask(adapter, commandFor(order).key);
    expect(first).toEqual({ kind: 'neverHeard' });
    const outcome = await calls.call(adapter, commandFor(order));
    expect(outcome).toMatchObject({ kind: 'done' });
  }
  const references = await Promise.all(
    Array.from({ length: 30 }, async (_, place) => {
      const found = await calls.ask(adapter, commandFor(place + 1).key);
      return found.kind === 'done' ? found.reference : found;
    }),
  );
  expect(new Set(references).size).toBe(30);
  expect(one.record().effects).toHaveLength(30);
});

test('an answer to another command settles nothing, and its connection is not used again', async () => {
  const { adapter, asked } = await serverThat((response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ key: 'fulfilment/ord_9:provision' })),
  );
  expect(await callsWith().call({ ...adapter, attemptsMax: 2 }, commandFor(1))).toMatchObject({ kind: 'unknown', reason: 'BAD_ANSWER' });
  expect(asked).toHaveLength(2);
});

/** A fifth of all attempts fail in some way, and some commands are refused. */
const FIRE: Partial<ElementPlan> = {
  seed: 3,
  odds: { failBefore: 0.04, failAfter: 0.04, loseCall: 0.03, loseAnswer: 0.03, answerTwice: 0.02, later: 0.05, slow: 0.02, restart: 0.01 },
  slowMs: 10,
  laterMs: 15,
  restartMs: 15,
  refusals: 0.05,
};

async function tellAll(calls: NetworkCalls, adapter: HttpAdapterSettings, commands: readonly NetworkCommand[]): Promise<NetworkOutcome[]> {
  const outcomes: NetworkOutcome[] = [];
  const waiting = [...commands.entries()];
  const clerk = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [place, command] = next;
      outcomes[place] = await calls.call(adapter, command);
    }
  };
  await Promise.all(Array.from({ length: 16 }, clerk));
  return outcomes;
}

test('under fire each of 300 commands ends done or refused as the element has it, and nothing is done twice', async () => {
  const one = await element(FIRE);
  const ended: EndedCall[] = [];
  const calls = callsWith({ onCall: (call) => ended.push(call) });
  const commands = Array.from({ length: 300 }, (_, place) => commandFor(place + 1));
  const outcomes = await tellAll(calls, adapterOf(one, { attemptsMax: 10, backoffMs: 10 }), commands);
  const { effects, refused, violations, calls: told } = one.record();
  const keysThat = (kind: NetworkOutcome['kind']): string[] =>
    commands.filter((_, place) => outcomes[place]?.kind === kind).map(({ key }) => key);
  expect(keysThat('unknown')).toEqual([]);
  expect(keysThat('done').sort()).toEqual(effects.map(({ key }) => key).sort());
  expect(keysThat('refused').sort()).toEqual([...refused].sort());
  expect(refused.length).toBeGreaterThan(0);
  expect(new Set(effects.map(({ key }) => key)).size).toBe(effects.length);
  expect(effects.every(({ orderNo, key }) => commands.some((command) => command.key === key && command.orderNo === orderNo))).toBe(true);
  expect(violations).toEqual([]);
  expect(Object.values(told).filter((times) => times > 1).length).toBeGreaterThan(20);
  expect(ended).toHaveLength(300);
});

test('a lost answer can be asked for, and asking does nothing', async () => {
  const one = await element();
  const calls = callsWith();
  const adapter = adapterOf(one, { attemptsMax: 1 });
  const command = commandFor(1);
  expect(await calls.ask(adapter, command.key)).toEqual({ kind: 'neverHeard' });
  one.meetNext('loseAnswer');
  expect(await calls.call(adapter, command)).toMatchObject({ kind: 'unknown', reason: 'CONNECTION' });
  expect(await calls.ask(adapter, command.key)).toMatchObject({ kind: 'done' });
  one.meetNext('later');
  one.change({ laterMs: 60_000 });
  const second = commandFor(2);
  expect(await callsWith({ callMsMax: 100 }).call(adapter, second)).toMatchObject({ kind: 'unknown', reason: 'NOT_FINISHED' });
  expect(await calls.ask(adapter, second.key)).toEqual({ kind: 'inProgress' });
  expect(one.record().effects).toHaveLength(1);
});

describe('an answer', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };
  const call = async (does: (response: ServerResponse, url: string) => void, settings: Partial<HttpAdapterSettings> = {}) => {
    const { adapter, asked } = await serverThat(does);
    const outcome = await callsWith({ credentials: { NE1: 'token-1' } }).call({ ...adapter, ...settings }, commandFor(1));
    return { outcome, asked };
  };

  test('that is too long is cut off', async () => {
    const { outcome } = await call((response) => {
      response.writeHead(200, JSON_TYPE).on('error', () => undefined);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
    });
    expect(outcome).toEqual({ kind: 'unknown', reason: 'BAD_ANSWER', detail: 'longer than 65536 bytes' });
  });

  test('that trickles is waited for no longer than an attempt may take', async () => {
    const { outcome } = await call(
      (response) => {
        response.writeHead(200, JSON_TYPE);
        const drip = setInterval(() => response.write(' '), 10);
        response.once('close', () => clearInterval(drip));
      },
      { timeoutMs: 150 },
    );
    expect(outcome).toEqual({ kind: 'unknown', reason: 'TIMEOUT', detail: 'no answer within 150 ms' });
  });

  test('that breaks off settles nothing', async () => {
    const { outcome } = await call((response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': '100' });
      response.write('{"key"', () => response.destroy());
    });
    expect(outcome).toMatchObject({ kind: 'unknown', reason: 'CONNECTION' });
  });

  test.each([
    ['is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['has endless headers', `HTTP/1.1 200 OK\r\n${'x-a: y\r\n'.repeat(5_000)}\r\n`],
    ['switches protocols', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
  ])('that %s settles nothing', async (_, bytes) => {
    const { outcome } = await call((response) => void response.socket?.end(bytes));
    expect(outcome).toMatchObject({ kind: 'unknown', reason: 'CONNECTION' });
  });

  test('that leads elsewhere is not followed, with the token or without', async () => {
    const other = await serverThat((response) => response.writeHead(200, JSON_TYPE).end('{}'));
    const { outcome, asked } = await call((response) => response.writeHead(307, { location: other.adapter.endpoint }).end());
    expect(outcome).toEqual({ kind: 'unknown', reason: 'NOT_ACCEPTED', detail: 'HTTP 307' });
    expect(asked).toEqual(['POST /commands Bearer token-1']);
    expect(other.asked).toEqual([]);
  });
});

test('nobody listens', async () => {
  const gone = await NetworkElement.start();
  const adapter = adapterOf({ url: gone.url }, { attemptsMax: 2 });
  await gone.stop();
  expect(await callsWith().call(adapter, commandFor(1))).toEqual({ kind: 'unknown', reason: 'CONNECTION', detail: 'ECONNREFUSED' });
});

test('a call that is wanted no longer ends at once, in the middle of an attempt or of a wait', async () => {
  const one = await element();
  const calls = callsWith();
  const cancelled = { kind: 'unknown', reason: 'CANCELLED', detail: 'cancelled' };
  for (const [trouble, backoffMs] of [['hang', 5], ['failBefore', 60_000]] as const) {
    one.meetNext(trouble);
    const stop = new AbortController();
    const call = calls.call(adapterOf(one, { timeoutMs: 50_000, backoffMs }), commandFor(1), stop.signal);
    setTimeout(() => stop.abort(), 100);
    expect(await call).toEqual(cancelled);
  } // prettier-ignore
  expect(await calls.call(adapterOf(one), commandFor(2), AbortSignal.abort())).toEqual(cancelled);
});

test('connections are kept', async () => {
  const sockets = new Set<unknown>();
  const { adapter } = await serverThat((response) => {
    sockets.add(response.socket);
    response.writeHead(404, { 'content-type': 'application/json' }).end();
  });
  const calls = callsWith();
  for (let order = 1; order <= 20; order += 1) await calls.call(adapter, commandFor(order));
  expect(sockets.size).toBe(1);
});

test('the element asks for its token', async () => {
  const one = await element({ token: 'of-this-element' });
  expect(await callsWith({ credentials: { NE1: 'of-another' } }).call(adapterOf(one), commandFor(1))).toMatchObject({
    reason: 'NOT_ACCEPTED',
  });
  expect(await callsWith({ credentials: { NE1: 'of-this-element' } }).call(adapterOf(one), commandFor(1))).toMatchObject({ kind: 'done' });
});

test('an element in a process of its own', async () => {
  const child = await spawnNetworkElement({ odds: { loseAnswer: 1 } });
  opened.push(child);
  const command = commandFor(1);
  expect(await callsWith().call(adapterOf(child, { attemptsMax: 3 }), command)).toMatchObject({ kind: 'unknown', reason: 'CONNECTION' });
  const { calls, effects } = await child.record();
  expect(calls).toEqual({ [command.key]: 3 });
  expect(effects.map(({ key }) => key)).toEqual([command.key]);
});
