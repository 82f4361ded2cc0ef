import {
  getNamedType,
  getOperationAST,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { PAGE_SIZE_MAX } from '../../../../kernel/page';
import { compileAnswerCost } from './answer-cost';
import { COST_CEILING, hintOf, INTROSPECTION_COST, LIST_SIZE, MUTATION_COST, objectWeight, relayOf, type Relay } from './cost-hint';
import { tooComplex } from './document-limits';
import type { BucketLimits } from './token-bucket';

/*
 * Cost by design. A scalar or enum costs 0, an object 1, an interface or union as its dearest type, a connection 1 and what
 * its rows cost times `first`, another list what its objects cost times a declared bound, a mutation 10 and its
 * payload. A field chosen twice is charged twice, and what `@skip` or `@include` may leave out is charged: the answer
 * tells what it really was, and the difference is given back.
 */

export type Variables = Readonly<Record<string, unknown>>;

export interface CostPlan {
  /** What the operation may cost, by its variables as they were sent. */
  readonly requested: (variables: Variables | undefined) => number;
  /** What it did cost, by the data of the answer. */
  readonly actual: (data: unknown) => number;
}

const plans = new WeakMap<GraphQLSchema, WeakMap<OperationDefinitionNode, CostPlan>>();

/**
 * The plan of an operation, made once: Apollo keeps validated documents, so that the next request of the same text brings
 * the same nodes. `undefined` when the document has no such operation.
 */
export function costPlanOf(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined): CostPlan | undefined {
  const operation = getOperationAST(document, operationName);
  if (operation == null) return undefined;
  let ofSchema = plans.get(schema);
  if (ofSchema === undefined) plans.set(schema, (ofSchema = new WeakMap()));
  let plan = ofSchema.get(operation);
  if (plan === undefined) {
    plan = { requested: compileCost(schema, document, operationName), actual: compileAnswerCost(schema, document, operation) };
    ofSchema.set(operation, plan);
  }
  return plan;
}

/**
 * The requested cost of an operation as a function of its variables. The document must be valid. Compiling takes time linear
 * in the document (times the types of its interfaces), whatever its fragments multiply to; so does the function, and it
 * is a constant where no variable is a size.
 */
export function compileCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName?: string | null,
): (variables: Variables | undefined) => number {
  const operation = getOperationAST(document, operationName);
  const root = operation == null ? undefined : schema.getRootType(operation.operation);
  if (operation == null || root == null) return () => 0;
  return new CostCompiler(schema, document, operation).compile(root);
}

/**
 * Refuses an operation whose cost is too high at any speed.
 * @throws Failure QUERY_TOO_COMPLEX {limit, value, max}
 */
export function checkCost(requested: number, max: number): void {
  if (requested > max) throw tooComplex({ limit: 'cost', value: requested, max });
}

/** `extensions.cost`, in the shape that Shopify's clients know. */
export interface CostExtension {
  readonly requestedQueryCost: number;
  /** Null when nothing was executed. */
  readonly actualQueryCost: number | null;
  readonly throttleStatus: { readonly maximumAvailable: number; readonly currentlyAvailable: number; readonly restoreRate: number };
}

/**
 * What the answer says of its cost. `available` is what the bucket held after the requested cost was taken; what is refunded is
 * added here, so that nobody waits for the bucket a second time.
 */
export function costExtension(
  requested: number,
  actual: number | null,
  available: number,
  { capacity, restorePerSecond }: BucketLimits,
): CostExtension {
  return {
    requestedQueryCost: requested,
    actualQueryCost: actual === null ? null : Math.min(requested, actual),
    throttleStatus: {
      maximumAvailable: capacity,
      currentlyAvailable: Math.min(capacity, available + (actual === null ? 0 : refundOf(requested, actual))),
      restoreRate: restorePerSecond,
    },
  };
}

/** What to give back. An answer never costs more than was said before. */
export function refundOf(requested: number, actual: number): number {
  return Math.max(0, requested - actual);
}

