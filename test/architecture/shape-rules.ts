import ts from 'typescript';
import { COMPONENTS, DOMAIN_WORDS, LAYOUT, NEUTRAL_OPERATIONS, UNIT_OPERATIONS } from './nouns';
import { findingAt, nodesOf, nodeRule, type Finding, type SourceRule, type SourceTree } from './source-tree';

const whole = (path: string, what: string): Finding => ({ path, line: 0, what });

const FUNCTION_LINES_MAX = 70;

/** A suite of tests is a list, not a function that somebody has to hold in mind. */
function isSuite(node: ts.Node): boolean {
  const call = node.parent;
  return ts.isCallExpression(call) && /\bdescribe/.test(call.expression.getText());
}

const functionLength = nodeRule(
  'function-length',
  `a function is at most ${FUNCTION_LINES_MAX} lines`,
  /^src\/|^ormconfig\.ts$/, // a migration is one text of SQL, and a test's table is as long as what it lists
  (node, file) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined || isSuite(node)) return undefined;
    const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
    const lines = lineOf(node.getEnd()) - lineOf(node.getStart(file)) + 1;
    return lines > FUNCTION_LINES_MAX ? `${node.name?.getText(file) ?? 'a function'} has ${lines} lines` : undefined;
  },
);

const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const KINDS = /\.(?:entity|type|resolver|loader|input|spec|test|config)$/;
/** Names that others choose. */
const GIVEN = /^(?:README|CHANGELOG|LICENSE|Dockerfile|Containerfile|Makefile)(?:\.[a-z]+)?$/;

const kebabCase: SourceRule = {
  name: 'kebab-case',
  why: 'files and folders are kebab-case',
  check: (tree) =>
    tree.files
      .filter(({ path }) => /^(?:src|test|migrations)\//.test(path)) // the names in deploy/ are those that other programs look for
      .filter(({ path }) => {
        const parts = path.split('/');
        const file = parts.pop() as string;
        const stem = file.replace(/\.[a-z0-9]+$/, '').replace(KINDS, '');
        return !parts.every((part) => KEBAB.test(part)) || !(GIVEN.test(file) || file.startsWith('.') || KEBAB.test(stem));
      })
      .map(({ path }) => whole(path, 'not kebab-case')),
};

const EMPTY_WORDS = new Set([
  'util',
  'utils',
  'utility',
  'utilities',
  'helper',
  'helpers',
  'common',
  'misc',
  'miscellaneous',
  'manager',
  'managers',
]);

const tellingNames: SourceRule = {
  name: 'telling-names',
  why: 'a file is named for the one thing in it',
  check: (tree) =>
    tree.files
      .filter(({ path }) => /^(?:src|test|migrations|schema|deploy)\//.test(path))
      .flatMap(({ path }) => {
        const words = path.replace(/\.[a-z0-9.]+$/, '').split(/[/-]/);
        // 客户经理, who looks after a customer, is a word of the field.
        const ofTheField = /customer/.test(path) || /(?:assign|change|end)-manager/.test(path);
        const empty = words.filter((word) => EMPTY_WORDS.has(word) && !(word === 'manager' && ofTheField && !path.endsWith('/manager.ts')));
        return empty.map((word) => whole(path, word));
      }),
};

const layout: SourceRule = {
  name: 'layout',
  why: 'the folders of design.md §2, and nothing beside them',
  check: (tree) =>
    Object.entries(LAYOUT).flatMap(([folder, expected]) => {
      const inside = tree.files.filter(({ path }) => path.startsWith(folder)).map(({ path }) => path.slice(folder.length));
      const names = new Set(inside.map((path) => (path.includes('/') ? `${path.split('/')[0]}/` : path)));
      return [...names]
        .filter((name) => !expected.includes(name) && !name.startsWith('.') && !isContract(folder, name))
        .map((name) => whole(folder + name, 'not in the design'));
    }),
};

/** The files that list the nouns of one contract, and those that serve both. */
function isContract(folder: string, name: string): boolean {
  return folder === 'src/access/graphql/' && /-contract\.ts$|^contract\.ts$/.test(name);
}

const componentShape: SourceRule = {
  name: 'component-shape',
  why: 'a component has a README.md and one door, index.ts; so have processes and views the door',
  check: (tree) => [
    ...tree
      .foldersIn('src/business/component/')
      .flatMap((name) => missing(tree, `src/business/component/${name}`, ['README.md', 'index.ts'])),
    ...tree.foldersIn('src/business/process/').flatMap((name) => missing(tree, `src/business/process/${name}`, ['index.ts'])),
    ...tree.foldersIn('src/business/view/').flatMap((name) => missing(tree, `src/business/view/${name}`, ['index.ts'])),
  ],
};

function missing(tree: SourceTree, folder: string, files: readonly string[]): Finding[] {
  return files.filter((file) => !tree.has(`${folder}/${file}`)).map((file) => whole(`${folder}/${file}`, 'missing'));
}

const sameNames: SourceRule = {
  name: 'same-noun-in-every-layer',
  why: "a component stands in the ordered list, and a noun's folder has the same name in every layer",
  check(tree) {
    const processes = tree.foldersIn('src/business/process/');
    const views = tree.foldersIn('src/business/view/');
    const stray = (folder: string, known: readonly string[]): Finding[] =>
      tree
        .foldersIn(folder)
        .filter((name) => !known.includes(name))
        .map((name) => whole(folder + name, 'names no noun of business'));
    const neutral = [...Object.keys(NEUTRAL_OPERATIONS), ...Object.keys(UNIT_OPERATIONS)];
    return [
      ...stray('src/business/component/', COMPONENTS),
      ...stray('src/data/operation/', [...COMPONENTS, ...processes, ...neutral]),
      ...stray('src/data/view/', views),
      ...['staff', 'reporting', 'partner'].flatMap((contract) =>
        stray(`src/access/graphql/${contract}/`, [...COMPONENTS, ...processes, ...views]),
      ),
    ];
  },
};

const kernelWords: SourceRule = {
  name: 'kernel-without-domain-words',
  why: 'kernel says money, calendar, ids, results, scope, clock: a word of the field belongs to a component',
  check: (tree) =>
    tree
      .scripts(/^src\/kernel\//)
      .flatMap((file) => [
        ...domainWordsIn(file.fileName.slice('src/kernel/'.length)).map((word) => whole(file.fileName, word)),
        ...exportedNames(file).flatMap((name) => domainWordsIn(name.text).map((word) => findingAt(file, name, `${name.text}: ${word}`))),
      ]),
};

function domainWordsIn(name: string): string[] {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return DOMAIN_WORDS.filter((word) => words.includes(word) || words.includes(`${word}s`));
}

function exportedNames(file: ts.SourceFile): ts.Identifier[] {
  return file.statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement) || !ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const declared = ts.isVariableStatement(statement)
      ? [...statement.declarationList.declarations]
      : [statement as ts.DeclarationStatement];
    return declared.flatMap(({ name }) => (name !== undefined && ts.isIdentifier(name) ? [name] : []));
  });
}

