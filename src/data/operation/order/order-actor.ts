/** Who asked for it: a member of staff or a partner's client by the published id, or a part of the program by its name. */
export type ActorKind = 'STAFF' | 'PARTNER' | 'SYSTEM';

export interface OrderActor {
  readonly kind: ActorKind;
  readonly id: string;
}
