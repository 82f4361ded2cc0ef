import { type z } from 'zod';
import {
  CONTACT_KINDS,
  createCustomer,
  CUSTOMER_GRADES,
  CUSTOMER_KINDS,
  CUSTOMER_REFUSALS,
  DOCUMENT_KINDS,
} from '../../../component/customer';
import { attributes, fields, list, text, word } from '../written/fields';
import { managedAt, newHandle } from '../written/handle';
import { time } from '../written/written-time';
import { defineVerb } from '../verb';

const document = fields({
  kind: word(DOCUMENT_KINDS),
  number: text,
  issuingAuthority: text.optional(),
  from: time.optional(),
  to: time.optional(),
});
const contact = fields({ kind: word(CONTACT_KINDS), value: text, person: text.optional() });

/** Opens a customer 建立客户 of any kind. */
export const createCustomerVerb = defineVerb({
  name: 'createCustomer',
  section: 'parties.customers',
  refusals: CUSTOMER_REFUSALS,
  input: {
    handle: newHandle('customer'),
    kind: word(CUSTOMER_KINDS).default('INDIVIDUAL'),
    name: text.optional(),
    nameEn: text.optional(),
    grade: word(CUSTOMER_GRADES).default('STANDARD'),
    organisation: managedAt,
    documents: list(document as z.ZodType<z.output<typeof document>>).default([]),
    contacts: list(contact as z.ZodType<z.output<typeof contact>>).default([]),
    attributes: attributes.default({}),
  },
  run(stage, { handle: customer, kind, name, nameEn = null, grade, organisation, documents, contacts, attributes: more }) {
    const input = {
      kind,
      name: name ?? customer.name,
      nameEn,
      grade,
      organisationId: stage.idOf(organisation),
      documents: documents.map(({ kind: documentKind, number, issuingAuthority = null, from, to }) => ({
        kind: documentKind,
        number,
        issuingAuthority,
        validFrom: stage.instantOf(from),
        validTo: stage.instantOf(to),
      })),
      contacts: contacts.map(({ kind: contactKind, value, person = null }) => ({ kind: contactKind, value, person })),
      attributes: more,
    };
    return stage.bring(customer, createCustomer, input, ({ customerId }) => customerId);
  },
});
