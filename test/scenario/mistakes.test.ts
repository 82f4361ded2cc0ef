import { playScenario, scenarioText } from '../../src/access/cli/scenario-file';
import { withScenarioDatabase } from '../support/scenario-database';

const nobody = (): never => {
  throw new Error('nothing is played of a file that is wrong');
};

/** Plays a file; what is told of it, without the first line. */
async function told(text: string, withDatabase: typeof withScenarioDatabase = nobody): Promise<string[]> {
  const result = await playScenario({ file: 'it.yaml', text }, withDatabase);
  return scenarioText(result).trimEnd().split('\n').slice(1).map((line) => line.trim()); // prettier-ignore
}

const HEAD = `scenario: It
begins: 2026-01-01
parties:
  customers:
    zhang: {}
  accounts:
    account: { customer: zhang }
  subscribers:
    phone: { serviceType: MOBILE, owner: zhang, account: account, identifier: 13800000001 }
timeline:
`;

/** The first line of what is added to {@link HEAD}. */
const FIRST = HEAD.split('\n').length;

describe('a file that is wrong is told with its places, and not played', () => {
  /** The place to be told is marked in the text. */
  test.each([
    ['a misspelt verb', '- { at: 2026-01-02, »stopSubscribr: { subscriber: phone, reason: LOSS } }',
      'there is no verb "stopSubscribr": did you mean "stopSubscriber"?'],
    ['a misspelt key', '- { at: 2026-01-02, stopSubscriber: { subscriber: phone, »reson: LOSS, reason: LOSS } }',
      'there is no key "reson" here: did you mean "reason"?; the keys are subscriber, reason'],
    ['a missing key', '- { at: 2026-01-02, stopSubscriber: »{ subscriber: phone } }',
      '"reason" is missing: one of CUSTOMER_REQUEST, LOSS, ARREARS_ONE_WAY, ARREARS_TWO_WAY, VIOLATION, REGULATOR, HIGH_USAGE is needed here'],
    ['a misspelt word', '- { at: 2026-01-02, createCustomer: { handle: li, kind: »INDIVDUAL } }',
      'one of INDIVIDUAL, HOUSEHOLD, GOVERNMENT, ENTERPRISE is needed here: did you mean "INDIVIDUAL"?'],
    ['a wrong type', '- { at: 2026-01-02, changeBillingDay: { account: account, day: »first } }',
      'a whole number from -99 to 99 is needed here'],
    ['a handle that nothing has', '- { at: 2026-01-02, closeCustomer: { customer: »zhan } }',
      'nothing before this line is called "zhan": did you mean "zhang"?'],
    ['a handle of another kind', '- { at: 2026-01-02, closeCustomer: { customer: »phone } }',
      '"phone" is a subscriber; a customer is needed here'],
    ['a handle that is taken', '- { at: 2026-01-02, createCustomer: { handle: »account } }', '"account" is an account already'],
    ['a handle with @', '- { at: 2026-01-02, createCustomer: { handle: »"@li" } }', 'a handle is written without @: li'],
    ['none as a handle', '- { at: 2026-01-02, createCustomer: { handle: »none } }', '"none" means nobody, and cannot be a handle'],
    ['a handle of a step that is refused',
      '- { at: 2026-01-02, createCustomer: { handle: li, name: " " }, refuses: BLANK }\n- { at: 2026-01-02, closeCustomer: { customer: »li } }',
      'nothing before this line is called "li"'],
    ['a handle before it is given',
      '- { at: 2026-01-02, closeCustomer: { customer: »li } }\n- { at: 2026-01-02, createCustomer: { handle: li } }',
      'nothing before this line is called "li"'],
    ['a code that the verb never answers', '- { at: 2026-01-02, closeCustomer: { customer: zhang }, refuses: »STIL_IN_USE }',
      'closeCustomer is never refused by "STIL_IN_USE": did you mean "STILL_IN_USE"?'],
    ['what is not of the catalogue', '- { at: 2026-01-02, createProduct: { handle: plan } }\n' +
        '- { at: 2026-01-02, setTaxRate: { taxCategory: »plan, basisPoints: 1 } }',
      '"plan" is a product; a tax category is needed here'],
    ['a document that is none', '- { at: 2026-01-02, createProduct: { handle: plan } }\n' +
        '- { at: 2026-01-02, draftProductVersion: { product: plan, definition: »free } }',
      'keys with values are needed here'],
    ['what is not refused in one', '- { at: 2026-01-02, sellProduct: { handle: plan }, refuses: »CODE_TAKEN }',
      'sellProduct is never refused by "CODE_TAKEN"; it can be by FORBIDDEN'],
    ['what is not known of another time', '- { at: 2026-01-02, createProduct: { handle: plan } }\n' +
        '- { at: 2026-01-02, expect: [{ product: plan, »asKnown: 2026-01-01, sold: true }] }',
      'there is no key "asKnown" here; the keys are product, asOf, at, startsOn, until, kind, name, serviceType, organisation, sold, number, prices, charges'],
    ['an item of no kind', '- { at: 2026-01-02, order: { customer: zhang, items: [{ »suspnd: { subscriber: phone } }] } }',
      'there is no key "suspnd" here: did you mean "suspend"?'],
    ['a key beside a product of an item', '- { at: 2026-01-02, createProduct: { handle: data } }\n- at: 2026-01-02\n  order:\n' +
        '    customer: zhang\n    items:\n' +
        '      - open: { handle: tv, serviceType: IPTV, identifier: 1, account: account, plan: { product: data, »quantty: 2 } }',
      'there is no key "quantty" here: did you mean "quantity"?'],
    ['an item of two kinds', '- at: 2026-01-02\n  order:\n    customer: zhang\n    items:\n' +
        '      - »{ terminate: { subscriber: phone }, changeNumber: { subscriber: phone, identifier: 1 } }',
      'an item does one thing, and this one does "terminate": begin another for "changeNumber"'],
    ['an item of nothing', '- { at: 2026-01-02, order: { customer: zhang, items: [»{}] } }', 'an item is needed here: one of open, '],
    ['a handle in an item', '- { at: 2026-01-02, order: { customer: zhang, items: [{ suspend: { subscriber: »phne, reason: LOSS } }] } }',
      'nothing before this line is called "phne": did you mean "phone"?'],
    ['a word in an item', '- { at: 2026-01-02, order: { customer: zhang, items: [{ suspend: { subscriber: phone, reason: »ARREARS_ONE_WAY } }] } }',
      'one of CUSTOMER_REQUEST, LOSS is needed here'],
    ['a product in a list of an item', '- { at: 2026-01-02, createProduct: { handle: plan } }\n' +
        '- at: 2026-01-02\n  order:\n    customer: zhang\n    items:\n' +
        '      - open: { handle: tablet, serviceType: MOBILE, identifier: 1, account: account, plan: plan, addOns: [{ product: »data }] }',
      'nothing before this line is called "data"'],
    ['what an item brings, before it is there', '- { at: 2026-01-02, createProduct: { handle: plan } }\n' +
        '- at: 2026-01-02\n  order:\n    customer: zhang\n    items:\n' +
        '      - open: { handle: tablet, serviceType: MOBILE, identifier: 1, account: account, plan: plan }\n' +
        '      - terminate: { subscriber: »tablet }',
      'nothing before this line is called "tablet"'],
    ['a code with a place that is none', '- { at: 2026-01-02, closeCustomer: { customer: zhang }, refuses: »STILL_IN_USE in items }',
      'the code of a refusal is needed here, as UNCHANGED, or UNCHANGED at items.0.open.plan'],
    ['two verbs', '- { at: 2026-01-02, closeCustomer: { customer: zhang }, »closeAccount: { account: account } }',
      'a step does one thing, and this one does "closeCustomer": begin another for "closeAccount"'],
    ['no verb', '- »{ at: 2026-01-02, note: nothing }', 'a step needs a verb, or "expect"'],
    ['no step', '- »closeCustomer', 'a step is needed here: a time (at) and a verb, or what is expected'],
    ['no time', '- »{ closeCustomer: { customer: zhang } }',
      'a date as 2027-03-01, or a date and time as 2027-03-01T14:30, is needed here'],
    ['a date that does not exist', '- { at: »2026-02-30, closeCustomer: { customer: zhang } }',
      'a date as 2027-03-01, or a date and time as 2027-03-01T14:30, is needed here'],
    ['time that goes backwards', '- { at: 2026-01-02, closeCustomer: { customer: zhang } }\n- { at: »2026-01-01T23:59, closeCustomer: { customer: zhang } }',
      'time goes backwards: 2026-01-01T23:59 lies before what comes above it'],
    ['time before the beginning', '- { at: »2025-12-31, closeCustomer: { customer: zhang } }',
      'time goes backwards: 2025-12-31 lies before what comes above it'],
    ['an amount that is none', '- { at: 2026-01-02, addPaymentRelation: { subscriber: phone, account: account, cap: »a lot } }',
      'an amount as 30.00, or 30.00 USD, is needed here'],
    ['an amount that is none, where none could stand',
      '- { at: 2026-01-02, changePaymentRelation: { subscriber: phone, account: account, cap: »non } }', 'an amount as 30.00, or 30.00 USD, is needed here'],
    ['a list that is none', '- { at: 2026-01-02, splitAccount: { account: account, handle: other, subscribers: »phone } }', 'a list is needed here'],
    ['a wrong entry of a list', '- { at: 2026-01-02, splitAccount: { account: account, handle: other, subscribers: [phone, »zhang] } }',
      '"zhang" is a customer; a subscriber is needed here'],
    ['an expectation of nothing known', '- { at: 2026-01-02, expect: [{ »subscribr: phone, status: active }] }',
      'an expectation begins with what is looked at: organisation, customer, account, subscriber, product, numberPool, quotation, order: ' +
        'did you mean "subscriber"?'],
    ['an expectation of an unknown key', '- { at: 2026-01-02, expect: [{ subscriber: phone, »state: active }] }',
      'there is no key "state" here: did you mean "status"?'],
    ['an expectation without a value', '- { at: 2026-01-02, expect: [»{ customer: zhang }] }',
      'nothing is expected here: one of status, mergedInto, kind, grade, organisation, accounts, manager, relations, owns, uses, paysFor is needed'],
    ['a history that is not kept', '- { at: 2026-01-02, expect: [{ customer: zhang, asOf: 2026-01-01, »status: ACTIVE }] }',
      'no history is kept of this: expect "status" without asOf, asKnown'],
    ['staff that nobody took on', '- { at: 2026-01-02, by: »wang, closeCustomer: { customer: zhang } }',
      'nothing before this line is called "wang"'],
    ['who does nothing', '- { at: 2026-01-02, »by: zhang, expect: [{ customer: zhang, status: ACTIVE }] }',
      '"by" belongs to a verb, and there is none here'],
  ])('%s', async (_what, added, message) => {
    const text = HEAD + added.replaceAll(/^/gm, '  ');
    const before = text.slice(0, text.indexOf('»')).split('\n');
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    const [first = '', shown, ...more] = await told(`${text.replace('»', '')}\n`);
    expect(first.slice(0, `it.yaml:${line}:${column}: `.length)).toBe(`it.yaml:${line}:${column}: `);
    expect(first).toContain(message);
    expect([shown, more]).toEqual([`line ${line}: ${text.replace('»', '').split('\n')[line - 1]?.trim() ?? ''}`, []]);
  }); // prettier-ignore

  test.each([
    ['scenario: It\nbegins: 2026-01-01\ntimline: []\n',
      'it.yaml:3:1: there is no key "timline" here: did you mean "timeline"?'],
    ['begins: 2026-01-01\n', 'it.yaml:1:1: "scenario" is missing: a text is needed here'],
    ['scenario: It\nbegins: 2026-01-01\noperator: { timeZone: Asia/Atlantis }\n', 'it.yaml:3:23: an IANA time zone such as Asia/Shanghai is needed here'],
    ['scenario: It\nbegins: 2026-01-01\noperator: { planet: EARTH }\n', 'it.yaml:3:13: there is no key "planet" here; the keys are code, timeZone'],
    ['scenario: It\nbegins: 2026-01-01\nparties: { cutomers: {} }\n', 'it.yaml:3:12: there is no key "cutomers" here: did you mean "customers"?'],
    ['scenario: It\nbegins: 2026-01-01\nparties:\n  customers:\n    2nd: {}\n', 'it.yaml:5:5: a handle begins with a letter'],
    ['scenario: It\nbegins: 2026-01-01\noperator: { timeZone: America/New_York }\ntimeline:\n  - { at: 2026-03-08T02:30, closeCustomer: {} }\n',
      'it.yaml:5:11: 2026-03-08T02:30 does not exist in America/New_York, where clocks are put forward over it'],
    ['scenario: It\nbegins: 2026-11-01T01:30\noperator: { timeZone: America/New_York }\n',
      'it.yaml:2:9: 2026-11-01T01:30 comes twice in America/New_York: write 2026-11-01T01:30-04:00 or 2026-11-01T01:30-05:00'],
    ['scenario: It\nscenario: That\nbegins: 2026-01-01\n', 'it.yaml:2:1: Map keys must be unique'],
    ['scenario: It\nbegins: @now\n', 'it.yaml:2:9: Plain value cannot start with reserved character @'],
    ['scenario: [It\n', 'it.yaml:2:1: Flow sequence in block collection must be'],
    ['just a text\n', 'it.yaml:1:1: scenario, about, operator, begins, timeline, expect, parties, catalogue, numbers are needed here'],
    ['', 'it.yaml:1:1: scenario, about, operator, begins, timeline, expect, parties, catalogue, numbers are needed here'],
  ])('%j', async (text, expected) => {
    expect((await told(text))[0]?.slice(0, expected.length)).toBe(expected);
  }); // prettier-ignore

  test('all that can be seen without playing is told at once, in the order of the file', async () => {
    const text = `${HEAD}  - { at: 2026-01-02, closeCustomer: { customer: li } }\n  - { at: 2026-01-03, closeAcount: {} }\n`;
    expect((await told(text)).filter((line) => line.startsWith('it.yaml'))).toEqual([
      `it.yaml:${FIRST}:50: nothing before this line is called "li"`,
      `it.yaml:${FIRST + 1}:23: there is no verb "closeAcount": did you mean "closeAccount"?`,
    ]);
  });
});