const noLoneInterface: SourceRule = {
  name: 'no-lone-interface',
  why: 'no interface with one implementation',
  check(tree) {
    const files = tree.scripts(/^(?:src|test)\//);
    const classes = new Map<string, Finding[]>();
    const otherwise = new Set<string>();
    const behaviour = new Set<string>();
    for (const file of files) {
      for (const node of nodesOf(file)) {
        if (ts.isInterfaceDeclaration(node) && node.members.some(isBehaviour)) behaviour.add(node.name.text);
        for (const name of interfacesOf(node))
          classes.set(name, [...(classes.get(name) ?? []), findingAt(file, node, `${name} is implemented by this class alone`)]);
        for (const name of literalTypesOf(node)) otherwise.add(name);
      }
    }
    return [...classes]
      .filter(([name, found]) => behaviour.has(name) && found.length === 1 && !otherwise.has(name))
      .flatMap(([, found]) => found);
  },
};

function isBehaviour(member: ts.TypeElement): boolean {
  return (
    ts.isMethodSignature(member) || (ts.isPropertySignature(member) && member.type !== undefined && ts.isFunctionTypeNode(member.type))
  );
}

function interfacesOf(node: ts.Node): string[] {
  if (!ts.isClassLike(node)) return [];
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ImplementsKeyword);
  return clause?.types.map(({ expression }) => expression.getText()) ?? [];
}

/** The interfaces that an object literal stands for: `const x: I = {`, `{…} satisfies I`, `(): I => {` … `return {`. */
function literalTypesOf(node: ts.Node): string[] {
  if (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isObjectLiteralExpression(node.initializer))
    return namesIn(node.type);
  if ((ts.isSatisfiesExpression(node) || ts.isAsExpression(node)) && ts.isObjectLiteralExpression(node.expression))
    return namesIn(node.type);
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined && /(?:return |=> ?\()\{/.test(node.getText())
    ? namesIn(node.type)
    : [];
}

function namesIn(type: ts.TypeNode | undefined): string[] {
  return type === undefined ? [] : [...nodesOf(type)].filter(ts.isIdentifier).map(({ text }) => text);
}

/** How the tree is laid out and named. */
export const SHAPE_RULES: readonly SourceRule[] = [
  functionLength, kebabCase, tellingNames, layout, componentShape, sameNames, kernelWords, noLoneInterface,
]; // prettier-ignore
