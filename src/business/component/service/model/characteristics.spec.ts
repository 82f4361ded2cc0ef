import type { Json } from '../../../../kernel/stable-json';
import { attributeProblems } from './attribute-check';
import { parseCharacteristics } from './characteristics';

const refusalsOf = (json: Json): string[] => {
  const parsed = parseCharacteristics(json);
  return parsed.ok ? [] : parsed.refusals.map(({ code, field }) => `${field?.join('.')} ${code}`);
};
const object = (properties: Json, more: Readonly<Record<string, Json>> = {}): Json => ({ type: 'object', properties, ...more });
const many = (count: number, one: Json): Json => Object.fromEntries(Array.from({ length: count }, (_, place) => [`a${place}`, one]));
const words = { title: '机顶盒', titleEn: 'Set-top box', description: '型号', descriptionEn: 'Its model' };

describe('the definition of attributes', () => {
  it.each<[string, Json]>([
    ['the empty one', {}],
    ['every kind of attribute', object({
      box: { type: 'string', enum: ['HD', '4K'], ...words },
      serial: { type: 'string', minLength: 4, maxLength: 20, pattern: '^[A-Z0-9]{4,20}$' },
      installed: { type: 'string', format: 'date' },
      screens: { type: 'integer', minimum: 1, maximum: 4, enum: [1, 2, 4] },
      height: { type: 'number', minimum: -0.5, maximum: 99.5 },
      kiosk: { type: 'boolean' },
    }, { required: ['box', 'serial'], additionalProperties: false, ...words })],
    ['names that every object has', object({ constructor: { type: 'string' }, valueOf: { type: 'string' } }, { required: ['constructor'] })],
    ['50 attributes', object(many(50, { type: 'string', maxLength: 1000 }))],
  ])('may be %s', (_what, json) => {
    expect(parseCharacteristics(json)).toEqual({ ok: true, value: json });
  }); // prettier-ignore

  it.each<[string, Json, string]>([
    ['no object', 'type', 'characteristics'],
    ['a list', [object({})], 'characteristics'],
    ['nothing', null, 'characteristics'],
    ['of another type', { type: 'string', properties: {} }, 'characteristics.type'],
    ['an unknown keyword', object({}, { $defs: {} }), 'characteristics'],
    ['a meta-schema of its own', object({}, { $schema: 'https://example.com/schema' }), 'characteristics'],
    ['a reference elsewhere', object({ box: { $ref: 'https://example.com/box.json' } }), 'characteristics.properties.box.type'],
    ['a reference beside a type', object({ box: { type: 'string', $ref: '#' } }), 'characteristics.properties.box'],
    ['an object in an object', object({ box: object({}) }), 'characteristics.properties.box.type'],
    ['a list of values', object({ box: { type: 'array', items: { type: 'string' } } }), 'characteristics.properties.box.type'],
    ['alternatives', object({ box: { anyOf: [{ type: 'string' }] } }), 'characteristics.properties.box.type'],
    ['several types', object({ box: { type: ['string', 'null'] } }), 'characteristics.properties.box.type'],
    ['a default', object({ box: { type: 'string', default: 'HD' } }), 'characteristics.properties.box'],
    ['a name in Chinese', object({ 机顶盒: { type: 'string' } }), 'characteristics.properties.机顶盒'],
    ['a pattern that runs away', object({ box: { type: 'string', pattern: '^(a+)+$' } }), 'characteristics.properties.box.pattern'],
    ['a pattern that is none', object({ box: { type: 'string', pattern: '^[z-a]$' } }), 'characteristics.properties.box.pattern'],
    ['a format that is not on the list', object({ box: { type: 'string', format: 'regex' } }), 'characteristics.properties.box.format'],
    ['a length above 1000', object({ box: { type: 'string', maxLength: 1001 } }), 'characteristics.properties.box.maxLength'],
    ['a length below zero', object({ box: { type: 'string', minLength: -1 } }), 'characteristics.properties.box.minLength'],
    ['lengths the wrong way round', object({ box: { type: 'string', minLength: 3, maxLength: 2 } }), 'characteristics.properties.box'],
    ['a range the wrong way round', object({ box: { type: 'number', minimum: 3, maximum: 2.5 } }), 'characteristics.properties.box'],
    ['half a screen', object({ box: { type: 'integer', minimum: 0.5 } }), 'characteristics.properties.box.minimum'],
    ['no choice', object({ box: { type: 'string', enum: [] } }), 'characteristics.properties.box.enum'],
    ['a choice twice', object({ box: { type: 'string', enum: ['HD', 'HD'] } }), 'characteristics.properties.box.enum'],
    ['51 choices', object({ box: { type: 'integer', enum: [...Array(51).keys()] } }), 'characteristics.properties.box.enum'],
    ['a title in one language', object({ box: { type: 'boolean', title: '盒' } }), 'characteristics.properties.box'],
    ['a blank title', object({ box: { type: 'boolean', title: ' ', titleEn: 'Box' } }), 'characteristics.properties.box.title'],
    ['a needed attribute that is not there', object({}, { required: ['box'] }), 'characteristics.required.0'],
    ['a needed attribute that every object has', object({}, { required: ['toString'] }), 'characteristics.required.0'],
    ['51 attributes', object(many(51, { type: 'boolean' })), 'characteristics.properties'],
    ['11 patterns', object(many(11, { type: 'string', pattern: '^a$' })), 'characteristics.properties'],
  ])('is refused: %s', (_what, json, field) => {
    expect(refusalsOf(json)).toEqual([`${field} CHARACTERISTICS_INVALID`]);
  });

  it('says what is wrong in both languages, and at most 20 things at once', () => {
    const parsed = parseCharacteristics(object(many(40, { type: 'string', maxLength: 5000 })));
    if (parsed.ok) throw new Error('taken');
    expect(parsed.refusals).toHaveLength(20);
    expect(parsed.refusals[0]?.message.zh).toMatch(/^属性定义不符合要求（.*1000.*）$/);
    expect(parsed.refusals[0]?.message.en).toMatch(/^This is not a definition of attributes that is taken \(.*1000.*\)\.$/);
  });

  it('repeats no more than a little of what somebody sent', () => {
    const parsed = parseCharacteristics({ ['x'.repeat(10_000)]: 1 });
    if (parsed.ok) throw new Error('taken');
    for (const { message } of parsed.refusals) expect(message.en.length + message.zh.length).toBeLessThan(600);
  });
});

