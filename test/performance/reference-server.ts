import { createServer, type ServerResponse } from 'node:http';
import { Pool } from 'pg';
import { COUNTER_VIEW, POINT_READ } from './reference-statements';

/*
 * The reference of the request benches: `node:http`, a pool, one named prepared statement an answer, nothing else. It knows
 * no caller, no scope, no limits, no measurement and no log.
 *
 * Started with the database's URL and the pool's size; tells its parent the port, and ends with it.
 */

const [, , url = '', poolSize = '20'] = process.argv;
const pool = new Pool({ connectionString: url, max: Number(poolSize), idleTimeoutMillis: 0 });

const POINT_READ_PATH = '/point-read/';
const COUNTER_VIEW_PATH = '/counter-view/';

async function pointRead(number: string): Promise<string> {
  const { rows } = await pool.query<{ accessNumber: string; status: string }>({ name: 'point-read', text: POINT_READ, values: [number] });
  return JSON.stringify({ data: { subscriberByNumber: rows[0] ?? null } });
}

async function counterView(number: string): Promise<string> {
  const { rows } = await pool.query<{ body: string }>({ name: 'counter-view', text: COUNTER_VIEW, values: [number] });
  return rows[0]?.body ?? '{"data":{"subscriberByNumber":null}}';
}

function respond(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const body = path.startsWith(POINT_READ_PATH)
    ? pointRead(path.slice(POINT_READ_PATH.length))
    : counterView(path.slice(COUNTER_VIEW_PATH.length));
  body.then(
    (text) => respond(response, text),
    (error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    },
  );
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));
