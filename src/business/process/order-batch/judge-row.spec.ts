import { readHead } from './columns';
import { judgeRow, type Cells } from './judge-row';

const problems = (cells: Cells): string[] => {
  const judged = judgeRow(cells);
  return judged.asked === null ? judged.refusals.map(({ code, field }) => `${field?.join('.') ?? ''} ${code}`) : [];
};

describe('the head of a file of orders', () => {
  it('is read in either language', () => {
    const read = readHead([' 受理类型', 'NUMBER', '主套餐']);
    expect(read.ok && [...read.value]).toEqual([[' 受理类型', 'kind'], ['NUMBER', 'number'], ['主套餐', 'plan']]); // prettier-ignore
  });

  it.each([
    [['kind', 'number', '电话'], 'COLUMN_UNKNOWN', '文件中有未知的列：电话'],
    [['kind', 'number', '号码'], 'COLUMN_TWICE', '列 号码 number 出现两次'],
    [['plan'], 'COLUMN_MISSING', '文件缺少列：受理类型 kind, 号码 number'],
  ])('%j is refused', (heads, code, zh) => {
    expect(readHead(heads)).toMatchObject({ ok: false, refusals: [{ code, field: ['file'], message: { zh } }] });
  });
});

describe('a row of a file of orders', () => {
  it('is an order of one item, with what it leaves out filled in', () => {
    expect(judgeRow({ kind: '停机', number: '13900000001' })).toEqual({
      asked: {
        kind: 'SUSPEND', number: '13900000001', serviceType: null, sim: null, plan: null, products: [], newNumber: null, reason: 'CUSTOMER_REQUEST',
        when: 'NOW', attributes: {}, start: null, externalId: null, note: null,
      },
    }); // prettier-ignore
    const opened = judgeRow({
      kind: 'open', number: '13900000002', serviceType: 'MOBILE', plan: 'PLAN-30', products: 'A*2；B ; C', attributes: '{"vip":true}', start: '2026-12-01',
    }); // prettier-ignore
    expect(opened.asked).toMatchObject({
      kind: 'OPEN',
      plan: { code: 'PLAN-30', quantity: null },
      products: [{ code: 'A', quantity: 2 }, { code: 'B', quantity: null }, { code: 'C', quantity: null }],
      attributes: { vip: true },
      start: '2026-12-01',
    }); // prettier-ignore
  });

  it.each<[Cells, string[]]>([
    [{ kind: '装机', number: '1' }, ['kind KIND_UNKNOWN']],
    [{ number: '1' }, ['kind KIND_UNKNOWN']],
    [{ kind: 'OPEN' }, ['number CELL_NEEDED', 'serviceType CELL_NEEDED', 'plan CELL_NEEDED']],
    [{ kind: 'TERMINATE', number: '1', plan: 'X', reason: '挂失' }, ['plan CELL_NOT_ALLOWED', 'reason CELL_NOT_ALLOWED']],
    [{ kind: 'SUSPEND', number: '1', reason: 'ARREARS' }, ['reason WORD_UNKNOWN']],
    [{ kind: 'CHANGE_PLAN', number: '1', plan: 'A;B', when: 'LATER' }, ['plan PRODUCTS_INVALID', 'when WORD_UNKNOWN']],
    [{ kind: 'ADD_PRODUCT', number: '1', products: 'A*0' }, ['products PRODUCTS_INVALID']],
    [{ kind: 'ADD_PRODUCT', number: '1', products: 'A;' }, ['products PRODUCTS_INVALID']],
    [{ kind: 'REMOVE_PRODUCT', number: '1', products: 'A*2' }, ['products PRODUCTS_INVALID']],
    [{ kind: '退订产品', number: '1' }, ['products CELL_NEEDED']],
    [{ kind: '移机', number: '1', toCustomer: '2' }, ['address CELL_NEEDED', 'toCustomer CELL_NOT_ALLOWED']],
    [{ kind: '过户', number: '1', toCustomer: '2' }, ['toAccount CELL_NEEDED']],
    [{ kind: 'RESUME', number: '1', start: '2026-2-1' }, ['start DATE_INVALID']],
    [{ kind: 'RESUME', number: '1'.repeat(65), note: 'a\u0007' }, ['number CELL_TOO_LONG', 'note CELL_CHARACTERS']],
    [{ kind: 'OPEN', number: '1', serviceType: 'X', plan: 'P', attributes: '[1]' }, ['attributes ATTRIBUTES_INVALID']],
    [{ kind: 'OPEN', number: '1', serviceType: 'X', plan: 'P', attributes: '{' }, ['attributes ATTRIBUTES_INVALID']],
  ])('%j is rejected', (cells, expected) => {
    expect(problems(cells)).toEqual(expected);
  });
});
