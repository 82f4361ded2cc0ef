import { createHash } from 'node:crypto';
import type { CreateAccountInput, PaymentMethod, RatingType } from '../../component/account';
import type { ContactInput, ContactKind, CustomerGrade, CustomerKind, DocumentInput, DocumentKind } from '../../component/customer';
import { stableJson, type Json } from '../../../kernel/stable-json';
import { checkColumns, toProblem, type RowProblem } from './check-columns';
import { WORDS, type Condition, type MappedIdentifier, type MappedValue, type Mapping, type Scalar } from './mapping';
import { refuseRow } from './refusals';
import type { ReadRow } from './row-source';

/** What a row becomes, before ids, nodes and generated identifiers are known. */
export interface PartyDraft {
  readonly customer: {
    readonly kind: CustomerKind;
    readonly name: string;
    readonly nameEn: string | null;
    readonly grade: CustomerGrade;
    readonly documents: readonly DocumentInput[];
    readonly contacts: readonly ContactInput[];
    readonly attributes: Readonly<Record<string, Json>>;
  };
  /** Code of the node; null: that of the import. */
  readonly organisation: string | null;
  /** Currency null: the operator's. */
  readonly account: Pick<CreateAccountInput, 'name' | 'ratingType' | 'paymentMethod' | 'billingDay' | 'attributes'> & {
    readonly currency: string | null;
  };
  readonly subscribers: readonly SubscriberDraft[];
  /** As the row says it; null where it says none. */
  readonly monthlyCharge: string | null;
}

export interface SubscriberDraft {
  /** Its place in the mapping's list. */
  readonly entry: number;
  readonly serviceType: string;
  /** As the row gives it, or how it is generated. */
  readonly identifier: string | Extract<MappedIdentifier, { generate: string }>;
  readonly sim: string | null;
  readonly attributes: Readonly<Record<string, Json>>;
  readonly monthsInNet: number;
  readonly products: readonly ProductDraft[];
}

export interface ProductDraft {
  /** Its place in the list of the mapping's subscriber. */
  readonly entry: number;
  readonly code: string;
  /** Null: the product's standard. */
  readonly quantity: number | null;
}

type Fields = ReadRow['fields'];

export const ROW_KEY_LENGTH_MAX = 200;

/** For how long a subscriber may have been there: a century. */
const MONTHS = [0, 1_200] as const;
const QUANTITIES = [1, 1_000_000] as const;

/** The key of a row within its source; parts are joined by `|`. Undefined when a part is missing. */
export function rowKeyOf({ rowKey }: Mapping, fields: Fields): string | undefined {
  const parts = rowKey.map((column) => fields[column]);
  return parts.includes(undefined) ? undefined : parts.join('|');
}

/** What all fields of a row say together: two rows that differ in any column differ in it. */
export function rowDigestOf(fields: Fields): Buffer {
  return createHash('sha256').update(stableJson(fields)).digest();
}

/** Makes a customer, an account and subscribers of a row, or says everything that is wrong with it. */
export function draftParties(
  mapping: Mapping,
  fields: Fields,
): { readonly draft: PartyDraft } | { readonly problems: readonly RowProblem[] } {
  const problems = checkColumns(mapping, fields);
  if (problems.length > 0) return { problems };
  const drafting = new Drafting(mapping, fields);
  const draft = drafting.draft();
  return drafting.problems.length > 0 ? { problems: drafting.problems } : { draft };
}

/** Takes the values of one row whose columns have been checked. */
class Drafting {
  public readonly problems: RowProblem[] = [];

  public constructor(
    private readonly mapping: Mapping,
    private readonly fields: Fields,
  ) {}

  public draft(): PartyDraft {
    const { customer, account, subscribers, monthlyCharge } = this.mapping;
    return {
      customer: {
        kind: this.word<CustomerKind>('customer.kind', customer.kind),
        name: this.text('customer.name', customer.name),
        nameEn: this.optionalText(customer.nameEn),
        grade: this.word<CustomerGrade>('customer.grade', customer.grade),
        documents: customer.documents.filter(({ when }) => this.holds(when)).map((document) => this.document(document)),
        contacts: customer.contacts.filter(({ when }) => this.holds(when)).map((contact) => this.contact(contact)),
        attributes: this.attributes(customer.attributes),
      },
      organisation: this.optionalText(customer.organisation),
      account: {
        name: this.text('account.name', account.name),
        currency: this.optionalText(account.currency),
        ratingType: this.word<RatingType>('account.ratingType', account.ratingType),
        paymentMethod: this.word<PaymentMethod>('account.paymentMethod', account.paymentMethod),
        billingDay: Number(this.text('account.billingDay', account.billingDay)),
        attributes: this.attributes(account.attributes),
      },
      subscribers: subscribers.flatMap((entry, place) => (this.holds(entry.when) ? [this.subscriber(entry, place)] : [])),
      monthlyCharge: this.optionalText(monthlyCharge),
    };
  }

