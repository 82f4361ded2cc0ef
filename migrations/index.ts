import { Foundation0001 } from './0001-foundation';
import { PartySummary0002 } from './0002-party-summary';
import { PartyImport0003 } from './0003-party-import';
import { DurableEngine0004 } from './0004-durable-engine';

/** Every migration, in order. */
export const migrations = [Foundation0001, PartySummary0002, PartyImport0003, DurableEngine0004] as const;
