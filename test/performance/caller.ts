import { setTimeout as sleep } from 'node:timers/promises';
import { PASSWORD } from './dataset-access';

/** Logs in as a person would, and returns the access token. */
export async function logIn(port: number, loginName: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/auth/log-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName, password: PASSWORD }),
  });
  const answer = (await response.json()) as { accessToken?: string };
  if (answer.accessToken === undefined) throw new Error(`${loginName} could not log in: ${JSON.stringify(answer)}`);
  return answer.accessToken;
}

export interface Asked {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

/**
 * Asks the product once and returns the text of its answer.
 * @throws Error when it is not a good one
 */
export async function ask({ port, path, token, query, variables, signal }: Asked): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
    ...(signal !== undefined && { signal }),
  });
  const text = await response.text();
  if (response.status !== 200 || text.includes('"errors"')) throw new Error(`${path} answered ${response.status} ${text.slice(0, 1_000)}`);
  return text;
}

/** Asks again for a while, for what is known only when the replica has it. */
export async function askUntilAnswered(asked: Asked, withinMs: number): Promise<string> {
  for (let waitedMs = 0; ; waitedMs += 250) {
    try {
      return await ask(asked);
    } catch (error) {
      if (waitedMs >= withinMs) throw error;
      await sleep(250);
    }
  }
}
