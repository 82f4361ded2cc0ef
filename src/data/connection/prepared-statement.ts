import type { ClientBase, Connection, Submittable } from 'pg';
import type { StatementText } from './sql';

/** A value as node-postgres puts it on the wire: text, bytes or NULL. */
export type WireValue = string | Buffer | null;

/** A statement with the values of its parameters. */
export interface BoundStatement extends StatementText {
  readonly values: readonly WireValue[];
}

/** A row by the names of its columns. */
export type RowObject = Record<string, unknown>;

type TypeParser = (text: string) => unknown;

/** How a row of a statement becomes an object. */
interface RowShape {
  readonly names: readonly string[];
  readonly parsers: readonly TypeParser[];
  /** Every name with null: cloned for each row, so that all rows have one hidden class. */
  readonly empty: Readonly<Record<string, unknown>>;
}

const NO_ROWS: RowShape = { names: [], parsers: [], empty: {} };

/** What is used of node-postgres' connection beyond its published types; its own Query and pg-cursor rely on the same. */
type Wire = Omit<Connection, 'bind' | 'execute' | 'parse' | 'describe'> & {
  readonly parsedStatements: Record<string, string | undefined>;
  readonly submittedNamedStatements: Record<string, string | undefined>;
  parse(statement: { readonly name: string | undefined; readonly text: string }): void;
  bind(values: { readonly statement: string | undefined; readonly values: readonly WireValue[] }): void;
  describe(portal: { readonly type: 'P'; readonly name: string }): void;
  execute(portal: { readonly portal: string; readonly rows: number }): void;
  sendCopyFail(message: string): void;
};

interface RowDescription {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

/** The type of `timestamptz`. As a `Date` it would lose its microseconds; whoever reads it makes an instant of the text. */
const TIMESTAMPTZ = 1184;

function parserOf(client: ClientBase, type: number): TypeParser {
  return type === TIMESTAMPTZ ? (text) => text : (client.getTypeParser(type, 'text') as TypeParser);
}

/** The shapes that a connection has been told of, by the statement's name. */
const shapesOf = new WeakMap<object, Map<string, RowShape>>();

/**
 * Statements on their way over a connection, together: they are run one after another, and the first that fails keeps those behind it from
 * being run (PostgreSQL 18, 54.2.4 "Pipelining"). node-postgres' own pipeline lets them be run all the same, and takes no statements but its own.
 *
 * Its own Query has PostgreSQL describe the columns of a prepared statement at every execution, and makes twenty objects of it: a tenth of a
 * point read. Here they are described once a connection, when the statement is prepared; that they are still the same is PostgreSQL's to
 * check ("cached plan must not change result type").
 */
class StatementsTogether implements Submittable {
  /** The one that is being answered. */
  private nth = 0;
  private readonly results: RowObject[][];
  private readonly shapes: (RowShape | undefined)[] = [];
  private problem: unknown;
  private wire: Wire | undefined;

  public constructor(
    private readonly client: ClientBase,
    private readonly statements: readonly BoundStatement[],
    private readonly resolve: (results: RowObject[][]) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.results = statements.map(() => []);
  }

  /** Read by node-postgres, which keeps account of what a connection has prepared. */
  public get name(): string | undefined {
    return this.statements[this.nth]?.name;
  }

  public get text(): string | undefined {
    return this.statements[this.nth]?.text;
  }

  public submit(connection: Connection): void {
    const wire = (this.wire = connection as unknown as Wire);
    wire.stream.cork();
    try {
      for (const statement of this.statements) this.shapes.push(send(wire, statement));
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
  }

  public handleRowDescription({ fields }: RowDescription): void {
    this.remember({
      names: fields.map(({ name }) => name),
      parsers: fields.map(({ dataTypeID }) => parserOf(this.client, dataTypeID)),
      empty: Object.fromEntries(fields.map(({ name }) => [name, null])),
    });
  }

  public handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const shape = this.shapes[this.nth];
    if (this.problem !== undefined || shape === undefined) return;
    const { names, parsers, empty } = shape;
    const row = { ...empty };
    try {
      for (let nth = 0; nth < fields.length; nth += 1) {
        const text = fields[nth];
        if (text != null) row[names[nth] as string] = (parsers[nth] as TypeParser)(text);
      }
    } catch (error) {
      this.problem = error;
      return;
    }
    (this.results[this.nth] as RowObject[]).push(row);
  }

  public handleCommandComplete({ text: tag }: { readonly text: string }): void {
    // As PostgreSQL does where a statement had failed before; it is no error to it.
    if (tag === 'ROLLBACK' && this.text === 'COMMIT') this.problem = new Error('The transaction had failed: it was not committed.');
    // A statement without columns describes none.
    if (this.shapes[this.nth] === undefined) this.remember(NO_ROWS);
    this.nth += 1;
  }

  public handleEmptyQuery(): void {
    this.problem = new Error('The statement is empty.');
    this.nth += 1;
  }

  public handlePortalSuspended(): void {
    this.problem = new Error('The statement was suspended, though all of its rows were asked for.');
    this.nth += 1;
  }

  public handleCopyInResponse(): void {
    this.wire?.sendCopyFail('COPY is not run as a prepared statement.');
    // The server has passed over the first one, as it does while it waits for rows.
    this.wire?.sync();
  }

  public handleCopyData(): void {
    // What a COPY sends has no reader here.
  }

  public handleError(error: unknown): void {
    // Those behind it were passed over: they are not prepared, though their texts were sent.
    for (const { name } of this.statements.slice(this.nth)) if (name !== undefined) delete this.wire?.submittedNamedStatements[name];
    this.reject(error);
  }

  public handleReadyForQuery(): void {
    if (this.problem === undefined) this.resolve(this.results);
    else this.reject(this.problem);
  }

  private remember(shape: RowShape): void {
    this.shapes[this.nth] = shape;
    const { name } = this;
    if (name === undefined || this.wire === undefined) return;
    let known = shapesOf.get(this.wire);
    if (known === undefined) shapesOf.set(this.wire, (known = new Map<string, RowShape>()));
    known.set(name, shape);
  }
}

/** Sends a statement, and what prepares it where the connection has not yet; answers the shape of its rows, where that is known. */
function send(wire: Wire, { name, text, values }: BoundStatement): RowShape | undefined {
  const prepared = name === undefined ? undefined : (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]);
  if (prepared === undefined) {
    wire.parse({ name, text });
    if (name !== undefined) wire.submittedNamedStatements[name] = text;
  }
  wire.bind({ statement: name, values });
  const shape = name === undefined || prepared === undefined ? undefined : shapesOf.get(wire)?.get(name);
  if (shape === undefined) wire.describe({ type: 'P', name: '' });
  wire.execute({ portal: '', rows: 0 });
  return shape;
}

/**
 * Runs statements in one round trip, each as a prepared one where it has a name, and returns the rows of each.
 * @throws what node-postgres throws of the first that fails; those behind it have not been run
 */
export function runPrepared(client: ClientBase, statements: readonly BoundStatement[]): Promise<RowObject[][]> {
  return new Promise((resolve, reject) => {
    client.query(new StatementsTogether(client, statements, resolve, reject));
  });
}
