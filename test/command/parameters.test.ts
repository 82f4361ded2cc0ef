import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { makeListener } from '../../src/access/http/listener';
import { describeConfiguration, loadConfiguration } from '../../src/config/load-configuration';

/** The address that a call counts as: one from `from`, an address of this machine, that says it is made for 203.0.113.9. */
async function addressSeen(environment: Readonly<Record<string, string>>, from: string): Promise<string> {
  const app = makeListener({ ...loadConfiguration(environment), log: pino({ level: 'silent' }) });
  app.get('/address', (request) => request.ip);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  try {
    return await new Promise((resolve, reject) => {
      const options = {
        port,
        host: '127.0.0.1',
        localAddress: from,
        path: '/address',
        headers: { 'x-forwarded-for': '203.0.113.9' },
        agent: false,
      };
      get(options, (answer) => answer.setEncoding('utf8').on('data', resolve).on('error', reject)).on('error', reject);
    });
  } finally {
    await app.close();
  }
}

test('X-Forwarded-For is believed from the proxies that are named, and from nobody else', async () => {
  const named = { SANHU_TRUSTED_PROXIES: '10.0.0.0/8, 127.0.0.2, 127.1.0.0/16, fd00::/8' };
  for (const from of ['127.0.0.2', '127.1.2.3']) expect(await addressSeen(named, from)).toBe('203.0.113.9');
  for (const from of ['127.0.0.1', '127.0.0.3', '127.2.0.1']) expect(await addressSeen(named, from)).toBe(from);
  expect(await addressSeen({}, '127.0.0.1')).toBe('203.0.113.9');
  expect(await addressSeen({ SANHU_TRUSTED_PROXIES: '10.0.0.0/8' }, '127.0.0.1')).toBe('127.0.0.1');
  expect(await addressSeen({ SANHU_TRUSTED_PROXIES: '' }, '127.0.0.1')).toBe('127.0.0.1');
});

test.each(['haproxy', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.0/8/8', '10.0.0', '::1/129', '0.0.0.0/'])('%s is no proxy', (value) => {
  expect(() => loadConfiguration({ SANHU_TRUSTED_PROXIES: value })).toThrow('SANHU_TRUSTED_PROXIES');
});

test('tokens of network elements are read as JSON, and never shown', () => {
  const read = (value: string) => loadConfiguration({ SANHU_PROVISIONING_CREDENTIALS: value }).provisioningCredentials;
  expect(loadConfiguration({}).provisioningCredentials).toEqual({});
  expect(read('{"HLR_1":"abc-._~+/=","OLT-2":"x"}')).toEqual({ HLR_1: 'abc-._~+/=', 'OLT-2': 'x' });
  for (const wrong of [
    '{"HLR":"hidden"',
    '"hidden"',
    '["hidden"]',
    '{"HLR":"hidden\\r\\nx: y"}',
    '{"HLR":{"token":"hidden"}}',
    '{"a b":"hidden"}',
  ])
    expect(() => read(wrong)).toThrow(/^(?=[^]*SANHU_PROVISIONING_CREDENTIALS=\(secret\))(?![^]*hidden)/);
  expect(describeConfiguration({ SANHU_PROVISIONING_CREDENTIALS: '{"HLR":"hidden"}' }).join('\n')).not.toContain('hidden');
});

test.each([
  ['SANHU_IDEMPOTENCY_DAYS', 'idempotencyDays', 7, '6'],
  ['SANHU_SESSION_DAYS', 'sessionDays', 30, '0'],
  ['SANHU_WORKFLOW_DAYS', 'workflowDays', 30, '0'],
  ['SANHU_WORKER_CONCURRENCY', 'workerConcurrency', 4, '0'],
  ['SANHU_AUDIT_MONTHS', 'auditMonths', 84, '11'],
  ['SANHU_OUTBOX_MONTHS', 'outboxMonths', 3, '0'],
] as const)('%s is a parameter with a least value', (variable, name, initially, tooLow) => {
  expect(loadConfiguration({})[name]).toBe(initially);
  expect(loadConfiguration({ [variable]: '60' })[name]).toBe(60);
  expect(() => loadConfiguration({ [variable]: tooLow })).toThrow(variable);
});
