import { timeZoneOf, type TimeZone } from '../../../../kernel/calendar';
import { currencyOf, type CurrencyCode } from '../../../../kernel/money';
import type { Bilingual } from '../../../../kernel/result';
import type { Json } from '../../../../kernel/stable-json';
import { isBlank, lengthOf } from '../../../../kernel/text';
import { NAME_LENGTH_MAX } from './checks';

/** What holds for the whole operator. Local dates and billing periods are in its time zone; new accounts in its currency. */
export interface OperatorParameters {
  readonly timeZone: TimeZone;
  readonly currency: CurrencyCode;
  /** The operator's name as customers read it. */
  readonly name: Bilingual;
}

export type OperatorParameterName = keyof OperatorParameters;

interface Definition<Value> {
  readonly initially: Json;
  readonly meaning: Bilingual;
  /** The value, or why it is not one. */
  read(json: Json): { readonly value: Value } | { readonly reason: string };
}

/** The closed list of the operator's parameters. */
export const OPERATOR_PARAMETERS: { readonly [Name in OperatorParameterName]: Definition<OperatorParameters[Name]> } = {
  timeZone: {
    initially: 'Asia/Shanghai',
    meaning: { zh: '时区（日期与账期）', en: 'time zone of dates and billing periods' },
    read(json) {
      const value = typeof json === 'string' ? timeZoneOf(json) : undefined;
      return value === undefined ? { reason: 'an IANA time zone such as Asia/Shanghai' } : { value };
    },
  },
  currency: {
    initially: 'CNY',
    meaning: { zh: '本位币', en: 'currency of new accounts' },
    read(json) {
      const value = typeof json === 'string' ? currencyOf(json) : undefined;
      return value === undefined ? { reason: 'an ISO 4217 code such as CNY' } : { value };
    },
  },
  name: {
    initially: { zh: '三户电信', en: 'Sanhu Telecom' },
    meaning: { zh: '运营商名称', en: 'name of the operator' },
    read(json) {
      const { zh, en } = (json !== null && typeof json === 'object' ? json : {}) as { zh?: Json; en?: Json };
      return isName(zh) && isName(en) ? { value: { zh, en } } : { reason: 'names as {"zh": "…", "en": "…"}' };
    },
  },
};

export const OPERATOR_PARAMETER_NAMES = Object.keys(OPERATOR_PARAMETERS) as readonly OperatorParameterName[];

function isName(json: Json | undefined): json is string {
  return typeof json === 'string' && !isBlank(json) && lengthOf(json) <= NAME_LENGTH_MAX;
}
