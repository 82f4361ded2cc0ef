/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A record of a CSV file that people open in a spreadsheet. What a file said comes back to them: a cell that would be run as a formula
 * gets an apostrophe before it; a number below zero is none.
 */
export function toCsvRecord(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(FORMULA.test(cell) && !/^-?\d+(?:\.\d+)?$/.test(cell) ? `'${cell}` : cell)).join(',')}\n`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
