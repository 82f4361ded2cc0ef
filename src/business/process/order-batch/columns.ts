import { ok, type Result } from '../../../kernel/result';
import { refuseBatch, type BatchRefusal } from './refusals';

/** What a file may say of an order, with the heads of its columns: either is understood. */
export const BATCH_COLUMNS = {
  kind: { zh: '受理类型', en: 'kind' },
  number: { zh: '号码', en: 'number' },
  serviceType: { zh: '业务类型', en: 'serviceType' },
  sim: { zh: 'SIM卡号', en: 'sim' },
  plan: { zh: '主套餐', en: 'plan' },
  products: { zh: '附加产品', en: 'products' },
  newNumber: { zh: '新号码', en: 'newNumber' },
  reason: { zh: '停机原因', en: 'reason' },
  when: { zh: '变更时间', en: 'when' },
  address: { zh: '新装机地址', en: 'address' },
  toCustomer: { zh: '过入客户编号', en: 'toCustomer' },
  toAccount: { zh: '过入账户编号', en: 'toAccount' },
  group: { zh: '组号', en: 'group' },
  bundle: { zh: '融合套餐', en: 'bundle' },
  role: { zh: '成员角色', en: 'role' },
  attributes: { zh: '属性', en: 'attributes' },
  start: { zh: '生效日期', en: 'start' },
  externalId: { zh: '外部单号', en: 'externalId' },
  note: { zh: '备注', en: 'note' },
} as const;

export type BatchColumn = keyof typeof BATCH_COLUMNS;

const NAMES = Object.keys(BATCH_COLUMNS) as readonly BatchColumn[];
const BY_HEAD = new Map(NAMES.flatMap((name) => Object.values(BATCH_COLUMNS[name]).map((head) => [head.toLowerCase(), name] as const)));
const NEEDED: readonly BatchColumn[] = ['kind', 'number'];

/** Which column of the file is what, by its head. A head that is not known is refused: what it says would be lost. */
export function readHead(heads: readonly string[]): Result<ReadonlyMap<string, BatchColumn>, BatchRefusal> {
  const named = heads.map((head) => [head, BY_HEAD.get(head.trim().toLowerCase())] as const);
  const unknown = named.filter(([, column]) => column === undefined).map(([head]) => head.slice(0, 40));
  if (unknown.length > 0) return refuseBatch('COLUMN_UNKNOWN', 'file', { columns: unknown.slice(0, 10).join(', ') });
  const columns = named.map(([, column]) => column as BatchColumn);
  const twice = columns.find((column, place) => columns.indexOf(column) !== place);
  if (twice !== undefined) return refuseBatch('COLUMN_TWICE', 'file', { column: headOf(twice) });
  const missing = NEEDED.filter((column) => !columns.includes(column));
  if (missing.length > 0) return refuseBatch('COLUMN_MISSING', 'file', { columns: missing.map(headOf).join(', ') });
  return ok(new Map(named as readonly (readonly [string, BatchColumn])[]));
}

/** Both names of a column, for people. */
function headOf(column: BatchColumn): string {
  return `${BATCH_COLUMNS[column].zh} ${BATCH_COLUMNS[column].en}`;
}
