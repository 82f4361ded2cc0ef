import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { renderAcceptanceForm, type AcceptanceForm } from '../../src/access/file/acceptance-form';
import { timeZoneOf } from '../../src/kernel/calendar';
import { instantFromDatabase } from '../../src/kernel/clock';
import { currencyOf } from '../../src/kernel/money';

interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface ReadPdf {
  readonly pages: readonly { readonly width: number; readonly height: number; readonly pieces: readonly Piece[] }[];
  readonly title: string;
  readonly language: string;
}

const FORM: AcceptanceForm = {
  operator: { zh: '三户通信浙江省分公司', en: 'Sanhu Telecom Zhejiang' },
  orderNo: '4000000001',
  kind: { zh: '套餐变更', en: 'Change of plan' },
  acceptedAt: instantFromDatabase('2026-11-21 16:15:30+00'),
  timeZone: timeZoneOf('Asia/Shanghai')!,
  hall: '杭州市西湖区文三路营业厅',
  clerk: '李娜 (HZ0017)',
  customerNo: '1000000002',
  customerName: '张**',
  document: '居民身份证 **************1234',
  account: '2000000002',
  items: [
    { product: '融合畅享 199 元套餐', number: '13957100001', action: { zh: '新装', en: 'New' } },
    { product: '来电显示', number: null, action: { zh: '拆除', en: 'Removed' } },
  ],
  fees: [
    { name: '宽带安装费', amountMinor: 10_000n },
    { name: '选号费', amountMinor: 1_002_345n },
    { name: '预存款返还', amountMinor: -5n },
  ],
  currency: currencyOf('CNY')!,
  terms: ['客户已阅读并同意业务协议。\n套餐自次月 1 日起生效。'],
};

function read(pdf: Buffer): ReadPdf {
  return JSON.parse(
    execFileSync(process.execPath, [join(__dirname, '../support/read-pdf.mjs')], { input: pdf, encoding: 'utf8' }),
  ) as ReadPdf;
}

async function printed(changes: Partial<AcceptanceForm> = {}): Promise<ReadPdf> {
  return read(await renderAcceptanceForm({ ...FORM, ...changes }));
}

/** What is written, line by line, from the top of the first page on. */
function linesOf({ pages }: Pick<ReadPdf, 'pages'>): string[] {
  return pages.flatMap(({ pieces }) => {
    const lines = new Map<number, Piece[]>();
    for (const piece of pieces.filter(({ text }) => text.trim() !== '')) {
      const y = Math.round(piece.y);
      lines.set(y, [...(lines.get(y) ?? []), piece]);
    }
    return [...lines]
      .sort(([one], [other]) => other - one)
      .map(([, line]) =>
        line
          .sort((one, other) => one.x - other.x)
          .map(({ text }) => text)
          .join(' | '),
      );
  });
}

test('a form says everything once, in characters that can be searched and copied', async () => {
  const form = await printed();
  expect(form).toMatchObject({ title: '业务受理单 4000000001', language: 'zh-CN', pages: [{ width: 595.28, height: 841.89 }] });
  expect(linesOf(form)).toEqual([
    '三户通信浙江省分公司 Sanhu Telecom Zhejiang',
    '业务受理单 Service Acceptance Form',
    '受理信息 Acceptance',
    '受理单号 Order no. | 4000000001 | 业务类型 Kind | 套餐变更 Change of plan',
    '受理时间 Time | 2026-11-22 00:15 | 营业厅 Hall | 杭州市西湖区文三路营业厅',
    '经办人 Clerk | 李娜 (HZ0017) | 客户编号 Customer no. | 1000000002',
    '客户名称 Customer | 张** | 证件 Document | 居民身份证 **************1234',
    '账户 Account | 2000000002',
    '办理内容 Items',
    '序号 | 产品 Product | 号码 Number | 办理事项 Action',
    '1 | 融合畅享 199 元套餐 | 13957100001 | 新装 New',
    '2 | 来电显示 | — | 拆除 Removed',
    '应收费用 Fees due',
    '序号 | 费用名称 Fee | 金额 Amount (CNY)',
    '1 | 宽带安装费 | 100.00',
    '2 | 选号费 | 10023.45',
    '3 | 预存款返还 | -0.05',
    '合计 Total | CNY 10123.40',
    '大写金额 In words | 人民币壹万零壹佰贰拾叁元肆角整',
    '约定事项 Terms',
    '客户已阅读并同意业务协议。',
    '套餐自次月 1 日起生效。',
    '客户签字 Customer | 经办人签字 Clerk | 日期 Date | 营业厅盖章 Stamp of the hall',
    '受理单号 4000000001 · 第 1 页 共 1 页 · Page 1 of 1',
  ]);
});

test('the same form gives the same bytes: small, with all its fonts within', async () => {
  const [one, other] = [await renderAcceptanceForm(FORM), await renderAcceptanceForm(FORM)];
  expect(one.equals(other)).toBe(true);
  expect(one.length).toBeLessThan(60_000);
  const source = one.toString('latin1');
  expect(source.slice(0, 8)).toBe('%PDF-1.7');
  const count = (pattern: RegExp): number => [...source.matchAll(pattern)].length;
  expect([count(/\/Type \/FontDescriptor/g), count(/\/FontFile2 /g), count(/\/ToUnicode /g), count(/\/BaseFont/g)]).toEqual([1, 1, 1, 2]);
});

