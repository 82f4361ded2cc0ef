import { createSecretKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { verify as verifyArgon2 } from '@node-rs/argon2';
import { SignJWT } from 'jose';
import {
  changeApiClient,
  changeOwnPassword,
  changeStaff,
  noteAccessChange,
  revokeGrant,
  revokeSessions,
  rotateClientSecret,
  setStaffPassword,
  TokenVerifier,
  type Authentication,
  type PasswordProof,
} from '../../src/business/component/staff';
import type { CallContext } from '../../src/business/context';
import { execute } from '../../src/business/execute';
import { statementOf } from '../../src/data/connection/sql';
import { newId, type Id } from '../../src/kernel/id';
import { useDatabase } from '../support/database';
import { newKey, refusalsIn, valueOf } from '../support/party-world';
import { ORIGIN, PASSWORD, contextOf, useAccessWorld } from './access-world';

jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual<typeof import('@node-rs/argon2')>('@node-rs/argon2');
  return { ...real, verify: jest.fn(real.verify) };
});

const database = useDatabase();
const world = useAccessWorld(database);

const verify = async (token: string, authentication = world.authentication): Promise<string> => {
  try {
    return (await authentication.verifyAccessToken(token)).actorId;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};
const stateOf = async (staffId: Id<'staff'>): Promise<{ failed_log_ins: number; locked: boolean }> => {
  const [row] = await database.raw<{ failed_log_ins: number; locked: boolean }>(
    'SELECT failed_log_ins, locked_until IS NOT NULL AS locked FROM staff WHERE id = $1', [staffId]); // prettier-ignore
  if (row === undefined) throw new Error('gone');
  return row;
};
const outcomes = async (subjectId: string): Promise<unknown[]> =>
  (await world.trail(subjectId)).filter(({ operation }) => operation === 'logIn').map(({ after }) => after?.['outcome']);
const NOBODY = '00000000-0000-0000-0000-000000000000';

describe('logging in with a password', () => {
  it('gives tokens that say who calls and what he may do', async () => {
    const member = await world.member('clerk.one', 'HALL_CLERK', world.hallOne, ['MOBILE']);
    const principal = await member.principal();
    expect(principal).toMatchObject({
      kind: 'STAFF',
      staffId: member.staffId,
      organisationId: world.hallOne,
      apiClient: { code: 'counter', costCapacity: 10_000, documentMode: 'off' },
    });
    expect(principal.scope.grantsOf('subscriber:write')).toEqual([{ nodes: [world.hallOne], lines: ['MOBILE'] }]);
    expect([principal.scope.permits('self:write'), principal.scope.permits('personal-data:unmask'), principal.scope.system]).toEqual([
      true,
      false,
      false,
    ]);
    const [stored] = await database.raw<{ whole: string }>('SELECT (s.*)::text AS whole FROM session s WHERE id = $1', [
      member.logIn.sessionId,
    ]);
    expect(stored?.whole).not.toContain(member.logIn.refreshToken.split('.')[1]);
  });

  it('takes the name however it is typed', async () => {
    await world.staff('typed.name', world.hallOne);
    expect(await world.tryLogIn('  Typed.NAME ', PASSWORD)).toBe('in');
  });

  it('answers an unknown name, a wrong password, a disabled, a locked and a passwordless one alike', async () => {
    const disabled = await world.staff('is.disabled', world.hallOne);
    await database.raw(`UPDATE staff SET status = 'DISABLED' WHERE id = $1`, [disabled]);
    await world.staff('without.password', world.hallOne, null);
    const locked = await world.staff('is.locked', world.hallOne);
    await database.raw(`UPDATE staff SET locked_until = '2100-01-01' WHERE id = $1`, [locked]);
    const wrong = await world.staff('is.right', world.hallOne);
    const answers = await Promise.all(
      (
        [['no.such.name', PASSWORD], ['is.right', 'wrong password!'], ['is.disabled', PASSWORD], ['is.locked', PASSWORD], ['without.password', PASSWORD],
          ['', ''], ["x' OR 1=1 --", PASSWORD], ['nul\0byte', PASSWORD], ['is.right', 'x'.repeat(100_000)]] as const
      ).map(([name, password]) => world.authentication.logIn({ loginName: name, password, clientCode: 'counter' }, ORIGIN)),
    ); // prettier-ignore
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(refusalsIn(answers[0] as (typeof answers)[number])).toEqual(['LOG_IN_REFUSED']);
    expect([await outcomes(disabled), await outcomes(locked), await outcomes(wrong)]).toEqual([
      ['DISABLED'],
      ['LOCKED'],
      ['WRONG', 'WRONG'],
    ]);
    const nobodys = await world.trail(NOBODY);
    expect(nobodys.map(({ after }) => after?.['outcome'])).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
    expect(JSON.stringify(nobodys)).not.toContain('such');
  });

  it('does the same work for each: one argon2 computation of the same cost, and as many flushed commits', async () => {
    const locked = await world.staff('work.locked', world.hallOne);
    await database.raw(`UPDATE staff SET locked_until = '2100-01-01' WHERE id = $1`, [locked]);
    const disabled = await world.staff('work.disabled', world.hallOne);
    await database.raw(`UPDATE staff SET status = 'DISABLED' WHERE id = $1`, [disabled]);
    await world.staff('work.passwordless', world.hallOne, null);
    await world.staff('work.wrong', world.hallOne);
    const nextTransaction = async (): Promise<number> => {
      const [row] = await database.raw<{ next: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next');
      return Number(row?.next);
    };
    const work: unknown[] = [];
    for (const name of ['work.wrong', 'work.locked', 'work.disabled', 'work.passwordless', 'work.unknown']) {
      let costs: string[] = [];
      // Transactions are counted over the whole server, on which other files may write meanwhile: the least of some tries is ours.
      let commits = Infinity;
      for (let attempt = 0; attempt < 6 || (commits > 2 && attempt < 60); attempt += 1) {
        const before = await nextTransaction();
        jest.mocked(verifyArgon2).mockClear();
        expect(await world.tryLogIn(name, 'wrong password!')).toBe('LOG_IN_REFUSED');
        costs = jest.mocked(verifyArgon2).mock.calls.map(([hash]) => String(hash).split('$').slice(0, 4).join('$'));
        commits = Math.min(commits, (await nextTransaction()) - before);
      }
      work.push({ costs, commits });
    }
    expect(work[0]).toEqual({ costs: ['$argon2id$v=19$m=19456,t=2,p=1'], commits: 2 });
    for (const each of work) expect(each).toEqual(work[0]);
  });

  it('needs an active application of the staff', async () => {
    await world.staff('some.client', world.hallOne);
    await world.client('partner.app', world.ningbo);
    for (const clientCode of ['no-such-client', 'partner.app', '']) {
      expect(refusalsIn(await world.authentication.logIn({ loginName: 'some.client', password: PASSWORD, clientCode }, ORIGIN))).toEqual([
        'clientCode CLIENT_REFUSED',
      ]);
    }
  });
});

describe('wrong passwords', () => {
  it('lock the name for a while, the right password included, and are written down', async () => {
    const staffId = await world.staff('locks.out', world.hallOne);
    for (let attempt = 0; attempt < 5; attempt += 1) expect(await world.tryLogIn('locks.out', 'wrong password!')).toBe('LOG_IN_REFUSED');
    expect(await world.tryLogIn('locks.out', PASSWORD)).toBe('LOG_IN_REFUSED');
    expect(await outcomes(staffId)).toEqual(['WRONG', 'WRONG', 'WRONG', 'WRONG', 'LOCKED_OUT', 'LOCKED']);
    world.clock.advance({ seconds: 899 });
    expect(await world.tryLogIn('locks.out', PASSWORD)).toBe('LOG_IN_REFUSED');
    world.clock.advance({ seconds: 1 });
    expect(await world.tryLogIn('locks.out', 'wrong password!')).toBe('LOG_IN_REFUSED');
    expect(await stateOf(staffId)).toEqual({ failed_log_ins: 1, locked: false });
    expect(await world.tryLogIn('locks.out', PASSWORD)).toBe('in');
    expect(await stateOf(staffId)).toEqual({ failed_log_ins: 0, locked: false });
  });

  it('are forgiven by a right one', async () => {
    const staffId = await world.staff('forgiven.name', world.hallOne);
    for (let attempt = 0; attempt < 4; attempt += 1) await world.tryLogIn('forgiven.name', 'wrong password!');
    expect(await world.tryLogIn('forgiven.name', PASSWORD)).toBe('in');
    for (let attempt = 0; attempt < 4; attempt += 1) await world.tryLogIn('forgiven.name', 'wrong password!');
    expect(await stateOf(staffId)).toEqual({ failed_log_ins: 4, locked: false });
  });

  it('are checked no more than five times, however many come at once through however many processes', async () => {
    const staffId = await world.staff('guessed.name', world.hallOne);
    const processes = [world.authentication, world.anotherProcess(), world.anotherProcess()];
    const guesses = Array.from({ length: 30 }, (_, number) =>
      world.tryLogIn('guessed.name', number === 29 ? PASSWORD : `guess number ${number}`, processes[number % 3]),
    );
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['LOG_IN_REFUSED']));
    const found = await outcomes(staffId);
    expect(found.filter((outcome) => outcome === 'WRONG' || outcome === 'LOCKED_OUT')).toHaveLength(5);
    expect(found.filter((outcome) => outcome === 'LOCKED')).toHaveLength(25);
  });

  it('do not come of many right log-ins at once', async () => {
    const staffId = await world.staff('many.at.once', world.hallOne);
    const answers = await Promise.all(Array.from({ length: 12 }, () => world.tryLogIn('many.at.once', PASSWORD)));
    expect(new Set(answers)).toEqual(new Set(['in']));
    expect(await stateOf(staffId)).toEqual({ failed_log_ins: 0, locked: false });
  });

  it('in a flood are sent away, without counting, and let others in', async () => {
    const staffId = await world.staff('flooded.name', world.hallOne);
    await world.staff('other.name', world.hallOne);
    const flood = Array.from({ length: 200 }, () =>
      world.tryLogIn('flooded.name', 'wrong password!').catch((error: { code: string }) => error.code),
    );
    expect(await world.tryLogIn('other.name', PASSWORD)).toBe('in');
    const answers = await Promise.all(flood);
    expect(answers.filter((answer) => answer === 'THROTTLED').length).toBe(200 - 33);
    expect(await outcomes(staffId)).toHaveLength(33);
  });
});

