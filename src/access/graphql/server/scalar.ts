import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { Temporal } from 'temporal-polyfill';
import { instantToText, type Instant } from '../../../kernel/clock';
import type { Json } from '../../../kernel/stable-json';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

function badInput(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

function stringOf(node: ValueNode, scalar: string): string {
  if (node.kind !== Kind.STRING) throw badInput(`${scalar} must be a string`);
  return node.value;
}

function readInstant(value: unknown): Instant {
  if (typeof value !== 'string' || !INSTANT.test(value)) {
    throw badInput('DateTime must look like 2026-11-21T08:00:00+08:00, with its offset');
  }
  try {
    return Temporal.Instant.from(value).round('millisecond');
  } catch {
    throw badInput('DateTime names a time that does not exist');
  }
}

export const DateTimeScalar = new GraphQLScalarType<Instant, string>({
  name: 'DateTime',
  description: 'An instant, ISO 8601 with its offset (RFC 3339). Read to the millisecond, answered in UTC.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => instantToText(value as Instant),
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(stringOf(node, 'DateTime')),
});

const DECIMAL = /^-?\d{1,18}(?:\.\d{1,6})?$/;

function readDecimal(value: unknown): string {
  if (typeof value !== 'string' || !DECIMAL.test(value)) throw badInput('Decimal must be a string such as "12.30"');
  return value;
}

export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number, as a string ("12.30"), so that no client rounds it by reading a float.',
  serialize: (value) => value as string,
  parseValue: readDecimal,
  parseLiteral: (node) => readDecimal(stringOf(node, 'Decimal')),
});

/** How large a JSON value from outside may be. */
const JSON_LENGTH_MAX = 16_384;
const JSON_DEPTH_MAX = 8;

type JsonObject = Readonly<Record<string, Json>>;

function readJsonObject(value: unknown): JsonObject {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw badInput('JSONObject must be an object');
  if (depthOf(value, 0) > JSON_DEPTH_MAX) throw badInput(`JSONObject may be at most ${JSON_DEPTH_MAX} levels deep`);
  const text = JSON.stringify(value);
  if (text.length > JSON_LENGTH_MAX) throw badInput(`JSONObject may have at most ${JSON_LENGTH_MAX} characters`);
  if (holdsInexactNumber(value)) throw badInput('JSONObject holds a number that cannot be kept exactly; send it as a string');
  if (/\\u0000|\\ud[89a-f]/i.test(text)) throw badInput('JSONObject holds a character that cannot be stored');
  return value as JsonObject;
}

/** Past 2^53 neighbouring whole numbers become one; an infinite one would become null. */
function holdsInexactNumber(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return value !== null && typeof value === 'object' && Object.values(value).some(holdsInexactNumber);
}

function depthOf(value: unknown, depth: number): number {
  if (value === null || typeof value !== 'object' || depth > JSON_DEPTH_MAX) return depth;
  return Object.values(value).reduce<number>((deepest, part) => Math.max(deepest, depthOf(part, depth + 1)), depth + 1);
}

function jsonOf(node: ValueNode, variables: Readonly<Record<string, unknown>> | null | undefined, depth = 0): unknown {
  if (depth > JSON_DEPTH_MAX) throw badInput(`JSONObject may be at most ${JSON_DEPTH_MAX} levels deep`);
  switch (node.kind) {
    case Kind.NULL:
      return null;
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.LIST:
      return node.values.map((part) => jsonOf(part, variables, depth + 1));
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map((field) => [field.name.value, jsonOf(field.value, variables, depth + 1)]));
    case Kind.VARIABLE:
      return variables?.[node.name.value] ?? null;
  }
}

export const JsonObjectScalar = new GraphQLScalarType<JsonObject, JsonObject>({
  name: 'JSONObject',
  description: `Free attributes as a JSON object, at most ${JSON_LENGTH_MAX} characters and ${JSON_DEPTH_MAX} levels.`,
  serialize: (value) => value as JsonObject,
  parseValue: readJsonObject,
  parseLiteral: (node, variables) => readJsonObject(jsonOf(node, variables)),
});
