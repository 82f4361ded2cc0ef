import { createNumberPool, type NumberHolder } from '../../src/business/component/number';
import type { CallContext } from '../../src/business/context';
import { addNumberRange, addNumbers } from '../../src/business/process/stock-numbers';
import type { CoreDatabase } from '../../src/data/connection/core-database';
import { encodeId, newId, type Id } from '../../src/kernel/id';
import type { Permission } from '../../src/kernel/scope';
import type { TestDatabase } from './database';
import { newKey, type PartyWorld } from './party-world';

export const COUNTER: readonly Permission[] = ['number:read', 'number:reserve', 'subscriber:write', 'customer:read', 'account:write'];

interface ClerkOptions {
  readonly permissions?: readonly Permission[];
  readonly lines?: readonly string[] | null;
  readonly staffId?: Id<'staff'>;
  /** Another process's connections. */
  readonly core?: CoreDatabase;
}

/** What is in stock of a number, as the table has it. */
export interface Stocked {
  readonly state: string;
  readonly until: string | null;
  readonly holder_id: string | null;
  readonly subscriber_id: string | null;
}

/** Pools and clerks in a world of parties. */
export class NumberWorld {
  private heads = 0;

  public constructor(
    private readonly database: TestDatabase,
    public readonly parties: PartyWorld,
  ) {}

  /** A member of staff at a counter of a node. Who he is matters: what he reserves is his. */
  public clerk(node: Id<'organisation'>, { permissions = COUNTER, lines = null, staffId, core }: ClerkOptions = {}): CallContext {
    const context = this.parties.as(permissions, node, lines);
    const actor = { ...context.actor, kind: 'STAFF', id: encodeId('staff', staffId ?? newId('staff')) } as const;
    const changed = { actor: { value: actor }, ...(core !== undefined && { database: { value: core }, sql: { value: core.reader() } }) };
    return Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(context), ...changed }) as CallContext;
  }

  public async pool(organisationId: Id<'organisation'>, serviceType = 'MOBILE'): Promise<Id<'numberPool'>> {
    const input = { organisationId, code: `POOL-${newKey().toUpperCase()}`, name: '号池', serviceType };
    return (await this.parties.run(createNumberPool, input)).numberPoolId;
  }

  /** A range of a block of its own, in a pool; returns its numbers. */
  public async range(numberPoolId: Id<'numberPool'>, count: number): Promise<string[]> {
    this.heads += 1;
    const head = `177${String(this.heads).padStart(4, '0')}`;
    const numbers = Array.from({ length: count }, (_, place) => head + String(place).padStart(4, '0'));
    const ends = { first: numbers[0] as string, last: numbers.at(-1) as string };
    await this.parties.run(addNumberRange, { numberPoolId, classes: [], ...ends });
    return numbers;
  }

  public async add(numberPoolId: Id<'numberPool'>, ...numbers: readonly string[]): Promise<void> {
    await this.parties.run(addNumbers, { numberPoolId, classes: [], numbers });
  }

  public async stocked(value: string): Promise<Stocked | undefined> {
    const [row] = await this.database.raw<Stocked>(
      'SELECT state, until::text AS until, holder_id, subscriber_id FROM access_number WHERE value = $1',
      [value],
    );
    return row;
  }

  public async stateOf(value: string): Promise<string | undefined> {
    return (await this.stocked(value))?.state;
  }
}

/** An order that is not there yet: for what it holds, its id is enough. */
export function someOrder(): NumberHolder {
  return { kind: 'ORDER', id: newId('event') };
}
