import { localDateOf, timeZoneOf, type LocalDate, type TimeZone } from '../../../../kernel/calendar';
import { currencyOf, type CurrencyCode } from '../../../../kernel/money';
import type { Bilingual } from '../../../../kernel/result';
import type { Json } from '../../../../kernel/stable-json';
import { isBlank, lengthOf } from '../../../../kernel/text';
import { NAME_LENGTH_MAX } from './checks';

/** What the operator's weeks and working days go by (日历). */
export interface OperatorCalendar {
  /** 1: Monday … 7: Sunday, as in ISO 8601. */
  readonly firstDayOfWeek: number;
  /** Days without work (节假日), in order, each once. */
  readonly holidays: readonly LocalDate[];
}

/** What holds for the whole operator. Local dates and billing periods are in its time zone; new accounts in its currency. */
export interface OperatorParameters {
  readonly timeZone: TimeZone;
  readonly currency: CurrencyCode;
  readonly calendar: OperatorCalendar;
  /** How long a number is reserved at a counter 预占时长 when nobody says for how long. */
  readonly numberReservationMinutes: number;
  /** How long a number of the stock rests 冷冻期 after its use. */
  readonly numberFreezeDays: number;
  /** How a part of a period is charged where a price does not say 按比例计费 (domain rules §5.2). */
  readonly proration: 'BY_DAY' | 'BY_DAY_30' | 'FULL' | 'HALF_MONTH' | 'NONE';
  /** Whether the day on which a product ends is charged. */
  readonly terminationDay: 'FREE' | 'CHARGED';
  /** When a first partial piece that is charged in advance is billed (domain rules §5.3). */
  readonly firstPartialPiece: 'NEXT_BILL' | 'AT_ACTIVATION';
  /** When what a change within a period brings is billed. */
  readonly changesWithinPeriod: 'NEXT_BILL' | 'AT_ONCE';
  /** Whether a first period that is charged in part is one of the N periods of the first phase, or comes before them. */
  readonly partialFirstPeriod: 'COUNTS' | 'COMES_BEFORE';
  /** Whether a contract runs on while its subscriber is stopped, or becomes longer by those days. */
  readonly contractsWhileStopped: 'RUN_ON' | 'PAUSE';
  /** Where tax is rounded (domain rules §5.7): once a rate and bill, once an item, or once a bill. */
  readonly taxRounding: 'PER_BILL' | 'PER_ITEM' | 'PER_TOTAL';
  /** The operator's name as customers read it. */
  readonly name: Bilingual;
}

export type OperatorParameterName = keyof OperatorParameters;

interface Definition<Value> {
  readonly initially: Json;
  readonly meaning: Bilingual;
  /** The value, or why it is not one. */
  read(json: Json): { readonly value: Value } | { readonly reason: Bilingual };
}

export const HOLIDAYS_MAX = 1_000;

