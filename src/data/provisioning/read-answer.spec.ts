import { readAnswer, type Reading } from './read-answer';

const KEY = 'fulfilment/ord_1:provision 1';

const read = (status: number, body: unknown, retryAfter?: string): Reading =>
  readAnswer(KEY, { kind: 'answer', status, retryAfter, body: typeof body === 'string' ? body : JSON.stringify(body) });

const bad = (status: number): object => ({
  kind: 'failed',
  reason: 'BAD_ANSWER',
  again: true,
  afterMs: 0,
  detail: expect.stringContaining(String(status)),
});

describe('done', () => {
  test('with what the element has assigned', () =>
    expect(read(200, { key: KEY, reference: 'NE-7', result: { port: '1/2/3' }, more: 1 })).toEqual({
      kind: 'done',
      reference: 'NE-7',
      result: { port: '1/2/3' },
    }));
  test('with the key alone', () => expect(read(200, { key: KEY })).toEqual({ kind: 'done', reference: null, result: {} }));

  test.each([
    ['of another key', { key: 'fulfilment/ord_2:provision 1' }],
    ['of no key', {}],
    ['a page', '<html>Welcome</html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', []],
    ['a reference with a control character', { key: KEY, reference: 'a\u0000b' }],
    ['half a pair', `{"key":"${KEY}","reference":"\\ud800"}`],
    ['a result that is no text', { key: KEY, result: { port: 1 } }],
    ['a name that is none', { key: KEY, result: { 'a b': 'x' } }],
    ['a result too long', { key: KEY, result: { port: 'x'.repeat(501) } }],
    ['results too many', { key: KEY, result: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`n${n}`, ''])) }],
  ])('%s is no answer', (_, body) => expect(read(200, body)).toEqual(bad(200)));
});

describe('refused', () => {
  test.each([409, 422])('by %d with a code', (status) =>
    expect(read(status, { key: KEY, code: 'NO_SUCH_PORT', text: '端口不存在' })).toEqual({ kind: 'refused', code: 'NO_SUCH_PORT', text: '端口不存在' }),
  ); // prettier-ignore
  test('its text becomes one line of at most 500 characters', () =>
    expect(read(422, `{"key":"${KEY}","code":"X","text":" a\\n\\u0000b\\ud800${'𠮷'.repeat(600)}"}`)).toEqual({
      kind: 'refused',
      code: 'X',
      text: `a b\ufffd${'𠮷'.repeat(496)}`,
    }));
  test.each([
    ['without a code', { key: KEY, text: 'no' }],
    ['with a code that is none', { key: KEY, code: 'no such port' }],
    ['of another key', { key: 'other', code: 'X' }],
    ['by a proxy', 'conflict'],
  ])('%s is no answer: nothing is known', (_, body) => expect(read(409, body)).toEqual(bad(409)));
});

describe('later', () => {
  test.each([
    [
      { poll: '/jobs/1', afterMs: 500 },
      { poll: '/jobs/1', afterMs: 500 },
    ],
    [{}, { poll: null, afterMs: 1_000 }],
    [{ afterMs: 0 }, { poll: null, afterMs: 20 }],
    [{ afterMs: 1e9 }, { poll: null, afterMs: 10_000 }],
  ])('%j', (said, expected) => expect(read(202, { key: KEY, ...said })).toEqual({ kind: 'later', ...expected }));
  test('of another key', () => expect(read(202, { key: 'other' })).toEqual(bad(202)));
});

test.each([
  [500, undefined, 0],
  [502, undefined, 0],
  [503, '7', 7_000],
  [503, '86400', 60_000],
  [503, 'Fri, 31 Dec 2027 23:59:59 GMT', 0],
  [429, '1', 1_000],
  [408, undefined, 0],
])('%d with Retry-After %s: the element failed, again after %d ms', (status, retryAfter, afterMs) =>
  expect(read(status, 'anything', retryAfter)).toEqual({ kind: 'failed', reason: 'ELEMENT_FAILED', detail: `HTTP ${status}`, again: true, afterMs }),
); // prettier-ignore

test.each([301, 302, 307, 400, 401, 403, 404, 405, 410, 413, 415, 100])('%d: how it is called is wrong, and trying again of no use', (status) =>
  expect(read(status, { key: 'x' })).toEqual({ kind: 'failed', reason: 'NOT_ACCEPTED', detail: `HTTP ${status}`, again: false, afterMs: 0 }),
); // prettier-ignore

test.each([201, 203, 204, 206])('%d says nothing that is agreed', (status) => expect(read(status, { key: KEY })).toEqual(bad(status)));

test('404 with the key: never heard of', () => expect(read(404, { key: KEY, code: 'UNKNOWN_KEY' })).toEqual({ kind: 'neverHeard' }));
