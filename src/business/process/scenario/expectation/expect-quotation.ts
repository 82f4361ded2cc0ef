import { selectQuotationsById } from '../../../component/order';
import { invariant } from '../../../../kernel/failure';
import { formatAmount } from '../../../../kernel/money';
import { defineExpectation } from '../expectation';
import { linesExpected, linesLookedAt, operatorsDecimals, quotedLine, quotedLines } from '../quoted-lines';
import { amount, list, orNone, trueOrFalse } from '../written/fields';
import { handle } from '../written/handle';

/** What a quotation 报价 says. */
export const quotationExpectation = defineExpectation({
  subject: 'quotation',
  asKnown: false,
  undated: ['customer', 'account', 'organisation', 'due', 'lines', 'approvalNeeded', 'used'],
  shape: {
    customer: handle('customer').optional(),
    account: orNone(handle('account')).optional(),
    organisation: handle('organisation').optional(),
    due: amount.optional(),
    lines: list(quotedLine).optional(),
    approvalNeeded: trueOrFalse.optional(),
    used: trueOrFalse.optional(),
  },
  written: {
    due: (stage, due) => operatorsDecimals(stage, due, 'due'),
    lines: linesExpected,
  },
  narrowed: { lines: linesLookedAt },
  async actual(stage, subject) {
    const id = stage.idOf(subject);
    const [quotation] = await selectQuotationsById(stage.context, [id]);
    invariant(quotation !== undefined, 'a quotation that has a handle is there');
    const { due, usedByOrderId } = quotation;
    return {
      customer: stage.nameOf('customer', quotation.customerId),
      account: stage.nameOf('account', quotation.accountId),
      organisation: stage.nameOf('organisation', quotation.organisationId),
      due: formatAmount(due),
      lines: await quotedLines(stage, id, due.currency),
      approvalNeeded: quotation.approvalNeeded,
      used: usedByOrderId !== null,
    };
  },
});
