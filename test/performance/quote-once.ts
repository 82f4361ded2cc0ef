import { ask } from './caller';
import { QUOTATION } from './order-unit';

interface Quoted {
  readonly quoteOrder: {
    readonly quotation: { readonly due: unknown; readonly lines: readonly Readonly<Record<string, unknown>>[] } | null;
    readonly userErrors: readonly unknown[];
  };
}

/** Asks for one quotation; what it comes to as JSON, without what differs between catalogues: ids, and codes in the words. */
export async function quoteOnce(port: number, token: string, values: Readonly<Record<string, string>>): Promise<string> {
  const text = JSON.stringify(QUOTATION.variables).replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
  const variables = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const { data } = JSON.parse(await ask({ port, path: '/graphql', token, query: QUOTATION.query, variables })) as { data: Quoted };
  const { quotation, userErrors } = data.quoteOrder;
  if (quotation === null) throw new Error(`a quotation was refused: ${JSON.stringify(userErrors)}`);
  const lines = quotation.lines.map(({ explanation: _, ...line }) => line);
  return JSON.stringify({ data: { due: quotation.due, lines } });
}
