export type { MaintenanceBatch, MaintenanceTask } from './maintenance-task';
export { rebuildPartySummary } from './rebuild-party-summary';
export { startMaintenance, type Maintenance, type MaintenanceHooks } from './run-maintenance';
export { engineTasks, standingTasks, type Retention } from './standing-tasks';