describe('an access token', () => {
  it('is good only as it was signed here', async () => {
    const { logIn } = await world.member('token.bearer', 'HALL_CLERK', world.hallOne);
    const [header = '', payload = '', signature = ''] = logIn.accessToken.split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const forged = await new SignJWT({}).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).setIssuer('sanhu').setAudience('sanhu')
      .setSubject('ses_01jdm9v0f8e1j9h8x2k3q4r5t6').setExpirationTime('1h').sign(createSecretKey(Buffer.alloc(32, 7))); // prettier-ignore
    const tampered = [header, payload, signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`].join('.');
    for (const token of ['', 'x', 'a.b.c', none, forged, tampered, `${logIn.accessToken} `, 'e'.repeat(100_000), logIn.refreshToken]) {
      expect([token.slice(0, 20), await verify(token)]).toEqual([token.slice(0, 20), 'UNAUTHENTICATED']);
    }
    expect(await verify(logIn.accessToken, world.anotherProcess())).toMatch(/^stf_/);
  });

  it('is answered without a promise once it is known, and asks the database once for many at once', async () => {
    const { logIn } = await world.member('hot.path', 'HALL_CLERK', world.hallOne);
    const other = world.anotherProcess();
    const principals = await Promise.all(Array.from({ length: 50 }, async () => other.verifyAccessToken(logIn.accessToken)));
    expect(new Set(principals).size).toBe(1);
    expect(other.verifyAccessToken(logIn.accessToken)).toBe(principals[0]);
  });

  it('expires with its own life, and with the log-in', async () => {
    const brief = world.anotherProcess({ accessTokenSeconds: 1 });
    await world.member('brief.token', 'HALL_CLERK', world.hallOne);
    const { accessToken } = await world.logIn('brief.token', PASSWORD, brief);
    expect(await verify(accessToken)).toMatch(/^stf_/);
    await sleep(2_000 - (Date.now() % 1_000));
    expect(await verify(accessToken)).toBe('UNAUTHENTICATED');
    const long = await world.logIn('brief.token');
    await database.raw(`UPDATE session SET expires_at = now() - interval '1 second' WHERE id = $1`, [long.sessionId]);
    expect(await verify(long.accessToken)).toBe('UNAUTHENTICATED');
  });
});

describe('what changes of a log-in', () => {
  const inBoth = async (token: string, there: Authentication): Promise<string[]> => [await verify(token), await verify(token, there)];

  it('is in force here at once, and elsewhere within five seconds', async () => {
    const there = world.anotherProcess();
    const member = await world.member('revoked.name', 'HALL_CLERK', world.hallOne);
    const { accessToken } = member.logIn;
    expect(await inBoth(accessToken, there)).toEqual([expect.stringMatching(/^stf_/), expect.stringMatching(/^stf_/)]);
    await database.raw('UPDATE session SET revoked_at = clock_timestamp() WHERE id = $1', [member.logIn.sessionId]); // as another machine would
    const startedMs = performance.now();
    while ((await verify(accessToken, there)) !== 'UNAUTHENTICATED') await sleep(100);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    const again = await world.logIn('revoked.name');
    expect(await verify(again.accessToken)).toMatch(/^stf_/);
    expect(await world.run(revokeSessions, { staffId: member.staffId })).toEqual({ staffId: member.staffId, sessionsEnded: 1 });
    expect(await verify(again.accessToken)).toBe('UNAUTHENTICATED');
  });

  it('takes effect for grants, roles and clients alike', async () => {
    const member = await world.member('granted.name', 'HALL_CLERK', world.hallOne);
    expect((await member.principal()).scope.permits('report:read')).toBe(false);
    const grantId = await world.grant(member.staffId, 'FINANCE', world.hallOne);
    expect((await member.principal()).scope.permits('report:read')).toBe(true);
    await database.raw(`UPDATE role SET permissions = array_remove(permissions, 'report:read') WHERE code = 'FINANCE'`);
    noteAccessChange(await world.roleId('FINANCE'));
    expect((await member.principal()).scope.permits('report:read')).toBe(false);
    await database.raw(`UPDATE role SET permissions = permissions || '{report:read,made:up}' WHERE code = 'FINANCE'`);
    noteAccessChange(await world.roleId('FINANCE'));
    expect([(await member.principal()).scope.permits('report:read'), (await member.principal()).scope.permits('made:up')]).toEqual([
      true,
      false,
    ]);
    await world.run(revokeGrant, { grantId });
    expect((await member.principal()).scope.permits('report:read')).toBe(false);
    const version = await world.versionOf('api_client', world.counter);
    await world.run(changeApiClient, { apiClientId: world.counter, expectedVersion: version, costCapacity: 77, documentMode: 'require' });
    expect((await member.principal()).apiClient).toMatchObject({ costCapacity: 77, documentMode: 'require' });
  });

  it('ends with the member of staff: disabled, he is out, and in again only after a new log-in', async () => {
    const member = await world.member('disabled.name', 'HALL_CLERK', world.hallOne);
    const change = async (status: 'ACTIVE' | 'DISABLED') =>
      world.run(changeStaff, { staffId: member.staffId, expectedVersion: await world.versionOf('staff', member.staffId), status });
    await member.principal();
    await change('DISABLED');
    expect(await verify(member.logIn.accessToken)).toBe('UNAUTHENTICATED');
    expect(await world.tryLogIn('disabled.name', PASSWORD)).toBe('LOG_IN_REFUSED');
    await change('ACTIVE');
    expect(await verify(member.logIn.accessToken)).toBe('UNAUTHENTICATED');
    expect(await world.tryLogIn('disabled.name', PASSWORD)).toBe('in');
  });

  it('is not missed when it comes while the log-in is being read', async () => {
    const member = await world.member('read.meanwhile', 'HALL_CLERK', world.hallOne);
    const grantId = await world.grant(member.staffId, 'AUDITOR', world.hallOne);
    let reads = 0;
    const slow: CallContext['sql'] = {
      query: async <Row>(statement: Parameters<CallContext['sql']['query']>[0]) => {
        const rows = await world.database.core.reader().query<Row>(statement);
        // The rights are on their way to the verifier when they are taken away.
        if (statementOf(statement).statement.text.includes('FROM session e') && (reads += 1) === 1)
          await world.run(revokeGrant, { grantId });
        return rows;
      },
    };
    const verifier = new TokenVerifier('a signing key of at least 32 characters', () => slow);
    expect((await verifier.verifyAccessToken(member.logIn.accessToken)).scope.permits('audit:read')).toBe(false);
    expect(reads).toBe(2);
  });

  it('is told again and again where replicas answer, and once where the primary does', async () => {
    const member = await world.member('on.replicas', 'HALL_CLERK', world.hallOne);
    const readsWith = async (arrivesWithinMs: number): Promise<number> => {
      let reads = 0;
      const counting: CallContext['sql'] = {
        query: (statement) => {
          if (statementOf(statement).statement.text.includes('FROM session e')) reads += 1;
          return world.database.core.reader().query(statement);
        },
      };
      const verifier = new TokenVerifier('a signing key of at least 32 characters', () => counting, arrivesWithinMs);
      await verifier.verifyAccessToken(member.logIn.accessToken);
      for (let polls = 0; polls < 2; polls += 1) {
        await sleep(2_050);
        await verifier.verifyAccessToken(member.logIn.accessToken);
        await sleep(50);
        await verifier.verifyAccessToken(member.logIn.accessToken);
      }
      return reads;
    };
    await world.grant(member.staffId, 'FINANCE', world.hallOne);
    const [onPrimary, onReplicas] = [await readsWith(0), await readsWith(1)];
    expect([onPrimary <= 2, onReplicas >= 3]).toEqual([true, true]);
  });
});

describe('a refresh token', () => {
  const refresh = async (token: string): Promise<string[] | string> => {
    const result = await world.authentication.refresh(token, ORIGIN);
    return result.ok ? result.value.refreshToken : refusalsIn(result);
  };

  it('serves once; the next goes on with the same log-in and its end', async () => {
    const { logIn } = await world.member('refreshing.name', 'HALL_CLERK', world.hallOne);
    world.clock.advance({ hours: 1 });
    const next = valueOf(await world.authentication.refresh(logIn.refreshToken, ORIGIN));
    expect(next.sessionId).toBe(logIn.sessionId);
    expect(next.sessionExpiresAt.equals(logIn.sessionExpiresAt)).toBe(true);
    expect(next.refreshToken).not.toBe(logIn.refreshToken);
    expect(await verify(next.accessToken)).toMatch(/^stf_/);
  });

  it('turned in twice within ten seconds is refused and ends nothing; later it ends the log-in', async () => {
    const { logIn, staffId } = await world.member('two.tabs', 'HALL_CLERK', world.hallOne);
    const next = (await refresh(logIn.refreshToken)) as string;
    world.clock.advance({ seconds: 9 });
    expect(await refresh(logIn.refreshToken)).toEqual(['REFRESH_SUPERSEDED']);
    expect(await verify(logIn.accessToken)).toMatch(/^stf_/);
    const third = (await refresh(next)) as string;
    world.clock.advance({ seconds: 10 });
    expect(await refresh(next)).toEqual(['SESSION_ENDED']);
    expect([await refresh(third), await verify(logIn.accessToken)]).toEqual([['SESSION_ENDED'], 'UNAUTHENTICATED']);
    expect((await world.trail(staffId)).at(-1)).toMatchObject({ operation: 'refresh', after: { outcome: 'REUSED' } });
  });

  it('of long ago, too, betrays a theft', async () => {
    const { logIn } = await world.member('stolen.long.ago', 'HALL_CLERK', world.hallOne);
    const current = (await refresh((await refresh(logIn.refreshToken)) as string)) as string;
    expect(await refresh(logIn.refreshToken)).toEqual(['SESSION_ENDED']);
    expect(await refresh(current)).toEqual(['SESSION_ENDED']);
  });

  it('that was made up ends nothing', async () => {
    const { logIn } = await world.member('made.up', 'HALL_CLERK', world.hallOne);
    expect(await refresh(logIn.refreshToken.replace(/.{43}$/, 'A'.repeat(43)))).toEqual(['SESSION_ENDED']);
    expect(await refresh(`${logIn.refreshToken.split('.')[0]}.${'A'.repeat(86)}`)).toEqual(['SESSION_ENDED']);
    expect(await verify(logIn.accessToken)).toMatch(/^stf_/);
    expect(typeof (await refresh(logIn.refreshToken))).toBe('string');
  });

  it('turned in by many at once lets exactly one go on', async () => {
    const { logIn } = await world.member('race.to.refresh', 'HALL_CLERK', world.hallOne);
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(logIn.refreshToken)));
    expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(1);
    expect(answers.filter((answer) => Array.isArray(answer) && answer[0] === 'REFRESH_SUPERSEDED')).toHaveLength(9);
  });

  it('is no good after the end of the log-in, or of its client, or a log-out', async () => {
    const { logIn } = await world.member('over.and.out', 'HALL_CLERK', world.hallOne);
    expect(await world.authentication.logOut({ refreshToken: logIn.refreshToken }, ORIGIN)).toBe(true);
    expect([await refresh(logIn.refreshToken), await verify(logIn.accessToken)]).toEqual([['SESSION_ENDED'], 'UNAUTHENTICATED']);
    expect(await world.authentication.logOut({ refreshToken: logIn.refreshToken }, ORIGIN)).toBe(false);
    const second = await world.logIn('over.and.out');
    expect(await world.authentication.logOut({ sessionId: second.sessionId }, ORIGIN)).toBe(true);
    expect(await verify(second.accessToken)).toBe('UNAUTHENTICATED');
    expect(await world.authentication.logOut({ sessionId: newId('session') }, ORIGIN)).toBe(false);
    const third = await world.logIn('over.and.out');
    world.clock.advance({ seconds: 43_200 });
    expect(await refresh(third.refreshToken)).toEqual(['SESSION_ENDED']);
  });
});

describe('passwords', () => {
  const changeOwn = async (loginName: string, staffId: Id<'staff'>, oldPassword: string, newPassword: string): Promise<string[]> => {
    const { accessToken, sessionId } = await world.logIn(loginName, oldPassword === 'wrong password!' ? PASSWORD : oldPassword);
    const context = contextOf(world, await world.authentication.verifyAccessToken(accessToken));
    const proof = await world.authentication.provePassword(staffId, oldPassword, ORIGIN);
    const password = await world.authentication.preparePassword(newPassword);
    return refusalsIn(await execute(context, changeOwnPassword, { proof, password, keptSessionId: sessionId }, newKey()));
  };

  it('are set by an administrator, end the log-ins, and unlock', async () => {
    const member = await world.member('reset.me', 'HALL_CLERK', world.hallOne);
    for (let attempt = 0; attempt < 5; attempt += 1) await world.tryLogIn('reset.me', 'wrong password!');
    const set = async (text: string) =>
      refusalsIn(await execute(world.system, setStaffPassword, {
        staffId: member.staffId, expectedVersion: 1, password: await world.authentication.preparePassword(text),
      }, newKey())); // prettier-ignore
    expect([await set('short'), await set('my reset.me password'), await set('1234567890'), await set('x'.repeat(201))]).toEqual([
      ['password PASSWORD_TOO_SHORT'], ['password PASSWORD_LIKE_NAME'], ['password PASSWORD_TOO_SIMPLE'], ['password PASSWORD_TOO_LONG'],
    ]); // prettier-ignore
    expect(await set('another battery staple')).toEqual([]);
    expect(await set('another battery staple')).toEqual(['expectedVersion STALE_VERSION']);
    expect(await verify(member.logIn.accessToken)).toBe('UNAUTHENTICATED');
    expect([await world.tryLogIn('reset.me', PASSWORD), await world.tryLogIn('reset.me', 'another battery staple')]).toEqual([
      'LOG_IN_REFUSED',
      'in',
    ]);
  });

  it('are changed by oneself with the old one, and only the log-in that did it goes on', async () => {
    const { staffId, logIn } = await world.member('own.password', 'HALL_CLERK', world.hallOne);
    expect(await changeOwn('own.password', staffId, 'wrong password!', 'another battery staple')).toEqual(['oldPassword PASSWORD_WRONG']);
    expect(await changeOwn('own.password', staffId, PASSWORD, PASSWORD)).toEqual(['password PASSWORD_UNCHANGED']);
    expect(await verify(logIn.accessToken)).toMatch(/^stf_/);
    expect(await changeOwn('own.password', staffId, PASSWORD, 'another battery staple')).toEqual([]);
    expect(await verify(logIn.accessToken)).toBe('UNAUTHENTICATED');
    const [open] = await database.raw<{ count: number }>(
      'SELECT count(*)::integer FROM session WHERE staff_id = $1 AND revoked_at IS NULL',
      [staffId],
    );
    expect(open?.count).toBe(1);
    expect(await world.tryLogIn('own.password', 'another battery staple')).toBe('in');
  });

  it('of others are not changed with a proof of theirs, nor of oneself with a stale one', async () => {
    const [mine, theirs] = [
      await world.member('mine.own', 'HALL_CLERK', world.hallOne),
      await world.member('their.own', 'HALL_CLERK', world.hallOne),
    ];
    const change = async (proof: PasswordProof) =>
      refusalsIn(await execute(await mine.context(), changeOwnPassword, {
        proof, password: await world.authentication.preparePassword('another battery staple'), keptSessionId: mine.logIn.sessionId,
      }, newKey())); // prettier-ignore
    expect(await change(await world.authentication.provePassword(theirs.staffId, PASSWORD, ORIGIN))).toEqual(['NOT_FOUND']);
    const proof = await world.authentication.provePassword(mine.staffId, PASSWORD, ORIGIN);
    await database.raw(`UPDATE staff SET password_hash = 'changed meanwhile' WHERE id = $1`, [mine.staffId]);
    expect(await change(proof)).toEqual(['oldPassword PASSWORD_WRONG']);
  });

  it('given as old ones count like log-ins', async () => {
    const { staffId } = await world.member('guess.own', 'HALL_CLERK', world.hallOne);
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await world.authentication.provePassword(staffId, 'wrong password!', ORIGIN)).hash).toBeNull();
    expect((await world.authentication.provePassword(staffId, PASSWORD, ORIGIN)).hash).toBeNull();
    expect(await world.tryLogIn('guess.own', PASSWORD)).toBe('LOG_IN_REFUSED');
  });

  it('are in no table in clear, nor under a hash that could be guessed fast', async () => {
    const text = 'seen nowhere at all 7';
    await world.staff('nowhere.seen', world.hallOne, text);
    const password = await world.authentication.preparePassword(text);
    expect(JSON.stringify({ password })).not.toContain(text);
    expect(JSON.parse(JSON.stringify({ password }))).toEqual(
      JSON.parse(JSON.stringify({ password: await world.authentication.preparePassword(text) })),
    );
    for (const table of ['staff', 'audit_entry', 'outbox_event', 'idempotency_key']) {
      const found = await database.raw(`SELECT 1 FROM ${table} t WHERE (t.*)::text LIKE $1`, [`%${text}%`]);
      expect([table, found]).toEqual([table, []]);
    }
    const [row] = await database.raw<{ password_hash: string }>(`SELECT password_hash FROM staff WHERE login_name = 'nowhere.seen'`);
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe("a partner's system", () => {
  const enter = async (clientId: string, clientSecret: string): Promise<string> => {
    const result = await world.authentication.authenticatePartner({ clientId, clientSecret }, ORIGIN);
    return result.ok ? result.value.accessToken : refusalsIn(result).join();
  };

  it('gets in by its secret, to read at its own node', async () => {
    const { apiClientId, secretSeed } = await world.client('partner.one', world.ningbo);
    const secret = world.authentication.revealClientSecret(secretSeed ?? '');
    const token = await enter('partner.one', secret);
    const principal = await world.authentication.verifyAccessToken(token);
    expect(principal).toMatchObject({ kind: 'PARTNER', organisationId: world.ningbo, apiClient: { id: apiClientId, code: 'partner.one' } });
    expect(principal.scope.permissions()).toEqual(['account:read', 'customer:read', 'subscriber:read']);
    expect(principal.scope.grantsOf('customer:read')).toEqual([{ nodes: [world.ningbo], lines: 'ALL' }]);
    expect((await world.trail(apiClientId)).map(({ operation }) => operation)).toEqual(['createApiClient', 'authenticatePartner']);
    for (const table of ['api_client', 'audit_entry', 'outbox_event', 'idempotency_key']) {
      expect([table, await database.raw(`SELECT 1 FROM ${table} t WHERE (t.*)::text LIKE $1`, [`%${secret}%`])]).toEqual([table, []]);
    }
  });

  it('is refused alike for a wrong secret, an unknown client and an application of the staff', async () => {
    const { secretSeed } = await world.client('partner.two', world.ningbo);
    const secret = world.authentication.revealClientSecret(secretSeed ?? '');
    const wrong = [
      ['partner.two', `${secret}x`],
      ['partner.two', secretSeed ?? ''],
      ['no.partner', secret],
      ['counter', secret],
      ['counter', ''],
    ] as const;
    for (const [client, given] of wrong) expect([client, await enter(client, given)]).toEqual([client, 'CLIENT_REFUSED']);
    await expect(enter('nul\0', secret)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('with a new secret is out with the old one and with its tokens', async () => {
    const { apiClientId, secretSeed } = await world.client('partner.three', world.ningbo);
    const old = world.authentication.revealClientSecret(secretSeed ?? '');
    const token = await enter('partner.three', old);
    expect(await verify(token)).toMatch(/^cli_/);
    const key = newKey();
    const rotate = () =>
      execute(world.system, rotateClientSecret, { apiClientId, expectedVersion: 1, secret: world.authentication.draftClientSecret() }, key);
    const first = valueOf(await rotate());
    expect(valueOf(await rotate())).toEqual(first); // the same call again: the same secret, shown again
    expect([await verify(token), await enter('partner.three', old)]).toEqual(['UNAUTHENTICATED', 'CLIENT_REFUSED']);
    expect(await verify(await enter('partner.three', world.authentication.revealClientSecret(first.secretSeed ?? '')))).toMatch(/^cli_/);
    await world.run(changeApiClient, { apiClientId, expectedVersion: 2, status: 'DISABLED' });
    expect(await enter('partner.three', world.authentication.revealClientSecret(first.secretSeed ?? ''))).toBe('CLIENT_REFUSED');
  });
});
