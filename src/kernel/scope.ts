/** `noun:verb`. The closed list is the staff component's. */
export type Permission = `${string}:${string}`;

/** Where and for which lines of business a permission holds. */
export interface Grant {
  /** Organisation nodes; the permission holds at each and below it. */
  readonly nodes: readonly string[];
  /** Codes of service types, or every one. */
  readonly lines: readonly string[] | 'ALL';
}

/**
 * What the caller may see and do. Authentication makes it; every read of a scoped table takes it first.
 * Only `systemScope` sees everything, and it is made only in processes and the command line.
 */
export class Scope {
  private constructor(
    private readonly grants: ReadonlyMap<Permission, readonly Grant[]>,
    public readonly system: boolean,
  ) {}

  /**
   * A scope from single grants: grants of one permission with the same lines are joined, so that the SQL predicate
   * (and with it the prepared statement) keeps one form for nearly every caller.
   */
  public static of(grants: Iterable<{ permission: Permission; node: string; lines: readonly string[] | null }>): Scope {
    const joined = new Map<Permission, Map<string, { nodes: string[]; lines: readonly string[] | 'ALL' }>>();
    for (const { permission, node, lines } of grants) {
      const ofPermission = joined.get(permission) ?? new Map<string, { nodes: string[]; lines: readonly string[] | 'ALL' }>();
      joined.set(permission, ofPermission);
      const key = lines === null ? '*' : [...lines].sort().join(' ');
      const grant = ofPermission.get(key) ?? { nodes: [], lines: lines === null ? 'ALL' : [...lines].sort() };
      ofPermission.set(key, grant);
      if (!grant.nodes.includes(node)) grant.nodes.push(node);
    }
    return new Scope(new Map([...joined].map(([permission, byLines]) => [permission, [...byLines.values()]])), false);
  }

  /** Nobody in particular: holds no permission. */
  public static readonly none: Scope = new Scope(new Map(), false);

  /** Sees and does everything. Import `systemScope` instead: lint counts its uses. */
  public static makeSystem(): Scope {
    return new Scope(new Map(), true);
  }

  /** Whether the caller holds the permission anywhere at all. */
  public permits(permission: Permission): boolean {
    return this.system || this.grants.has(permission);
  }

  public grantsOf(permission: Permission): readonly Grant[] {
    return this.grants.get(permission) ?? [];
  }

  public permissions(): readonly Permission[] {
    return [...this.grants.keys()].sort();
  }
}

/** For processes and the command line only (enforced by the architecture test). */
export const systemScope: Scope = Scope.makeSystem();
