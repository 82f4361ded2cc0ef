import { setTimeout as sleep } from 'node:timers/promises';
import { changeAccount, setParentAccount } from '../../src/business/component/account';
import { changeCustomer, createCustomer, relateCustomers } from '../../src/business/component/customer';
import { openSubscriber, setDefaultPaymentRelation } from '../../src/business/component/subscriber';
import { terminateSubscriber } from '../../src/business/process/terminate-subscriber';
import { execute, type UseCase } from '../../src/business/execute';
import { closeAccount } from '../../src/business/process/close-account';
import * as databaseSql from '../../src/data/connection/sql';
import { lockCustomers } from '../../src/data/operation/customer/write-customer';
import type { Id } from '../../src/kernel/id';
import { ok } from '../../src/kernel/result';
import { systemContext } from '../support/call-context';
import { useDatabase } from '../support/database';
import { newKey, newNumber, refusalsIn, usePartyWorld, valueOf } from '../support/party-world';

const database = useDatabase();
const world = usePartyWorld(database);

const customerInput = (name: string) => ({
  kind: 'INDIVIDUAL' as const,
  name,
  grade: 'STANDARD' as const,
  organisationId: world.hangzhou,
  documents: [],
  contacts: [],
  attributes: {},
});
const count = async (sql: string, values: readonly unknown[] = []) =>
  (await database.raw<{ total: number }>(`SELECT count(*)::integer AS total FROM ${sql}`, values))[0]?.total;

describe('one idempotency key', () => {
  it('200 identical concurrent calls: one effect, 200 equal answers', async () => {
    const key = newKey();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => execute(world.context, createCustomer, customerInput('二百'), key)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.ok).toBe(true);
    expect(await count(`customer WHERE name = '二百'`)).toBe(1);
    const { customerId } = valueOf(answers[0] as NonNullable<(typeof answers)[0]>);
    expect(await count('audit_entry WHERE subject_id = $1', [customerId])).toBe(1);
    expect(await count('outbox_event WHERE subject_id = $1', [customerId])).toBe(1);
  });

  it('the same from several processes, which do not share the calls under way', async () => {
    const key = newKey();
    // A module registry of its own is what another process is to `execute`: it shares the database, to which its SQL belongs, and nothing else.
    const executors: (typeof execute)[] = [];
    for (let process = 0; process < 8; process += 1) {
      jest.isolateModules(() => {
        jest.doMock('../../src/data/connection/sql', () => databaseSql);
        executors.push(jest.requireActual<{ execute: typeof execute }>('../../src/business/execute').execute);
      });
    }
    expect(new Set(executors).size).toBe(8);
    const calls = executors.flatMap((run) =>
      Array.from({ length: 25 }, () => run(world.context, createCustomer, customerInput('八进程'), key)),
    );
    const answers = await Promise.all(calls);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await count(`customer WHERE name = '八进程'`)).toBe(1);
  });

  it('a replay answers the first result, also after the record has moved on; another input is refused', async () => {
    const key = newKey();
    const customerId = await world.customer();
    const change = { customerId, expectedVersion: 1, grade: 'GOLD' as const };
    expect(valueOf(await execute(world.context, changeCustomer, change, key))).toEqual({ customerId });
    await world.run(changeCustomer, { ...change, expectedVersion: 2, grade: 'SILVER' });
    expect(valueOf(await execute(world.context, changeCustomer, change, key))).toEqual({ customerId });
    expect(await database.raw('SELECT grade, version FROM customer WHERE id = $1', [customerId])).toEqual([
      { grade: 'SILVER', version: 3 },
    ]);
    await expect(execute(world.context, changeCustomer, { ...change, grade: 'DIAMOND' }, key)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    // Keys of another client are other keys.
    const other = systemContext(database.core, { clock: world.clock, clientId: 'another' });
    expect(refusalsIn(await execute(other, changeCustomer, change, key))).toEqual(['expectedVersion STALE_VERSION']);
  });

  it('a refusal is not kept: the same key may succeed later', async () => {
    const key = newKey();
    const { customerId, accountId } = await world.payer();
    const number = newNumber();
    const open = {
      serviceType: 'MOBILE',
      organisationId: world.hangzhou,
      ownerId: customerId,
      accountId,
      identifier: number,
      attributes: {},
    };
    const holder = await world.subscriber(customerId, accountId, { identifier: number });
    expect(refusalsIn(await execute(world.context, openSubscriber, open, key))).toEqual(['identifier NUMBER_TAKEN']);
    await world.run(terminateSubscriber, { subscriberId: holder, expectedVersion: 1 });
    expect(refusalsIn(await execute(world.context, openSubscriber, open, key))).toEqual([]);
  });
});

