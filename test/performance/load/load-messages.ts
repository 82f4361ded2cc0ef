import type { SparseCounts } from './latency-histogram';

/** Where requests go, and their text: `head` of the client, then `tail` of the key. Both are complete HTTP/1.1 together. */
export interface Target {
  readonly port: number;
  /** One for each client, or one for all. */
  readonly heads: readonly string[];
  /** One for each key; each request takes one at random. */
  readonly tails: readonly string[];
}

/** Each client asks again as soon as it has its answer. */
export interface ClosedLoop {
  readonly kind: 'closed';
  readonly target: string;
  readonly clients: number;
  /** Before anything counts. */
  readonly rampSeconds: number;
  readonly seconds: number;
  /** Whether the connections are closed at the end; else the next run finds them open. */
  readonly disconnect: boolean;
}

/** Requests arrive on a fixed schedule, whether or not those before are answered; latency counts from the scheduled time. */
export interface OpenLoop {
  readonly kind: 'open';
  readonly target: string;
  /** Connections; a request that finds none free waits, and its latency says so. */
  readonly clients: number;
  readonly perSecond: number;
  readonly seconds: number;
}

/** One request of a unit of work. Its variables may hold `{{name}}`: a value of the unit, or captured from an earlier answer. */
export interface UnitStep {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What later steps need of the answer, by the path inside `data`. */
  readonly capture: Readonly<Record<string, readonly string[]>>;
  /** What captured values must be, or the unit is not what it should be. */
  readonly expected?: Readonly<Record<string, string>>;
}

/** Each client does one unit of work after another, its steps in turn, until the time is over or no unit is left. */
export interface UnitLoop {
  readonly kind: 'units';
  readonly target: string;
  readonly clients: number;
  readonly seconds: number;
  readonly steps: readonly UnitStep[];
  /** The values of each unit; no unit is done twice. */
  readonly units: readonly Readonly<Record<string, string>>[];
}

export interface UnitResult {
  readonly units: number;
  readonly seconds: number;
  readonly latency: SparseCounts;
  /** What was captured of each unit that was done. */
  readonly captured: readonly Readonly<Record<string, string>>[];
  readonly failure: string | null;
}

export type LoadCommand = { readonly kind: 'target'; readonly name: string; readonly target: Target } | ClosedLoop | OpenLoop | UnitLoop;

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly bodyBytes: number;
  readonly latency: SparseCounts;
  /** What was wrong with the first bad answer; the run ends with it. */
  readonly failure: string | null;
}

export interface LoadRequest {
  readonly id: number;
  readonly command: LoadCommand;
}

export interface LoadReply {
  readonly id: number;
  readonly result?: LoadResult | UnitResult;
  readonly error?: string;
}