/** The closed list of the operator's parameters. */
export const OPERATOR_PARAMETERS: { readonly [Name in OperatorParameterName]: Definition<OperatorParameters[Name]> } = {
  timeZone: {
    initially: 'Asia/Shanghai',
    meaning: { zh: '时区（日期与账期）', en: 'time zone of dates and billing periods' },
    read(json) {
      const value = typeof json === 'string' ? timeZoneOf(json) : undefined;
      return value === undefined
        ? { reason: { zh: '须为 IANA 时区，如 Asia/Shanghai', en: 'an IANA time zone such as Asia/Shanghai' } }
        : { value };
    },
  },
  currency: {
    initially: 'CNY',
    meaning: { zh: '本位币', en: 'currency of new accounts' },
    read(json) {
      const value = typeof json === 'string' ? currencyOf(json) : undefined;
      return value === undefined ? { reason: { zh: '须为 ISO 4217 币种代码，如 CNY', en: 'an ISO 4217 code such as CNY' } } : { value };
    },
  },
  calendar: {
    initially: { firstDayOfWeek: 1, holidays: [] },
    meaning: { zh: '日历（每周首日、节假日）', en: 'calendar: first day of the week, holidays' },
    read(json) {
      const { firstDayOfWeek, holidays } = fieldsOf(json);
      if (typeof firstDayOfWeek !== 'number' || !Number.isInteger(firstDayOfWeek) || firstDayOfWeek < 1 || firstDayOfWeek > 7) {
        const form = '{"firstDayOfWeek": 1, "holidays": ["2027-01-01", …]}';
        return { reason: { zh: `须如 ${form}，每周首日 1（周一）至 7`, en: `as ${form}, the first day being 1 (Monday) to 7` } };
      }
      const dates = holidaysOf(holidays);
      return dates === undefined
        ? {
            reason: {
              zh: `节假日最多 ${HOLIDAYS_MAX} 个日期，如 "2027-01-01"，按先后顺序，不重复`,
              en: `holidays: at most ${HOLIDAYS_MAX} dates such as "2027-01-01", in order, each once`,
            },
          }
        : { value: { firstDayOfWeek, holidays: dates } };
    },
  },
  numberReservationMinutes: {
    initially: 30,
    meaning: { zh: '号码预占时长（分钟）', en: 'minutes for which a number is reserved at a counter' },
    read: (json) => wholeNumber(json, 1, 1_440),
  },
  numberFreezeDays: {
    initially: 90,
    meaning: { zh: '号码冷冻期（天）', en: 'days for which a number rests after its use' },
    read: (json) => wholeNumber(json, 0, 3_650),
  },
  proration: {
    initially: 'BY_DAY',
    meaning: { zh: '按比例计费方式（价格未注明时）', en: 'how a part of a period is charged where a price does not say' },
    read: (json) => oneOf(json, ['BY_DAY', 'BY_DAY_30', 'FULL', 'HALF_MONTH', 'NONE']),
  },
  terminationDay: {
    initially: 'FREE',
    meaning: { zh: '终止当日是否计费', en: 'whether the day on which a product ends is charged' },
    read: (json) => oneOf(json, ['FREE', 'CHARGED']),
  },
  firstPartialPiece: {
    initially: 'NEXT_BILL',
    meaning: { zh: '首段零头预收费用的出账时间', en: 'when a first partial piece that is charged in advance is billed' },
    read: (json) => oneOf(json, ['NEXT_BILL', 'AT_ACTIVATION']),
  },
  changesWithinPeriod: {
    initially: 'NEXT_BILL',
    meaning: { zh: '账期内变更的出账时间', en: 'when what a change within a period brings is billed' },
    read: (json) => oneOf(json, ['NEXT_BILL', 'AT_ONCE']),
  },
  partialFirstPeriod: {
    initially: 'COUNTS',
    meaning: { zh: '首个不完整周期是否计入首阶段', en: 'whether a partial first period is one of the periods of the first phase' },
    read: (json) => oneOf(json, ['COUNTS', 'COMES_BEFORE']),
  },
  contractsWhileStopped: {
    initially: 'RUN_ON',
    meaning: { zh: '停机期间合约是否顺延', en: 'whether a contract runs on while its subscriber is stopped' },
    read: (json) => oneOf(json, ['RUN_ON', 'PAUSE']),
  },
  taxRounding: {
    initially: 'PER_BILL',
    meaning: { zh: '税额舍入方式', en: 'where tax is rounded' },
    read: (json) => oneOf(json, ['PER_BILL', 'PER_ITEM', 'PER_TOTAL']),
  },
  name: {
    initially: { zh: '三户电信', en: 'Sanhu Telecom' },
    meaning: { zh: '运营商名称', en: 'name of the operator' },
    read(json) {
      const { zh, en } = fieldsOf(json);
      return isName(zh) && isName(en)
        ? { value: { zh, en } }
        : { reason: { zh: '须为中英文名称，如 {"zh": "…", "en": "…"}', en: 'names as {"zh": "…", "en": "…"}' } };
    },
  },
};

export const OPERATOR_PARAMETER_NAMES = Object.keys(OPERATOR_PARAMETERS) as readonly OperatorParameterName[];

function wholeNumber(json: Json, least: number, most: number): { readonly value: number } | { readonly reason: Bilingual } {
  const fits = typeof json === 'number' && Number.isInteger(json) && json >= least && json <= most;
  return fits ? { value: json } : { reason: { zh: `须为 ${least} 至 ${most} 的整数`, en: `a whole number, ${least} to ${most}` } };
}

function oneOf<Word extends string>(json: Json, words: readonly Word[]): { readonly value: Word } | { readonly reason: Bilingual } {
  const value = words.find((word) => word === json);
  return value === undefined ? { reason: { zh: `须为 ${words.join('、')} 之一`, en: `one of ${words.join(', ')}` } } : { value };
}

function isName(json: Json | undefined): json is string {
  return typeof json === 'string' && !isBlank(json) && lengthOf(json) <= NAME_LENGTH_MAX;
}

function fieldsOf(json: Json): Readonly<Record<string, Json | undefined>> {
  return json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as Readonly<Record<string, Json | undefined>>) : {};
}

function holidaysOf(json: Json | undefined): readonly LocalDate[] | undefined {
  if (!Array.isArray(json) || json.length > HOLIDAYS_MAX) return undefined;
  const texts = (json as readonly Json[]).filter((text) => typeof text === 'string');
  if (texts.length < json.length) return undefined;
  const dates = texts.map(localDateOf);
  // Dates written alike are in order as their texts are.
  const inOrder = texts.every((text, place) => place === 0 || (texts[place - 1] ?? '') < text);
  return inOrder && dates.every((date) => date !== undefined) ? dates : undefined;
}
