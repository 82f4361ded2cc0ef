import { type z } from 'zod';
import type { Refusal, Refuse, Result } from '../../../../kernel/result';
import type { Json } from '../../../../kernel/stable-json';
import type { DocumentRefusal } from './refusals';

/** How many of the things that are wrong with a document are told. */
const REFUSALS_MAX = 20;

/**
 * Reads a document by its schema. Null and absent mean the same in a document. What is wrong is told by the path at which it
 * stands below `field`, in the words of the component.
 */
export function readDocument<Value, Code extends string>(
  schema: z.ZodType<Value>,
  document: Json,
  refuse: Refuse<Code | DocumentRefusal>,
  field: string,
): Result<Value, Code | DocumentRefusal> {
  const read = schema.safeParse(withoutNulls(document), { reportInput: true });
  if (read.success) return { ok: true, value: read.data };
  const refusals = read.error.issues.slice(0, REFUSALS_MAX).flatMap((issue) => refusalOf(issue, refuse, field));
  return { ok: false, refusals };
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null && part !== undefined)
      .map(([name, part]) => [name, withoutNulls(part)]),
  );
}

type Values = Readonly<Record<string, string | number>>;

function refusalOf<Code extends string>(
  issue: z.core.$ZodIssue,
  refuse: Refuse<Code | DocumentRefusal>,
  field: string,
): readonly Refusal<Code | DocumentRefusal>[] {
  const said = (
    code: Code | DocumentRefusal,
    values: Values = {},
    more: readonly string[] = [],
  ): readonly Refusal<Code | DocumentRefusal>[] => refuse(code, [field, ...issue.path.map(String), ...more], values).refusals;
  switch (issue.code) {
    case 'custom': {
      const { refusal, values } = (issue.params ?? {}) as { refusal?: Code; values?: Values };
      return said(refusal ?? 'FIELD_MALFORMED', values);
    }
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => said('FIELD_UNKNOWN', {}, [key]));
    case 'too_big':
      return said(issue.origin === 'array' ? 'TOO_MANY' : 'NUMBER_TOO_LARGE', { max: Number(issue.maximum) });
    case 'too_small':
      return said(issue.origin === 'array' ? 'TOO_FEW' : 'NUMBER_TOO_SMALL', { min: Number(issue.minimum) });
    case 'invalid_format':
      return said('CODE_INVALID');
    case 'invalid_value':
      return issue.input === undefined ? said('FIELD_MISSING') : said('VALUE_UNKNOWN', { allowed: issue.values.map(String).join(', ') });
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
      return issue.input === undefined || options.length === 0
        ? said('FIELD_MISSING')
        : said('VALUE_UNKNOWN', { allowed: options.join(', ') });
    }
    default:
      return said(issue.input === undefined && issue.code === 'invalid_type' ? 'FIELD_MISSING' : 'FIELD_MALFORMED');
  }
}
