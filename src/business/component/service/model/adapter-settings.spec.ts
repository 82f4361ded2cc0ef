import type { AdapterKind } from '../../../../data/operation/service/provisioning-adapter';
import { readSettings } from './adapter-settings';

type Given = Parameters<typeof readSettings>[1];
const endpoint = 'https://switch.example/v1';
const http = (more: object = {}): Given => ({ http: { endpoint, ...more }, workQueue: null });
const manual = (workQueue: string | null): Given => ({ http: null, workQueue });

describe('the settings of an adapter', () => {
  it('are the standard where nothing is said', () => {
    const standard = { endpoint, timeoutMs: 5000, attemptsMax: 3, backoffMs: 200, breakerFailures: 5, breakerOpenMs: 30_000 };
    expect(readSettings('HTTP', http())).toEqual({ ok: true, value: { http: standard, workQueue: null } });
    expect(readSettings('HTTP', http({ timeoutMs: null, attemptsMax: 10 }))).toMatchObject({
      value: { http: { timeoutMs: 5000, attemptsMax: 10 } },
    });
    expect(readSettings('MANUAL', manual('FIELD'))).toEqual({ ok: true, value: { http: null, workQueue: 'FIELD' } });
  });

  it.each<[AdapterKind, Given, string]>([
    ['HTTP', manual('FIELD'), 'http ADAPTER_SETTINGS_NEEDED'],
    ['HTTP', { ...http(), workQueue: 'FIELD' }, 'http ADAPTER_SETTINGS_NEEDED'],
    ['MANUAL', http(), 'workQueue ADAPTER_SETTINGS_NEEDED'],
    ['MANUAL', manual(null), 'workQueue ADAPTER_SETTINGS_NEEDED'],
    ['MANUAL', manual('装维'), 'workQueue WORK_QUEUE_INVALID'],
    ['HTTP', http({ endpoint: 'switch.example' }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: 'ftp://switch.example' }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: 'file:///etc/passwd' }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: 'https://me@switch.example' }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: 'https://me:secret@switch.example' }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: 'https://switch.example/?token=1' }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: 'http://169.254.169.254/latest' }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: 'https://switch.example/#' }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: `https://switch.example/${'x'.repeat(500)}` }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ endpoint: `https://switch.example/${'户'.repeat(100)}` }), 'http.endpoint ENDPOINT_INVALID'],
    ['HTTP', http({ timeoutMs: 99 }), 'http.timeoutMs SETTING_OUT_OF_RANGE'],
    ['HTTP', http({ timeoutMs: 60_001 }), 'http.timeoutMs SETTING_OUT_OF_RANGE'],
    ['HTTP', http({ attemptsMax: 0 }), 'http.attemptsMax SETTING_OUT_OF_RANGE'],
    ['HTTP', http({ backoffMs: 1.5 }), 'http.backoffMs SETTING_OUT_OF_RANGE'],
    ['HTTP', http({ breakerFailures: 101 }), 'http.breakerFailures SETTING_OUT_OF_RANGE'],
    ['HTTP', http({ breakerOpenMs: 600_001 }), 'http.breakerOpenMs SETTING_OUT_OF_RANGE'],
  ])('%s %j: %s', (kind, given, refusal) => {
    const read = readSettings(kind, given);
    expect(read.ok ? [] : read.refusals.map(({ code, field }) => `${field?.join('.')} ${code}`)).toEqual([refusal]);
  });
});
