import { selectPaymentRelations } from '../../component/subscriber';
import type { Instant } from '../../../kernel/clock';
import { newId, type Id } from '../../../kernel/id';
import type { Stage } from './stage';
import type { Handle } from './written/handle';

/** The priority of a payment relation that names none. */
export const RELATION_PRIORITY = 100;

export interface WrittenRelation {
  readonly subscriber: Handle<'subscriber'>;
  readonly account: Handle<'account'>;
  readonly chargeGroup: string | null;
  /** When it holds. */
  readonly at: Instant | null;
}

/** The payment relation by which an account pays for a charge group at a time: a file names it by these, since it gets another id when it changes. */
export async function relationIdOf(stage: Stage, { subscriber, account, chargeGroup, at }: WrittenRelation): Promise<Id<'fact'>> {
  const then = { validAt: at ?? stage.clock.now(), knownAt: null };
  const relations = await selectPaymentRelations(stage.context, [stage.idOf(subscriber)], then);
  const accountId = stage.idOf(account);
  const relation = relations.find((one) => !one.isDefault && one.accountId === accountId && one.chargeGroup === chargeGroup);
  // One that nobody has, where there is none: what is refused then is the use case's to say.
  return relation?.id ?? newId('fact');
}
