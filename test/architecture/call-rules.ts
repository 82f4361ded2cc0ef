import ts from 'typescript';
import { nodeRule, type SourceRule } from './source-tree';

const PROGRAM = '(?:src/|migrations/|ormconfig\\.ts$)';
const all = (...rejected: string[]): RegExp => new RegExp(`^(?!${rejected.join('|')})${PROGRAM}`);

/** `a.b` as text, whatever `a` is. */
function memberOf(node: ts.Node): string | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const owner = ts.isPropertyAccessExpression(node.expression) ? node.expression.name : node.expression;
  return ts.isIdentifier(owner) ? `${owner.text}.${node.name.text}` : undefined;
}

const MACHINE_TIME = new Set(['Date.now', 'Math.random', 'Temporal.Now']);

const clock = nodeRule(
  'clock-in-kernel',
  'the clock is passed in, so that months of business can be played in a test',
  all('src/kernel/'),
  (node) => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date') return 'new Date(';
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date') return 'Date()';
    const member = memberOf(node);
    return member !== undefined && MACHINE_TIME.has(member) ? member : undefined;
  },
);

const systemScope = nodeRule(
  'system-scope-in-processes',
  'who sees everything is made only in processes and the command line',
  // Two hold an owner's row whatever the caller may see of it: what they read is never answered.
  /^src\/(?!kernel\/scope\.ts$|business\/process\/|access\/cli\/|wiring\/|business\/component\/(?:account\/account-and-owner-to-change|customer\/hold-names)\.ts$)(?!.*\.spec\.ts$)/,
  (node) => (ts.isIdentifier(node) && (node.text === 'systemScope' || node.text === 'makeSystem') ? node.text : undefined),
);

const decorators = nodeRule(
  'no-deciding-decorators',
  '@Authorized fails open on simple resolvers; one global middleware makes every field five times dearer',
  /./,
  (node) => (ts.isIdentifier(node) && (node.text === 'Authorized' || node.text === 'globalMiddlewares') ? node.text : undefined),
);

const STATEMENT = /^\s*(?:SELECT\s|INSERT\s+INTO\s|UPDATE\s+[\w".]+\s+(?:AS\s+\w+\s+)?SET\s|DELETE\s+FROM\s|WITH\s+\w+\s+AS\s*\()/;

const sql = nodeRule('sql-in-data', 'SQL is visible, and in one layer', /^src\/(?!data\/)(?!.*\.spec\.ts$)/, (node) => {
  if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag) && node.tag.text === 'sql') return 'sql`…`';
  const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) ? node.text : undefined;
  return text !== undefined && STATEMENT.test(text) ? text.trim().slice(0, 30) : undefined;
});

const transaction = nodeRule(
  'transaction-in-execute',
  // Upkeep has no caller: neither a scope nor an idempotency key that `execute` could ask for.
  'use cases and processes receive the unit of work and never open one; only the upkeep of the database does',
  /^src\/(?!data\/|business\/execute\.ts$|business\/process\/maintenance\/)(?!.*\.spec\.ts$)/,
  (node) =>
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    // A step of a workflow is handed its transaction by the engine.
    !(ts.isIdentifier(node.expression.expression) && node.expression.expression.text === 'step') &&
    /^(?:transaction|startTransaction)$/.test(node.expression.name.text)
      ? `.${node.expression.name.text}(`
      : undefined,
);

const environment = nodeRule(
  'environment-in-config',
  'every parameter is typed, validated and listed; where programs are found (PATH) is no parameter',
  /^src\/(?!config\/|main\.ts$|wiring\/)(?!.*\.spec\.ts$)/,
  (node) =>
    memberOf(node) === 'process.env' && !/^process\.env(?:\['PATH'\]|\.PATH)$/.test(node.parent.getText()) ? 'process.env' : undefined,
);

const INPUT_AND_OUTPUT = new Set(['process', 'console', 'fetch', 'require', 'setTimeout', 'setInterval', 'WebSocket']);

const kernelInputOutput = nodeRule('kernel-without-io', 'kernel does no input or output', /^src\/kernel\/(?!.*\.spec\.ts$)/, (node) =>
  ts.isIdentifier(node) && INPUT_AND_OUTPUT.has(node.text) && !isOwnName(node) ? node.text : undefined,
);

const modelAwaits = nodeRule(
  'model-never-waits',
  'model/ is pure',
  /^src\/business\/component\/[^/]+\/model\/(?!.*\.spec\.ts$)/,
  (node) => {
    if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
    return ts.isIdentifier(node) && node.text === 'Promise' ? 'Promise' : undefined;
  },
);

/** A name that is declared here, or a member of something else by that name. */
function isOwnName(node: ts.Identifier): boolean {
  return 'name' in node.parent && node.parent.name === node;
}

/** What may be called, and where. */
export const CALL_RULES: readonly SourceRule[] = [
  clock, systemScope, decorators, sql, transaction, environment, kernelInputOutput, modelAwaits,
]; // prettier-ignore
