/** The states of a work order: those of a TMF701 task flow that it needs. */
export const WORK_ORDER_STATES = ['new', 'active', 'completed', 'cancelled'] as const;
export type WorkOrderState = (typeof WORK_ORDER_STATES)[number];
