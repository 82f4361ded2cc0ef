import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** What a mutation costs before its payload: a transaction, its audit and its events. */
export const MUTATION_COST = 10;

/** What `__schema` or `__type` costs: such an answer is long, but never touches the database. */
export const INTROSPECTION_COST = 100;

/** How many items a list is taken to have when neither an argument nor a hint says it. */
export const LIST_SIZE = 10;

/** No cost is higher: sums and products of such numbers are exact enough, and never infinite. */
export const COST_CEILING = 1_000_000_000;

/**
 * What a field, or an object type, says of its own cost, in `extensions.cost` of the schema: in type-graphql
 * `@Extensions(cost({ listSize: 3 }))`. A field's word goes before its type's.
 */
export interface CostHint {
  /** What one object (or the value of a leaf) costs, instead of 1 (or 0). */
  readonly weight?: number;
  /** How many items to expect where no argument says it. */
  readonly listSize?: number;
  /** The argument that says how many: a number, or a list whose length counts. Unsaid: `first` or `last`. */
  readonly sizedBy?: string;
}

/** Writes a hint in the form that a schema's `extensions` hold. */
export function cost(hint: CostHint): { cost: CostHint } {
  return { cost: hint };
}

export function hintOf(element: Pick<GraphQLField<unknown, unknown> | GraphQLNamedType, 'extensions'>): CostHint {
  return (element.extensions['cost'] as CostHint | undefined) ?? {};
}

type Field = GraphQLField<unknown, unknown>;

/** Which fields of a schema are the scaffolding of Relay connections, and so no rows of their own. */
export interface Relay {
  isConnection(type: GraphQLNamedType): boolean;
  /** Whether the field holds the connection's rows: `edges` or `nodes`. */
  isRows(parent: GraphQLNamedType, field: Field): boolean;
  /** Whether the field leads from an edge to its row, which is counted already. */
  isEdgeNode(parent: GraphQLNamedType, field: Field): boolean;
  /** The type of the connection's rows. */
  rowType(connection: GraphQLNamedType): GraphQLNamedType;
}

const relays = new WeakMap<GraphQLSchema, Relay>();

export function relayOf(schema: GraphQLSchema): Relay {
  const known = relays.get(schema);
  if (known !== undefined) return known;
  const rowTypes = new Map<GraphQLNamedType, GraphQLNamedType>();
  const edges = new Set<GraphQLNamedType>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || !type.name.endsWith('Connection')) continue;
    const edge = rowsOf(type, 'edges');
    const node = isObjectType(edge) ? edge.getFields()['node'] : undefined;
    const rows = rowsOf(type, 'nodes') ?? (node && getNamedType(node.type)) ?? edge;
    if (rows === undefined) continue;
    rowTypes.set(type, rows);
    if (edge !== undefined) edges.add(edge);
  }
  const relay: Relay = {
    isConnection: (type) => rowTypes.has(type),
    isRows: (parent, { name }) => (name === 'edges' || name === 'nodes') && rowTypes.has(parent),
    isEdgeNode: (parent, { name }) => name === 'node' && edges.has(parent),
    rowType: (connection) => rowTypes.get(connection) ?? connection,
  };
  relays.set(schema, relay);
  return relay;
}

function rowsOf(type: GraphQLObjectType, name: string): GraphQLNamedType | undefined {
  const field = type.getFields()[name];
  if (field === undefined || !isListType(getNullableType(field.type))) return undefined;
  const named = getNamedType(field.type);
  return isCompositeType(named) ? named : undefined;
}

/** What one object of the field costs itself. */
export function objectWeight(field: Field): number {
  return hintOf(field).weight ?? hintOf(getNamedType(field.type)).weight ?? 1;
}
