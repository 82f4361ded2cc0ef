/** How something was paid at the counter. */
export const ORDER_PAYMENT_METHODS = ['CASH', 'BANK_TRANSFER', 'BANK_COLLECTION', 'CARD', 'CHEQUE', 'ONLINE'] as const;
export type OrderPaymentMethod = (typeof ORDER_PAYMENT_METHODS)[number];

export const ORDER_PAYMENT_KINDS = ['PAYMENT', 'REFUND'] as const;
export type OrderPaymentKind = (typeof ORDER_PAYMENT_KINDS)[number];
