import { join, raw, sql, type Sql } from '../../connection/sql';

/** What a number looks like 号码样式. Every part given must hold. */
export interface NumberPattern {
  /** Head 号头, as `139`. */
  readonly startsWith?: string;
  /** Tail 尾号, as `888`. */
  readonly endsWith?: string;
  readonly contains?: string;
  /** Which digits of the tail are alike and which are not: `AABB`, `ABAB`, `AAAA`. */
  readonly tailShape?: string;
  /** Digits that it must not hold, as `4`. */
  readonly without?: string;
}

/** How many of the last digits `access_number.shape` tells of. */
export const TAIL_SHAPE_MAX = 8;

/** A shape in the letters of `access_number.shape`: from the end, each digit's letter by its first appearance. */
export function shapeFromEnd(tailShape: string): string {
  const seen: string[] = [];
  return [...tailShape]
    .reverse()
    .map((letter) => {
      if (!seen.includes(letter)) seen.push(letter);
      return String.fromCharCode(65 + seen.indexOf(letter));
    })
    .join('');
}

/** How numbers of a pool are walked through for a pattern: along which index, and which part of it. */
export interface Walk {
  /** Of the alias `n`: what the walk is in the order of. */
  readonly key: Sql;
  readonly range: Sql;
  /** What lies behind the number at which an earlier walk ended. */
  readonly after: (value: string) => Sql;
}

const BY_VALUE: Walk = { key: raw('n.value'), range: raw('TRUE'), after: (value) => sql`n.value > ${value}` };

/**
 * The index that leads to the fewest numbers. Ranges are written out, for a prepared statement's plan knows no prefix: `^@` would
 * lose its index when the plan becomes a generic one.
 */
export function walkOf({ startsWith, endsWith, tailShape }: NumberPattern): Walk {
  const tail = endsWith?.length ?? 0;
  // A digit of the tail leaves a tenth; so does each letter that repeats an earlier one.
  const repeats = tailShape === undefined ? 0 : tailShape.length - new Set(tailShape).size;
  if (tail > 0 && tail >= repeats) {
    const head = [...(endsWith ?? '')].reverse().join('');
    return {
      key: raw('reverse(n.value)'),
      range: sql`reverse(n.value) >= ${head} AND reverse(n.value) < ${behind(head)}`,
      after: (value) => sql`reverse(n.value) > reverse(${value}::text)`,
    };
  }
  if (tailShape !== undefined && repeats > 0) {
    const shape = shapeFromEnd(tailShape);
    return {
      key: raw('n.shape, n.value'),
      range: sql`n.shape >= ${shape} AND n.shape < ${behind(shape)}`,
      after: (value) => sql`(n.shape, n.value) > (number_shape(${value}), ${value})`,
    };
  }
  if (startsWith === undefined) return BY_VALUE;
  return { ...BY_VALUE, range: sql`n.value >= ${startsWith} AND n.value < ${behind(startsWith)}` };
}

/** The first text, in the order of bytes, that lies behind all that begin with `prefix`. */
function behind(prefix: string): string {
  const last = prefix.charCodeAt(prefix.length - 1);
  return prefix.slice(0, -1) + String.fromCharCode(last + 1);
}

/** The predicate of a pattern, of the alias `n`. */
export function looksLike({ startsWith, endsWith, contains, tailShape, without }: NumberPattern): Sql {
  const parts: Sql[] = [];
  if (startsWith !== undefined) parts.push(sql`starts_with(n.value, ${startsWith})`);
  if (endsWith !== undefined) parts.push(sql`right(n.value, ${endsWith.length}) = ${endsWith}`);
  if (contains !== undefined) parts.push(sql`strpos(n.value, ${contains}) > 0`);
  if (tailShape !== undefined) parts.push(sql`starts_with(n.shape, ${shapeFromEnd(tailShape)})`);
  if (without !== undefined) parts.push(sql`translate(n.value, ${without}, '') = n.value`);
  return parts.length === 0 ? raw('TRUE') : join(parts, ' AND ');
}
