import { giveWay } from './give-way';

test('all go on, in the order in which they came, and not all in one turn', async () => {
  const turns: number[] = [];
  let turn = 0;
  let counting = true;
  const count = (): void => {
    turn += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(
    Array.from({ length: 10 }, async (_, nth) => {
      await giveWay();
      turns[nth] = turn;
    }),
  );
  counting = false;
  expect(turns).toEqual([...turns].sort((one, other) => one - other));
  expect(new Set(turns).size).toBe(3);
});

test('whoever comes later goes on too', async () => {
  for (let nth = 0; nth < 3; nth += 1) await expect(giveWay()).resolves.toBeUndefined();
});
