import type { Connections } from './connections';
import type { KeepAliveClient } from './keep-alive-client';
import { LatencyHistogram } from './latency-histogram';
import type { UnitLoop, UnitResult, UnitStep } from './load-messages';

type Values = Readonly<Record<string, string>>;

/** A refusal is an answer with 200, and the unit was not done. */
const REFUSED = /"userErrors":\[\{/;

/** Runs units of work, each step when the one before is answered; resolves when every client has ended its last unit. */
export async function runUnitLoop(connections: Connections, { clients: count, seconds, steps, units }: UnitLoop): Promise<UnitResult> {
  const clients = await connections.open(count);
  const bodies = steps.map(prepareBody);
  const latency = new LatencyHistogram();
  const captured: Values[] = [];
  let failure: string | null = null;
  let next = 0;
  const startMs = performance.now();
  const untilMs = startMs + seconds * 1_000;

  const runClient = async (client: KeepAliveClient): Promise<void> => {
    for (let unit = units[next]; unit !== undefined && failure === null && performance.now() < untilMs; unit = units[next]) {
      next += 1;
      const begunMs = performance.now();
      const values: Record<string, string> = { ...unit };
      for (const [nth, step] of steps.entries()) {
        const answer = await send(client, bodies[nth]?.(values) ?? '');
        const wrong = 'failure' in answer ? answer.failure : take(step, answer.text, values);
        if (wrong !== null) {
          failure ??= wrong;
          return;
        }
      }
      latency.record((performance.now() - begunMs) * 1_000);
      captured.push(values);
    }
  };

  await Promise.all(clients.map(runClient));
  return { units: captured.length, seconds: (performance.now() - startMs) / 1_000, latency: latency.toSparse(), captured, failure };
}

/** The body of a step, cut at its placeholders once. */
function prepareBody({ query, variables }: UnitStep): (values: Values) => string {
  const parts = JSON.stringify({ query, variables }).split(/\{\{(\w+)\}\}/);
  return (values) => parts.map((part, nth) => (nth % 2 === 0 ? part : JSON.stringify(values[part] ?? '').slice(1, -1))).join('');
}

function send(client: KeepAliveClient, body: string): Promise<{ readonly text: string } | { readonly failure: string }> {
  return new Promise((resolve) => {
    client.send(Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`), (answer) => {
      resolve('failure' in answer ? answer : { text: answer.body.toString('utf8') });
    });
  });
}

/** Takes what later steps need; what was wrong with the answer, or null. */
function take({ capture, expected = {} }: UnitStep, text: string, values: Record<string, string>): string | null {
  if (REFUSED.test(text)) return text.slice(0, 2_000);
  const { data } = JSON.parse(text) as { data: unknown };
  for (const [name, path] of Object.entries(capture)) {
    const found = path.reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[part], data);
    if (typeof found !== 'string') return `no ${path.join('.')} in ${text.slice(0, 2_000)}`;
    if (expected[name] !== undefined && found !== expected[name]) return `${name} is ${found}, not ${expected[name]}`;
    values[name] = found;
  }
  return null;
}
