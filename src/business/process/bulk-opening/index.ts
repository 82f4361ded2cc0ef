export { BATCH_MAX, openParties, writeParties, type Opened } from './open-parties';
export type { BulkOpeningRefusal, Parties, PartyNoun, PartyProblem } from './parties';
export { partyProblems } from './party-problems';
