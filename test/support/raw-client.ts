import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0 when the server hung up without an answer. */
  readonly status: number;
  readonly body: string;
}

/**
 * HTTP/1.1 over one keep-alive socket, byte by byte as a test wants it: no client in between puts a malformed request right.
 * When the server hangs up, the next request takes a new socket.
 */
export class RawClient {
  private socket: Socket | undefined;
  private received = Buffer.alloc(0);
  private waiting: ((answer: RawAnswer) => void) | undefined;
  private expectsBody = true;

  public constructor(private readonly port: number) {}

  /**
   * Sends the bytes and waits for one answer. `hangUp` ends the sending side after them. As every keep-alive client must, it
   * asks again on a new socket when an old one turns out to have been closed meanwhile.
   */
  public async ask(bytes: Buffer, how: { readonly hangUp?: boolean; readonly isHead?: boolean } = {}): Promise<RawAnswer> {
    const isOld = this.socket !== undefined;
    const answer = await this.askOnce(bytes, how);
    return answer.status === 0 && isOld && how.hangUp !== true ? this.askOnce(bytes, how) : answer;
  }

  private askOnce(
    bytes: Buffer,
    { hangUp = false, isHead = false }: { readonly hangUp?: boolean; readonly isHead?: boolean },
  ): Promise<RawAnswer> {
    const socket = this.open();
    this.expectsBody = !isHead;
    return new Promise((resolve) => {
      this.waiting = resolve;
      socket.write(bytes);
      if (hangUp) socket.end();
    });
  }

  public close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  private open(): Socket {
    if (this.socket !== undefined && !this.socket.destroyed && this.socket.writable) return this.socket;
    this.received = Buffer.alloc(0);
    const socket = connect(this.port, '127.0.0.1');
    socket.setNoDelay(true);
    this.socket = socket;
    socket.on('data', (chunk) => {
      if (this.socket === socket) this.take(chunk);
    });
    // A server that refuses may hang up while the rest of the request is still being sent.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.socket === socket) this.end();
    });
    return socket;
  }

  private take(chunk: Buffer): void {
    this.received = Buffer.concat([this.received, chunk]);
    const answer = this.complete(false);
    if (answer !== undefined) this.settle(answer);
  }

  private end(): void {
    this.socket = undefined;
    this.settle(this.complete(true) ?? { status: 0, body: '' });
  }

  private settle(answer: RawAnswer): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.(answer);
  }

  /** The answer, once all of it is here; what the server sent of it, when it has hung up. */
  private complete(ended: boolean): RawAnswer | undefined {
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return undefined;
    const head = this.received.subarray(0, headEnd).toString('latin1');
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
    const rest = this.received.subarray(headEnd + 4);
    if (status === 100) {
      this.received = rest;
      return this.complete(ended);
    }
    const size = this.sizeOf(head, rest, status);
    if (!ended && (size === undefined || rest.length < size)) return undefined;
    this.received = rest.subarray(size ?? rest.length);
    // What says "close" is not asked again.
    if (/^connection: *close/im.test(head)) {
      this.socket?.destroy();
      this.socket = undefined;
    }
    return { status, body: rest.subarray(0, size).toString('utf8') };
  }

  /** How long the body is, the marks of its chunks included; undefined while that cannot be known. */
  private sizeOf(head: string, rest: Buffer, status: number): number | undefined {
    if (!this.expectsBody || status === 204 || status === 304) return 0;
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    if (length !== undefined) return Number(length);
    const last = /^transfer-encoding: *chunked/im.test(head) ? `\r\n${rest.toString('latin1')}`.indexOf('\r\n0\r\n\r\n') : -1;
    return last < 0 ? undefined : last + 5;
  }
}
