import { localDateOf } from '../../../kernel/calendar';
import type { Refusal } from '../../../kernel/result';
import { lengthOf } from '../../../kernel/text';
import type { BatchColumn } from './columns';
import { refuseBatchRow, type BatchRowRefusal } from './refusals';
import { BATCH_KINDS, type BatchKind, type RowAsked } from './row-asked';

export type Cells = Readonly<Partial<Record<BatchColumn, string>>>;

/** What each kind needs beside kind and number, and what else it may say. */
const USES: Readonly<Record<BatchKind, { readonly needs: readonly BatchColumn[]; readonly may: readonly BatchColumn[] }>> = {
  OPEN: { needs: ['serviceType', 'plan'], may: ['sim', 'products', 'attributes', 'group', 'bundle', 'role'] },
  SUSPEND: { needs: [], may: ['reason'] },
  RESUME: { needs: [], may: ['reason'] },
  CHANGE_NUMBER: { needs: ['newNumber'], may: [] },
  REPLACE_SIM: { needs: ['sim'], may: [] },
  ADD_PRODUCT: { needs: ['products'], may: [] },
  REMOVE_PRODUCT: { needs: ['products'], may: [] },
  CHANGE_PLAN: { needs: ['plan'], may: ['when'] },
  RELOCATE: { needs: ['address'], may: [] },
  TRANSFER: { needs: ['toCustomer', 'toAccount'], may: [] },
  TERMINATE: { needs: [], may: [] },
};
const OF_EVERY_KIND: readonly BatchColumn[] = ['kind', 'number', 'start', 'externalId', 'note'];

const LENGTHS: Readonly<Record<BatchColumn, number>> = {
  kind: 40, number: 64, serviceType: 64, sim: 40, plan: 80, products: 2_000, newNumber: 64, reason: 40, when: 40, address: 200, toCustomer: 40,
  toAccount: 40, group: 40, bundle: 64, role: 40, attributes: 4_000, start: 10, externalId: 64, note: 500,
}; // prettier-ignore

const REASONS = { CUSTOMER_REQUEST: '客户申请', LOSS: '挂失' } as const;
const TIMES = { NOW: '立即', NEXT_PERIOD: '下账期' } as const;
const ADD_ONS_MAX = 50;

// eslint-disable-next-line no-control-regex -- these are what is looked for
const UNFIT = /[\u0000-\u001f\u007f]/;

export type JudgedRow =
  | { readonly asked: RowAsked }
  | { readonly asked: null; readonly kind: string | null; readonly refusals: readonly Refusal<BatchRowRefusal>[] };

/** Reads a row as an order, or says everything that is wrong with it, each with the column. What the operator knows is not asked yet. */
export function judgeRow(cells: Cells): JudgedRow {
  const judging = new Judging(cells);
  const asked = judging.read();
  return asked === undefined || judging.refusals.length > 0
    ? { asked: null, kind: asked?.kind ?? null, refusals: judging.refusals }
    : { asked };
}

/** The cells of one row, with what is wrong with them. */
class Judging {
  public readonly refusals: Refusal<BatchRowRefusal>[] = [];

  public constructor(private readonly cells: Cells) {}

  public read(): RowAsked | undefined {
    for (const [column, cell] of Object.entries(this.cells) as [BatchColumn, string][]) {
      if (lengthOf(cell) > LENGTHS[column]) this.refuse(column, 'CELL_TOO_LONG', { max: LENGTHS[column] });
      else if (UNFIT.test(cell) || !cell.isWellFormed()) this.refuse(column, 'CELL_CHARACTERS');
    }
    const kind = this.word('kind', BATCH_KINDS, undefined);
    if (kind === undefined) return undefined;
    this.checkUse(kind);
    const { number = '', serviceType = null, sim = null, newNumber = null, externalId = null, note = null } = this.cells;
    const { address, toCustomer, toAccount } = this.cells;
    const [plan = null] = this.cells.plan === undefined ? [] : this.products('plan', 1);
    return {
      kind, number, serviceType, sim, newNumber, externalId, note, plan,
      ...(address !== undefined && { address }), ...(toCustomer !== undefined && { toCustomer }), ...(toAccount !== undefined && { toAccount }),
      products: this.added(kind), ...this.group(),
      reason: this.word('reason', REASONS, 'CUSTOMER_REQUEST') ?? 'CUSTOMER_REQUEST',
      when: this.word('when', TIMES, 'NOW') ?? 'NOW',
      attributes: this.attributes(),
      start: this.start(),
    }; // prettier-ignore
  }

