import type { UseCase } from '../../execute';
import { insertDocument } from '../../../data/operation/customer/insert-customers';
import { countFactsInForce } from '../../../data/operation/customer/write-customer-facts';
import type { Id } from '../../../kernel/id';
import { periodOf } from '../../../kernel/period';
import { ok } from '../../../kernel/result';
import { customerToChange, type CustomerChange } from './customer-to-change';
import { DOCUMENTS_MAX, checkDocument } from './model/checks';
import { normaliseDocumentNumber } from './model/identity-document';
import type { DocumentInput } from './model/inputs';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';
import { recordChange } from './record-change';

export interface AddCustomerDocumentInput extends CustomerChange {
  readonly document: DocumentInput;
}

type Output = { customerId: Id<'customer'>; documentId: Id<'fact'> };

/** Registers an identity document 证件 of a customer, for the time in which the document is valid. */
export const addCustomerDocument: UseCase<AddCustomerDocumentInput, Output, CustomerRefusal> = {
  name: 'addCustomerDocument',
  permission: 'customer:write',
  constraints: { customer_document_customer_id_kind_number_valid_excl: () => refuseCustomer('DOCUMENT_EXISTS', 'document.number') },
  async run(unit, input) {
    const refused = checkDocument(input.document, 'document', unit.now);
    if (refused !== undefined) return refused;
    const { kind, issuingAuthority = null } = input.document;
    const valid = periodOf(input.document.validFrom, input.document.validTo, unit.now);
    if (valid === undefined) return refuseCustomer('INVALID_PERIOD', 'document.validTo');
    const customer = await customerToChange(unit, input);
    if (!customer.ok) return customer;
    if ((await countFactsInForce(unit.transaction, 'documents', customer.value.id, unit.now)) >= DOCUMENTS_MAX) {
      return refuseCustomer('TOO_MANY', 'document', { max: DOCUMENTS_MAX });
    }
    const document = {
      kind,
      number: normaliseDocumentNumber(input.document.number),
      issuingAuthority,
      validFrom: valid.from,
      validTo: valid.to,
    };
    const documentId = await insertDocument(unit.transaction, { customerId: customer.value.id, ...document }, unit.now);
    await recordChange(unit, customer.value, {
      before: null,
      after: { document: { ...document, id: documentId, validFrom: valid.from.toString(), validTo: valid.to?.toString() ?? null } },
      event: 'CustomerAttributeValueChangeEvent',
      payload: { changed: ['documents'] },
    });
    return ok({ customerId: customer.value.id, documentId });
  },
};
