import { type Sql, empty, join, raw, sql, statementOf } from './sql';

const textOf = (whole: Sql): string => statementOf(whole).statement.text;
const first = (value: unknown): Sql => sql`SELECT ${value}`;
const pair = (one: unknown, other: unknown): Sql => sql`a ${one} b ${other} c`;

describe('a statement', () => {
  it('numbers its values from the outside in, whatever they hold', () => {
    const { statement, values } = statementOf(pair(sql`(x = ${1})`, "'; DROP TABLE customer; --"));
    expect(statement.text).toBe('a (x = $1) b $2 c');
    expect(values).toEqual([1, "'; DROP TABLE customer; --"]);
  });

  it('keeps its text and its name from one use to the next', () => {
    const once = statementOf(first('one')).statement;
    const again = statementOf(first('another')).statement;
    expect(again).toBe(once);
    expect(once.name).toMatch(/^[\w-]{22}$/);
  });

  it('is told apart from every other that is made of the same pieces', () => {
    const piece = (value: unknown): Sql => sql`<${value}>`;
    const wholes = [
      pair(1, 2), pair(piece(1), 2), pair(1, piece(2)), pair(piece(1), piece(2)), pair(piece(piece(1)), 2), pair(piece(1), piece(piece(2))),
      pair(pair(1, piece(2)), 3), pair(pair(1, 2), piece(3)), pair(raw('1'), 2), pair(raw('2'), 2), pair(empty, 2), pair(join([1, 2]), 3),
      pair(join([1, 2], ' AND '), 3), pair(join([1, 2, 3]), 4), pair(join([1]), join([2, 3])), pair(join([1, 2, 3]), join([4, 5])),
    ]; // prettier-ignore
    for (let use = 0; use < 2; use += 1) {
      const statements = wholes.map((whole) => statementOf(whole).statement);
      expect(new Set(statements.map(({ text }) => text)).size).toBe(wholes.length);
      expect(new Set(statements.map(({ name }) => name)).size).toBe(wholes.length);
    }
    expect(textOf(pair(pair(1, piece(2)), 3))).toBe('a a $1 b <$2> c b $3 c');
  });

  it('takes a template literal with other texts of the same shape for another', () => {
    expect([textOf(sql`x ${1}`), textOf(sql`y ${1}`), textOf(sql`x ${1}`)]).toEqual(['x $1', 'y $1', 'x $1']);
  });
});

test('nothing cannot be joined', () => {
  expect(() => join([])).toThrow(TypeError);
});
