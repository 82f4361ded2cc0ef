import type { Target } from './load/load-messages';

/** The subscriber of a number, two fields. */
export const POINT_READ_QUERY = 'query($n:String!){subscriberByNumber(number:$n){accessNumber status}}';

/** All that a clerk sees of a caller at once: the first query of the GraphiQL page. */
export const COUNTER_VIEW_QUERY = `query CounterView($n: String!) {
  subscriberByNumber(number: $n) {
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
}`;

/** Requests to the product: the full text of the query each time, one head for each log-in. */
export function productTarget(port: number, query: string, tokens: readonly string[], numbers: readonly string[]): Target {
  return {
    port,
    heads: tokens.map(
      (token) =>
        `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`,
    ),
    tails: numbers.map((n) => {
      const body = JSON.stringify({ query, variables: { n } });
      return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    }),
  };
}

/** Requests to the reference server, which has nothing to parse but the path. */
export function referenceTarget(port: number, path: string, numbers: readonly string[]): Target {
  return { port, heads: [''], tails: numbers.map((number) => `GET ${path}${number} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`) };
}