describe('a play that does not go as its file says', () => {
  const play = (added: string): Promise<string[]> => told(HEAD + added, withScenarioDatabase);

  test('goes on behind an expectation that is not met, and shows both', async () => {
    expect(
      await play(`  - at: 2026-01-02
    stopSubscriber: { subscriber: phone, reason: LOSS }
    expect:
      - subscriber: phone
        status: active
        stopReasons: [LOSS, CUSTOMER_REQUEST]
        owner: zhang
  - at: 2026-01-03
    addPaymentRelation: { subscriber: phone, account: account, cap: 12.50 }
    expect:
      - subscriber: phone
        payments: [{ account: account, cap: 12.51 }]
      - account: account
        parent: account
expect:
  - customer: zhang
    owns: []
`),
    ).toEqual([
      'it.yaml:15:17: status of phone is not as expected',
      'expected  active',
      'actual    suspended',
      'line 15: status: active',
      'it.yaml:16:22: stopReasons of phone is not as expected',
      'expected  [CUSTOMER_REQUEST, LOSS]',
      'actual    [LOSS]',
      'line 16: stopReasons: [LOSS, CUSTOMER_REQUEST]',
      'it.yaml:22:19: payments of phone is not as expected',
      'expected  [{ account: account, chargeGroup: none, cap: 12.51 CNY, priority: 100 }]',
      'actual    [{ account: account, chargeGroup: none, cap: 12.50 CNY, priority: 100 }]',
      'line 22: payments: [{ account: account, cap: 12.51 }]',
      'it.yaml:24:17: parent of account is not as expected',
      'expected  account',
      'actual    none',
      'line 24: parent: account',
      'it.yaml:27:11: owns of zhang is not as expected',
      'expected  []',
      'actual    [phone]',
      'line 27: owns: []',
    ]);
  });

  test('ends at a refusal that it does not expect, in both languages', async () => {
    expect(
      await play(
        '  - at: 2026-01-02\n    closeCustomer: { customer: zhang }\n  - { at: 2026-01-03, closeAccount: { account: account } }\n',
      ),
    ).toEqual([
      'it.yaml:12:5: closeCustomer is refused: STILL_IN_USE (customerId) 客户名下仍有在用账户或用户，不能销户 ' +
        'The customer still has open accounts or subscribers and cannot be closed.',
      'line 12: closeCustomer: { customer: zhang }',
    ]);
  });

  test('ends at a step that is done though it should be refused, or is refused by another code', async () => {
    expect(
      await play('  - at: 2026-01-02\n    stopSubscriber: { subscriber: phone, reason: LOSS }\n    refuses: ALREADY_STOPPED\n'),
    ).toEqual([
      'it.yaml:12:5: stopSubscriber should have been refused',
      'expected  ALREADY_STOPPED',
      'actual    it is done',
      'line 12: stopSubscriber: { subscriber: phone, reason: LOSS }',
    ]);
    expect(await play('  - at: 2026-01-02\n    closeCustomer: { customer: zhang }\n    refuses: [NOT_ACTIVE, NOT_FOUND]\n')).toEqual([
      'it.yaml:12:5: closeCustomer should have been refused',
      'expected  NOT_ACTIVE, NOT_FOUND',
      expect.stringMatching(/^actual {4}STILL_IN_USE /),
      'line 12: closeCustomer: { customer: zhang }',
    ]);
  });

  test('ends at what shows only in the play: a role that is not there, an amount finer than the currency, a parameter', async () => {
    expect((await play('  - { at: 2026-01-02, createStaff: { handle: wang, role: HALL_CLARK } }\n'))[0]).toMatch(
      /^it\.yaml:11:58: there is no role "HALL_CLARK": did you mean "HALL_CLERK"\?; the roles are AUDITOR, /,
    );
    expect((await play('  - { at: 2026-01-02, addPaymentRelation: { subscriber: phone, account: account, cap: 1.005 } }\n'))[0]).toBe(
      'it.yaml:11:87: 1.005 is finer than CNY, or too large',
    );
    expect((await told('scenario: It\nbegins: 2026-01-01\noperator: { currency: XXX }\n', withScenarioDatabase))[0]).toMatch(
      /^it\.yaml:3:13: changeOperatorParameter is refused: PARAMETER_INVALID \(value\) 参数值无效/,
    );
  });

  test('ends at a refusal of another field than it expects', async () => {
    expect(
      await play(
        '  - at: 2026-01-02\n    order: { customer: zhang, items: [{ changeBillingDay: { account: account, day: 1 } }] }\n    refuses: UNCHANGED at items.0\n',
      ),
    ).toEqual([
      'it.yaml:12:5: order should have been refused',
      'expected  UNCHANGED at items.0',
      'actual    UNCHANGED (items.0.changeBillingDay.day) 与现状相同，无需受理 That is as it is already: there is nothing to do.',
      'line 12: order: { customer: zhang, items: [{ changeBillingDay: { account: account, day: 1 } }] }',
    ]);
  });

  test('shows of the lines of a quotation what the file looks at, and of products', async () => {
    const text = `  - at: 2026-01-02
    quoteOrder: { handle: quoted, customer: zhang, items: [{ suspend: { subscriber: phone, reason: LOSS } }] }
    expect:
      - quotation: quoted
        due: 0.01
        lines: [{ kind: ONE_TIME, amount: 1.00 }]
      - subscriber: phone
        products: [none-such]
`;
    expect(await play(`  - { at: 2026-01-02, createProduct: { handle: none-such, serviceType: MOBILE } }\n${text}`)).toEqual([
      'it.yaml:16:14: due of quoted is not as expected',
      'expected  0.01',
      'actual    0.00',
      'line 16: due: 0.01',
      'it.yaml:17:16: lines of quoted is not as expected',
      'expected  [{ kind: ONE_TIME, amount: 1.00 }]',
      'actual    []',
      'line 17: lines: [{ kind: ONE_TIME, amount: 1.00 }]',
      'it.yaml:19:19: products of phone is not as expected',
      'expected  [{ product: none-such }]',
      'actual    []',
      'line 19: products: [none-such]',
    ]);
  });

  test('several codes are expected together, in any order', async () => {
    const text = `  - { at: 2026-01-02, createCustomer: { handle: li, name: " ", contacts: [{ kind: EMAIL, value: x }] }, refuses: [CONTACT_INVALID, BLANK] }
  - { at: 2026-01-02, expect: [{ customer: zhang, status: ACTIVE }] }\n`;
    expect(await play(text)).toEqual([]);
  });
});
