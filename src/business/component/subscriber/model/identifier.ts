/** Identifiers are kept without spaces around them; SIM card numbers also in capitals and without spaces inside. */
export function normaliseIdentifier(value: string): string {
  return value.trim();
}

export function normaliseSim(value: string): string {
  return value.replace(/\s+/g, '').toUpperCase();
}

/**
 * Whether a normalised value can be the number of a SIM card (ICCID, ITU-T E.118: begins with 89, 19 or 20 characters). Chinese
 * operators print letters in it and not always a Luhn digit, so neither is asked for.
 */
export function isSimNumber(value: string): boolean {
  return /^89[0-9A-Z]{17,18}$/.test(value);
}
