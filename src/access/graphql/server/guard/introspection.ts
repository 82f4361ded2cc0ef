import { BREAK, visit, type DocumentNode } from 'graphql';
import { Failure } from '../../../../kernel/failure';
import type { Permission, Scope } from '../../../../kernel/scope';

/** Lets a caller read the contract through the API. */
export const INTROSPECTION_PERMISSION: Permission = 'schema:introspect';

const introspective = new WeakMap<DocumentNode, boolean>();

/**
 * Refuses `__schema` and `__type` to callers that may not introspect; `__typename` is free. It is asked for each request, and
 * is no validation rule, since Apollo keeps the outcome of validation for all callers; only what the document asks is kept.
 * @throws Failure FORBIDDEN {permission}
 */
export function checkIntrospection(document: DocumentNode, scope: Scope): void {
  if (!usesIntrospection(document) || scope.permits(INTROSPECTION_PERMISSION)) return;
  throw new Failure('FORBIDDEN', `Introspection needs the permission ${INTROSPECTION_PERMISSION}.`, {
    permission: INTROSPECTION_PERMISSION,
  });
}

/** Whether any operation or fragment of the document asks for `__schema` or `__type`. */
export function usesIntrospection(document: DocumentNode): boolean {
  const known = introspective.get(document);
  if (known !== undefined) return known;
  let found = false;
  visit(document, {
    Field(field) {
      found = field.name.value === '__schema' || field.name.value === '__type';
      return found ? BREAK : undefined;
    },
  });
  introspective.set(document, found);
  return found;
}
