import type { ContactKind, DocumentKind } from '../../../../data/operation/customer/customer-facts';
import type { Instant } from '../../../../kernel/clock';

export interface DocumentInput {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issuingAuthority?: string | null;
  /** When the document itself is valid; from now on when not given. */
  readonly validFrom?: Instant | null;
  readonly validTo?: Instant | null;
}

export interface ContactInput {
  readonly kind: ContactKind;
  readonly value: string;
  readonly person?: string | null;
}
