import {
  GraphQLError,
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
  type ValidationRule,
} from 'graphql';
import { Failure } from '../../../../kernel/failure';

/*
 * The shape of one document. @escape.tech/graphql-armor has such limits too, but it wraps Apollo's whole configuration,
 * walks the document once for each limit, and leaves introspection out. These are one walk, paid once for each
 * distinct document, as Apollo keeps validated documents.
 */

/** How large one document may be. */
export interface DocumentLimits {
  readonly tokensMax: number;
  /** Fields on the longest path, fragments followed; introspection is measured apart. */
  readonly depthMax: number;
  readonly introspectionDepthMax: number;
  readonly aliasesMax: number;
  /** Fields at the root of one operation. */
  readonly rootFieldsMax: number;
  readonly directivesMax: number;
  readonly directivesPerPlaceMax: number;
  readonly fragmentsMax: number;
  /**
   * Fields once every fragment is written out where it is spread. Fragments that spread fragments double it at each
   * step, and a compiled query is as long as this.
   */
  readonly fieldsMax: number;
}

/** The limits that no operator needs to move. The depth is that of GraphiQL's introspection query (15), and one. */
export const FIXED_DOCUMENT_LIMITS = {
  introspectionDepthMax: 16,
  rootFieldsMax: 20,
  directivesMax: 50,
  directivesPerPlaceMax: 5,
  fragmentsMax: 50,
  fieldsMax: 2_000,
} as const satisfies Partial<DocumentLimits>;

/** A limit that a document goes beyond. */
export interface LimitViolation {
  readonly limit:
    'tokens' | 'depth' | 'introspectionDepth' | 'aliases' | 'rootFields' | 'directives' | 'directivesPerPlace' | 'fragments' | 'fields';
  /** What was found; where counting stopped early, the least that it is. */
  readonly value: number;
  readonly max: number;
}

/** Selection sets inside each other, where the walk stops: far beyond any depth limit, far below the stack's end. */
const NESTING_MAX = 256;

/** Where counting stops. */
const COUNT_CEILING = 1_000_000_000;

/** Of one selection set, fragments followed. */
interface Extent {
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly fields: number;
  /** Fields of the set itself, not of the sets below it. */
  readonly ownFields: number;
}

const NOTHING: Extent = { depth: 0, introspectionDepth: 0, fields: 0, ownFields: 0 };

/** What Apollo's `parseOptions` (and graphql-js' `parse`) need in order to stop reading an endless document. */
export function parseOptionsOf(limits: Pick<DocumentLimits, 'tokensMax'>): { maxTokens: number } {
  return { maxTokens: limits.tokensMax };
}

/** The failure behind a parser's error that said "too many tokens"; `undefined` when it said something else. */
export function tokenLimitFailure(message: string): Failure | undefined {
  // graphql-js marks this error by its text alone; the spec beside this file fails when the text changes.
  const max = /^Syntax Error: Document contains more tha[nt] (\d+) tokens/.exec(message)?.[1];
  return max === undefined ? undefined : tooComplex({ limit: 'tokens', value: Number(max) + 1, max: Number(max) });
}

export function tooComplex({ limit, value, max }: { readonly limit: string; readonly value: number; readonly max: number }): Failure {
  return new Failure('QUERY_TOO_COMPLEX', `The document goes beyond the limit of ${limit}: ${value}, at most ${max}.`, {
    limit,
    value,
    max,
  });
}

/**
 * The limits as a validation rule, for Apollo's `validationRules`. Each violation becomes an error whose `originalError` is
 * a `Failure` QUERY_TOO_COMPLEX {limit, value, max}: Apollo puts its own code over it, masking takes the failure's.
 */
export function documentLimitRule(limits: DocumentLimits): ValidationRule {
  return (context) => ({
    Document: {
      enter(document) {
        for (const violation of documentViolations(document, limits)) {
          const failure = tooComplex(violation);
          context.reportError(new GraphQLError(failure.message, { originalError: failure }));
        }
      },
    },
  });
}

