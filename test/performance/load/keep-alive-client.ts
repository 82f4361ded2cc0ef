import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const ERRORS = Buffer.from('"errors"');
const THROTTLED = Buffer.from('THROTTLED');
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)/i;

/** What became of one request: how many bytes of body came, and these, or what was wrong with the answer. */
export type Answer = { readonly bodyBytes: number; readonly body: Buffer } | { readonly failure: string };

/** One keep-alive connection that has one request under way at a time. HTTP is read no further than measuring needs. */
export class KeepAliveClient {
  private socket: Socket | undefined;
  private rest: Buffer | undefined;
  private waiting: ((answer: Answer) => void) | undefined;

  public constructor(
    private readonly port: number,
    /** The beginning of each of its requests. */
    private readonly head: Buffer,
  ) {}

  /** Connects, unless it still is. */
  public open(): Promise<void> {
    if (this.socket !== undefined) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const socket = connect({ port: this.port, host: '127.0.0.1', noDelay: true });
      socket.once('connect', () => {
        this.socket = socket;
        resolve();
      });
      socket.on('error', (error) => {
        reject(error);
        this.lose(error.message);
      });
      socket.on('close', () => this.lose('the connection was closed'));
      socket.on('data', (chunk) => this.take(chunk));
    });
  }

  public close(): void {
    this.socket?.destroy();
    this.socket = undefined;
  }

  public send(tail: Buffer, onAnswer: (answer: Answer) => void): void {
    this.waiting = onAnswer;
    if (this.socket === undefined) this.lose('the connection was closed');
    else this.socket.write(this.head.length === 0 ? tail : Buffer.concat([this.head, tail]));
  }

  private lose(why: string): void {
    this.socket = undefined;
    this.rest = undefined;
    this.end({ failure: why });
  }

  private end(answer: Answer): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.(answer);
  }

  private take(chunk: Buffer): void {
    const data = this.rest === undefined ? chunk : Buffer.concat([this.rest, chunk]);
    const headEnd = data.indexOf(HEAD_END);
    const head = headEnd < 0 ? '' : data.toString('latin1', 0, headEnd);
    const length = headEnd < 0 ? 0 : Number(CONTENT_LENGTH.exec(head)?.[1] ?? -1);
    if (headEnd < 0 || (length >= 0 && data.length < headEnd + HEAD_END.length + length)) {
      this.rest = data;
      return;
    }
    this.rest = undefined;
    const isGood =
      head.startsWith('HTTP/1.1 200') &&
      data.length === headEnd + HEAD_END.length + length &&
      data.indexOf(ERRORS, headEnd) < 0 &&
      data.indexOf(THROTTLED, headEnd) < 0;
    const body = data.subarray(headEnd + HEAD_END.length);
    this.end(isGood ? { bodyBytes: length, body } : { failure: data.toString('utf8', 0, 2_000) });
  }
}
