import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpAdapterSettings, NetworkCommand } from '../../src/data/provisioning/network-command';

/*
 * A network element as it is met outside: it does what it is told, once for each key, and keeps it; but it is slow, fails, loses calls
 * and answers, answers twice, and restarts. Its protocol is that of src/data/provisioning/README.md.
 */

export const TROUBLES = [
  /** It answers after `slowMs`. */
  'slow',
  /** It answers 503 and has done nothing. */
  'failBefore',
  /** It has done it, and answers 500. */
  'failAfter',
  /** It hangs up and has done nothing. */
  'loseCall',
  /** It has done it, and hangs up. */
  'loseAnswer',
  /** It has done it, and answers the same request twice. */
  'answerTwice',
  /** It answers 202, and does it after `laterMs`. */
  'later',
  /** It breaks every connection, and for `restartMs` every new one. What it was told before it keeps. */
  'restart',
  /** It never answers. */
  'hang',
] as const;

export type Trouble = (typeof TROUBLES)[number];

export interface ElementPlan {
  /** With the same seed the same attempts of the same keys meet the same trouble, in whatever order they come. */
  readonly seed: number;
  /** How often, of one; together at most 1. */
  readonly odds: Partial<Record<Trouble, number>>;
  readonly slowMs: number;
  readonly laterMs: number;
  readonly restartMs: number;
  /** How often, of one, a command is refused for good. By its key: the answer is the same each time. */
  readonly refusals: number;
  /** A token without which nothing is answered; null: none is asked for. */
  readonly token: string | null;
}

/** Something that the element did. */
export interface Effect {
  readonly key: string;
  readonly orderNo: string;
  readonly action: string;
  readonly serviceId: string;
  readonly serviceType: string;
  readonly identifiers: Readonly<Record<string, string>>;
  readonly products: NetworkCommand['products'];
  readonly stopped: boolean;
}

/** All that an element was told and did, in order. */
export interface ElementRecord {
  /** How often it was told each key. */
  readonly calls: Readonly<Record<string, number>>;
  readonly effects: readonly Effect[];
  /** Keys refused for good. */
  readonly refused: readonly string[];
  /** What no caller may do: another command with a key that was used, a command without an order. */
  readonly violations: readonly string[];
}

interface Known {
  readonly text: string;
  readonly command: NetworkCommand;
  state: 'refused' | 'inProgress' | 'done';
}

const QUIET: ElementPlan = { seed: 1, odds: {}, slowMs: 100, laterMs: 50, restartMs: 200, refusals: 0, token: null };

export class NetworkElement {
  private readonly known = new Map<string, Known>();
  private readonly told = new Map<string, number>();
  private readonly done: Effect[] = [];
  private readonly violations: string[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly next: (Trouble | 'none')[] = [];
  private readonly askedNext: 'fail'[] = [];
  private isDown = false;

  private constructor(
    private readonly server: Server,
    private plan: ElementPlan,
  ) {}

  public static async start(plan: Partial<ElementPlan> = {}, port = 0): Promise<NetworkElement> {
    const server = createServer((request, response) => void element.answer(request, response));
    const element = new NetworkElement(server, { ...QUIET, ...plan });
    server.on('connection', (socket) => element.accept(socket));
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
    return element;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public record(): ElementRecord {
    const refused = [...this.known].filter(([, { state }]) => state === 'refused').map(([key]) => key);
    return { calls: Object.fromEntries(this.told), effects: this.done, refused, violations: this.violations };
  }

  /** What the next commands meet, in the order in which they come, before chance decides again. */
  public meetNext(...troubles: readonly (Trouble | 'none')[]): void {
    this.next.push(...troubles);
  }

  /** What the next questions meet: it says that it failed. */
  public meetAsked(trouble: 'fail'): void {
    this.askedNext.push(trouble);
  }

  /** Breaks every connection, and every new one until {@link comeBack}. What it was told before it keeps. */
  public goDown(): void {
    this.isDown = true;
    this.hangUp();
  }

  public comeBack(): void {
    this.isDown = false;
  }

  public change(plan: Partial<ElementPlan>): void {
    this.plan = { ...this.plan, ...plan };
  }

  /** Forgets a command that it took on, as an element does that is set up anew. */
  public forget(key: string): void {
    this.known.delete(key);
  }

  public async stop(): Promise<void> {
    const closed = new Promise<void>((end) => this.server.close(() => end()));
    this.hangUp();
    await closed;
  }

  private accept(socket: Socket): void {
    if (this.isDown) return void socket.destroy();
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => this.sockets.delete(socket));
  }

  private hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private async restart(): Promise<void> {
    this.goDown();
    await sleep(this.plan.restartMs);
    this.comeBack();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '/' } = request;
    if (url === '/record') return send(response, 200, this.record());
    const { token } = this.plan;
    if (token !== null && request.headers.authorization !== `Bearer ${token}`) return send(response, 401, { error: 'who are you?' });
    if (method === 'POST' && url === '/commands') return this.hear(request, response, await textOf(request));
    const key = /^\/commands\/([^/]+)$/.exec(url)?.[1];
    if (method === 'GET' && key !== undefined && this.askedNext.shift() === 'fail') return send(response, 503, { error: 'busy' });
    if (method === 'GET' && key !== undefined) return this.tell(response, decodeURIComponent(key));
    send(response, 404, { error: 'nothing is here' });
  }