describe('attributes', () => {
  const characteristics = {
    type: 'object',
    properties: {
      box: { type: 'string', enum: ['HD', '4K'] },
      serial: { type: 'string', minLength: 4, maxLength: 6, pattern: '^[A-Z0-9]{1,9}$' },
      since: { type: 'string', format: 'date' },
      screens: { type: 'integer', minimum: 1, maximum: 4 },
      constructor: { type: 'boolean' },
    },
    required: ['box'],
    additionalProperties: false,
  } as const;
  const problems = (attributes: Readonly<Record<string, Json>>) =>
    attributeProblems({ characteristics }, attributes).map(({ attribute, kind, rule }) => `${attribute} ${kind} ${rule}`);

  it.each<[Readonly<Record<string, Json>>, string[]]>([
    [{ box: 'HD' }, []],
    [{ box: '4K', serial: 'AB12', since: '2024-02-29', screens: 4, constructor: true }, []],
    [{}, ['box MISSING required']],
    [{ box: 'SD' }, ['box INVALID enum: ["HD","4K"]']],
    [{ box: 'HD', serial: '电视' }, ['serial INVALID minLength: 4', 'serial INVALID pattern: "^[A-Z0-9]{1,9}$"']],
    [{ box: 'HD', serial: 'AAAAAAA' }, ['serial INVALID maxLength: 6']],
    [{ box: 'HD', since: '2023-02-29' }, ['since INVALID format: "date"']],
    [{ box: 'HD', screens: 1.5 }, ['screens INVALID type: "integer"']],
    [{ box: 'HD', screens: '2' }, ['screens INVALID type: "integer"']],
    [{ box: 'HD', screens: 0 }, ['screens INVALID minimum: 1']],
    [{ box: 'HD', vip: true }, ['vip UNKNOWN additionalProperties']],
    [{ box: 'HD', constructor: 'x' }, ['constructor INVALID type: "boolean"']],
    [{ box: 'HD', serial: 'A'.repeat(16_000) }, ['serial INVALID maxLength: 1000']],
    [{ vip: true, screens: 9 }, ['box MISSING required', 'vip UNKNOWN additionalProperties', 'screens INVALID maximum: 4']],
  ])('%j: %j', (attributes, expected) => {
    expect(problems(attributes)).toEqual(expected);
  });

  it('of a service type that says nothing of them are whatever they are', () => {
    expect(attributeProblems({ characteristics: {} }, { anything: { at: ['all'] } })).toEqual([]);
  });

  it('are told of at most 20 problems', () => {
    const attributes = Object.fromEntries(Array.from({ length: 100 }, (_, place) => [`extra${place}`, 1]));
    expect(problems(attributes)).toHaveLength(20);
  });
});
