export { seedDemonstration, type Demonstration, type DemonstrationRequest } from './seed-demonstration';
