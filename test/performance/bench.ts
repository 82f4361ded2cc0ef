import type { Stage } from './stage';

/** One line of the result: what was measured, and beside what. */
export interface BenchLine {
  readonly bench: string;
  /** Null: the run is void. */
  readonly figure: number | null;
  readonly unit: string;
  readonly reference: string;
  readonly referenceFigure: number | null;
  /** figure ÷ reference: what counts. */
  readonly ratio: number | null;
  readonly conditions: Readonly<Record<string, unknown>>;
}

export interface Bench {
  readonly name: string;
  readonly unit: string;
  readonly reference: string;
  /** What it needs of the data beside what all need. */
  readonly needs: { readonly standby: boolean; readonly history: number };
  run(stage: Stage): Promise<Pick<BenchLine, 'figure' | 'referenceFigure' | 'ratio' | 'conditions'>>;
}

/** How much is measured. A small run shows that a bench works; its figures say nothing. */
export interface Scale {
  readonly small: boolean;
  readonly customers: number;
  readonly warmUpSeconds: number;
  readonly pairSeconds: number;
  readonly pairs: number;
  readonly terminals: number;
  readonly keys: number;
  readonly compared: number;
  /** Requests of the isolation bench, on each side. */
  readonly isolationSamples: number;
}

export const FULL: Scale = {
  small: false, customers: 100_000, warmUpSeconds: 5, pairSeconds: 8, pairs: 5, terminals: 5_000, keys: 20_000, compared: 1_000,
  isolationSamples: 50_000,
}; // prettier-ignore

export const SMALL: Scale = {
  small: true, customers: 2_000, warmUpSeconds: 0.5, pairSeconds: 1, pairs: 2, terminals: 200, keys: 1_000, compared: 100,
  isolationSamples: 600,
}; // prettier-ignore

/** As many connections to the primary for the product as for the reference. */
export const POOL_SIZE = 20;

/** Clients of the request benches. */
export const CLIENTS = 32;
