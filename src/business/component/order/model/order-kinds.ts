import type { Bilingual } from '../../../../kernel/result';

/** Every kind of thing that an order does 受理类型. */
export const ORDER_KINDS = {
  OPEN: { zh: '开户', en: 'Open a subscriber with a plan and what is added to it.' },
  PRE_OPEN: { zh: '预开户', en: 'Open a subscriber ahead, out of service until it is activated.' },
  ACTIVATE: { zh: '激活', en: 'Put a subscriber in service that was opened ahead, for its real owner.' },
  OPEN_BUNDLE: { zh: '办理融合套餐', en: 'Sell a bundle, which subscribers then join.' },
  JOIN_BUNDLE: { zh: '加入融合套餐', en: 'Let a subscriber join a bundle.' },
  LEAVE_BUNDLE: { zh: '退出融合套餐', en: 'Take a subscriber out of its bundle.' },
  CLOSE_BUNDLE: { zh: '终止融合套餐', en: 'End a bundle for all its members.' },
  LAPSE_BUNDLE: { zh: '融合套餐宽限期满', en: 'Charge for the contract of a bundle whose grace is over; made by the system alone.' },
  PORT_IN: { zh: '携入', en: 'Open a subscriber that brings its number from another operator.' },
  PORT_OUT: { zh: '携出', en: 'Let a subscriber go to another operator with its number.' },
  SUSPEND: { zh: '停机', en: 'Stop the service, at the customer’s request or for loss.' },
  RESUME: { zh: '复机', en: 'Put the service back after such a stop.' },
  CHANGE_NUMBER: { zh: '改号', en: 'Give the subscriber another number or login.' },
  REPLACE_SIM: { zh: '换卡', en: 'Replace the SIM card or device.' },
  CHANGE_PAYMENT: { zh: '变更付费关系', en: 'Let another account pay, by default or for a part.' },
  TRANSFER: { zh: '过户', en: 'Transfer the ownership to another customer.' },
  RELOCATE: { zh: '移机', en: 'Move the line to another address.' },
  CHANGE_RATING_TYPE: { zh: '预后付费转换', en: 'Turn a prepaid account into a postpaid one, or back.' },
  CHANGE_BILLING_DAY: { zh: '变更账期日', en: 'Change the billing day of an account.' },
  ADD_PRODUCT: { zh: '增订产品', en: 'Add a product to what the subscriber holds.' },
  REMOVE_PRODUCT: { zh: '退订产品', en: 'End a product that was added.' },
  CHANGE_QUANTITY: { zh: '变更数量', en: 'Change how many of a product the subscriber holds.' },
  CHANGE_PLAN: { zh: '变更套餐', en: 'Give the subscriber another plan, now or with its next billing period.' },
  SYNCHRONISE: { zh: '同步开通', en: 'Tell the network again what the service is to be.' },
  TERMINATE: { zh: '销户', en: 'Close the subscriber.' },
  MIGRATE: { zh: '存量迁移', en: 'Take over what a subscriber holds in another system; made by an import alone.' },
  GRANT_DISCOUNT: { zh: '办理优惠', en: 'Grant a discount to a subscriber or an account.' },
  END_DISCOUNT: { zh: '取消优惠', en: 'End a discount that was granted.' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export type OrderKindName = keyof typeof ORDER_KINDS;

export const ORDER_KIND_NAMES = Object.keys(ORDER_KINDS) as readonly OrderKindName[];
