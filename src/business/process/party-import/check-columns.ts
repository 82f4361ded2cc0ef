import { lengthOf } from '../../../kernel/text';
import type { Refusal } from '../../../kernel/result';
import type { MappedColumn, Mapping } from './mapping';
import { refuseRow, type RowRefusal } from './refusals';

/** What is wrong with a row: the field is a column, or a part of the mapping. */
export interface RowProblem {
  readonly field: string | null;
  readonly code: RowRefusal;
  readonly message: { readonly zh: string; readonly en: string };
}

const NUMBERS = {
  integer: { form: /^-?\d{1,15}$/, words: 'an integer 整数' },
  decimal: { form: /^-?\d{1,15}(?:\.\d{1,6})?$/, words: 'a decimal number 小数' },
} as const;

/** Control characters other than tab and line end, and halves of surrogate pairs. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** Checks every declared column of a row, in the order in which they are declared. */
export function checkColumns({ columns }: Mapping, fields: Readonly<Record<string, string>>): RowProblem[] {
  return Object.entries(columns).flatMap(([column, declared]) => {
    const text = fields[column];
    const problem = text === undefined ? missing(declared) : checkText(declared, text);
    return problem === undefined ? [] : [{ ...toProblem(problem), field: column }];
  });
}

type RefusedRow = { readonly refusals: readonly Refusal<RowRefusal>[] };

export function toProblem({ refusals }: RefusedRow): RowProblem {
  const [{ code, field, message }] = refusals as [Refusal<RowRefusal>];
  return { code, message, field: field === null ? null : field.join('.') };
}

function missing({ optional }: MappedColumn): RefusedRow | undefined {
  return optional ? undefined : refuseRow('MISSING_FIELD');
}

function checkText({ as, values, lengthMax }: MappedColumn, text: string): RefusedRow | undefined {
  if (UNFIT.test(text) || !text.isWellFormed()) return refuseRow('CHARACTER_INVALID');
  if (values !== undefined && !values.includes(text))
    return refuseRow('WRONG_VALUE', undefined, { values: values.slice(0, 20).join(', ') });
  if (lengthOf(text) > lengthMax) return refuseRow('FIELD_TOO_LONG', undefined, { max: lengthMax });
  if (as !== 'text' && !NUMBERS[as].form.test(text)) return refuseRow('NOT_A_NUMBER', undefined, { form: NUMBERS[as].words });
  return undefined;
}
