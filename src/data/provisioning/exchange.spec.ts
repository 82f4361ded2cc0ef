import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpExchanges } from './exchange';

type Address = { readonly address: string; readonly family: number };

/** What names lead to, in this test. */
const names: Record<string, readonly Address[]> = {
  'element.test': [{ address: '127.0.0.1', family: 4 }],
  'metadata.test': [{ address: '169.254.169.254', family: 4 }],
  'rebound.test': [{ address: '127.0.0.1', family: 4 }, { address: 'fe80::1', family: 6 }],
}; // prettier-ignore

jest.mock('node:dns', () => ({
  ...jest.requireActual<object>('node:dns'),
  lookup: (name: string, _options: object, callback: (error: Error | null, found?: readonly Address[]) => void) =>
    setImmediate(() => {
      const found = names[name];
      if (found === undefined) callback(Object.assign(new Error(`no ${name}`), { code: 'ENOTFOUND' }));
      else callback(null, found);
    }),
}));

let server: Server;
const exchanges = new HttpExchanges();

beforeAll(async () => {
  server = createServer((_, response) => response.end('here'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => {
  exchanges.close();
  server.close();
});

test.each([
  ['element.test', { kind: 'answer', status: 200, retryAfter: undefined, body: 'here' }],
  ['metadata.test', { kind: 'none', reason: 'CONNECTION', detail: 'METADATA_ADDRESS' }],
  ['rebound.test', { kind: 'none', reason: 'CONNECTION', detail: 'METADATA_ADDRESS' }],
  ['nowhere.test', { kind: 'none', reason: 'CONNECTION', detail: 'ENOTFOUND' }],
])('%s: %j', async (name, expected) => {
  const url = new URL(`http://${name}:${(server.address() as AddressInfo).port}/`);
  expect(await exchanges.exchange({ method: 'GET', url, headers: {}, body: null }, 2_000, undefined)).toEqual(expected);
});