interface Frame {
  readonly variables: Variables;
  /** Costs of selection sets that depend on variables, each reckoned once. */
  readonly slots: number[];
}

/** A number, or how to reckon it from the variables. */
type Term = number | ((frame: Frame) => number);

/** Which fields of a selection set are meant: of a connection, the rows are multiplied and the rest is not. */
type Part = 'all' | 'rows' | 'rest';

const NO_VARIABLES: Variables = {};

class CostCompiler {
  private readonly relay: Relay;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly variableDefaults = new Map<string, unknown>();
  private readonly known = new Map<SelectionSetNode, Map<string, Term>>();
  private readonly steps: ((frame: Frame) => number)[] = [];

  public constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
  ) {
    this.relay = relayOf(schema);
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
    for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
      if (defaultValue !== undefined) this.variableDefaults.set(variable.name.value, valueFromASTUntyped(defaultValue));
    }
  }

  public compile(root: GraphQLObjectType): (variables: Variables | undefined) => number {
    const total = this.selections(this.operation.selectionSet, root, 'all');
    if (typeof total === 'number') return () => total;
    const { steps } = this;
    return (variables) => {
      const frame: Frame = { variables: variables ?? NO_VARIABLES, slots: [] };
      for (const step of steps) frame.slots.push(step(frame));
      return total(frame);
    };
  }

  /** The cost of a selection set on an object of the type; each pair is compiled once, and reckoned once a request. */
  private selections(set: SelectionSetNode, type: GraphQLObjectType, part: Part): Term {
    const key = `${type.name} ${part}`;
    let ofSet = this.known.get(set);
    if (ofSet === undefined) this.known.set(set, (ofSet = new Map<string, Term>()));
    const known = ofSet.get(key);
    if (known !== undefined) return known;
    ofSet.set(key, 0); // what a circular fragment would find of itself; validation has refused it
    const total = sum(set.selections.map((selection) => this.selection(selection, type, part)));
    const term = typeof total === 'number' ? total : this.keep(total);
    ofSet.set(key, term);
    return term;
  }

  private keep(reckon: (frame: Frame) => number): Term {
    // What a step reads was kept before it: sets are compiled from the inside out.
    const place = this.steps.push(reckon) - 1;
    return ({ slots }) => slots[place] ?? COST_CEILING;
  }

  private selection(selection: SelectionNode, type: GraphQLObjectType, part: Part): Term {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.field(selection, type, part);
      case Kind.INLINE_FRAGMENT:
        return this.applies(selection.typeCondition?.name.value, type) ? this.selections(selection.selectionSet, type, part) : 0;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = this.fragments.get(selection.name.value);
        if (fragment === undefined || !this.applies(fragment.typeCondition.name.value, type)) return 0;
        return this.selections(fragment.selectionSet, type, part);
      }
    }
  }

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const named = this.schema.getType(condition);
    return isAbstractType(named) && this.schema.isSubType(named, type);
  }

  private field(node: FieldNode, parent: GraphQLObjectType, part: Part): Term {
    const name = node.name.value;
    if (name === '__schema' || name === '__type') return INTROSPECTION_COST;
    const field = parent.getFields()[name];
    if (field === undefined) return 0; // __typename
    const isRows = this.relay.isRows(parent, field);
    if (part !== 'all' && isRows !== (part === 'rows')) return 0;
    if (isRows || this.relay.isEdgeNode(parent, field)) return this.below(node, getNamedType(field.type), 'all');
    const base = parent === this.schema.getMutationType() ? MUTATION_COST : 0;
    return sum([base, this.value(node, field)]);
  }

  private value(node: FieldNode, field: GraphQLField<unknown, unknown>): Term {
    const type = getNamedType(field.type);
    if (isLeafType(type)) return saturate(hintOf(field).weight ?? 0);
    const own = saturate(objectWeight(field));
    if (this.relay.isConnection(type)) {
      const row = saturate(hintOf(this.relay.rowType(type)).weight ?? 1);
      const rows = product(this.size(node, field, PAGE_SIZE_MAX), sum([row, this.below(node, type, 'rows')]));
      return sum([own, rows, this.below(node, type, 'rest')]);
    }
    const object = sum([own, this.below(node, type, 'all')]);
    const lists = listsIn(field.type);
    return lists === 0 ? object : product(product(this.size(node, field, LIST_SIZE), LIST_SIZE ** (lists - 1)), object);
  }

  /** The cost of what is chosen of the field's value; of an interface or union, as its dearest type. */
  private below(node: FieldNode, type: GraphQLNamedType, part: Part): Term {
    const { selectionSet } = node;
    if (selectionSet === undefined) return 0;
    if (isObjectType(type)) return this.selections(selectionSet, type, part);
    if (!isAbstractType(type)) return 0;
    return highest(this.schema.getPossibleTypes(type).map((possible) => this.selections(selectionSet, possible, part)));
  }

  private size(node: FieldNode, field: GraphQLField<unknown, unknown>, otherwise: number): Term {
    const { listSize = otherwise, sizedBy } = hintOf(field);
    const args = field.args.filter(({ name }) => (sizedBy === undefined ? name === 'first' || name === 'last' : name === sizedBy));
    const sizes = args.map((arg) => this.argument(node, arg));
    if (sizes.every((size) => typeof size !== 'function')) return largestOf(sizes) ?? saturate(listSize);
    return ({ variables }) => largestOf(sizes.map((size) => (typeof size === 'function' ? size(variables) : size))) ?? saturate(listSize);
  }

  /** The size that an argument says, `undefined` where it says none. */
  private argument(node: FieldNode, arg: GraphQLArgument): number | undefined | ((variables: Variables) => number | undefined) {
    const given = node.arguments?.find(({ name }) => name.value === arg.name)?.value;
    if (given === undefined) return toSize(arg.defaultValue);
    if (given.kind !== Kind.VARIABLE) return toSize(valueFromASTUntyped(given));
    const name = given.name.value;
    const absent = toSize(this.variableDefaults.has(name) ? this.variableDefaults.get(name) : arg.defaultValue);
    return (variables) => (Object.hasOwn(variables, name) ? toSize(variables[name]) : absent);
  }
}

