/** What is wrong, in one message; where in the program it came up, only for a mistake of its own and for who asks for more. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError) return error.errors.map(explain).join('; ');
  const isMistake = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  const wantsMore = ['debug', 'trace'].includes(process.env['SANHU_LOG_LEVEL'] ?? '');
  return isMistake || wantsMore ? (error.stack ?? error.message) : error.message;
}
