import type { Instant } from '../../../../kernel/clock';
import { periodOf } from '../../../../kernel/period';
import { refusedBy } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import type { ContactInput, DocumentInput } from './inputs';
import { isContact } from './contact';
import { isDocumentNumber, normaliseDocumentNumber } from './identity-document';
import { refuseCustomer, type CustomerRefusal } from './refusals';

export const NAME_LENGTH_MAX = 200;
export const DOCUMENTS_MAX = 20;
export const CONTACTS_MAX = 20;
export const RELATIONS_MAX = 50;

type Check = ReturnType<typeof refusedBy<CustomerRefusal>>;

export function checkName(name: string, field: string): Check {
  return refusedBy(
    isBlank(name) && refuseCustomer('BLANK', field),
    hasHiddenCharacters(name) && refuseCustomer('CHARACTERS_REFUSED', field),
    lengthOf(name) > NAME_LENGTH_MAX && refuseCustomer('TOO_LONG', field, { max: NAME_LENGTH_MAX }),
  );
}

export function checkDocument(document: DocumentInput, field: string, now: Instant): Check {
  const { validFrom, validTo } = document;
  return refusedBy(
    !isDocumentNumber(document.kind, normaliseDocumentNumber(document.number)) && refuseCustomer('DOCUMENT_INVALID', `${field}.number`),
    lengthOf(document.issuingAuthority ?? '') > NAME_LENGTH_MAX &&
      refuseCustomer('TOO_LONG', `${field}.issuingAuthority`, { max: NAME_LENGTH_MAX }),
    periodOf(validFrom, validTo, now) === undefined && refuseCustomer('INVALID_PERIOD', `${field}.validTo`),
  );
}

export function checkContact(contact: ContactInput, field: string): Check {
  return refusedBy(
    !isContact(contact.kind, contact.value) && refuseCustomer('CONTACT_INVALID', `${field}.value`),
    hasHiddenCharacters(contact.person ?? '') && refuseCustomer('CHARACTERS_REFUSED', `${field}.person`),
    lengthOf(contact.person ?? '') > NAME_LENGTH_MAX && refuseCustomer('TOO_LONG', `${field}.person`, { max: NAME_LENGTH_MAX }),
  );
}