  private document({ kind, number, issuingAuthority }: Mapping['customer']['documents'][number]): DocumentInput {
    return {
      kind: this.word<DocumentKind>('customer.documents.kind', kind),
      number: this.text('customer.documents.number', number),
      issuingAuthority: this.optionalText(issuingAuthority),
    };
  }

  private contact({ kind, value, person }: Mapping['customer']['contacts'][number]): ContactInput {
    return {
      kind: this.word<ContactKind>('customer.contacts.kind', kind),
      value: this.text('customer.contacts.value', value),
      person: this.optionalText(person),
    };
  }

  private subscriber(
    { serviceType, identifier, sim, attributes, monthsInNet, products = [] }: Mapping['subscribers'][number],
    entry: number,
  ): SubscriberDraft {
    const place = `subscribers.${entry}`;
    return {
      entry,
      serviceType: this.text(`${place}.serviceType`, serviceType),
      identifier: 'generate' in identifier ? identifier : this.text(`${place}.identifier`, identifier),
      sim: this.optionalText(sim),
      attributes: this.attributes(attributes),
      monthsInNet: this.whole(`${place}.monthsInNet`, monthsInNet, MONTHS) ?? 0,
      products: products.flatMap(({ when, code, quantity }, n) => {
        const held = `${place}.products.${n}`;
        return this.holds(when)
          ? [{ entry: n, code: this.text(`${held}.code`, code), quantity: this.whole(`${held}.quantity`, quantity, QUANTITIES) }]
          : [];
      }),
    };
  }

  private holds(conditions: readonly Condition[]): boolean {
    return conditions.every((condition) => {
      const text = this.fields[condition.column];
      if ('is' in condition) return text !== undefined && condition.is.includes(text);
      if ('isNot' in condition) return text === undefined || !condition.isNot.includes(text);
      return condition.filled === (text !== undefined);
    });
  }

  private attributes(values: Readonly<Record<string, MappedValue>>): Record<string, Json> {
    return Object.fromEntries(
      Object.entries(values).flatMap(([attribute, value]) => {
        const given = this.valueOf(value);
        return given === undefined ? [] : [[attribute, given]];
      }),
    );
  }

  private optionalText(value: MappedValue | undefined): string | null {
    const given = value === undefined ? undefined : this.valueOf(value);
    return given === undefined ? null : String(given);
  }

  private text(place: string, value: MappedValue): string {
    const given = this.valueOf(value);
    if (given !== undefined) return String(given);
    this.problems.push({ ...toProblem(refuseRow('MISSING_FIELD')), field: fieldOf(place, value) });
    return '';
  }

  /** A whole number within bounds; null where nothing is said. */
  private whole(place: string, value: MappedValue | undefined, [least, most]: readonly [number, number]): number | null {
    const given = this.optionalText(value);
    if (given === null) return null;
    const number = /^\d{1,9}$/.test(given) ? Number(given) : -1;
    if (number >= least && number <= most) return number;
    const form = `${least}–${most}`;
    this.problems.push({ ...toProblem(refuseRow('NOT_A_NUMBER', undefined, { form })), field: fieldOf(place, value) });
    return null;
  }

  /** One of the words of the closed list that the place has. */
  private word<Word extends string>(place: string, value: MappedValue): Word {
    const given = this.text(place, value);
    const words = WORDS[place] ?? [];
    if (given !== '' && !words.includes(given)) {
      this.problems.push({ ...toProblem(refuseRow('WRONG_VALUE', undefined, { values: words.join(', ') })), field: fieldOf(place, value) });
    }
    return given as Word;
  }

  private valueOf(value: MappedValue): Scalar | undefined {
    if ('constant' in value) return value.constant;
    const text = this.fields[value.column];
    if (text === undefined) return value.default;
    if (value.map !== undefined) return value.map[text];
    // A decimal stays text: as a JSON number it would be a float.
    return this.mapping.columns[value.column]?.as === 'integer' ? Number(text) : text;
  }
}

/** What a person who looks at the file is told: the column where there is one, else the place in the mapping. */
export function fieldOf(place: string, value: MappedValue | MappedIdentifier | undefined): string {
  return value !== undefined && 'column' in value ? value.column : place;
}
