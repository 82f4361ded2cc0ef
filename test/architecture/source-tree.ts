import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A file of the repository: its path from the root with `/`, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Where something stands that a rule forbids, and what. */
export interface Finding {
  readonly path: string;
  /** From 1; 0 when it is the whole file or folder. */
  readonly line: number;
  readonly what: string;
}

/** A rule over a whole tree. `why` is what a reader of a failed run is told. */
export interface SourceRule {
  readonly name: string;
  readonly why: string;
  check(tree: SourceTree): Finding[];
}

const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.sanhu', 'coverage']);

/** The files of a repository, and their syntax, read once for all rules. */
export class SourceTree {
  private readonly syntax = new Map<string, ts.SourceFile>();

  public constructor(
    public readonly files: readonly SourceFile[],
    /** Where the tree is on disk, for what needs types. */
    public readonly root: string,
  ) {}

  public static read(root: string): SourceTree {
    const files: SourceFile[] = [];
    const walk = (folder: string): void => {
      for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
        if (NOT_OURS.has(entry.name)) continue;
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) walk(path);
        else if (entry.isFile()) files.push({ path, text: readFileSync(join(root, path), 'utf8') });
      }
    };
    walk('');
    return new SourceTree(
      files.sort((one, other) => (one.path < other.path ? -1 : 1)),
      root,
    );
  }

  /** The TypeScript files whose path matches. */
  public scripts(pattern: RegExp): ts.SourceFile[] {
    return this.files.filter(({ path }) => path.endsWith('.ts') && pattern.test(path)).map((file) => this.parse(file));
  }

  /** The names of the folders directly in `folder` that hold a file at any depth. */
  public foldersIn(folder: string): string[] {
    const inside = this.files.filter(({ path }) => path.startsWith(folder) && path.slice(folder.length).includes('/'));
    return [...new Set(inside.map(({ path }) => path.slice(folder.length).split('/')[0] as string))];
  }

  public has(path: string): boolean {
    return this.files.some((file) => file.path === path);
  }

  private parse(file: SourceFile): ts.SourceFile {
    const known = this.syntax.get(file.path);
    if (known !== undefined) return known;
    const made = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
    this.syntax.set(file.path, made);
    return made;
  }
}

/** Every node of a file, outermost first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}

function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  return children;
}

export function findingAt(file: ts.SourceFile, node: ts.Node, what: string): Finding {
  return { path: file.fileName, line: file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1, what };
}

/** A rule that looks at single nodes of the files that match. */
export function nodeRule(
  name: string,
  why: string,
  files: RegExp,
  what: (node: ts.Node, file: ts.SourceFile) => string | undefined,
): SourceRule {
  return {
    name,
    why,
    check: (tree) =>
      tree.scripts(files).flatMap((file) =>
        [...nodesOf(file)].flatMap((node) => {
          const found = what(node, file);
          return found === undefined ? [] : [findingAt(file, node, found)];
        }),
      ),
  };
}
