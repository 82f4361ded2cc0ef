import type { ItemKind } from '../../component/order';
import { activate } from './activate';
import { addProduct } from './add-product';
import { changeBillingDay } from './change-billing-day';
import { changeNumber } from './change-number';
import { changePayment } from './change-payment';
import { changePlan } from './change-plan';
import { changeQuantity } from './change-quantity';
import { changeRatingType } from './change-rating-type';
import { migrate } from './migrate';
import { endDiscountKind } from './end-discount';
import { grantDiscount } from './grant-discount';
import type { OrderKind } from './order-kind';
import { closeBundle } from './close-bundle';
import { joinBundleKind } from './join-bundle';
import { lapseBundle } from './lapse-bundle';
import { leaveBundleKind } from './leave-bundle';
import { open } from './open';
import { portIn } from './port-in';
import { portOut } from './port-out';
import { preOpen } from './pre-open';
import { openBundleKind } from './open-bundle';
import { relocate } from './relocate';
import { removeProduct } from './remove-product';
import { replaceSim } from './replace-sim';
import { resume } from './resume';
import { suspend } from './suspend';
import { synchronise } from './synchronise';
import { terminate } from './terminate';
import { transfer } from './transfer';

/** Every kind of order item 受理类型, by its name. */
const KINDS: { readonly [Kind in ItemKind]: OrderKind<Kind> } = {
  OPEN: open,
  PRE_OPEN: preOpen,
  ACTIVATE: activate,
  OPEN_BUNDLE: openBundleKind,
  JOIN_BUNDLE: joinBundleKind,
  LEAVE_BUNDLE: leaveBundleKind,
  CLOSE_BUNDLE: closeBundle,
  LAPSE_BUNDLE: lapseBundle,
  PORT_IN: portIn,
  PORT_OUT: portOut,
  SUSPEND: suspend,
  RESUME: resume,
  CHANGE_NUMBER: changeNumber,
  REPLACE_SIM: replaceSim,
  CHANGE_PAYMENT: changePayment,
  TRANSFER: transfer,
  RELOCATE: relocate,
  CHANGE_RATING_TYPE: changeRatingType,
  CHANGE_BILLING_DAY: changeBillingDay,
  ADD_PRODUCT: addProduct,
  REMOVE_PRODUCT: removeProduct,
  CHANGE_QUANTITY: changeQuantity,
  CHANGE_PLAN: changePlan,
  SYNCHRONISE: synchronise,
  TERMINATE: terminate,
  MIGRATE: migrate,
  GRANT_DISCOUNT: grantDiscount,
  END_DISCOUNT: endDiscountKind,
};

/** The kind of an item. It is to be given no content but that of an item of its own. */
export function kindOf({ kind }: { readonly kind: ItemKind }): OrderKind<ItemKind> {
  return KINDS[kind];
}
