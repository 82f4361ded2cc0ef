import type { ContactKind } from '../../../../data/operation/customer/customer-facts';

/** Whether a value can be a contact of the kind. */
export function isContact(kind: ContactKind, value: string): boolean {
  switch (kind) {
    case 'PHONE':
    case 'MOBILE':
      return /^\+?[0-9][0-9 -]{4,24}$/.test(value);
    case 'EMAIL':
      return value.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
    case 'ADDRESS':
      return value.trim() !== '' && value.length <= 400;
  }
}
