import type { Answer, Asking, Installation, Program } from './program';

const CREATE = `mutation ($input: CreateCustomerInput!) {
  createCustomer(input: $input) { customer { id customerNo name } userErrors { code } }
}`;

/** A mutation that was sent, and what came of it. Its key is the customer's name too, so that its effects are found by it. */
export interface Write {
  readonly key: string;
  readonly organisationId: string;
  readonly answer: Answer;
}

/** What a write has left in the database. */
export interface Effects {
  readonly customers: number;
  readonly audits: number;
  readonly events: number;
  readonly keys: number;
}

export const WHOLE: Effects = { customers: 1, audits: 1, events: 1, keys: 1 };
export const NONE: Effects = { customers: 0, audits: 0, events: 0, keys: 0 };

/** Nodes of the demonstration at which customers are opened. */
export async function hallsOf(program: Program, token: string): Promise<readonly string[]> {
  const answer = await program.ask({ token }, '{ organisations(first: 100, filter: { kind: HALL }) { edges { node { id } } } }');
  const { edges } = answer.data?.['organisations'] as { edges: { node: { id: string } }[] };
  return edges.map(({ node }) => node.id);
}

export async function createCustomer(program: Program, asking: Asking, key: string, organisationId: string): Promise<Write> {
  const input = { idempotencyKey: key, kind: 'ENTERPRISE', name: key, organisationId };
  return { key, organisationId, answer: await program.ask(asking, CREATE, { input }) };
}

/** The customer that an answer tells of; undefined when it tells of none. */
export function createdIn({ data }: Answer): unknown {
  return (data?.['createCustomer'] as { customer?: unknown } | undefined)?.customer ?? undefined;
}

/** Writers that each send one after another until they are told to stop. A failed write is followed by the next one. */
export function keepWriting(
  program: Program,
  token: string,
  { halls, writers, name }: { halls: readonly string[]; writers: number; name: string },
): {
  readonly writes: Write[];
  stop(): Promise<void>;
} {
  const writes: Write[] = [];
  let going = true;
  const write = async (writer: number): Promise<void> => {
    for (let count = 0; going; count += 1) {
      writes.push(await createCustomer(program, { token }, `${name}-${writer}-${count}`, halls[writer % halls.length] ?? ''));
      // Where nothing answers, nobody asks as fast as he can.
      if (createdIn(writes.at(-1)?.answer as Answer) === undefined) await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const all = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  return {
    writes,
    stop: async () => {
      going = false;
      await all;
    },
  };
}

/** What each key has left, by key. */
export async function effectsOf(installation: Installation, keys: readonly string[]): Promise<ReadonlyMap<string, Effects>> {
  const rows = await installation.sql<Effects & { key: string }>(
    `SELECT k.key, count(DISTINCT c.id)::integer AS customers,
            (SELECT count(*) FROM audit_entry a WHERE a.operation = 'createCustomer' AND a.subject_id = ANY (array_agg(c.id)))::integer AS audits,
            (SELECT count(*) FROM outbox_event e WHERE e.subject_id = ANY (array_agg(c.id)))::integer AS events,
            (SELECT count(*) FROM idempotency_key i WHERE i.operation = 'createCustomer' AND i.key = k.key AND i.result IS NOT NULL)::integer AS keys
       FROM unnest($1::text[]) AS k (key) LEFT JOIN customer c ON c.name = k.key
      GROUP BY k.key`,
    [keys],
  );
  return new Map(rows.map(({ key, ...effects }) => [key, effects]));
}

/** Fails when an answered write is not there, or any write is there in part. Returns how many are there. */
export async function expectNoneHalf(installation: Installation, writes: readonly Write[]): Promise<number> {
  const effects = await effectsOf(installation, writes.map(({ key }) => key)); // prettier-ignore
  let there = 0;
  for (const { key, answer } of writes) {
    const left = effects.get(key);
    if (createdIn(answer) !== undefined || left?.customers !== 0) {
      expect({ key, ...left }).toEqual({ key, ...WHOLE });
      there += 1;
    } else {
      expect({ key, ...left }).toEqual({ key, ...NONE });
    }
  }
  return there;
}

/** Sends every write again with its key: each succeeds, those that had succeeded with the same answer, and has one effect. */
export async function expectRepeatable(
  installation: Installation,
  program: Program,
  token: string,
  writes: readonly Write[],
): Promise<void> {
  for (let from = 0; from < writes.length; from += 20) {
    const again = await Promise.all(
      writes.slice(from, from + 20).map((write) => createCustomer(program, { token }, write.key, write.organisationId)),
    );
    for (const [place, { answer, key }] of again.entries()) {
      const first = createdIn((writes[from + place] as Write).answer);
      expect({ key, codes: answer.codes, customer: createdIn(answer) }).toEqual({ key, codes: [], customer: first ?? expect.anything() });
    }
  }
  const effects = await effectsOf(installation, writes.map(({ key }) => key)); // prettier-ignore
  expect([...effects.values()]).toEqual(writes.map(() => WHOLE));
}