test('an empty form, a refund, and a currency without words', async () => {
  const nothing = linesOf(await printed({ items: [], fees: [], terms: [], document: null, account: null }));
  expect(nothing).toContain('— | 无 None | — | —');
  expect(nothing).toContain('— | 无 None | 0.00');
  expect(nothing).toContain('合计 Total | CNY 0.00');
  expect(nothing).toContain('大写金额 In words | 人民币零元整');
  expect(nothing.join()).not.toContain('约定事项');
  const refund = linesOf(await printed({ fees: [{ name: '押金', amountMinor: -20_005n }] }));
  expect(refund).toContain('大写金额 In words | 人民币负贰佰元零伍分');
  const yen = linesOf(await printed({ currency: currencyOf('JPY')!, fees: [{ name: '押金', amountMinor: 20_005n }] }));
  expect(yen).toContain('合计 Total | JPY 20005');
  expect(yen.join()).not.toContain('大写');
});

test('rare characters are shown or named, never dropped', async () => {
  const names = ['㛃', '𠮷', '买买提·阿不都', 'Zoë', '王\u202e明', '李\u200b四', '镕喆玥堃', '〇'];
  const items = names.map((product) => ({ product, number: null, action: { zh: '新装', en: '新装' } }));
  const lines = linesOf(await printed({ items }));
  const shown = ['㛃', '〔U+20BB7〕', '买买提·阿不都', 'Zoë', '王〔U+202E〕明', '李〔U+200B〕四', '镕喆玥堃', '〇'];
  shown.forEach((name, place) => expect(lines).toContain(`${place + 1} | ${name} | — | 新装`));
});

test('200 items go over as many pages as they need, each under a head, none torn or lost', async () => {
  const items = Array.from({ length: 200 }, (_, place) => ({
    product: `${'融合畅享套餐'.repeat(1 + (place % 7))}${place}`,
    number: `139571${String(place).padStart(5, '0')}`,
    action: { zh: '新装', en: 'New' },
  }));
  const form = await printed({ items, terms: Array.from({ length: 50 }, (_, place) => `第 ${place + 1} 条 ${'约定'.repeat(150)}`) });
  const { pages } = form;
  expect(pages.length).toBeGreaterThan(10);
  pages.forEach((page, place) => {
    const text = page.pieces.map((piece) => piece.text).join('');
    expect(text).toContain(`第 ${place + 1} 页 共 ${pages.length} 页`);
    for (const { x, y, width } of page.pieces) {
      expect(x).toBeGreaterThanOrEqual(42);
      expect(x + width).toBeLessThanOrEqual(page.width - 42 + 1);
      expect(y).toBeGreaterThan(30);
    }
    if (/139571\d{5}/.test(text)) expect(text).toMatch(/序号 *产品 Product *号码 Number *办理事项 Action/);
  });
  const text = pages.flatMap(({ pieces }) => pieces.map((piece) => piece.text)).join('');
  for (const { number } of items) expect(text.split(number)).toHaveLength(2);
  for (let place = 1; place <= 50; place += 1) expect(text.split(`第 ${place} 条`)).toHaveLength(2);
  expect(linesOf({ pages: pages.slice(-1) }).join()).toContain('客户签字 Customer | 经办人签字 Clerk | 日期 Date');
});

test('a long name is wrapped in its column', async () => {
  for (const product of ['宽'.repeat(500), 'W'.repeat(500), '𠮷'.repeat(60)]) {
    const { pages } = await printed({ items: [{ product, number: '13957100001', action: { zh: '新装', en: 'New' } }] });
    const pieces = pages.flatMap((page) => page.pieces);
    const first = product.codePointAt(0) === 0x20bb7 ? 'U+20BB7' : product.slice(0, 1);
    const inColumn = pieces.filter(({ text }) => text.includes(first) && !/[带选]/.test(text));
    expect(inColumn.map(({ text }) => text).join('').split(first)).toHaveLength([...product].length + 1);
    const edge = pieces.find(({ text }) => text === '13957100001')!.x;
    for (const { x, width } of inColumn) expect(x + width).toBeLessThanOrEqual(edge);
  } // prettier-ignore
});

test('what no order holds is a bug, not a form', async () => {
  const item = { product: '', number: null, action: { zh: '', en: '' } };
  for (const changes of [
    { items: Array.from({ length: 1_001 }, () => item) },
    { items: [{ ...item, product: 'x'.repeat(501) }] },
    { items: [{ ...item, number: 'x'.repeat(101) }] },
    { fees: [{ name: 'x'.repeat(501), amountMinor: 0n }] },
    { terms: Array.from({ length: 51 }, () => '') },
    { terms: ['x'.repeat(5_001)] },
    { hall: 'x'.repeat(301) },
  ])
    await expect(renderAcceptanceForm({ ...FORM, ...changes })).rejects.toThrow('invariant broken');
});
