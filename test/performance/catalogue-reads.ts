import { ask } from './caller';
import { median, round } from './statistics';

const QUERY = `query($first:Int!,$after:String,$filter:ProductFilter){products(first:$first,after:$after,filter:$filter){
  nodes{id code name kind serviceType{code}} pageInfo{hasNextPage endCursor}}}`;

/** The most that one page may hold. */
const PAGE_MAX = 100;

interface Page {
  readonly products: {
    readonly nodes: readonly unknown[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** How long one clerk waits for what may be sold at a hall, by one question: the middle one and the slowest, in milliseconds. */
export interface ReadTimes {
  readonly products: number;
  readonly medianMs: number;
  readonly slowestMs: number;
}

/** What a clerk reads of the catalogue: the plans of a line, what a word finds, and everything that is for sale at the hall, page by page. */
export async function readCatalogue(
  port: number,
  token: string,
  hall: string,
  small: boolean,
): Promise<Readonly<Record<'firstPage' | 'search' | 'everyPage', ReadTimes>>> {
  const times = small ? 5 : 100;
  const sellableAt = { organisationId: hall };
  const read = async (variables: Readonly<Record<string, unknown>>): Promise<{ readonly page: Page['products']; readonly ms: number }> => {
    const startedMs = performance.now();
    const answer = await ask({ port, path: '/graphql', token, query: QUERY, variables });
    const ms = performance.now() - startedMs;
    return { page: (JSON.parse(answer) as { data: Page }).data.products, ms };
  };
  const again = async (variables: Readonly<Record<string, unknown>>): Promise<ReadTimes> => {
    const taken: number[] = [];
    let products = 0;
    for (let nth = 0; nth < times; nth += 1) {
      const { page, ms } = await read(variables);
      products = page.nodes.length;
      taken.push(ms);
    }
    return summarise(products, taken);
  };
  const everyPage = async (): Promise<ReadTimes> => {
    const taken: number[] = [];
    let products = 0;
    for (let after: string | null = null, more = true; more;) {
      const { page, ms }: Awaited<ReturnType<typeof read>> = await read({ first: PAGE_MAX, after, filter: { sellableAt } });
      taken.push(ms);
      products += page.nodes.length;
      more = page.pageInfo.hasNextPage;
      after = page.pageInfo.endCursor;
    }
    return summarise(products, taken);
  };
  return {
    firstPage: await again({ first: 50, filter: { sellableAt, kind: 'PLAN', serviceType: 'MOBILE' } }),
    search: await again({ first: 20, filter: { sellableAt, text: '融合' } }),
    everyPage: await everyPage(),
  };
}

function summarise(products: number, taken: readonly number[]): ReadTimes {
  return { products, medianMs: round(median(taken), 1), slowestMs: round(Math.max(...taken), 1) };
}