/** Every limit of shape that the document goes beyond (tokens are counted by the parser). Takes time linear in its text. */
export function documentViolations(document: DocumentNode, limits: DocumentLimits): LimitViolation[] {
  const shape = new DocumentWalk(document).shape();
  const found: readonly LimitViolation[] = [
    { limit: 'depth', value: shape.depth, max: limits.depthMax },
    { limit: 'introspectionDepth', value: shape.introspectionDepth, max: limits.introspectionDepthMax },
    { limit: 'aliases', value: shape.aliases, max: limits.aliasesMax },
    { limit: 'rootFields', value: shape.rootFields, max: limits.rootFieldsMax },
    { limit: 'directives', value: shape.directives, max: limits.directivesMax },
    { limit: 'directivesPerPlace', value: shape.directivesPerPlace, max: limits.directivesPerPlaceMax },
    { limit: 'fragments', value: shape.fragments, max: limits.fragmentsMax },
    { limit: 'fields', value: shape.fields, max: limits.fieldsMax },
  ];
  return found.filter(({ value, max }) => value > max);
}

/** The fields of a document, those of a fragment at each place that spreads it: as many as a compiled query has code for. */
export function countFields(document: DocumentNode): number {
  return new DocumentWalk(document).shape().fields;
}

/** One walk over a document. Each fragment is measured once, so that it takes linear time whatever is spread where. */
class DocumentWalk {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly extents = new Map<FragmentDefinitionNode, Extent>();
  private aliases = 0;
  private directives = 0;
  private directivesPerPlace = 0;

  public constructor(private readonly document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  public shape(): Record<LimitViolation['limit'], number> {
    const shape = { tokens: 0, depth: 0, introspectionDepth: 0, rootFields: 0, fields: 0 };
    let fragments = 0;
    for (const definition of this.document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        fragments += 1;
        this.fragment(definition, 0);
      } else if (definition.kind === Kind.OPERATION_DEFINITION) {
        this.countDirectives(definition.directives);
        for (const variable of definition.variableDefinitions ?? []) this.countDirectives(variable.directives);
        const extent = this.selections(definition.selectionSet, 0);
        shape.depth = Math.max(shape.depth, extent.depth);
        shape.introspectionDepth = Math.max(shape.introspectionDepth, extent.introspectionDepth);
        shape.rootFields = Math.max(shape.rootFields, extent.ownFields);
        shape.fields = add(shape.fields, extent.fields);
      }
    }
    const { aliases, directives, directivesPerPlace } = this;
    return { ...shape, aliases, directives, directivesPerPlace, fragments };
  }

  private fragment(fragment: FragmentDefinitionNode, nesting: number): Extent {
    const known = this.extents.get(fragment);
    if (known !== undefined) return known;
    this.extents.set(fragment, NOTHING); // what a circular fragment finds of itself; validation refuses the circle
    this.countDirectives(fragment.directives);
    const extent = this.selections(fragment.selectionSet, nesting);
    this.extents.set(fragment, extent);
    return extent;
  }

  private selections(set: SelectionSetNode, nesting: number): Extent {
    if (nesting > NESTING_MAX) return { ...NOTHING, depth: NESTING_MAX };
    let { depth, introspectionDepth, fields, ownFields } = NOTHING;
    for (const selection of set.selections) {
      this.countDirectives(selection.directives);
      let extent: Extent;
      if (selection.kind === Kind.FIELD) {
        extent = this.field(selection, nesting);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        extent = this.selections(selection.selectionSet, nesting + 1);
      } else {
        const fragment = this.fragments.get(selection.name.value);
        extent = fragment === undefined ? NOTHING : this.fragment(fragment, nesting + 1);
      }
      depth = Math.max(depth, extent.depth);
      introspectionDepth = Math.max(introspectionDepth, extent.introspectionDepth);
      fields = add(fields, extent.fields);
      ownFields = add(ownFields, extent.ownFields);
    }
    return { depth, introspectionDepth, fields, ownFields };
  }

  private field(field: FieldNode, nesting: number): Extent {
    if (field.alias !== undefined) this.aliases += 1;
    const below = field.selectionSet === undefined ? NOTHING : this.selections(field.selectionSet, nesting + 1);
    const fields = add(below.fields, 1);
    const introspects = field.name.value === '__schema' || field.name.value === '__type';
    return introspects
      ? { depth: 1, introspectionDepth: Math.max(below.depth, below.introspectionDepth) + 1, fields, ownFields: 1 }
      : { depth: below.depth + 1, introspectionDepth: below.introspectionDepth, fields, ownFields: 1 };
  }

  private countDirectives(directives: readonly DirectiveNode[] | undefined): void {
    if (directives === undefined) return;
    this.directives += directives.length;
    this.directivesPerPlace = Math.max(this.directivesPerPlace, directives.length);
  }
}

function add(count: number, more: number): number {
  return Math.min(count + more, COUNT_CEILING);
}