  private checkUse(kind: BatchKind): void {
    const { needs, may } = USES[kind];
    for (const column of ['number', ...needs] as const) {
      if (this.cells[column] === undefined) this.refuse(column, 'CELL_NEEDED', { kind });
    }
    for (const column of Object.keys(this.cells) as BatchColumn[]) {
      if (![...OF_EVERY_KIND, ...needs, ...may].includes(column)) this.refuse(column, 'CELL_NOT_ALLOWED', { kind });
    }
  }

  /** One of the words of a list, in either language. */
  private word<Words extends Readonly<Record<string, string>>>(
    column: BatchColumn,
    words: Words,
    otherwise: (keyof Words & string) | undefined,
  ): (keyof Words & string) | undefined {
    const cell = this.cells[column];
    const known: readonly (keyof Words & string)[] = Object.keys(words);
    const found = cell === undefined ? otherwise : known.find((word) => word === cell.toUpperCase() || words[word] === cell);
    if (found === undefined) {
      const list = known.map((word) => `${words[word] ?? ''} ${word}`).join(', ');
      if (column === 'kind') this.refuse(column, 'KIND_UNKNOWN', { kinds: list });
      else this.refuse(column, 'WORD_UNKNOWN', { words: list });
    }
    return found;
  }

  /** Of what is given up there is one, whole: fewer of it is a change of its own. */
  private added(kind: BatchKind): RowAsked['products'] {
    const products = this.products('products', kind === 'ADD_PRODUCT' || kind === 'REMOVE_PRODUCT' ? 1 : ADD_ONS_MAX);
    if (kind === 'REMOVE_PRODUCT' && products.some(({ quantity }) => quantity !== null)) this.refuse('products', 'PRODUCTS_INVALID');
    return products;
  }

  private products(column: 'plan' | 'products', most: number): RowAsked['products'] {
    const cell = this.cells[column];
    if (cell === undefined) return [];
    const parts = cell.split(/[;；]/).map((part) => /^([A-Za-z0-9_.-]{1,64})(?:\*(\d{1,7}))?$/.exec(part.trim()));
    const products = parts.flatMap((part) =>
      part === null ? [] : [{ code: part[1] ?? '', quantity: part[2] === undefined ? null : Number(part[2]) }],
    );
    if (products.length < parts.length || products.length > most || products.some(({ quantity }) => quantity === 0))
      this.refuse(column, 'PRODUCTS_INVALID');
    return products;
  }

  /** All three or none: which rows are one order, of what, and as what each is opened. */
  private group(): Pick<RowAsked, 'group'> {
    const { group: key, bundle, role } = this.cells;
    if (key !== undefined && bundle !== undefined && role !== undefined) return { group: { key, bundle, role } };
    const said = { group: key, bundle, role };
    if (Object.values(said).every((cell) => cell === undefined)) return {};
    for (const [column, cell] of Object.entries(said)) if (cell === undefined) this.refuse(column as BatchColumn, 'GROUP_INCOMPLETE');
    return {};
  }

  private attributes(): RowAsked['attributes'] {
    const cell = this.cells.attributes;
    if (cell === undefined) return {};
    try {
      const value: unknown = JSON.parse(cell);
      if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as RowAsked['attributes'];
    } catch {
      // Said below.
    }
    this.refuse('attributes', 'ATTRIBUTES_INVALID');
    return {};
  }

  private start(): string | null {
    const cell = this.cells.start;
    if (cell !== undefined && localDateOf(cell) === undefined) this.refuse('start', 'DATE_INVALID');
    return cell ?? null;
  }

  private refuse(column: BatchColumn, code: BatchRowRefusal, values: Readonly<Record<string, string | number>> = {}): void {
    this.refusals.push(...refuseBatchRow(code, column, values).refusals);
  }
}
