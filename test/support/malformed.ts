/** A stream of random choices that a seed determines: what failed once fails again. */
export class Dice {
  public constructor(private state: number) {}

  /** From 0 to below `below` (mulberry32). */
  public roll(below: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  public pick<Item>(items: readonly Item[]): Item {
    return items[this.roll(items.length)] as Item;
  }

  public chance(percent: number): boolean {
    return this.roll(100) < percent;
  }
}

export interface Malformed {
  /** What was made wrong, for the message of a failure. */
  readonly kind: string;
  readonly bytes: Buffer;
  readonly hangUp?: boolean;
  readonly isHead?: boolean;
}

export interface Target {
  readonly token: string;
  readonly partnerToken: string;
  /** Well-formed operations of the staff's contract, with variables that fit them. */
  readonly operations: readonly { readonly query: string; readonly variables: Readonly<Record<string, unknown>> }[];
}

/** JSON texts (not values: a lone surrogate, 1e999 or a double key have none) that no parameter expects. */
const NASTY: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1e999',
  '-1e999',
  '9007199254740993',
  '2147483648',
  '-2147483649',
  '1.5',
  '[]',
  '{}',
  '[[[[[[]]]]]]',
  '""',
  '" "',
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\ufffe"',
  '"\\u202e"',
  '"‮"',
  '"🏃"',
  '"%"',
  '"_"',
  '"\\\\"',
  '"\'"',
  '"\\""',
  '"2026-02-30"',
  '"2026-11-21T25:00:00Z"',
  '"+275760-09-13T00:00:00Z"',
  '"-271821-04-20T00:00:00Z"',
  '"cus_"',
  '"cus_zzzzzzzzzzzzzzzzzzzzzzzzzz"',
  '"acc_00000000000000000000000000"',
  '"org_01h455vb4pex5vsknk084sn02q"',
  '"sub_7zzzzzzzzzzzzzzzzzzzzzzzzz"',
  '"00000000-0000-0000-0000-000000000000"',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{}}}',
  '{"toString":1}',
  '[null]',
  '["a","b"]',
  '{"a":{"b":{"c":[1,2,{"d":null}]}}}',
  `"${'x'.repeat(5_000)}"`,
  `"${'张'.repeat(2_000)}"`,
  `${'['.repeat(200)}${']'.repeat(200)}`,
  `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`,
  '"WyJhIl0"',
  '"W10"',
  '"WyJcdTAwMDAiXQ"',
  '"bnVsbA"',
  '"JSV"',
];

const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '...',
  '@',
  '!',
  ':',
  '$',
  '"',
  '"""',
  '\\',
  '\0',
  '\uffff',
  '#',
  '|',
  '&',
  '[',
  ']',
  ' on ',
  'fragment F on F',
  'é',
  '0x1',
  '1e',
  '-',
  '🏃',
];
const PATHS = [
  '/graphql',
  '/partner/graphql',
  '/reporting/graphql',
  '/auth/log-in',
  '/auth/log-in/oidc',
  '/auth/refresh',
  '/auth/log-out',
  '/auth/token',
  '/health/live',
  '/metrics',
  '/nothing',
  '/graphql/',
  '//graphql',
  '/graphql%00',
  '/%ff',
  '/%',
  '/..%2f..',
  '/graphql;a=b',
  '*',
  'http://evil.example/graphql',
  `/${'a'.repeat(9_000)}`,
  '/graphql?',
  '/graphql?query=%',
  '/auth/log-in?x[]=1',
  '/\u00e9',
];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'get', 'P OST', '\0', ''];
const CONTENT_TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/json; charset=nonsense',
  'application/graphql',
  'application/graphql+json',
  'text/plain',
  'text/html',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'application/xml',
  'application/json;;;',
  'application/',
  '/',
  '*/*',
  'APPLICATION/JSON',
  'application/json, application/json',
  '\x7f',
  'x'.repeat(3_000),
];
const HEADERS = [
  'accept: */*',
  'accept: text/html',
  'accept: ;q=',
  'accept: application/graphql-response+json',
  'accept: multipart/mixed',
  'accept-language: *;q=9',
  'accept-language: zh;q=0.1111,en;q=x',
  `accept-language: ${'en,'.repeat(900)}`,
  'traceparent: 00-0-0-0',
  'traceparent: 00-00000000000000000000000000000000-0000000000000000-00',
  'content-encoding: gzip',
  'content-encoding: nonsense',
  'transfer-encoding: chunked',
  'transfer-encoding: gzip',
  'transfer-encoding: nonsense',
  'expect: 100-continue',
  'expect: nonsense',
  'upgrade: websocket',
  'connection: upgrade',
  'connection: close',
  'x-forwarded-for: \'"<>',
  'x-forwarded-for: 1.2.3.4, ::1, x',
  'x-forwarded-proto: x',
  'host: evil.example',
  'host: a, b',
  'cookie: a',
  'range: bytes=9-1',
  'content-length: 5',
  'content-length: -1',
  'content-length: 99999999999',
  'bad header',
  ': empty',
  'a\0b: c',
  `long: ${'x'.repeat(20_000)}`,
  'te: trailers',
  'if-none-match: *',
  'x-http-method-override: DELETE',
  'origin: null',
  'apollo-require-preflight: x',
];
const TOKENS = [
  '',
  'x',
  'x.y.z',
  'Bearer',
  'Bearer ',
  'bearer x',
  'Bearer ..',
  'Bearer eyJhbGciOiJub25lIn0.e30.',
  'Basic Zm9vOmJhcg==',
  `Bearer ${'a'.repeat(9_000)}`,
  'Bearer \xff',
  'Bearer é.é.é',
  'Digest a="b"',
];

