/** The part of node-postgres that turns a parameter into what it sends; exported, but not typed. */
declare module 'pg/lib/utils' {
  export function prepareValue(value: unknown): string | Buffer | null;
}
