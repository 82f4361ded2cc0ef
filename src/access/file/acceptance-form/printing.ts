import { readFile } from 'node:fs/promises';
import type PDFDocument from 'pdfkit';

/** What forms are printed with. */
export interface Printing {
  readonly Document: typeof PDFDocument;
  readonly font: Buffer;
  /** The code points that the font has a glyph for. */
  readonly covered: ReadonlySet<number>;
}

const FONT = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';

let loading: Promise<Printing> | undefined;

/** Loaded with the first form, and kept: 10 MB that most processes never need. */
export function loadPrinting(): Promise<Printing> {
  return (loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));
}

async function load(): Promise<Printing> {
  const [pdfkit, fontkit, font] = await Promise.all([import('pdfkit'), import('fontkit'), readFile(require.resolve(FONT))]);
  const opened = fontkit.create(font);
  if (!('characterSet' in opened)) throw new Error(`${FONT} is a collection of fonts`);
  const covered = new Set(opened.characterSet);
  hideLayoutTables(font);
  return { Document: pdfkit.default, font, covered };
}

/** Ligatures, kerning, forms for upright text: Chinese set in lines needs none of them. */
const LAYOUT_TABLES = new Set(['GSUB', 'GPOS', 'GDEF', 'BASE', 'vhea', 'vmtx']);

/** Takes tables out of the font's directory. A page takes 19 ms without them and 33 ms with them, in a process that others wait for. */
function hideLayoutTables(font: Buffer): void {
  const tables = font.readUInt16BE(4);
  for (let table = 0; table < tables; table += 1) {
    const entry = 12 + 16 * table;
    if (LAYOUT_TABLES.has(font.toString('latin1', entry, entry + 4))) font.write('_', entry, 'latin1');
  }
}

/** What nobody would see, or what changes how the rest is read: controls, formats, separators, halves of pairs. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * The text as it can be printed: a character that the font lacks is named, as 〔U+20BB7〕, so that it is written in by hand and nobody
 * takes the rest for the whole name. A line end is a space, or stays where lines may end.
 */
export function printable(text: string, covered: ReadonlySet<number>, lines: 'one' | 'many' = 'one'): string {
  const composed = text.replace(/\P{M}\p{M}+/gu, (letter) => letter.normalize('NFC'));
  const broken = composed.replace(/\r\n?|[\n\v\f\u0085\u2028\u2029]/g, '\n').replace(/\t/g, ' ');
  return [...(lines === 'one' ? broken.replace(/\n+/g, ' ') : broken)]
    .map((character) => {
      const point = character.codePointAt(0) ?? 0;
      const seen = character === '\n' || (covered.has(point) && !UNSEEN.test(character));
      return seen ? character : `〔U+${point.toString(16).toUpperCase().padStart(4, '0')}〕`;
    })
    .join('');
}