  private async hear(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    const command = JSON.parse(text) as NetworkCommand;
    const { key } = command;
    const times = (this.told.get(key) ?? 0) + 1;
    this.told.set(key, times);
    this.judge(request, command, text);
    switch (this.troubleOf(key, times)) {
      case 'none':
        this.do(command, text);
        return this.tell(response, key);
      case 'slow':
        this.do(command, text);
        await sleep(this.plan.slowMs);
        return this.tell(response, key);
      case 'failBefore':
        return send(response, 503, { error: 'busy' });
      case 'failAfter':
        this.do(command, text);
        return send(response, 500, { error: 'it failed, or did it?' });
      case 'loseCall':
        return void response.destroy();
      case 'loseAnswer':
        this.do(command, text);
        return void response.destroy();
      case 'answerTwice':
        this.do(command, text);
        return this.tellTwice(response, key);
      case 'later':
        this.do(command, text, this.plan.laterMs);
        return this.tell(response, key);
      case 'restart':
        return this.restart();
      case 'hang':
        return;
    }
  }

  private judge(request: IncomingMessage, command: NetworkCommand, text: string): void {
    const { key, orderNo } = command;
    if (request.headers['idempotency-key'] !== key) this.violations.push(`${key}: the header names another key`);
    if (typeof orderNo !== 'string' || orderNo === '') this.violations.push(`${key}: without an order`);
    const known = this.known.get(key);
    if (known !== undefined && known.text !== text) this.violations.push(`${key}: another command with the same key`);
  }

  /** Once for each key. */
  private do(command: NetworkCommand, text: string, afterMs = 0): void {
    if (this.known.has(command.key)) return;
    const known: Known = { text, command, state: this.chance('refusal', command.key) < this.plan.refusals ? 'refused' : 'inProgress' };
    this.known.set(command.key, known);
    if (known.state === 'refused') return;
    if (afterMs === 0) this.finish(known);
    else setTimeout(() => this.finish(known), afterMs).unref();
  }

  private finish(known: Known): void {
    const { key, orderNo, action, serviceId, serviceType, identifiers, products, stopped } = known.command;
    known.state = 'done';
    this.done.push({ key, orderNo, action, serviceId, serviceType, identifiers, products, stopped });
  }

  /** What became of it, whether it is told or asked. */
  private tell(response: ServerResponse, key: string): void {
    send(response, ...this.wordOn(key));
  }

  private wordOn(key: string): [status: number, body: object] {
    const known = this.known.get(key);
    switch (known?.state) {
      case undefined:
        return [404, { key, code: 'UNKNOWN_KEY' }];
      case 'refused':
        return [422, { key, code: 'NO_SUCH_PORT', text: '端口不存在 no such port' }];
      case 'inProgress':
        return [202, { key, poll: `/commands/${encodeURIComponent(key)}`, afterMs: 20 }];
      case 'done':
        return [200, { key, reference: `NE-${digest(key).toString(36)}`, result: { node: 'NE1' } }];
    }
  }

  /** The second answer follows the first a moment later, on a connection that the caller may use again by then. */
  private tellTwice(response: ServerResponse, key: string): void {
    const { socket } = response;
    const [status, body] = this.wordOn(key);
    const text = JSON.stringify(body);
    const raw = `HTTP/1.1 ${status} Again\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
    response.once('finish', () => setTimeout(() => socket?.write(raw), 2).unref());
    send(response, status, body);
  }

  private troubleOf(key: string, times: number): Trouble | 'none' {
    const given = this.next.shift();
    if (given !== undefined) return given;
    let left = this.chance('trouble', key, times);
    for (const trouble of TROUBLES) {
      left -= this.plan.odds[trouble] ?? 0;
      if (left < 0) return trouble;
    }
    return 'none';
  }

  /** From 0 to 1, by the seed and what it is for: the order in which calls come decides nothing. */
  private chance(...of: readonly (string | number)[]): number {
    return digest([this.plan.seed, ...of].join(' ')) / 2 ** 32;
  }
}

function digest(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** An adapter that leads to the element, with settings that do not make a test wait. */
export function adapterOf(element: { readonly url: string }, settings: Partial<HttpAdapterSettings> = {}): HttpAdapterSettings {
  return {
    code: 'NE1', endpoint: element.url, timeoutMs: 2_000, attemptsMax: 5, backoffMs: 5, breakerFailures: 1_000, breakerOpenMs: 100, ...settings,
  }; // prettier-ignore
}
