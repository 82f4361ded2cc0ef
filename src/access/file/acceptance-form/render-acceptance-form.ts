import { localTime } from '../../../kernel/calendar';
import { yuanInCapitals } from '../../../kernel/chinese-capitals';
import { instantToDate } from '../../../kernel/clock';
import { formatAmount } from '../../../kernel/money';
import type { Bilingual } from '../../../kernel/result';
import { assertBounds, type AcceptanceForm } from './acceptance-form';
import { FormSheet } from './form-sheet';
import { loadPrinting } from './printing';

const NUMBER_WIDTH = 36;
const PHONE_WIDTH = 110;
const ACTION_WIDTH = 110;
const AMOUNT_WIDTH = 110;
const SIGNATURE_HEIGHT = 62;

/** Prints the form: A4, PDF 1.7, the font within. The same form gives the same bytes. */
export async function renderAcceptanceForm(form: AcceptanceForm): Promise<Buffer> {
  assertBounds(form);
  const printing = await loadPrinting();
  const title = `业务受理单 ${form.orderNo}`;
  const sheet = new FormSheet(printing, { title, author: form.operator.zh, createdAt: instantToDate(form.acceptedAt) });
  writeHead(sheet, form);
  await writeItems(sheet, form);
  await writeFees(sheet, form);
  if (form.terms.length > 0) {
    sheet.heading('约定事项 Terms');
    for (const term of form.terms) sheet.paragraph(term);
  }
  sheet.fields(['客户签字 Customer', '经办人签字 Clerk', '日期 Date', '营业厅盖章 Stamp of the hall'], SIGNATURE_HEIGHT);
  return sheet.finish((page, pages) => `受理单号 ${form.orderNo} · 第 ${page} 页 共 ${pages} 页 · Page ${page} of ${pages}`);
}

function writeHead(sheet: FormSheet, form: AcceptanceForm): void {
  sheet.title(both(form.operator), 11);
  sheet.title('业务受理单 Service Acceptance Form', 17);
  sheet.heading('受理信息 Acceptance');
  sheet.pairs([
    ['受理单号 Order no.', form.orderNo],
    ['业务类型 Kind', both(form.kind)],
    ['受理时间 Time', localTime(form.acceptedAt, form.timeZone)],
    ['营业厅 Hall', form.hall],
    ['经办人 Clerk', form.clerk],
    ['客户编号 Customer no.', form.customerNo],
    ['客户名称 Customer', form.customerName],
    ['证件 Document', form.document ?? '—'],
  ]);
  sheet.pair('账户 Account', form.account ?? '—');
}

async function writeItems(sheet: FormSheet, { items }: AcceptanceForm): Promise<void> {
  sheet.heading('办理内容 Items');
  const columns = [
    { head: '序号', width: NUMBER_WIDTH, align: 'center' as const },
    { head: '产品 Product', width: sheet.width - NUMBER_WIDTH - PHONE_WIDTH - ACTION_WIDTH },
    { head: '号码 Number', width: PHONE_WIDTH },
    { head: '办理事项 Action', width: ACTION_WIDTH },
  ];
  const rows = items.map(({ product, number, action }, place) => [String(place + 1), product, number ?? '—', both(action)]);
  await sheet.table(columns, rows.length > 0 ? rows : [['—', '无 None', '—', '—']]);
}

async function writeFees(sheet: FormSheet, { fees, currency }: AcceptanceForm): Promise<void> {
  const total = fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const written = (amountMinor: bigint): string => formatAmount({ amountMinor, currency });
  sheet.heading('应收费用 Fees due');
  const columns = [
    { head: '序号', width: NUMBER_WIDTH, align: 'center' as const },
    { head: '费用名称 Fee', width: sheet.width - NUMBER_WIDTH - AMOUNT_WIDTH },
    { head: `金额 Amount (${currency})`, width: AMOUNT_WIDTH, align: 'right' as const },
  ];
  const rows = fees.map(({ name, amountMinor }, place) => [String(place + 1), name, written(amountMinor)]);
  await sheet.table(columns, rows.length > 0 ? rows : [['—', '无 None', written(0n)]]);
  sheet.pair('合计 Total', `${currency} ${written(total)}`);
  // Words are for renminbi, which the rules for them are made for.
  if (currency === 'CNY') sheet.pair('大写金额 In words', yuanInCapitals(total));
}

function both({ zh, en }: Bilingual): string {
  return zh === en ? zh : `${zh} ${en}`;
}
