import { ShortLived } from './short-lived';

describe('a short-lived value', () => {
  it('is read once by all who ask at the same time, and again after its life', async () => {
    let reads = 0;
    const value = new ShortLived<number>(20);
    const read = () => Promise.resolve((reads += 1));
    expect(await Promise.all([value.get(read), value.get(read), value.get(read)])).toEqual([1, 1, 1]);
    expect(await value.get(read)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await value.get(read)).toBe(2);
  });

  it('does not keep what was read before it was given up on', async () => {
    const value = new ShortLived<string>(10_000);
    let answer: (text: string) => void = () => undefined;
    const old = value.get(() => new Promise((resolve) => (answer = resolve)));
    value.forget();
    const young = value.get(() => Promise.resolve('new'));
    answer('old');
    expect([await old, await young, await value.get(() => Promise.resolve('later'))]).toEqual(['old', 'new', 'new']);
  });

  it('does not keep a failure', async () => {
    const value = new ShortLived<string>(10_000);
    await expect(value.get(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await value.get(() => Promise.resolve('back'))).toBe('back');
  });

  it('is read anew by who waited for a read that failed', async () => {
    const value = new ShortLived<string>(10_000);
    const first = value.get(() => Promise.reject(new Error('its own deadline')));
    const second = value.get(() => Promise.resolve('read anew'));
    await expect(first).rejects.toThrow('its own deadline');
    expect(await second).toBe('read anew');
  });
});
