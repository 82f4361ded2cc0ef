import { isContact } from './contact';

describe('a contact', () => {
  it.each([
    ['MOBILE', '13812345678', true],
    ['MOBILE', '+86 138 1234 5678', true],
    ['MOBILE', '1381234567x', false],
    ['PHONE', '0571-88880001', true],
    ['PHONE', '1234', false],
    ['PHONE', '-0571', false],
    ['PHONE', `1${'0'.repeat(25)}`, false],
    ['EMAIL', 'zhangwei@example.com', true],
    ['EMAIL', 'zhangwei@example', false],
    ['EMAIL', 'zhang wei@example.com', false],
    ['EMAIL', 'a@b@example.com', false],
    ['EMAIL', `${'a'.repeat(250)}@b.cn`, false],
    ['ADDRESS', '杭州市西湖区文三路 1 号', true],
    ['ADDRESS', '   ', false],
    ['ADDRESS', '路'.repeat(401), false],
  ] as const)('%s %j → %s', (kind, value, valid) => {
    expect(isContact(kind, value)).toBe(valid);
  });
});
