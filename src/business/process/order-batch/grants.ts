import { z } from 'zod';
import { Scope, systemScope, type Permission } from '../../../kernel/scope';
import type { Json } from '../../../kernel/stable-json';

const KEPT = z.array(z.strictObject({ permission: z.string(), node: z.string(), lines: z.array(z.string()).nullable() }));

/** What a caller may do, to be kept until a worker does it in his name; null: he is the system. */
export function writeGrants(scope: Scope): Json {
  if (scope.system) return null;
  return scope
    .permissions()
    .flatMap((permission) =>
      scope
        .grantsOf(permission)
        .flatMap(({ nodes, lines }) => nodes.map((node) => ({ permission, node, lines: lines === 'ALL' ? null : lines }))),
    );
}

/** The scope of kept grants. @throws Error when they are not what this program keeps */
export function readGrants(grants: Json): Scope {
  if (grants === null) return systemScope;
  return Scope.of(KEPT.parse(grants).map((grant) => ({ ...grant, permission: grant.permission as Permission })));
}
