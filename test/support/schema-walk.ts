import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** A way from an object to other objects: `customer`, `accounts.edges.node`. */
export interface Way {
  /** `Account.children.nodes.account` */
  readonly name: string;
  /** The selection that takes it, once for every variant of its arguments. */
  readonly selections: readonly string[];
  /** Whether it ends at an object that `node` could find. */
  readonly endsAtNode: boolean;
}

/** Composite types that are none of Node's, inside each other, until the walk is taken to have run in a circle. */
const STEPS_MAX = 8;

export function implementsNode(type: GraphQLCompositeType): boolean {
  return (
    type.name === 'Node' || ((isObjectType(type) || isInterfaceType(type)) && type.getInterfaces().some(({ name }) => name === 'Node'))
  );
}

export function nodeTypesOf(schema: GraphQLSchema): GraphQLObjectType[] {
  return Object.values(schema.getTypeMap()).filter((type): type is GraphQLObjectType => isObjectType(type) && implementsNode(type));
}

/** Argument texts by the field's coordinate (`Query.customer`): what no rule can make up. */
export type KnownArguments = Readonly<Record<string, readonly string[]>>;

/** Every way from the type to the next Node types, and to the values on which it ends. */
export function waysFrom(schema: GraphQLSchema, type: GraphQLObjectType, known: KnownArguments = {}): Way[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const target = getNamedType(field.type);
    if (!isCompositeType(target)) return [];
    const variants = argumentsOf(type, field, known);
    return endsBelow(schema, target, STEPS_MAX).map(({ steps, text, endsAtNode }) => ({
      name: [type.name, field.name, ...steps].join('.'),
      selections: variants.map((variant) => `${field.name}${variant} ${text}`),
      endsAtNode,
    }));
  });
}

interface End {
  readonly steps: readonly string[];
  readonly text: string;
  readonly endsAtNode: boolean;
}

function endsBelow(schema: GraphQLSchema, type: GraphQLCompositeType, left: number): End[] {
  if (left === 0) throw new Error(`types that are no Node hold each other in a circle: ${type.name}`);
  if (implementsNode(type)) return [{ steps: [], text: `{ ${leavesOf(schema, type)} }`, endsAtNode: true }];
  if (isInterfaceType(type)) {
    return schema.getPossibleTypes(type).flatMap((possible) =>
      endsBelow(schema, possible, left).map(({ steps, text, endsAtNode }) => ({
        steps: [possible.name, ...steps],
        text: `{ __typename ... on ${possible.name} ${text} }`,
        endsAtNode,
      })),
    );
  }
  if (!isObjectType(type)) throw new Error(`a type that the walk does not know: ${type.name}`);
  const ends = Object.values(type.getFields()).flatMap((field) => {
    const target = getNamedType(field.type);
    if (!isCompositeType(target)) return [];
    const [variant = ''] = argumentsOf(type, field, {});
    return endsBelow(schema, target, left - 1).map(({ steps, text, endsAtNode }) => ({
      steps: [field.name, ...steps],
      text: `{ ${leavesOf(schema, type)} ${field.name}${variant} ${text} }`,
      endsAtNode,
    }));
  });
  return ends.length > 0 ? ends : [{ steps: [], text: `{ ${leavesOf(schema, type)} }`, endsAtNode: false }];
}

/** Every value of its own that the type shows without being asked for more. */
export function leavesOf(schema: GraphQLSchema, type: GraphQLCompositeType): string {
  if (isInterfaceType(type)) {
    const each = schema.getPossibleTypes(type).map((possible) => `... on ${possible.name} { ${ownLeaves(possible, `${possible.name}_`)} }`);
    return `__typename ${each.join(' ')}`;
  }
  return isObjectType(type) ? `__typename ${ownLeaves(type, '')}` : '__typename';
}

/** Fields of one name and different types cannot stand side by side, so each type's are named apart. */
function ownLeaves(type: GraphQLObjectType, prefix: string): string {
  return Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument))
    .map(({ name }) => (prefix === '' ? name : `${prefix}${name}: ${name}`))
    .join(' ');
}

/** The ways to call a field: what must be given, and then each optional argument that changes what is read. */
function argumentsOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, known: KnownArguments): string[] {
  const given = known[`${type.name}.${field.name}`];
  if (given !== undefined) return [...given];
  const needed = field.args.filter(isRequiredArgument).map((argument) => {
    if (argument.name !== 'first')
      throw new Error(`${type.name}.${field.name} has the argument ${argument.name}: say what to call it with`);
    return 'first: 100';
  });
  const variants = [[], ...optionalVariants(field.args)].map((more) => [...needed, ...more]);
  return variants.map((parts) => (parts.length === 0 ? '' : `(${parts.join(', ')})`));
}

function optionalVariants(args: readonly GraphQLArgument[]): string[][] {
  const isDated = args.some(({ name }) => name === 'validAt');
  const enums = args.flatMap((argument) => {
    const named = getNamedType(argument.type);
    return isEnumType(named) ? named.getValues().map(({ name }) => [`${argument.name}: ${name}`]) : [];
  });
  const known = new Set([
    'first',
    'after',
    'validAt',
    'knownAt',
    ...args.filter(({ type }) => isEnumType(getNamedType(type))).map(({ name }) => name),
  ]);
  const unknown = args.find((argument) => !known.has(argument.name));
  if (unknown !== undefined) throw new Error(`an argument that the walk does not know: ${unknown.name}`);
  const dates = args.flatMap(({ name }) => (/^(?:validAt|knownAt)$/.test(name) ? [`${name}: "2100-01-01T00:00:00Z"`] : []));
  return isDated ? [...enums, dates] : enums;
}

/** Where an input holds ids: `['customerId']`, `['subscriberIds', '0']`. */
export function idPathsOf(type: GraphQLInputObjectType): string[][] {
  return Object.values(type.getFields()).flatMap((field): string[][] => {
    const named = getNamedType(field.type);
    const isList = String(getNullableType(field.type)).startsWith('[');
    if (named.name === 'ID') return [isList ? [field.name, '0'] : [field.name]];
    return isInputObjectType(named) ? idPathsOf(named).map((path) => [field.name, ...(isList ? ['0'] : []), ...path]) : [];
  });
}
