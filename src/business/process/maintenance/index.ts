export type { MaintenanceBatch, MaintenanceTask } from './maintenance-task';
export { rebuildPartySummary } from './rebuild-party-summary';
export { startMaintenance, type Maintenance, type MaintenanceHooks } from './run-maintenance';
export { INITIAL_RETENTION, engineTasks, standingTasks, type Retention } from './standing-tasks';
