import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../../../kernel/calendar';

const DATE = /^\d{4}-\d\d-\d\d$/;

function readDate(value: unknown): LocalDate {
  if (typeof value !== 'string' || !DATE.test(value)) throw badDate('Date must look like 2026-11-21');
  try {
    return Temporal.PlainDate.from(value);
  } catch {
    throw badDate('Date names a day that does not exist');
  }
}

function badDate(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

export const DateScalar = new GraphQLScalarType<LocalDate, string>({
  name: 'Date',
  description: 'A day of the calendar, ISO 8601, in the operator’s time zone.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date.html',
  serialize: (value) => String(value),
  parseValue: readDate,
  parseLiteral: (node) => readDate(node.kind === Kind.STRING ? node.value : undefined),
});
