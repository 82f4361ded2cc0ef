import type { Instant } from '../../../kernel/clock';
import { instantFromDatabase } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import { maskName } from '../../../kernel/mask';
import type { Json } from '../../../kernel/stable-json';
import { sql } from '../../connection/sql';

export const CUSTOMER_KINDS = ['INDIVIDUAL', 'HOUSEHOLD', 'GOVERNMENT', 'ENTERPRISE'] as const;
export type CustomerKind = (typeof CUSTOMER_KINDS)[number];

export const CUSTOMER_GRADES = ['STANDARD', 'SILVER', 'GOLD', 'PLATINUM', 'DIAMOND'] as const;
export type CustomerGrade = (typeof CUSTOMER_GRADES)[number];

export const CUSTOMER_STATUSES = ['ACTIVE', 'CLOSED', 'MERGED'] as const;
export type CustomerStatus = (typeof CUSTOMER_STATUSES)[number];

/** A customer 客户 as anyone in scope may see it: the name of a person is masked. */
export interface Customer {
  readonly id: Id<'customer'>;
  readonly customerNo: string;
  readonly kind: CustomerKind;
  readonly name: string;
  readonly nameEn: string | null;
  readonly grade: CustomerGrade;
  readonly organisationId: Id<'organisation'>;
  readonly status: CustomerStatus;
  readonly mergedIntoId: Id<'customer'> | null;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface CustomerRow {
  readonly id: Id<'customer'>;
  readonly customer_no: string;
  readonly kind: CustomerKind;
  readonly name: string;
  readonly name_en: string | null;
  readonly grade: CustomerGrade;
  readonly organisation_id: Id<'organisation'>;
  readonly status: CustomerStatus;
  readonly merged_into_id: Id<'customer'> | null;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly version: number;
  readonly created_at: string;
}

/** Without attributes and times: to ask such a row for one of them is an error. */
export const CUSTOMER_BRIEF_COLUMNS = sql`c.id, c.customer_no, c.kind, c.name, c.name_en, c.grade, c.organisation_id, c.status,
  c.merged_into_id, c.version`;

/** The columns of {@link CustomerRow}, of the alias `c`. */
export const CUSTOMER_COLUMNS = sql`${CUSTOMER_BRIEF_COLUMNS}, c.attributes, c.created_at`;

/** Whether the name is a person's, and so personal data. */
export function nameIsPersonal(kind: CustomerKind): boolean {
  return kind === 'INDIVIDUAL' || kind === 'HOUSEHOLD';
}

/** A row as it was read. What costs anything, as an instant does, is made when it is asked for. */
class CustomerAsRead implements Customer {
  readonly #row: CustomerRow;

  public constructor(row: CustomerRow) {
    this.#row = row;
  }

  public get id(): Id<'customer'> {
    return this.#row.id;
  }
  public get customerNo(): string {
    return this.#row.customer_no;
  }
  public get kind(): CustomerKind {
    return this.#row.kind;
  }
  public get name(): string {
    return nameIsPersonal(this.#row.kind) ? maskName(this.#row.name) : this.#row.name;
  }
  public get nameEn(): string | null {
    return this.#row.name_en !== null && nameIsPersonal(this.#row.kind) ? maskName(this.#row.name_en) : this.#row.name_en;
  }
  public get grade(): CustomerGrade {
    return this.#row.grade;
  }
  public get organisationId(): Id<'organisation'> {
    return this.#row.organisation_id;
  }
  public get status(): CustomerStatus {
    return this.#row.status;
  }
  public get mergedIntoId(): Id<'customer'> | null {
    return this.#row.merged_into_id;
  }
  public get attributes(): Readonly<Record<string, Json>> {
    return this.#row.attributes;
  }
  public get version(): number {
    return this.#row.version;
  }
  public get createdAt(): Instant {
    return instantFromDatabase(this.#row.created_at);
  }
}

export function toCustomer(row: CustomerRow): Customer {
  return new CustomerAsRead(row);
}