describe('two at once', () => {
  it('clerks who saw the same version of an account: one wins, one is told', async () => {
    const { accountId } = await world.payer();
    const change = (name: string) => execute(world.context, changeAccount, { accountId, expectedVersion: 1, name }, newKey());
    const ends = await Promise.all([change('甲'), change('乙')]);
    expect(ends.map(refusalsIn).sort()).toEqual([[], ['expectedVersion STALE_VERSION']]);
    const told = ends.find((end) => !end.ok);
    expect(told?.ok === false && told.refusals[0]?.message).toEqual({
      zh: '该记录已被他人修改（当前版本 2），请刷新后重试',
      en: 'Someone else has changed this record (it is now version 2); read it again and retry.',
    });
    expect(await world.versionOf('account', accountId)).toBe(2);
  });

  it('openings with one number: one has it, one is told', async () => {
    const { customerId, accountId } = await world.payer();
    const number = newNumber();
    const open = {
      serviceType: 'MOBILE',
      organisationId: world.hangzhou,
      ownerId: customerId,
      accountId,
      identifier: number,
      attributes: {},
    };
    const ends = await Promise.all(Array.from({ length: 6 }, () => execute(world.context, openSubscriber, open, newKey())));
    expect(ends.map((end) => refusalsIn(end).join()).sort()).toEqual(['', ...Array.from({ length: 5 }, () => 'identifier NUMBER_TAKEN')]);
    expect(await count('subscriber_identifier WHERE value = $1', [number])).toBe(1);
  });

  it('changes of the default of one subscriber: whatever wins, there is one at any instant', async () => {
    const { customerId, accountId } = await world.payer();
    const accounts = [accountId, await world.account(customerId), await world.account(customerId)];
    const subscriberId = await world.subscriber(customerId, accountId);
    for (let version = 1; version <= 5; version += 1) {
      const ends = await Promise.all(
        accounts.map((id) =>
          execute(world.context, setDefaultPaymentRelation, { subscriberId, expectedVersion: version, accountId: id }, newKey()),
        ),
      );
      expect(ends.filter((end) => end.ok)).toHaveLength(1);
    }
    const [row] = await database.raw(
      `SELECT range_agg(f.valid) @> tstzrange(s.opened_at, NULL) AS whole, count(*) FILTER (WHERE upper_inf(f.valid))::integer AS open
       FROM payment_relation f JOIN subscriber s ON s.id = f.subscriber_id WHERE s.id = $1 AND upper_inf(f.recorded) GROUP BY s.opened_at`,
      [subscriberId],
    );
    expect(row).toEqual({ whole: true, open: 1 });
  });

  it('opening a subscriber and closing its account: never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { customerId, accountId } = await world.payer();
      const open = {
        serviceType: 'MOBILE',
        organisationId: world.hangzhou,
        ownerId: customerId,
        accountId,
        identifier: newNumber(),
        attributes: {},
      };
      const [opened, closed] = await Promise.all([
        execute(world.context, openSubscriber, open, newKey()),
        execute(world.context, closeAccount, { accountId, expectedVersion: 1 }, newKey()),
      ]);
      expect([refusalsIn(opened), refusalsIn(closed)]).toEqual(
        opened.ok ? [[], ['accountId STILL_PAYING']] : [['accountId ACCOUNT_NOT_ACTIVE'], []],
      );
    }
  });

  it('units that lock two customers in opposite order: the deadlock is taken up again, and both happen', async () => {
    const [a, b] = [await world.customer(), await world.customer()];
    let attempts = 0;
    const lockOneByOne: UseCase<readonly Id<'customer'>[], { done: true }, never> = {
      name: 'lockOneByOne',
      permission: 'customer:write',
      async run(unit, [first, second]) {
        attempts += 1;
        await lockCustomers(unit, [first as Id<'customer'>], 'customer:write');
        await sleep(attempts <= 2 ? 300 : 0);
        await lockCustomers(unit, [second as Id<'customer'>], 'customer:write');
        unit.audit({ subjectKind: 'customer', subjectId: first as string, organisationId: null, before: null, after: { order: attempts } });
        return ok({ done: true });
      },
    };
    const ends = await Promise.all([
      execute(world.context, lockOneByOne, [a, b], newKey()),
      execute(world.context, lockOneByOne, [b, a], newKey()),
    ]);
    expect(ends.map(refusalsIn)).toEqual([[], []]);
    expect(attempts).toBe(3);
    // The unit that was rolled back left no second line behind.
    expect(await count(`audit_entry WHERE operation = 'lockOneByOne'`)).toBe(2);
  });

  it('the real use cases lock in one order: two customers related to one another do not even deadlock', async () => {
    const [a, b] = [await world.customer(), await world.customer()];
    const relate = (customerId: Id<'customer'>, relatedCustomerId: Id<'customer'>) =>
      execute(world.context, relateCustomers, { customerId, expectedVersion: 1, relatedCustomerId, kind: 'FAMILY' }, newKey());
    const [before] = await database.raw<{ deadlocks: string }>(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`);
    const ends = await Promise.all([relate(a, b), relate(b, a)]);
    expect(ends.map(refusalsIn)).toEqual([[], []]);
    await database.raw('SELECT pg_stat_clear_snapshot()');
    const [after] = await database.raw<{ deadlocks: string }>(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`);
    expect(after).toEqual(before);
  });

  it('four parents in a ring, two by two without a customer in common: the ring is not closed', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [a, b, c, d] = [await world.customer(), await world.customer(), await world.customer(), await world.customer()];
      await world.run(relateCustomers, { customerId: b, expectedVersion: 1, relatedCustomerId: c, kind: 'PARENT' });
      await world.run(relateCustomers, { customerId: d, expectedVersion: 1, relatedCustomerId: a, kind: 'PARENT' });
      const relate = (customerId: Id<'customer'>, relatedCustomerId: Id<'customer'>) =>
        execute(world.context, relateCustomers, { customerId, expectedVersion: 1, relatedCustomerId, kind: 'PARENT' }, newKey());
      const ends = await Promise.all([relate(a, b), relate(c, d)]);
      expect(ends.map((end) => refusalsIn(end).join()).sort()).toEqual(['', 'relatedCustomerId RELATION_CYCLE']);
    }
  });

  it('the same with accounts', async () => {
    const customerId = await world.customer();
    const [a, b, c, d] = [
      await world.account(customerId),
      await world.account(customerId),
      await world.account(customerId),
      await world.account(customerId),
    ];
    const place = (accountId: Id<'account'>, parentAccountId: Id<'account'>) => ({
      accountId,
      expectedVersion: 1,
      parentAccountId,
      payer: 'SELF' as const,
      consolidatedBill: false,
    });
    await world.run(setParentAccount, place(b, c));
    await world.run(setParentAccount, place(d, a));
    const ends = await Promise.all([place(a, b), place(c, d)].map((input) => execute(world.context, setParentAccount, input, newKey())));
    expect(ends.map((end) => refusalsIn(end).join()).sort()).toEqual(['', 'parentAccountId PARENT_CYCLE']);
  });
});
