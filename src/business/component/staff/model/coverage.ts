import type { Permission, Scope } from '../../../../kernel/scope';

/** A node and lines of business at which a permission would hold. */
export interface Place {
  /** The node's id and those of all above it. */
  readonly ancestors: ReadonlySet<string>;
  /** Codes of service types; null: every line, those to come included. */
  readonly lines: readonly string[] | null;
}

/**
 * Whether the caller himself holds a permission at a place, for all of its lines: what he may hand on to others. Grants
 * for different lines add up; however many there are, they are never every line.
 */
export function covers(scope: Scope, permission: Permission, { ancestors, lines }: Place): boolean {
  if (scope.system) return true;
  const here = scope.grantsOf(permission).filter((grant) => grant.nodes.some((node) => ancestors.has(node)));
  if (here.some((grant) => grant.lines === 'ALL')) return true;
  return lines !== null && lines.length > 0 && lines.every((line) => here.some((grant) => grant.lines.includes(line)));
}

/** Those of the permissions that the caller does not hold at every one of the places. */
export function exceeding(scope: Scope, permissions: Iterable<Permission>, places: readonly Place[]): Permission[] {
  return [...permissions].filter((permission) => !places.every((place) => covers(scope, permission, place)));
}
