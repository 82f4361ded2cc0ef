import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { findingAt, nodeRule, nodesOf, type Finding, type SourceFile, type SourceRule, type SourceTree } from './source-tree';

/** A rule on the text of single lines. The rules themselves, and the examples that break them, are in this folder. */
function lineRule(name: string, why: string, files: RegExp, what: (line: string, file: SourceFile) => string | undefined): SourceRule {
  return {
    name,
    why,
    check: (tree) =>
      tree.files
        .filter(({ path }) => files.test(path) && !path.startsWith('test/architecture/'))
        .flatMap((file) =>
          file.text.split('\n').flatMap((line, place): Finding[] => {
            const found = what(line, file);
            return found === undefined ? [] : [{ path: file.path, line: place + 1, what: found }];
          }),
        ),
  };
}

const WRITTEN_BY_US = /^(?!package-lock\.json$|schema\/)(?!.*\.(?:csv|jsonl|png|svg|ico|woff2|snap)$)/;

const SECRETS = [
  /\bAKIA[0-9A-Z]{16}\b/,
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\b[sr]k_live_[A-Za-z0-9]{16,}/,
  /\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\./,
  /\$argon2id?\$v=\d+\$[^'"`\s$]+\$[A-Za-z0-9+/]{16,}\$/,
  /(?:secret|token|password|api_?key)['"]?\s*[:=]\s*['"`][A-Za-z0-9+/_=-]{32,}['"`]/i,
];

const secrets = lineRule('no-secret', 'what is committed is known to everybody', WRITTEN_BY_US, (line) => {
  const found = SECRETS.find((pattern) => pattern.test(line));
  return found?.exec(line)?.[0].slice(0, 12);
});

const machinePaths = lineRule(
  'no-machine-path',
  'the program runs on other machines than ours',
  WRITTEN_BY_US,
  (line) => /(?<![\w.$}~-])\/(?:work|home|Users)\/[\w.]*/.exec(line)?.[0],
);

const laterWords = lineRule(
  'nothing-for-later',
  'what is not done is an issue, not a comment',
  WRITTEN_BY_US,
  (line) => /\b(?:TODO|FIXME|HACK)\b/.exec(line)?.[0],
);

const LINE_LENGTH_MAX = 160;

const lineLength = lineRule(
  'line-length',
  `a line is at most ${LINE_LENGTH_MAX} characters, but for rows of tables`,
  /(?:\.(?:ts|mjs|cjs|md|ya?ml|sh|cfg|service)|^\.ci\/run)$/,
  (line, { path }) =>
    [...line].length > LINE_LENGTH_MAX && !(path.endsWith('.md') && line.trimStart().startsWith('|'))
      ? `${[...line].length} characters`
      : undefined,
);

const TESTS = /^(?:src|test)\/.*\.(?:spec|test)\.ts$/;

const focusedTests = nodeRule('no-focused-test', 'one test run alone is all the others not run', TESTS, (node) => {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'only' && /^(?:it|test|describe)\b/.test(node.getText()))
    return node.getText();
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && /^(?:fit|fdescribe)$/.test(node.expression.text)
    ? node.expression.text
    : undefined;
});

/** A test is left out only where its machine lacks something, by a condition, under a name that says what it needs. */
const skippedTests: SourceRule = {
  name: 'no-silent-skip',
  why: 'what is skipped says so, and what it needs, in its name: “… (skipped: needs redis-server …)”',
  check: (tree) =>
    tree.scripts(TESTS).flatMap((file) =>
      [...nodesOf(file)].flatMap((node) => {
        if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && /^(?:xit|xtest|xdescribe)$/.test(node.expression.text))
          return [findingAt(file, node, node.expression.text)];
        if (!ts.isPropertyAccessExpression(node) || !/^(?:it|test|describe)\.(?:skip|todo)$/.test(node.getText())) return [];
        const byCondition = ts.isConditionalExpression(node.parent) && node.parent.condition !== node;
        const says = /\(skipped: needs /.test(file.text);
        return byCondition && says
          ? []
          : [findingAt(file, node, byCondition ? `${node.getText()}, whose name does not say what it needs` : node.getText())];
      }),
    ),
};

const MIGRATION = /^migrations\/(\d{4})-[a-z0-9-]+\.ts$/;

const migrationsListed: SourceRule = {
  name: 'migrations-listed',
  why: 'a migration is numbered, says what it does to a running system, and stands in the list in the order of its number',
  check(tree) {
    const files = tree.files.filter(({ path }) => MIGRATION.test(path));
    const strays = tree.files.filter(
      ({ path }) => path.startsWith('migrations/') && path.endsWith('.ts') && path !== 'migrations/index.ts' && !MIGRATION.test(path),
    );
    const numbers = files.map(({ path }) => (MIGRATION.exec(path) as RegExpExecArray)[1]);
    const classes = files.map(({ text }) => /export class (\w+)/.exec(text)?.[1] ?? '');
    const listed = listOfMigrations(tree);
    return [
      ...strays.map(({ path }) => ({ path, line: 0, what: 'not numbered' })),
      ...files
        .filter((_, place) => numbers.indexOf(numbers[place]) !== place)
        .map(({ path }) => ({ path, line: 0, what: 'its number is taken' })),
      ...files
        .filter(({ text }) => !/\bOn a running system\b/.test(text))
        .map(({ path }) => ({ path, line: 0, what: 'does not say “On a running system: …”' })),
      ...(listed.join() === classes.join()
        ? []
        : [{ path: 'migrations/index.ts', line: 0, what: `lists ${listed.join(', ')}; there are ${classes.join(', ')}` }]),
    ];
  },
};

function listOfMigrations(tree: SourceTree): string[] {
  const [index] = tree.scripts(/^migrations\/index\.ts$/);
  const list = index === undefined ? undefined : [...nodesOf(index)].find(ts.isArrayLiteralExpression);
  return list?.elements.map((element) => element.getText()) ?? [];
}

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const lockfile: SourceRule = {
  name: 'lockfile-of-the-registry',
  why: 'every package comes from the public registry, and is checked',
  check: (tree) =>
    tree.files
      .filter(({ path }) => path === 'package-lock.json')
      .flatMap(({ path, text }) =>
        Object.entries((JSON.parse(text) as Lockfile).packages).flatMap(([name, { resolved, integrity, inBundle }]) => {
          if (name === '' || inBundle === true) return [];
          if (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))
            return [{ path, line: 0, what: `${name} from ${resolved}` }];
          return integrity === undefined ? [{ path, line: 0, what: `${name} without integrity` }] : [];
        }),
      ),
};

const pinned: SourceRule = {
  name: 'pinned-versions',
  why: 'the versions were measured together; another is a change of its own',
  check: (tree) =>
    tree.files
      .filter(({ path }) => path === 'package.json')
      .flatMap(({ path, text }) => {
        const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
        const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
          ([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version),
        );
        return loose.map(([name, version]) => ({ path, line: 0, what: `${name} ${version}` }));
      }),
};

const installScripts: SourceRule = {
  name: 'install-scripts-approved',
  why: 'npm runs the install script of a package only where package.json says that it may (allowScripts): elsewhere the package stays half installed',
  check(tree) {
    const textOf = (path: string): string => tree.files.find((file) => file.path === path)?.text ?? '{}';
    const { packages = {} } = JSON.parse(textOf('package-lock.json')) as Partial<Lockfile>;
    const { allowScripts = {} } = JSON.parse(textOf('package.json')) as { readonly allowScripts?: Readonly<Record<string, boolean>> };
    const names = Object.entries(packages).flatMap(([path, { hasInstallScript }]) =>
      hasInstallScript === true ? [path.replace(/^.*node_modules\//, '')] : [],
    );
    return [...new Set(names)]
      .filter((name) => allowScripts[name] === undefined)
      .map((name) => ({ path: 'package.json', line: 0, what: name }));
  },
};

/** `src/x/y.ts`, `test/scenario/`: a path in the words of a document. Patterns and placeholders are not looked up. */
const MENTIONED = /`((?:src|test|migrations|deploy|schema|\.ci)\/[\w./-]*)`|\]\((?!https?:|mailto:|#)([^)#\s]+)/g;

const documents: SourceRule = {
  name: 'documents-name-what-exists',
  why: 'a reader follows a path once',
  check(tree) {
    const known = new Set(tree.files.flatMap(({ path }) => path.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/'))));
    return tree.files
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(MENTIONED)].flatMap((mention) => {
          const [, fromRoot, fromHere] = mention;
          const target = fromRoot ?? join(path, '..', fromHere as string);
          const line = text.slice(0, mention.index).split('\n').length;
          return known.has(target.replace(/\/$/, '')) ? [] : [{ path, line, what: `${target} does not exist` }];
        }),
      );
  },
};

const executable: SourceRule = {
  name: 'ci-runs',
  why: 'continuous integration is one script',
  check(tree) {
    if (!tree.has('.ci/run')) return [{ path: '.ci/run', line: 0, what: 'missing' }];
    try {
      accessSync(join(tree.root, '.ci/run'), constants.X_OK);
      return [];
    } catch {
      return [{ path: '.ci/run', line: 0, what: 'not executable' }];
    }
  },
};

/** What a look over the whole repository would see. */
export const REPOSITORY_RULES: readonly SourceRule[] = [
  secrets, machinePaths, laterWords, lineLength, focusedTests, skippedTests, migrationsListed, lockfile, installScripts, pinned, documents, executable,
]; // prettier-ignore
