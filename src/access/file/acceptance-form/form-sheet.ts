import type PDFDocument from 'pdfkit';
import { giveWay } from '../../../kernel/give-way';
import { printable, type Printing } from './printing';

export interface Column {
  readonly head: string;
  readonly width: number;
  readonly align?: 'left' | 'right' | 'center';
}

export interface SheetOptions {
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
}

/** Points of 1/72 inch, on A4. */
const MARGIN = 42;
const FOOT = 30;
const PADDING = 4;
const TEXT = 9;
/** Some 3 ms of work. */
const ROWS_IN_ONE_TURN = 16;
const LABEL_WIDTH = 104;
const LINE = '#808080';
const SHADE = '#eeeeee';
const BLACK = '#000000';

/** A document of pages that are filled from above, with what a form is made of. Rows are never torn apart. */
export class FormSheet {
  private readonly document: InstanceType<typeof PDFDocument>;

  public constructor(
    private readonly printing: Printing,
    { title, author, createdAt }: SheetOptions,
  ) {
    this.document = new printing.Document({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
      pdfVersion: '1.7',
      lang: 'zh-CN',
      bufferPages: true,
      font: printing.font as unknown as string, // it takes both; declared is the name of a file
      info: { Title: this.seen(title), Author: this.seen(author), Producer: 'Sanhu', Creator: 'Sanhu', CreationDate: createdAt },
    });
  }

  public get width(): number {
    return this.document.page.width - 2 * MARGIN;
  }

  public title(text: string, size: number): void {
    this.document.fontSize(size).text(this.seen(text), MARGIN, this.document.y, { width: this.width, align: 'center' });
  }

  public heading(text: string): void {
    this.document.y += 8;
    this.need(60); // a heading is not the last on its page
    this.document.fontSize(TEXT + 1).text(this.seen(text), MARGIN, this.document.y, { width: this.width });
    this.document.y += 2;
  }

  /** Labels and what is said of them, two pairs in a row. */
  public pairs(pairs: readonly (readonly [label: string, value: string])[]): void {
    const valueWidth = this.width / 2 - LABEL_WIDTH;
    const widths = [LABEL_WIDTH, valueWidth, LABEL_WIDTH, valueWidth];
    for (let place = 0; place < pairs.length; place += 2) {
      const cells = [...(pairs[place] ?? []), ...(pairs[place + 1] ?? ['', ''])];
      this.row(cells, widths, (cell) => ({ shade: cell % 2 === 0 }));
    }
  }

  /** One label and what is said of it, over the whole width. */
  public pair(label: string, value: string): void {
    this.row([label, value], [LABEL_WIDTH, this.width - LABEL_WIDTH], (cell) => ({ shade: cell === 0 }));
  }

  /** A table whose head stands on each page that it goes on to. */
  public async table(columns: readonly Column[], rows: readonly (readonly string[])[]): Promise<void> {
    const widths = columns.map(({ width }) => width);
    const head = (): void => this.row(columns.map((column) => column.head), widths, () => ({ shade: true, align: 'center' })); // prettier-ignore
    head();
    for (const [place, row] of rows.entries()) {
      if (place % ROWS_IN_ONE_TURN === 0) await giveWay(); // the process has counters to answer
      if (!this.fits(this.heightOf(row, widths))) {
        this.document.addPage();
        head();
      }
      this.row(row, widths, (cell) => ({ align: columns[cell]?.align ?? 'left' }));
    }
  }

  /** Text that goes on over as many pages as it takes. */
  public paragraph(text: string): void {
    this.document
      .fontSize(TEXT)
      .text(printable(text, this.printing.covered, 'many'), MARGIN, this.document.y, { width: this.width, lineGap: 1 });
  }

  /** Fields to be filled in by hand, in one row. */
  public fields(labels: readonly string[], height: number): void {
    this.document.y += 10;
    this.need(height);
    const { y } = this.document;
    const width = this.width / labels.length;
    labels.forEach((label, place) => {
      const x = MARGIN + place * width;
      this.frame(x, y, width, height, false);
      this.document.fontSize(TEXT).text(this.seen(label), x + PADDING, y + PADDING, { width: width - 2 * PADDING });
    });
    this.document.y = y + height;
  }

  /** Numbers the pages, and gives the whole. */
  public async finish(footOf: (page: number, pages: number) => string): Promise<Buffer> {
    const { document } = this;
    const { count } = document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      document.switchToPage(page);
      document.page.margins.bottom = 0; // what is below it would begin a page of its own
      const text = this.seen(footOf(page + 1, count));
      document
        .fontSize(TEXT - 1)
        .text(text, MARGIN, document.page.height - MARGIN - 10, { width: this.width, align: 'center', lineBreak: false });
    }
    const chunks: Buffer[] = [];
    return new Promise((resolve, reject) => {
      document.on('data', (chunk: Buffer) => chunks.push(chunk));
      document.on('end', () => resolve(Buffer.concat(chunks)));
      document.on('error', reject);
      document.end();
    });
  }

  private row(
    cells: readonly string[],
    widths: readonly number[],
    look: (cell: number) => { readonly shade?: boolean; readonly align?: 'left' | 'right' | 'center' },
  ): void {
    const height = this.heightOf(cells, widths);
    this.need(height);
    const { y } = this.document;
    let x = MARGIN;
    cells.forEach((cell, place) => {
      const width = widths[place] ?? 0;
      const { shade = false, align = 'left' } = look(place);
      this.frame(x, y, width, height, shade);
      this.document.fontSize(TEXT).text(this.seen(cell), x + PADDING, y + PADDING, { width: width - 2 * PADDING, align });
      x += width;
    });
    this.document.y = y + height;
  }

  private heightOf(cells: readonly string[], widths: readonly number[]): number {
    this.document.fontSize(TEXT);
    const heights = cells.map((cell, place) =>
      this.document.heightOfString(this.seen(cell), { width: (widths[place] ?? 0) - 2 * PADDING }),
    );
    return Math.max(this.document.currentLineHeight(true), ...heights) + 2 * PADDING;
  }

  private frame(x: number, y: number, width: number, height: number, shade: boolean): void {
    if (shade) this.document.rect(x, y, width, height).fill(SHADE);
    this.document.lineWidth(0.5).rect(x, y, width, height).stroke(LINE).fillColor(BLACK);
  }

  private fits(height: number): boolean {
    return this.document.y + height <= this.document.page.maxY();
  }

  private need(height: number): void {
    if (!this.fits(height)) this.document.addPage();
  }

  private seen(text: string): string {
    return printable(text, this.printing.covered);
  }
}
