import { toPagesByParent } from './pages-by-parent';

it('makes one page a parent, and says which have more', () => {
  const rows = [
    { parent: 'a', value: 1 },
    { parent: 'a', value: 2 },
    { parent: 'a', value: 3 },
    { parent: 'b', value: 4 },
    { parent: 'b', value: 5 },
  ];
  const pages = toPagesByParent(['a', 'b', 'c'], rows, 2, { parentOf: (row) => row.parent, toItem: (row) => row.value });
  expect([...pages]).toEqual([
    ['a', { rows: [1, 2], hasNextPage: true }],
    ['b', { rows: [4, 5], hasNextPage: false }],
    ['c', { rows: [], hasNextPage: false }],
  ]);
});
