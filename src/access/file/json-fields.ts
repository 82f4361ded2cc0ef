import type { ReadRow, UnreadableRow } from '../../business/process/party-import';

/** The fields of one line of JSON Lines: an object of plain values. Null and empty texts are left out. */
export function parseJsonRecord(text: string): Pick<ReadRow, 'fields'> | Pick<UnreadableRow, 'problem'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return malformed('it is not JSON');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return malformed('it is not a JSON object');
  const fields: [string, string][] = [];
  for (const [name, field] of Object.entries(value)) {
    if (field === null) continue;
    if (typeof field === 'object') return malformed(`the field ${name.slice(0, 64)} is not a plain value`);
    const plain = String(field).trim();
    if (plain !== '') fields.push([name, plain]);
  }
  return { fields: Object.fromEntries(fields) };
}

function malformed(reason: string): Pick<UnreadableRow, 'problem'> {
  return { problem: { code: 'ROW_MALFORMED', values: { reason } } };
}
