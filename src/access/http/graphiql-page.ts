import { gzipSync } from 'node:zlib';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

const FIRST_QUERY = `# 柜面视图 / the counter view: a caller's number, what it holds, whose it is, and who pays.
# Log in first (POST /auth/log-in) and put {"Authorization": "Bearer <accessToken>"} under Headers.
query CounterView($number: String!) {
  subscriberByNumber(number: $number) {
    accessNumber
    status
    stopReasons
    products { quantity validity { from to } product { code name } }
    plannedProducts { quantity validity { from } product { code name } }
    bundle { role bundle { product { code name } } }
    discounts { validity { to } discount { code name } }
    customer {
      customerNo
      name
      grade
      documents { kind number }
      contacts { kind value }
      accounts(first: 10) {
        nodes {
          accountNo
          ratingType
          paymentRelations(first: 10) { nodes { isDefault priority subscriber { accessNumber } } }
        }
      }
      subscribers(first: 10) { nodes { accessNumber status } }
    }
  }
}
`;

/** Nothing but this page's own scripts, and no address but this server: the page is usable, and safe, without the internet. */
export const PAGE_SECURITY_POLICY =
  "default-src 'self' blob: data: 'unsafe-inline' 'unsafe-eval'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const pages = new Map<string, Buffer>();

/** GraphiQL for a browser, gzipped: nine megabytes of it, made once. */
export function graphiqlPage(endpoint: string): Buffer {
  const known = pages.get(endpoint);
  if (known !== undefined) return known;
  const html = renderGraphiQL({ title: 'Sanhu 三户', endpoint, defaultQuery: FIRST_QUERY, headers: '{"Authorization": "Bearer "}' });
  const page = gzipSync(html);
  pages.set(endpoint, page);
  return page;
}