/** Reads a size. What is none (null, text, an object) is treated as absent: execution refuses it, or the field has its own idea. */
function toSize(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  const size = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof size !== 'number' || Number.isNaN(size)) return undefined;
  return saturate(Math.ceil(Math.max(0, size)));
}

function largestOf(sizes: readonly unknown[]): number | undefined {
  let largest: number | undefined;
  for (const size of sizes) if (typeof size === 'number' && (largest === undefined || size > largest)) largest = size;
  return largest;
}

function listsIn(type: GraphQLOutputType): number {
  if (isNonNullType(type)) return listsIn(type.ofType);
  return isListType(type) ? 1 + listsIn(type.ofType) : 0;
}

function saturate(cost: number): number {
  return cost < COST_CEILING ? cost : COST_CEILING;
}

function sum(terms: readonly Term[]): Term {
  return combine(terms, 0, (total, cost) => total + cost);
}

function highest(terms: readonly Term[]): Term {
  return combine(terms, 0, Math.max);
}

function product(one: Term, other: Term): Term {
  return combine([one, other], 1, (total, cost) => total * cost);
}

/** Joins terms by an associative, commutative function: what is constant now, the rest for each request. */
function combine(terms: readonly Term[], neutral: number, join: (total: number, cost: number) => number): Term {
  let constant = neutral;
  const variable: ((frame: Frame) => number)[] = [];
  for (const term of terms) {
    if (typeof term === 'number') constant = saturate(join(constant, term));
    else variable.push(term);
  }
  if (variable.length === 0) return constant;
  return (frame) => {
    let total = constant;
    for (const reckon of variable) total = saturate(join(total, reckon(frame)));
    return total;
  };
}
