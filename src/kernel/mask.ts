/*
 * How personal data looks to someone who may not see it. Lengths are kept where a clerk compares what the caller reads
 * aloud with what is on the screen; the distinguishing middle is hidden.
 */

/** 张伟 → 张*; 欧阳娜娜 → 欧***; Maria Lopez → M**** L****. */
export function maskName(name: string): string {
  return name
    .split(' ')
    .map((word) => {
      const letters = [...word];
      return letters.length <= 1 ? '*'.repeat(letters.length) : letters[0] + '*'.repeat(letters.length - 1);
    })
    .join(' ');
}

/** Keeps the last four of an identity number: 330106199001011234 → **************1234; short numbers keep one. */
export function maskIdentityNumber(number: string): string {
  const letters = [...number];
  const kept = letters.length > 8 ? 4 : 1;
  return '*'.repeat(Math.max(letters.length - kept, 0)) + letters.slice(-kept).join('');
}

/** 13812345678 → 138****5678; short numbers keep their last two. */
export function maskPhone(number: string): string {
  const letters = [...number];
  if (letters.length < 8) return '*'.repeat(Math.max(letters.length - 2, 0)) + letters.slice(-2).join('');
  return letters.slice(0, 3).join('') + '*'.repeat(letters.length - 7) + letters.slice(-4).join('');
}

/** zhangwei@example.com → z***@example.com. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return at <= 0 ? '***' : `${[...address][0]}***${address.slice(at)}`;
}

/** Keeps the first six characters (city and district) of a postal address. */
export function maskAddress(address: string): string {
  return `${[...address].slice(0, 6).join('')}****`;
}
