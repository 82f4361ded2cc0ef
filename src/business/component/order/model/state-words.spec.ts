import { ORDER_STATES, WORK_ORDER_STATES, refuseOrder } from '..';
import { NUMBER_STATES, refuseNumber } from '../../number';
import { VERSION_STATES, refuseProduct } from '../../product';
import { CHARGE_KINDS, CHARGE_KIND_WORDS } from '../../service';
import { STOP_REASONS, STOP_REASON_WORDS, SUBSCRIBER_STATUSES, refuseSubscriber } from '../../subscriber';
import type { Refusal } from '../../../../kernel/result';

type Told = { readonly refusals: readonly Refusal[] };

/** Every code that a sentence may be filled with. */
const SENTENCES: readonly (readonly [string, Told])[] = [
  ...ORDER_STATES.map((state) => [state, refuseOrder('STATE_REFUSES', 'orderId', { state })] as const),
  ...WORK_ORDER_STATES.map((state) => [state, refuseOrder('WORK_STATE_REFUSES', 'workOrderId', { state })] as const),
  ...STOP_REASONS.map(
    (reason) => [reason, refuseOrder('STOP_REASON_REFUSES', 'subscriberId', { reasons: [STOP_REASON_WORDS[reason]] })] as const,
  ),
  ...NUMBER_STATES.map((state) => [state, refuseNumber('STATE_REFUSES', 'number', { number: '1', state })] as const),
  ...SUBSCRIBER_STATUSES.map((status) => [status, refuseSubscriber('STATUS_REFUSES', 'subscriberId', { status })] as const),
  ...VERSION_STATES.map((state) => [state, refuseProduct('NOT_A_DRAFT', 'versionId', { state })] as const),
  ...VERSION_STATES.map((to) => [to, refuseProduct('MOVE_REFUSED', 'to', { state: 'draft', to })] as const),
  ...CHARGE_KINDS.map(
    (kind) => [kind, refuseProduct('CHARGE_CODE_OF_OTHER_KIND', 'chargeCode', { code: '1', kind: CHARGE_KIND_WORDS[kind] })] as const,
  ),
];

test.each(SENTENCES)('%s is told a clerk in words', (_code, { refusals }) => {
  const { zh = '', en = '' } = refusals[0]?.message ?? {};
  expect(zh).not.toMatch(/[A-Za-z{}]/);
  expect(en).not.toMatch(/[a-z][A-Z]|[A-Z]{2}|[{}]/);
});

test('several codes are told one after another', () => {
  const [refusal] = refuseOrder('STOP_REASON_REFUSES', 'subscriberId', {
    reasons: [STOP_REASON_WORDS.LOSS, STOP_REASON_WORDS.VIOLATION],
  }).refusals;
  expect(refusal?.message).toEqual({
    zh: '用户已停机（挂失、违章停机），不能办理',
    en: 'The subscriber is stopped (reported lost, violation of terms): this cannot be done.',
  });
});
