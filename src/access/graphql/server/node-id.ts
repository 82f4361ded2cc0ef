import { Field, ID, InterfaceType } from 'type-graphql';
import { Failure } from '../../../kernel/failure';
import { ID_PREFIXES, decodeId, type Id, type IdKind } from '../../../kernel/id';

@InterfaceType({
  description: 'Whatever has an id by which `node` finds it again (Relay).',
  // One process serves several contracts: each has those implementations that its own resolvers reach.
  autoRegisterImplementations: false,
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque, typed by its prefix, never used again for another object.' })
  public readonly id!: string;
}

/**
 * Reads an id from outside.
 * @throws Failure BAD_USER_INPUT when it is malformed, or names another kind of object
 */
export function readId<Kind extends IdKind>(kind: Kind, text: string, field = 'id'): Id<Kind> {
  const id = decodeId(kind, text);
  if (id === undefined) throw new Failure('BAD_USER_INPUT', `${field} is not an id that begins with ${ID_PREFIXES[kind]}_.`, { field });
  return id;
}

/** As {@link readId}, for an argument that may be absent. */
export function readOptionalId<Kind extends IdKind>(kind: Kind, text: string | null | undefined, field = 'id'): Id<Kind> | undefined {
  return text === null || text === undefined ? undefined : readId(kind, text, field);
}