/** Requests that are wrong in one way or several, of every kind in turn. */
export class MalformedRequests {
  public constructor(
    private readonly dice: Dice,
    private readonly target: Target,
  ) {}

  public next(): Malformed {
    const { dice } = this;
    const makers = [
      this.wrongVariable,
      this.wrongVariable,
      this.wrongVariable,
      this.wrongVariable,
      this.brokenDocument,
      this.brokenDocument,
      this.wrongLiteral,
      this.wrongLiteral,
      this.wrongParameters,
      this.brokenJson,
      this.notUtf8,
      this.deepNesting,
      this.wrongHeaders,
      this.wrongToken,
      this.wrongPath,
      this.oddGet,
      this.junkDocumentId,
      this.authentication,
      this.authentication,
      this.oversize,
      this.truncated,
    ];
    return dice.pick(makers).call(this);
  }

  private request(
    kind: string,
    parts: { method?: string; path?: string; body?: string | Buffer; headers?: readonly string[]; type?: string; token?: string } = {},
  ): Malformed {
    const {
      method = 'POST',
      path = '/graphql',
      body = '',
      headers = [],
      type = 'application/json',
      token = `Bearer ${this.target.token}`,
    } = parts;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body, 'utf8');
    const says = headers.some((header) => /^(content-length|transfer-encoding)/.test(header));
    const lines = [
      `${method} ${path} HTTP/1.1`,
      ...(headers.some((header) => header.startsWith('host')) ? [] : ['host: localhost']),
      `content-type: ${type}`,
      `authorization: ${token}`,
      ...(says ? [] : [`content-length: ${bytes.length}`]),
      ...headers,
    ];
    const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
    // A length that is wrong leaves the server waiting for more, or reading the rest as the next request.
    return { kind, bytes: Buffer.concat([head, bytes]), isHead: method === 'HEAD', hangUp: says };
  }

  private operation(): Target['operations'][number] {
    return this.dice.pick(this.target.operations);
  }

  private wrongVariable(): Malformed {
    const { query, variables } = this.operation();
    const text = JSON.stringify(variables);
    // Every value of the JSON text is somewhere to put a wrong one.
    const places = [...text.matchAll(/:("(?:[^"\\]|\\.)*"|-?\d+|true|false|null|\[[^\]]*\])/g)];
    const place = places[this.dice.roll(Math.max(1, places.length))];
    const nasty = this.dice.pick(NASTY);
    const wrong = place === undefined ? nasty : `${text.slice(0, place.index + 1)}${nasty}${text.slice(place.index + place[0].length)}`;
    const extra = this.dice.chance(10) ? wrong.replace(/\{/, `{"extra":${nasty},`) : wrong;
    return this.request('wrong variable', { body: `{"query":${JSON.stringify(query)},"variables":${extra}}` });
  }

  private brokenDocument(): Malformed {
    const { query, variables } = this.operation();
    let broken = query;
    for (let cuts = 0; cuts <= this.dice.roll(3); cuts += 1) {
      const at = this.dice.roll(broken.length + 1);
      const removed = this.dice.roll(12);
      broken = broken.slice(0, at) + (this.dice.chance(60) ? this.dice.pick(PIECES) : '') + broken.slice(at + removed);
    }
    return this.request('broken document', { body: JSON.stringify({ query: broken, variables }) });
  }

  private wrongLiteral(): Malformed {
    const literal = this.dice.pick(NASTY).replace(/"(\w+)":/g, '$1:');
    const query = this.dice.pick([
      `{ customer(id: ${literal}) { name } }`,
      `{ customers(first: ${literal}) { nodes { name } } }`,
      `{ customers(first: 1, after: ${literal}) { nodes { name } } }`,
      `{ customers(first: 1, filter: ${literal}) { nodes { name } } }`,
      `{ customers(first: 1, filter: { nameContains: ${literal} }) { nodes { name } } }`,
      `{ customers(first: 1, filter: { documentNumber: ${literal} }) { nodes { name } } }`,
      `{ subscribers(first: 1, filter: { identifierPrefix: ${literal} }) { nodes { id } } }`,
      `{ subscriberByNumber(number: ${literal}) { id } }`,
      `{ accounts(first: 1, filter: { accountNo: ${literal} }) { nodes { id } } }`,
      `{ customers(first: 1) { nodes { documents(validAt: ${literal}) { number } relations(knownAt: ${literal}) { id } } } }`,
      `mutation { createCustomer(input: { idempotencyKey: ${literal}, kind: INDIVIDUAL, name: ${literal},
        organisationId: ${literal}, attributes: ${literal} }) { userErrors { code } } }`,
      `mutation { changeCustomer(input: ${literal}) { userErrors { code } } }`,
    ]);
    return this.request('wrong literal', { body: JSON.stringify({ query }) });
  }

  private wrongParameters(): Malformed {
    const { query, variables } = this.operation();
    const parts = {
      query: JSON.stringify(query),
      variables: JSON.stringify(variables),
      operationName: 'null',
      extensions: 'null',
      documentId: 'null',
    };
    const wrong = { ...parts, [this.dice.pick(Object.keys(parts))]: this.dice.pick(NASTY) };
    const body = Object.entries(wrong)
      .map(([name, value]) => `"${name}":${value}`)
      .join();
    return this.request('wrong parameters', { body: `{${body}}`, path: this.dice.pick(['/graphql', '/graphql', '/partner/graphql']) });
  }

  private brokenJson(): Malformed {
    const { query, variables } = this.operation();
    const text = JSON.stringify({ query, variables });
    const body = this.dice.pick([
      text.slice(0, this.dice.roll(text.length)),
      `${text}${text}`,
      text.replace('{', '['),
      this.dice.pick(NASTY),
      `\ufeff${text}`,
      `[${text}]`,
      `[${text},${text}]`,
      '',
      ' ',
      'query',
      `{"query":"{__typename}","query":${this.dice.pick(NASTY)}}`,
      '{"__proto__":{"query":"{__typename}"}}',
      `{'query':'x'}`,
      '{"query":undefined}',
      '{"query":"\\x"}',
      '{"query":"\t"}',
    ]);
    return this.request('broken JSON', { body, path: this.dice.pick(PATHS.slice(0, 8)) });
  }

  private notUtf8(): Malformed {
    const bytes = Buffer.from(JSON.stringify(this.operation()), 'utf8');
    const body = this.dice.pick([
      Buffer.from(bytes.toString('utf8'), 'utf16le'),
      Buffer.concat([bytes.subarray(0, 12), Buffer.from([0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]), bytes.subarray(12)]),
      Buffer.from(Array.from({ length: 200 }, () => this.dice.roll(256))),
      Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
    ]);
    return this.request('not UTF-8', { body, path: this.dice.pick(PATHS.slice(0, 8)) });
  }

  private deepNesting(): Malformed {
    const depth = 10 + this.dice.roll(3_000);
    const query = this.dice.pick([
      `{ customers(first: 1) { nodes ${'{ relatedBy { customer '.repeat(depth)}{ id }${' } }'.repeat(depth)} } }`,
      `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`,
      `{ customers(first: 1, filter: ${'{ a: '.repeat(depth)}1${' }'.repeat(depth)}) { nodes { id } } }`,
      `{ ${'... { '.repeat(depth)}__typename${' }'.repeat(depth)} }`,
      `query ($a: ${'['.repeat(depth)}Int${']'.repeat(depth)}) { __typename }`,
      `{ ${'__typename '.repeat(depth)} }`,
      `{ ${'...F '.repeat(depth)} } fragment F on Query { __typename }`,
      `{ __typename ${'@include(if: true) '.repeat(depth)} }`,
      `{ customer(id: ${'['.repeat(depth)}${']'.repeat(depth)}) { id } }`,
    ]);
    const variables = this.dice.pick([
      'null',
      '{}',
      `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
    ]);
    return this.request('deep nesting', { body: `{"query":${JSON.stringify(query)},"variables":${variables}}` });
  }

  private wrongHeaders(): Malformed {
    const { query, variables } = this.operation();
    const headers = Array.from({ length: 1 + this.dice.roll(3) }, () => this.dice.pick(HEADERS));
    const type = this.dice.chance(50) ? this.dice.pick(CONTENT_TYPES) : 'application/json';
    const path = this.dice.pick(PATHS.slice(0, 8));
    return this.request(`wrong headers ${headers.join('; ').slice(0, 200)}; ${type.slice(0, 80)}`, {
      body: JSON.stringify({ query, variables }),
      headers,
      type,
      path,
    });
  }

  private wrongToken(): Malformed {
    const good = this.target.token;
    const at = this.dice.roll(good.length);
    const bent = `Bearer ${good.slice(0, at)}${this.dice.pick(['', 'A', '=', '.', '%', ' '])}${good.slice(at + 1)}`;
    const token = this.dice.chance(50) ? bent : this.dice.pick([...TOKENS, `Bearer ${this.target.partnerToken}`]);
    return this.request('wrong token', {
      token,
      body: '{"query":"{ __typename }"}',
      path: this.dice.pick(['/graphql', '/partner/graphql']),
    });
  }

  private wrongPath(): Malformed {
    const [method, path] = [this.dice.pick(METHODS), this.dice.pick(PATHS)];
    return this.request(`wrong path ${JSON.stringify(method)} ${path.slice(0, 80)}`, {
      method,
      path,
      body: this.dice.chance(50) ? '{"query":"{ __typename }"}' : '',
    });
  }

  private oddGet(): Malformed {
    const odd = this.dice.pick([
      '',
      '%',
      '%ff',
      '%00',
      '{',
      '[]',
      'null',
      '%7B__typename%7D',
      '%ED%A0%80',
      '+',
      '1e999',
      'a'.repeat(3_000),
      encodeURIComponent(this.dice.pick(NASTY)).slice(0, 4_000),
    ]);
    const names = ['query', 'variables', 'operationName', 'extensions', 'documentId', 'query[]', '__proto__', ''];
    const parts = Array.from(
      { length: 1 + this.dice.roll(4) },
      () => `${this.dice.pick(names)}=${this.dice.chance(40) ? '%7B__typename%7D' : odd}`,
    );
    const headers = this.dice.chance(70) ? ['apollo-require-preflight: x'] : [];
    return this.request(`odd GET ${parts.join('&').slice(0, 200)}`, { method: 'GET', path: `/graphql?${parts.join('&')}`, headers });
  }

  private junkDocumentId(): Malformed {
    const id = this.dice.pick([
      ...NASTY,
      `"sha256:${'0'.repeat(64)}"`,
      `"sha256:${'g'.repeat(64)}"`,
      '"sha256:"',
      `"SHA256:${'a'.repeat(64)}"`,
      `"sha256:${this.dice.roll(1e9).toString(16).padStart(64, '0')}"`,
    ]);
    const query = this.dice.chance(20) ? ',"query":"{ __typename }"' : '';
    return this.request('junk documentId', { body: `{"documentId":${id}${query}}` });
  }

  private authentication(): Malformed {
    const nasty = (): string => this.dice.pick(NASTY);
    const [path, body] = this.dice.pick([
      ['/auth/log-in', `{"loginName":${nasty()},"password":${nasty()}}`],
      ['/auth/log-in', `{"loginName":"clerk","password":"x","client":${nasty()}}`],
      ['/auth/log-in', `{"loginName":"clerk","password":"x","extra":1}`],
      ['/auth/log-in/oidc', `{"idToken":${nasty()}}`],
      ['/auth/refresh', `{"refreshToken":${nasty()}}`],
      ['/auth/refresh', `{"refreshToken":"ses_01h455vb4pex5vsknk084sn02q.${'A'.repeat(43)}"}`],
      ['/auth/log-out', `{"refreshToken":${nasty()}}`],
      ['/auth/token', `{"grant_type":"client_credentials","client_id":${nasty()},"client_secret":${nasty()}}`],
      ['/auth/token', `{"grant_type":${nasty()}}`],
      ['/auth/token', nasty()],
      ['/auth/log-in', nasty()],
      ['/auth/refresh', ''],
      ['/auth/log-out', nasty()],
    ] as const);
    return this.request(`authentication ${path}`, { path, body, token: this.dice.pick(['', `Bearer ${this.target.token}`]) });
  }

  private oversize(): Malformed {
    // Mostly just over what a document or a string may be: a body beyond the limit costs the test more than the server.
    const size = this.dice.chance(10) ? 300_000 : 10_000 + this.dice.roll(60_000);
    const query = this.dice.pick([
      `{ ${'a'.repeat(size)} }`,
      `{ customer(id: "${'x'.repeat(size)}") { id } }`,
      `{ __typename } ${'#'.repeat(size)}`,
      `{ __typename${' '.repeat(size)}}`,
      `"""${'x'.repeat(size)}"""`,
    ]);
    return this.request(`oversize ${size}`, { body: JSON.stringify({ query }) });
  }

  private truncated(): Malformed {
    const whole = this.request('', { body: JSON.stringify(this.operation()) }).bytes;
    return { kind: 'truncated', bytes: whole.subarray(0, 1 + this.dice.roll(whole.length - 1)), hangUp: true };
  }
}
