import { Turnstile, TurnstilesByName } from './turnstile';

const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
};
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a turnstile', () => {
  it('lets its width through, keeps the order, and sends away who finds too many waiting', async () => {
    const turnstile = new Turnstile(2, 2);
    const gates = [gate(), gate(), gate(), gate()];
    const began: number[] = [];
    const passing = gates.map((each, number) =>
      turnstile.pass(async () => {
        began.push(number);
        await each.opened;
        return number;
      }),
    );
    await expect(turnstile.pass(() => Promise.resolve(0))).rejects.toMatchObject({ code: 'THROTTLED', details: { retryAfterMs: 1_000 } });
    expect(began).toEqual([0, 1]);
    gates[1]?.open();
    await settle();
    expect(began).toEqual([0, 1, 2]);
    for (const each of gates) each.open();
    expect(await Promise.all(passing)).toEqual([0, 1, 2, 3]);
    expect(await turnstile.pass(() => Promise.resolve('free again'))).toBe('free again');
  });

  it('gives the place on after a failure', async () => {
    const turnstile = new Turnstile(1, 1);
    const failing = turnstile.pass(() => Promise.reject(new Error('no')));
    const next = turnstile.pass(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});

describe('turnstiles by name', () => {
  it('keep one name from another, and bound both each name and all', async () => {
    const turnstiles = new TurnstilesByName(1, 3);
    const held = gate();
    const first = turnstiles.pass('li', () => held.opened);
    const second = turnstiles.pass('li', () => Promise.resolve());
    await expect(turnstiles.pass('li', () => Promise.resolve())).rejects.toMatchObject({ code: 'THROTTLED' });
    expect(await turnstiles.pass('wang', () => Promise.resolve('in'))).toBe('in');
    const third = turnstiles.pass('wang', () => held.opened);
    await expect(turnstiles.pass('zhao', () => Promise.resolve())).rejects.toMatchObject({ code: 'THROTTLED' });
    held.open();
    await Promise.all([first, second, third]);
    expect(await turnstiles.pass('li', () => Promise.resolve('in'))).toBe('in');
  });
});
