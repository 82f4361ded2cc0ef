import { lookup as lookUp } from 'node:dns';
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { Cancellation } from '../../kernel/cancellation';
import { isMetadataAddress } from '../../kernel/outside-url';

/** One HTTP request. */
export interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** What came of it. Never an exception. */
export type Exchanged =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | undefined; readonly body: string }
  | { readonly kind: 'none'; readonly reason: 'TIMEOUT' | 'CONNECTION' | 'BAD_ANSWER' | 'CANCELLED'; readonly detail: string };

export type Exchange = (request: Request, timeoutMs: number, signal: Cancellation | undefined) => Promise<Exchanged>;

/** An answer says in a few fields what became of a command. */
export const ANSWER_BYTES_MAX = 65_536;
const HEADER_BYTES_MAX = 16_384;
/** More than a worker has workflows (`SANHU_WORKER_CONCURRENCY`), for each address. */
const SOCKETS_MAX = 64;
const IDLE_SOCKETS_MAX = 16;
const IDLE_MS = 30_000;

/**
 * Node's own client with connections that are kept. Not its `fetch`: that cannot be told, without a package of its own, which
 * addresses a name may lead to, nor how many connections to make; and it follows redirects unless it is told each time.
 */
export class HttpExchanges {
  private readonly options = { keepAlive: true, maxSockets: SOCKETS_MAX, maxFreeSockets: IDLE_SOCKETS_MAX, timeout: IDLE_MS };
  private readonly plain = new HttpAgent(this.options);
  private readonly secure = new HttpsAgent(this.options);

  /** Ends in `timeoutMs`, whatever the other side does; the time that a name takes to be looked up is in it. */
  public readonly exchange: Exchange = ({ method, url, headers, body }, timeoutMs, signal) =>
    new Promise((resolve) => {
      const options = { method, headers, lookup: guardedLookup, maxHeaderSize: HEADER_BYTES_MAX };
      const request =
        url.protocol === 'https:'
          ? requestHttps(url, { ...options, agent: this.secure })
          : requestHttp(url, { ...options, agent: this.plain });
      let isEnded = false;
      const end = (exchanged: Exchanged): void => {
        isEnded = true;
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        resolve(exchanged);
      };
      const none = (reason: (Exchanged & { kind: 'none' })['reason'], detail: string): void => {
        if (isEnded) return;
        end({ kind: 'none', reason, detail });
        request.destroy(); // whatever may still come must not be taken for the answer to another request
      };
      const cancel = (): void => none('CANCELLED', 'cancelled');
      const timer = setTimeout(() => none('TIMEOUT', `no answer within ${timeoutMs} ms`), timeoutMs);
      request.on('error', (error) => none('CONNECTION', reasonOf(error)));
      request.on('close', () => none('CONNECTION', 'closed without an answer'));
      request.on('response', (response) => readBody(response, end, none));
      if (signal?.aborted === true) return cancel();
      signal?.addEventListener('abort', cancel);
      request.end(body ?? undefined);
    });

  /** Ends the connections that are idle: one of them is out of step, and says the answer to one request when asked another. */
  public dropIdle(): void {
    for (const { freeSockets } of [this.plain, this.secure]) {
      for (const sockets of Object.values(freeSockets)) for (const socket of [...(sockets ?? [])]) socket.destroy();
    }
  }

  /** Ends the connections that are idle, and those under way. */
  public close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }
}

function readBody(
  response: IncomingMessage,
  end: (exchanged: Exchanged) => void,
  none: (reason: 'CONNECTION' | 'BAD_ANSWER', detail: string) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES_MAX) none('BAD_ANSWER', `longer than ${ANSWER_BYTES_MAX} bytes`);
    else chunks.push(chunk);
  });
  response.on('error', (error) => none('CONNECTION', reasonOf(error)));
  response.on('end', () => {
    const { statusCode: status = 0, headers } = response;
    end({ kind: 'answer', status, retryAfter: headers['retry-after'], body: Buffer.concat(chunks).toString('utf8') });
  });
}

/** The error's code only: messages of TLS and of the client name addresses, and who knows what else. */
function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code.slice(0, 50) : error.name;
}

/** Refuses a name that leads to the machine's own neighbourhood; what is written as an address was looked at before. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) return callback(error ?? failedLookup('ENOTFOUND'), '');
    if (addresses.some(({ address }) => isMetadataAddress(address))) return callback(failedLookup('METADATA_ADDRESS'), '');
    if (options.all === true) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

function failedLookup(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}
