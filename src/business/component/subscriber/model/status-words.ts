import type { SubscriberStatus } from '../../../../data/operation/subscriber/subscriber';
import type { WordsOf } from '../../../../kernel/result';
import type { StopReason } from './stop-reasons';

/** 用户状态, as a clerk is told them. */
export const SUBSCRIBER_STATUS_WORDS: WordsOf<SubscriberStatus> = {
  created: { zh: '已建立', en: 'only entered' },
  pendingActive: { zh: '待开通', en: 'not in service yet' },
  active: { zh: '在用', en: 'in service' },
  suspended: { zh: '停机', en: 'stopped' },
  pendingTerminate: { zh: '待销户', en: 'being taken out of service' },
  terminated: { zh: '销户', en: 'closed' },
  cancelled: { zh: '已取消', en: 'withdrawn' },
  aborted: { zh: '已中止', en: 'given up' },
};

/** 停机原因. */
export const STOP_REASON_WORDS: WordsOf<StopReason> = {
  CUSTOMER_REQUEST: { zh: '客户申请停机', en: 'at the customer’s request' },
  LOSS: { zh: '挂失', en: 'reported lost' },
  ARREARS_ONE_WAY: { zh: '欠费单停', en: 'arrears, one way' },
  ARREARS_TWO_WAY: { zh: '欠费双停', en: 'arrears, both ways' },
  VIOLATION: { zh: '违章停机', en: 'violation of terms' },
  REGULATOR: { zh: '管局停机', en: 'by order of the regulator' },
  HIGH_USAGE: { zh: '高额停机', en: 'unusually high usage' },
};
