import { CHARGE_KINDS, registerChargeCode, SERVICE_REFUSALS } from '../../../component/service';
import { text, trueOrFalse, whole, word } from '../written/fields';
import { codeOf, handle, newHandle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

/** Registers a charge code 账目项 with its first terms. What they do not say is the plainest that its kind allows. */
export const registerChargeCodeVerb = defineVerb({
  name: 'registerChargeCode',
  section: 'catalogue.chargeCodes',
  refusals: SERVICE_REFUSALS,
  input: {
    handle: newHandle('chargeCode'),
    kind: word(CHARGE_KINDS),
    name: text.optional(),
    nameEn: text.optional(),
    serviceType: text.optional(),
    taxCategory: handle('taxCategory').optional(),
    revenueAccount: text.default('6001'),
    deferredAccount: text.optional(),
    discountAccount: text.optional(),
    writeOffPriority: whole(-9_999, 9_999).default(100),
    billGroup: text.default('BASIC'),
    invoiceable: trueOrFalse.optional(),
    bearsLateFee: trueOrFalse.default(false),
    collectedFor: handle('organisation').optional(),
    from: time.optional(),
  },
  run(stage, { handle: chargeCode, kind, name = chargeCode.name, nameEn = chargeCode.name, serviceType = null, from, ...given }) {
    const { taxCategory, deferredAccount = null, discountAccount = null, collectedFor, invoiceable = kind !== 'DEPOSIT', ...terms } = given;
    const whole = {
      ...terms,
      deferredAccount,
      discountAccount,
      discountable: discountAccount !== null,
      invoiceable,
      taxCategory: taxCategory === undefined ? null : codeOf(taxCategory),
      collectedFor: collectedFor === undefined ? null : stage.idOf(collectedFor),
    };
    const input = { code: codeOf(chargeCode), kind, name, nameEn, serviceType, terms: whole, from: stage.instantOf(from) };
    return stage.execute(registerChargeCode, input);
  },
});
