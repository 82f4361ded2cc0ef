import type { ClientBase, Connection, Submittable } from 'pg';
import type { StatementText } from './sql';

/** A value as node-postgres puts it on the wire: text, bytes or NULL. */
export type WireValue = string | Buffer | null;

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
const shapes = new WeakMap<object, Map<string, RowShape>>();

/**
 * A statement on its way over a connection. node-postgres' own Query has PostgreSQL describe the columns of a prepared
 * statement at every execution, and makes twenty objects of it: a tenth of a point read. Here they are described once a connection, when
 * the statement is prepared; that they are still the same is PostgreSQL's to check ("cached plan must not change result type").
 */
class PreparedStatement implements Submittable {
  /** Read by node-postgres, which keeps account of what a connection has prepared. */
  public readonly name: string | undefined;
  public readonly text: string;
  private readonly rows: Record<string, unknown>[] = [];
  private shape: RowShape | undefined;
  private problem: unknown;
  private wire: Wire | undefined;

  public constructor(
    private readonly client: ClientBase,
    { name, text }: StatementText,
    private readonly values: readonly WireValue[],
    private readonly resolve: (rows: Record<string, unknown>[]) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.name = name;
    this.text = text;
  }

  public submit(connection: Connection): void {
    const wire = (this.wire = connection as unknown as Wire);
    const { name, text, values } = this;
    wire.stream.cork();
    try {
      const prepared = name === undefined ? undefined : (wire.parsedStatements[name] ?? wire.submittedNamedStatements[name]);
      if (prepared === undefined) {
        wire.parse({ name, text });
        if (name !== undefined) wire.submittedNamedStatements[name] = text;
      }
      wire.bind({ statement: name, values });
      this.shape = name === undefined || prepared === undefined ? undefined : shapes.get(wire)?.get(name);
      if (this.shape === undefined) wire.describe({ type: 'P', name: '' });
      wire.execute({ portal: '', rows: 0 });
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
    if (this.problem !== undefined || this.shape === undefined) return;
    const { names, parsers, empty } = this.shape;
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
    this.rows.push(row);
  }

  public handleCommandComplete(): void {
    // A statement without columns describes none.
    if (this.shape === undefined) this.remember(NO_ROWS);
  }

  public handleEmptyQuery(): void {
    this.problem = new Error('The statement is empty.');
  }

  public handlePortalSuspended(): void {
    this.problem = new Error('The statement was suspended, though all of its rows were asked for.');
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
    this.reject(error);
  }

  public handleReadyForQuery(): void {
    if (this.problem === undefined) this.resolve(this.rows);
    else this.reject(this.problem);
  }

  private remember(shape: RowShape): void {
    this.shape = shape;
    if (this.name === undefined || this.wire === undefined) return;
    let known = shapes.get(this.wire);
    if (known === undefined) shapes.set(this.wire, (known = new Map<string, RowShape>()));
    known.set(this.name, shape);
  }
}

/** Runs a statement, as a prepared one where it has a name. @throws what node-postgres throws */
export function runPrepared(
  client: ClientBase,
  statement: StatementText,
  values: readonly WireValue[],
): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    client.query(new PreparedStatement(client, statement, values, resolve, reject));
  });
}
