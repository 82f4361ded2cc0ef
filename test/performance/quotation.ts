import { Client } from 'pg';
import { encodeId, type Id } from '../../src/kernel/id';
import { POOL_SIZE, type Bench } from './bench';
import { logIn } from './caller';
import { readCatalogue } from './catalogue-reads';
import { compareAnswers } from './compare-answers';
import { CLERK } from './dataset-access';
import { CITIES, HALLS_PER_CITY, NODES } from './dataset-organisations';
import { catalogueCopies, growCatalogue, sizeOfCatalogue } from './large-catalogue';
import type { UnitLoop } from './load/load-messages';
import { QUOTATION } from './order-unit';
import { measurePairs, type RequestsOnce } from './paired-runs';
import { productTarget } from './requests';
import type { ServerProgram } from './server-programs';
import { tell, type Stage } from './stage';
import { quoteOnce } from './quote-once';

const CLIENTS = 16;

/** More quotations a second than any machine gives. */
const PER_SECOND_MAX = 1_000;

/** Of the numbers that are asked for: past those that a bench before this one has given out. */
const FIRST_NUMBER = 50_000_000;

/** Who a quotation is for, and the hall that is asked for it. */
export interface Asker {
  readonly customer: string;
  readonly account: string;
  readonly hall: string;
  /** Of the copies of the catalogue, the suffixes of those that are sold at the hall. */
  readonly copies: readonly string[];
}

/** Whether 5,000 products and 500 bundles slow the quotation of an order of a bundle with three subscribers. */
export const quotation: Bench = {
  name: 'quotation',
  unit: 'quotations/s',
  reference: 'the same with the catalogue of the demonstration alone',
  needs: { standby: false, history: 2 },
  run: async (stage) => {
    const askers = await drawAskers(stage.url, stage.scale.keys);
    tell('copying the database, and its catalogue');
    const largeUrl = await stage.copyDatabase('large');
    const large = await growCatalogue(largeUrl);
    const small = await sizeOf(stage.url);
    tell(`${large.products} products and ${large.bundles} bundles beside ${small.products} and ${small.bundles}`);
    const inLarge = await stage.startProduct('core', largeUrl);
    const inSmall = await stage.startProduct('core');
    try {
      const sides = { large: await aim(stage, 'large', inLarge, askers), small: await aim(stage, 'small', inSmall, askers) };
      const compared = await compareAnswers(
        Array.from({ length: Math.min(stage.scale.compared, 200) }, (_, nth) => String(nth)),
        (nth) => quoteOnce(inLarge.port, sides.large.token, sides.large.next(`compared-${nth}`)),
        (nth) => quoteOnce(inSmall.port, sides.small.token, sides.small.next(`compared-${nth}`)),
      );
      tell(`${compared.answers} quotations are equal`);
      const measured = await measurePairs(
        stage,
        { name: 'largeCatalogue', loop: sides.large.loop, program: inLarge.program },
        { name: 'smallCatalogue', loop: sides.small.loop, program: inSmall.program },
      );
      const hall = askers[0]?.hall ?? '';
      const reads = {
        large: await readCatalogue(inLarge.port, sides.large.token, hall, stage.scale.small),
        small: await readCatalogue(inSmall.port, sides.small.token, hall, stage.scale.small),
      };
      const conditions = { clients: CLIENTS, poolSize: POOL_SIZE, catalogue: { large, small }, comparedAnswers: compared, reads };
      return { ...measured, conditions: { ...conditions, ...measured.conditions, ...stage.conditions() } };
    } finally {
      await inLarge.program.stop();
      await inSmall.program.stop();
    }
  },
};

interface Aimed {
  readonly token: string;
  readonly loop: RequestsOnce;
  /** The values of one more quotation. */
  readonly next: (key: string) => Readonly<Record<string, string>>;
}

/** Has the generator know one of the two products, and what is asked of it: with many copies of the catalogue, another each time. */
async function aim(stage: Stage, name: 'large' | 'small', { port }: ServerProgram, askers: readonly Asker[]): Promise<Aimed> {
  const token = await logIn(port, CLERK);
  await stage.load.aim(name, productTarget(port, '', [token], []));
  let taken = 0;
  const next = (key: string): Readonly<Record<string, string>> => {
    const { copies, ...asker } = askers[taken % askers.length] as Asker;
    const copy = name === 'small' ? '' : (copies[taken % copies.length] ?? '');
    taken += 1;
    return { ...asker, copy, n: key, tail: String(FIRST_NUMBER + taken) };
  };
  const take = (seconds: number): UnitLoop['units'] =>
    Array.from({ length: Math.ceil(seconds * PER_SECOND_MAX) }, () => next(`${name}-${taken}`));
  return { token, next, loop: { target: name, clients: CLIENTS, steps: [QUOTATION], rampSeconds: 0, take } };
}

/** Individuals with an account each, drawn at random, at their halls. */
async function drawAskers(url: string, count: number): Promise<readonly Asker[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ customer: Id<'customer'>; account: Id<'account'>; hall: Id<'organisation'>; code: string }>(
      `SELECT c.id AS customer, a.id AS account, o.id AS hall, o.code
       FROM customer c JOIN account a ON a.customer_id = c.id JOIN organisation o ON o.id = c.organisation_id
       WHERE c.kind = 'INDIVIDUAL' AND c.status = 'ACTIVE' AND a.status = 'ACTIVE' ORDER BY random() LIMIT $1`,
      [count],
    );
    return rows.map(({ customer, account, hall, code }) => ({
      customer: encodeId('customer', customer),
      account: encodeId('account', account),
      hall: encodeId('organisation', hall),
      copies: copiesSoldAt(Number(code.slice(1))),
    }));
  } finally {
    await client.end();
  }
}

function copiesSoldAt(hall: number): string[] {
  const city = NODES.firstCity + Math.floor((hall - NODES.firstHall) / HALLS_PER_CITY);
  const isSold = (node: number): boolean => node < NODES.firstCity || node >= NODES.firstCity + CITIES || node === city;
  return catalogueCopies().flatMap(({ suffix, node }) => (isSold(node) ? [suffix] : []));
}

async function sizeOf(url: string): ReturnType<typeof sizeOfCatalogue> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await sizeOfCatalogue(client);
  } finally {
    await client.end();
  }
}
