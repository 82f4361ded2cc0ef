import { isCollection, isMap, isPair, isScalar, LineCounter, parseDocument, visit, type Document, type Node, type YAMLError } from 'yaml';

/** A place in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with the YAML itself. */
export interface YamlMistake {
  readonly at: Position;
  readonly message: string;
}

const ALIASES_MAX = 100;

/** A YAML 1.2 file with the places of all that stands in it. */
export class YamlText {
  private constructor(
    private readonly document: Document,
    private readonly lines: LineCounter,
    /** Plain values. A number that JavaScript would write otherwise is the text that it is in the file: 30.10 stays 30.10, and 0571 is no 571. */
    public readonly content: unknown,
  ) {}

  /** Reads a text; every mistake in it, when it is not YAML. */
  public static read(
    text: string,
  ): { readonly ok: true; readonly yaml: YamlText } | { readonly ok: false; readonly mistakes: readonly YamlMistake[] } {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, version: '1.2', prettyErrors: false, uniqueKeys: true });
    const mistakes = firstOfEachPlace(document.errors).map(({ pos: [offset], message }) => ({
      at: positionAt(lines, offset),
      message: firstLine(message),
    }));
    if (mistakes.length > 0) return { ok: false, mistakes };
    keepWrittenNumbers(document);
    try {
      return { ok: true, yaml: new YamlText(document, lines, document.toJS({ maxAliasCount: ALIASES_MAX }) as unknown) };
    } catch (error) {
      return { ok: false, mistakes: [{ at: { line: 1, column: 1 }, message: error instanceof Error ? firstLine(error.message) : '' }] };
    }
  }

  /** Where something stands: the value, or the key before it; what is not there, where it should have been. */
  public placeOf(path: readonly (string | number)[], of: 'key' | 'value'): Position {
    let node: Node | null = this.document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const [depth, step] of path.entries()) {
      if (!isCollection(node)) break;
      const item = isMap(node)
        ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
        : node.items[Number(step)];
      if (item === undefined || item === null) break;
      const isLast = depth === path.length - 1;
      const keyOffset = isPair(item) && isScalar(item.key) ? item.key.range?.[0] : undefined;
      node = (isPair(item) ? item.value : item) as Node | null;
      offset = (isLast && of === 'key' ? keyOffset : undefined) ?? node?.range?.[0] ?? keyOffset ?? offset;
    }
    return positionAt(this.lines, offset);
  }
}

/** One slip makes the parser stumble several times at one place. */
function firstOfEachPlace(errors: readonly YAMLError[]): YAMLError[] {
  return errors.filter(({ pos: [offset] }, n) => errors.findIndex((other) => other.pos[0] === offset) === n);
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** The rest of the library's message draws the place, which the caller does too. */
function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

function keepWrittenNumbers(document: Document): void {
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'number' && node.source !== undefined && String(node.value) !== node.source) node.value = node.source;
    },
  });
}
