/** Whether a text holds nothing that a person could see. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** The number of characters, as a person counts them. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const character of text) if (character !== '') length += 1;
  return length;
}

/**
 * Whether a text holds characters that nobody sees and that change how it is read or compared, or that are none: control and format
 * characters, halves of surrogate pairs.
 */
export function hasHiddenCharacters(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text);
}
