import type { DocumentKind } from '../../../../data/operation/customer/customer-facts';

const RESIDENT_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_CHECKS = '10X98765432';
const CREDIT_CODE_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check letter of a resident identity number's first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function residentCheckLetter(digits: string): string {
  const sum = RESIDENT_WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return RESIDENT_CHECKS[sum % 11] as string;
}

/** The check letter of a unified social credit code's first 17 letters (GB 32100-2015, MOD 31-3). */
export function creditCodeCheckLetter(letters: string): string {
  let sum = 0;
  let weight = 1;
  for (const letter of letters) {
    sum += CREDIT_CODE_LETTERS.indexOf(letter) * weight;
    weight = (weight * 3) % 31;
  }
  return CREDIT_CODE_LETTERS[(31 - (sum % 31)) % 31] as string;
}

/** Document numbers are kept in capitals and without spaces, so that a search finds them however they were typed. */
export function normaliseDocumentNumber(number: string): string {
  return number.replace(/\s+/g, '').toUpperCase();
}

/** Whether a normalised number can be that of a document of the kind. */
export function isDocumentNumber(kind: DocumentKind, number: string): boolean {
  switch (kind) {
    case 'RESIDENT_ID':
      return /^\d{17}[\dX]$/.test(number) && residentCheckLetter(number) === number[17] && isBirthDate(number.slice(6, 14));
    case 'BUSINESS_LICENCE':
      return /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(number) && creditCodeCheckLetter(number.slice(0, 17)) === number[17];
    case 'PASSPORT':
      return /^[A-Z0-9]{5,20}$/.test(number);
    case 'HOUSEHOLD_REGISTER':
    case 'MILITARY_ID':
    case 'ORGANISATION_CODE':
    case 'OTHER':
      return /^[\p{L}\p{N}\-/()（）.第号]{1,40}$/u.test(number);
  }
}

function isBirthDate(digits: string): boolean {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6, 8))];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return year >= 1850 && days !== undefined && day >= 1 && day <= days;
}
