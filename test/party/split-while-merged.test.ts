import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { changeAccount } from '../../src/business/component/account';
import { execute } from '../../src/business/execute';
import { mergeCustomers } from '../../src/business/process/merge-customers';
import { splitAccount } from '../../src/business/process/split-account';
import type { Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { newKey, refusalsIn, usePartyWorld } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);

/** Holds a row past every rule of the program, until it is let go. */
async function holdRow(table: 'subscriber' | 'customer', id: string): Promise<() => Promise<void>> {
  const client = new Client(database.url);
  await client.connect();
  await client.query('BEGIN');
  await client.query(`SELECT FROM ${table} WHERE id = $1 FOR UPDATE`, [id]);
  return async () => {
    await client.query('COMMIT');
    await client.end();
  };
}

/** Waits until so many transactions of this database wait for a lock. */
async function untilWaiting(wanted: number): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    const [row] = await database.raw<{ total: number }>(
      `SELECT count(*)::integer AS total FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (row?.total === wanted) return;
    await sleep(20);
  }
  throw new Error(`never ${wanted} transactions waited`);
}

/** Accounts that are open under a customer who is not. */
const orphans = () =>
  database.raw(`SELECT a.id FROM account a JOIN customer c ON c.id = a.customer_id WHERE a.status = 'ACTIVE' AND c.status <> 'ACTIVE'`);

async function twoCustomers() {
  const survivorId = await world.customer();
  const { customerId: mergedId, accountId } = await world.payer();
  const subscriberId = await world.subscriber(mergedId, accountId);
  const merge = () => execute(world.context, mergeCustomers, { survivorId, survivorVersion: 1, mergedId, mergedVersion: 1 }, newKey());
  const split = (expectedVersion: number) =>
    execute(world.context, splitAccount, { accountId, expectedVersion, name: '分账户', subscriberIds: [subscriberId] }, newKey());
  return { survivorId, mergedId, accountId, subscriberId, merge, split };
}

const ownersOf = async (ids: readonly Id<'account'>[]) =>
  (await database.raw<{ customer_id: string }>('SELECT DISTINCT customer_id FROM account WHERE id = ANY ($1)', [ids])).map(
    (row) => row.customer_id,
  );

describe('splitting an account while its customer is merged', () => {
  it('split first: the merge waits for it, and takes the new account along', async () => {
    const { survivorId, accountId, subscriberId, merge, split } = await twoCustomers();
    const release = await holdRow('subscriber', subscriberId);
    const splitting = split(1);
    await untilWaiting(1);
    const merging = merge();
    await untilWaiting(2);
    await release();
    const [divided, merged] = [await splitting, await merging];
    expect([refusalsIn(divided), refusalsIn(merged)]).toEqual([[], []]);
    const newAccountId = divided.ok ? divided.value.newAccountId : accountId;
    expect(newAccountId).not.toBe(accountId);
    expect(merged.ok && merged.value.accounts).toBe(2);
    expect(await ownersOf([accountId, newAccountId])).toEqual([survivorId]);
    expect(await orphans()).toEqual([]);
  });

  it.each([1, 2])('merge first: the split is told that the account has changed (it names version %i)', async (version) => {
    const { survivorId, accountId, subscriberId, merge, split } = await twoCustomers();
    const release = await holdRow('subscriber', subscriberId);
    const merging = merge();
    await untilWaiting(1);
    const splitting = split(version);
    await untilWaiting(2);
    await release();
    expect(refusalsIn(await merging)).toEqual([]);
    // Version 2 is what the merge makes of it: the caller guessed right, and the customer is still another than the one held.
    expect(refusalsIn(await splitting)).toEqual(['expectedVersion STALE_VERSION']);
    expect(await ownersOf([accountId])).toEqual([survivorId]);
    expect(await orphans()).toEqual([]);
    expect(refusalsIn(await split(2))).toEqual([]);
  });

  it('an account is renamed only while its customer keeps the name', async () => {
    const { mergedId, accountId } = await twoCustomers();
    const release = await holdRow('customer', mergedId);
    const renaming = execute(world.context, changeAccount, { accountId, expectedVersion: 1, name: '新名' }, newKey());
    await untilWaiting(1);
    await release();
    expect(refusalsIn(await renaming)).toEqual([]);
  });
});
