import { selectWorkOrdersOfOrders, type WorkOrderChange } from '../../component/order';
import { newId } from '../../../kernel/id';
import type { Stage } from './stage';
import type { Handle } from './written/handle';

export interface WrittenWork {
  readonly order: Handle<'order'>;
  /** The item whose step it is, from 1. */
  readonly item: number;
}

/** The latest work order of an item: a file names it by these. One that nobody has, where there is none: the use case says so. */
export async function workOfOrder(stage: Stage, { order, item }: WrittenWork): Promise<WorkOrderChange> {
  const work = (await selectWorkOrdersOfOrders(stage.context, [stage.idOf(order)])).filter(({ itemNo }) => itemNo === item).at(-1);
  return { workOrderId: work?.id ?? newId('workOrder'), expectedVersion: work?.version ?? 0 };
}
