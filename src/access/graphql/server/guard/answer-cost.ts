import {
  OperationTypeNode,
  getNamedType,
  isLeafType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { hintOf, INTROSPECTION_COST, MUTATION_COST, objectWeight, relayOf } from './cost-hint';

/** What a value under a response key costs, and whether there are objects in it (a JSON scalar holds none). */
interface Weighed {
  weight: number;
  enters: boolean;
}

/**
 * The actual cost of an answer as a function of its data: its objects, weighed as in the requested cost. One walk over the
 * answer, guided by the response keys of the document; a key that stands for different things in different places
 * takes the highest weight. Nothing found is not free, or guessing numbers would be: each root field costs at least 1.
 */
export function compileAnswerCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (data: unknown) => number {
  const weighed = weighKeys(schema, document);
  const weighsLeaves = [...weighed.values()].some(({ weight, enters }) => weight > 0 && !enters);
  const isMutation = operation.operation === OperationTypeNode.MUTATION;

  function ofValue(value: object, { weight, enters }: Weighed): number {
    if (!enters) return weight;
    if (!Array.isArray(value)) return weight + ofObject(value);
    let total = 0;
    for (const item of value) if (typeof item === 'object' && item !== null) total += ofValue(item as object, { weight, enters });
    return total;
  }

  function ofObject(object: object): number {
    let total = 0;
    for (const key in object) {
      const value = (object as Readonly<Record<string, unknown>>)[key];
      if (typeof value === 'object' && value !== null) {
        const found = weighed.get(key);
        if (found !== undefined) total += ofValue(value, found);
      } else if (weighsLeaves && value !== null && value !== undefined) {
        const found = weighed.get(key);
        if (found !== undefined && !found.enters) total += found.weight;
      }
    }
    return total;
  }

  return (data) => {
    if (typeof data !== 'object' || data === null) return isMutation ? MUTATION_COST : 1;
    const rootFields = Math.max(1, Object.keys(data).length);
    return isMutation ? MUTATION_COST * rootFields + ofObject(data) : Math.max(rootFields, ofObject(data));
  };
}

/** The response keys that cost anything or lead to objects, of the whole document: taking time linear in its text. */
function weighKeys(schema: GraphQLSchema, document: DocumentNode): Map<string, Weighed> {
  const weighed = new Map<string, Weighed>();
  const relay = relayOf(schema);
  const typeInfo = new TypeInfo(schema);
  const note = (key: string, weight: number, enters: boolean): void => {
    const other = weighed.get(key);
    if (other === undefined) weighed.set(key, { weight, enters });
    else Object.assign(other, { weight: Math.max(other.weight, weight), enters: other.enters || enters });
  };
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      [Kind.FIELD]: (node) => {
        const key = node.alias?.value ?? node.name.value;
        const name = node.name.value;
        if (name === '__schema' || name === '__type') {
          note(key, INTROSPECTION_COST, false);
          return false;
        }
        const parent = typeInfo.getParentType();
        const field = typeInfo.getFieldDef();
        if (parent == null || field == null) return undefined;
        const isLeaf = isLeafType(getNamedType(field.type));
        if (isLeaf && hintOf(field).weight === undefined) return undefined;
        // An edge is weighed as its node.
        const isEdges = relay.isRows(parent, field) && name === 'edges';
        note(key, isLeaf ? (hintOf(field).weight ?? 0) : isEdges ? 0 : objectWeight(field), !isLeaf);
        return undefined;
      },
    }),
  );
  return weighed;
}
