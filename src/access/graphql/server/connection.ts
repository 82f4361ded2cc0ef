import { Field, ObjectType, type ClassType } from 'type-graphql';
import { encodeCursor, type Cursor, type Page } from '../../../kernel/page';

@ObjectType({ description: 'Where a page stands in its connection (Relay).', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  public hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` to read on; null when the page is empty.' })
  public endCursor!: string | null;
}

interface EdgeOf<Node> {
  readonly cursor: string;
  readonly node: Node;
}

export interface ConnectionOf<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly EdgeOf<Node>[];
  readonly pageInfo: PageInfo;
}

type PageEnd = Pick<Page<unknown>, 'hasNextPage' | 'endCursor'>;

export interface ConnectionClass<Node> {
  new (nodes: readonly Node[], page: PageEnd, cursorOf: (node: Node) => Cursor): ConnectionOf<Node>;
}

/** The Relay connection type of a node type, `<Name>Connection`. */
export function connectionType<Node extends object>(name: string, node: () => ClassType<Node>): ConnectionClass<Node> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One ${name} of a page, with its place in the order.` })
  class Edge implements EdgeOf<Node> {
    @Field(() => String, { description: 'Give it as `after` to read on from here.' })
    public readonly cursor: string;

    @Field(() => node())
    public readonly node: Node;

    public constructor(cursor: string, of: Node) {
      this.cursor = cursor;
      this.node = of;
    }
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `One page of ${name} (Relay).` })
  class Connection implements ConnectionOf<Node> {
    @Field(() => [node()], { description: 'The page without its cursors.' })
    public readonly nodes: readonly Node[];

    public constructor(
      nodes: readonly Node[],
      private readonly page: PageEnd,
      private readonly cursorOf: (node: Node) => Cursor,
    ) {
      this.nodes = nodes;
    }

    @Field(() => [Edge])
    public get edges(): Edge[] {
      return this.nodes.map((of) => new Edge(encodeCursor(this.cursorOf(of)), of));
    }

    @Field(() => PageInfo)
    public get pageInfo(): PageInfo {
      const { hasNextPage, endCursor } = this.page;
      const last = this.nodes.at(-1);
      const cursor = endCursor ?? (last === undefined ? undefined : this.cursorOf(last));
      return { hasNextPage, endCursor: cursor === undefined ? null : encodeCursor(cursor) };
    }
  }
  return Connection;
}

/** A page of values as a connection of their GraphQL objects. */
export function toConnection<Value, Node>(
  Connection: ConnectionClass<Node>,
  page: Page<Value>,
  wrap: (value: Value) => Node,
  cursorOf: (node: Node) => Cursor,
): ConnectionOf<Node> {
  return new Connection(page.rows.map(wrap), page, cursorOf);
}
