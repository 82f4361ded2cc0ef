import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportRule } from './import-rules';

export interface ForbiddenImport {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
  /** Of a cycle, the way from `to` back to `from`. */
  readonly round: readonly string[];
}

interface CruiseOutput {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
      readonly cycle?: readonly { readonly name: string }[];
    }[];
  };
}

/** dependency-cruiser is an ES module only, which Jest cannot load: its command line is run instead. */
const CRUISER = join(__dirname, '../../node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Follows every import of a tree (of types too) and tells those that break a rule. */
export function cruise(root: string, rules: readonly ImportRule[]): { modules: number; forbidden: ForbiddenImport[] } {
  const directory = mkdtempSync(join(tmpdir(), 'sanhu-cruise-'));
  try {
    const config = join(directory, 'config.json');
    const output = join(directory, 'output.json');
    writeFileSync(config, JSON.stringify({ forbidden: rules, options: CRUISE_OPTIONS }));
    const options = ['--config', config, '--output-type', 'json', '--output-to', output];
    try {
      execFileSync(process.execPath, [CRUISER, ...options, 'src', 'migrations', 'ormconfig.ts'], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    } catch (error) {
      // It exits with the number of violations; without an output it has failed.
      if (!isReadable(output)) throw error;
    }
    const { summary } = JSON.parse(readFileSync(output, 'utf8')) as CruiseOutput;
    const forbidden = summary.violations.map(({ rule, from, to, cycle = [] }) => ({
      rule: rule.name,
      from,
      to,
      round: cycle.slice(1).map(({ name }) => name),
    }));
    return { modules: summary.totalCruised, forbidden };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const CRUISE_OPTIONS = {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '^dist/' },
  tsPreCompilationDeps: true,
  tsConfig: { fileName: 'tsconfig.json' },
  enhancedResolveOptions: {
    exportsFields: ['exports'],
    conditionNames: ['require', 'node', 'import', 'types', 'default'],
    mainFields: ['main', 'types'],
  },
} as const;

function isReadable(file: string): boolean {
  try {
    return readFileSync(file).length > 0;
  } catch {
    return false;
  }
}
