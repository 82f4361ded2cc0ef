import { instantFromDatabase, optionalInstant, type Instant } from '../../../kernel/clock';
import type { Id } from '../../../kernel/id';
import type { CurrencyCode } from '../../../kernel/money';
import type { Json } from '../../../kernel/stable-json';
import { sql } from '../../connection/sql';

export const RATING_TYPES = ['PREPAID', 'POSTPAID'] as const;
export type RatingType = (typeof RATING_TYPES)[number];

export const PAYMENT_METHODS = ['CASH', 'BANK_TRANSFER', 'BANK_COLLECTION', 'CARD', 'CHEQUE', 'ONLINE'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export const ACCOUNT_STATUSES = ['ACTIVE', 'CLOSED', 'MERGED'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

/** An account 账户: who pays. It belongs to one customer and pays for subscribers of any customer. */
export interface Account {
  readonly id: Id<'account'>;
  readonly accountNo: string;
  readonly customerId: Id<'customer'>;
  readonly organisationId: Id<'organisation'>;
  /** What the clerk calls it, as in 家庭账户. Not a person's name. */
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly ratingType: RatingType;
  readonly paymentMethod: PaymentMethod;
  readonly status: AccountStatus;
  readonly mergedIntoId: Id<'account'> | null;
  /** Once set, the currency is fixed. */
  readonly firstChargedAt: Instant | null;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly version: number;
  readonly createdAt: Instant;
}

export interface AccountRow {
  readonly id: Id<'account'>;
  readonly account_no: string;
  readonly customer_id: Id<'customer'>;
  readonly organisation_id: Id<'organisation'>;
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly rating_type: RatingType;
  readonly payment_method: PaymentMethod;
  readonly status: AccountStatus;
  readonly merged_into_id: Id<'account'> | null;
  readonly first_charged_at: string | null;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly version: number;
  readonly created_at: string;
}

/** Without attributes and times: to ask such a row for one of them is an error. */
export const ACCOUNT_BRIEF_COLUMNS = sql`a.id, a.account_no, a.customer_id, a.organisation_id, a.name, a.currency, a.rating_type,
  a.payment_method, a.status, a.merged_into_id, a.version`;

/** The columns of {@link AccountRow}, of the alias `a`. */
export const ACCOUNT_COLUMNS = sql`${ACCOUNT_BRIEF_COLUMNS}, a.first_charged_at, a.attributes, a.created_at`;

/** A row as it was read. What costs anything, as an instant does, is made when it is asked for. */
class AccountAsRead implements Account {
  readonly #row: AccountRow;

  public constructor(row: AccountRow) {
    this.#row = row;
  }

  public get id(): Id<'account'> {
    return this.#row.id;
  }
  public get accountNo(): string {
    return this.#row.account_no;
  }
  public get customerId(): Id<'customer'> {
    return this.#row.customer_id;
  }
  public get organisationId(): Id<'organisation'> {
    return this.#row.organisation_id;
  }
  public get name(): string {
    return this.#row.name;
  }
  public get currency(): CurrencyCode {
    return this.#row.currency;
  }
  public get ratingType(): RatingType {
    return this.#row.rating_type;
  }
  public get paymentMethod(): PaymentMethod {
    return this.#row.payment_method;
  }
  public get status(): AccountStatus {
    return this.#row.status;
  }
  public get mergedIntoId(): Id<'account'> | null {
    return this.#row.merged_into_id;
  }
  public get firstChargedAt(): Instant | null {
    return optionalInstant(this.#row.first_charged_at);
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

export function toAccount(row: AccountRow): Account {
  return new AccountAsRead(row);
}
