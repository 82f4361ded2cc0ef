import { Kind, type FieldNode, type GraphQLResolveInfo, type SelectionSetNode, type ValueNode } from 'graphql';
import type { FieldSet, SelectedField, Selection } from '../../../kernel/selection';

type Fragments = GraphQLResolveInfo['fragments'];
type Variables = Readonly<Record<string, unknown>>;

/** An argument as it stands in the document: the same for every request that sends the document. */
type PlannedArgument = (variables: Variables) => unknown;

interface PlannedField {
  readonly name: string;
  readonly args: ReadonlyMap<string, PlannedArgument>;
  readonly argsText: string;
  readonly children: Plan;
  readonly ambiguous: boolean;
}

export type Plan = ReadonlyMap<string, PlannedField>;

/** What a compiled query adds to every `info`: made once per compilation, not per request. */
export interface Enrichment {
  readonly plan: Plan;
}

export function enrichInfo(input: { readonly fieldNodes: readonly FieldNode[]; readonly fragments: Fragments }): Enrichment {
  return { plan: planOf(input.fieldNodes, input.fragments) };
}

/** What the caller wants below this field. Fields behind `@include`, `@skip` or a type condition count as wanted. */
export function selectionOf(info: GraphQLResolveInfo): Selection {
  const plan = (info as GraphQLResolveInfo & Partial<Enrichment>).plan ?? planOf(info.fieldNodes, info.fragments);
  return selectionFrom(plan, info.variableValues);
}

function selectionFrom(plan: Plan, variables: Variables): Selection {
  return {
    field: (name) => {
      const planned = plan.get(name);
      if (planned === undefined || planned.ambiguous) return undefined;
      const selected: SelectedField = {
        arg: (arg) => planned.args.get(arg)?.(variables),
        selection: selectionFrom(planned.children, variables),
      };
      return selected;
    },
    isWithin: (fields) => isWithin(plan, fields),
  };
}

const found = new WeakMap<Plan, WeakMap<FieldSet, boolean>>();

/** Looked for once a compilation. */
function isWithin(plan: Plan, fields: FieldSet): boolean {
  let ofPlan = found.get(plan);
  if (ofPlan === undefined) found.set(plan, (ofPlan = new WeakMap<FieldSet, boolean>()));
  let answer = ofPlan.get(fields);
  if (answer === undefined) {
    const { names, whole } = fields;
    answer = [...plan.values()].every(({ name, children }) => whole.has(name) || (names.has(name) && isWithin(children, fields)));
    ofPlan.set(fields, answer);
  }
  return answer;
}

function planOf(fieldNodes: readonly FieldNode[], fragments: Fragments): Plan {
  const fields = new Map<string, { nodes: FieldNode[]; argsText: string; ambiguous: boolean }>();
  for (const node of fieldNodes) if (node.selectionSet !== undefined) collect(node.selectionSet, fragments, fields, new Set());
  return new Map(
    [...fields].map(([name, { nodes, argsText, ambiguous }]) => [
      name,
      { name, argsText, ambiguous, args: argumentsOf(nodes[0] as FieldNode), children: planOf(nodes, fragments) },
    ]),
  );
}

function collect(
  set: SelectionSetNode,
  fragments: Fragments,
  fields: Map<string, { nodes: FieldNode[]; argsText: string; ambiguous: boolean }>,
  seen: Set<string>,
): void {
  for (const selection of set.selections) {
    switch (selection.kind) {
      case Kind.FIELD: {
        const argsText = textOf(selection);
        const known = fields.get(selection.name.value);
        if (known === undefined) fields.set(selection.name.value, { nodes: [selection], argsText, ambiguous: false });
        else {
          known.nodes.push(selection);
          known.ambiguous ||= known.argsText !== argsText;
        }
        break;
      }
      case Kind.INLINE_FRAGMENT:
        collect(selection.selectionSet, fragments, fields, seen);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments[selection.name.value];
        if (fragment !== undefined && !seen.has(selection.name.value)) {
          seen.add(selection.name.value);
          collect(fragment.selectionSet, fragments, fields, seen);
        }
      }
    }
  }
}

function argumentsOf(node: FieldNode): ReadonlyMap<string, PlannedArgument> {
  return new Map((node.arguments ?? []).map((argument) => [argument.name.value, planArgument(argument.value)]));
}

function planArgument(value: ValueNode): PlannedArgument {
  switch (value.kind) {
    case Kind.VARIABLE: {
      const name = value.name.value;
      return (variables) => variables[name];
    }
    case Kind.INT: {
      const number = Number(value.value);
      return () => number;
    }
    case Kind.NULL:
      return () => undefined;
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.BOOLEAN:
      return () => value.value;
    default:
      // An argument of another form is never looked at ahead: any value says "given".
      return () => value;
  }
}

function textOf(node: FieldNode): string {
  return (node.arguments ?? []).map((argument) => `${argument.name.value}:${JSON.stringify(argument.value, withoutLocation)}`).join();
}

function withoutLocation(key: string, value: unknown): unknown {
  return key === 'loc' ? undefined : value;
}
