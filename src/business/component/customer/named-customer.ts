import { nameIsPersonal, type CustomerKind } from '../../../data/operation/customer/customer';

/** What a customer is called, in clear: for decisions, never for an answer. */
export interface NamedCustomer {
  readonly kind: CustomerKind;
  readonly name: string;
  readonly nameEn?: string | null | undefined;
}

/**
 * Whether a text that everyone in scope sees would give away the name of a person or household: it contains the whole name,
 * however spaced and in whatever case.
 */
export function givesNameAway(text: string, { kind, name, nameEn }: NamedCustomer): boolean {
  if (!nameIsPersonal(kind)) return false;
  const seen = fold(text);
  return [name, nameEn ?? ''].map(fold).some((whole) => whole !== '' && seen.includes(whole));
}

/** Full width is half width, and what cannot be seen is left out. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cc}\p{Cf}]/gu, '');
}
