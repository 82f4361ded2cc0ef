import { z } from 'zod';
import { NUMBER_POOL_STATUSES, NUMBER_STATES, searchAccessNumbers, selectNumberPoolsById } from '../../../component/number';
import type { Json } from '../../../../kernel/stable-json';
import { defineExpectation } from '../expectation';
import { orNone, text, word } from '../written/fields';
import { codeOf, handle, NONE } from '../written/handle';

const NUMBERS_PAGE = { first: 1_000, after: null } as const;

const states = z.record(z.string(), orNone(word(NUMBER_STATES)), { error: 'numbers, each with its state, are needed here' });
const classes = z.record(z.string(), orNone(handle('numberClass')), { error: 'numbers, each with its class, are needed here' });

/** How the numbers of a pool 号池 stand; of the first thousand. */
export const numberPoolExpectation = defineExpectation({
  subject: 'numberPool',
  asKnown: false,
  undated: ['status', 'serviceType', 'organisation', 'numbers', 'classes'],
  shape: {
    status: word(NUMBER_POOL_STATUSES).optional(),
    serviceType: text.optional(),
    organisation: handle('organisation').optional(),
    numbers: states.optional(),
    classes: classes.optional(),
  },
  written: {
    numbers: (_stage, numbers) => mapped(numbers, (state) => state ?? NONE),
    classes: (_stage, given) => mapped(given, (one) => (one === null ? NONE : codeOf(one))),
  },
  narrowed: {
    numbers: (numbers, actual) => mapped(numbers, (_state, value) => (actual as Readonly<Record<string, Json>>)[value] ?? NONE),
    classes: (given, actual) => mapped(given, (_one, value) => (actual as Readonly<Record<string, Json>>)[value] ?? NONE),
  },
  async actual(stage, subject) {
    const { context } = stage;
    const id = stage.idOf(subject);
    const [pool] = await selectNumberPoolsById(context, [id]);
    const { rows } = await searchAccessNumbers(context, { poolId: id }, { pattern: {} }, NUMBERS_PAGE);
    return {
      status: pool?.status ?? NONE,
      serviceType: pool?.serviceType ?? NONE,
      organisation: stage.nameOf('organisation', pool?.organisationId),
      numbers: Object.fromEntries(rows.map(({ value, state }) => [value, state])),
      classes: Object.fromEntries(rows.map(({ value, classCode }) => [value, classCode ?? NONE])),
    };
  },
});

function mapped<Value>(given: Readonly<Record<string, Value>> | undefined, write: (value: Value, number: string) => Json): Json {
  return Object.fromEntries(Object.entries(given ?? {}).map(([number, value]) => [number, write(value, number)]));
}
