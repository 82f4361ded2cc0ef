import { Temporal } from 'temporal-polyfill';
import { checkContact, checkDocument, checkName } from './checks';

const now = Temporal.Instant.from('2026-11-21T08:00:00Z');
const codesOf = (check: ReturnType<typeof checkName>) => check?.refusals.map(({ code, field }) => `${field?.join('.')} ${code}`) ?? [];

describe('the checks of a customer', () => {
  it('of a name count characters as a person does', () => {
    expect(codesOf(checkName('张伟', 'name'))).toEqual([]);
    expect(codesOf(checkName('𠮷'.repeat(200), 'name'))).toEqual([]);
    expect(codesOf(checkName('𠮷'.repeat(201), 'name'))).toEqual(['name TOO_LONG']);
    expect(codesOf(checkName(' \u3000', 'name'))).toEqual(['name BLANK']);
  });

  it('of a document name every wrong field at once', () => {
    const document = {
      kind: 'RESIDENT_ID',
      number: '110105194912310020',
      issuingAuthority: '局'.repeat(201),
      validFrom: now,
      validTo: now.subtract({ hours: 1 }),
    } as const;
    expect(codesOf(checkDocument(document, 'documents.0', now))).toEqual([
      'documents.0.number DOCUMENT_INVALID',
      'documents.0.issuingAuthority TOO_LONG',
      'documents.0.validTo INVALID_PERIOD',
    ]);
  });

  it('of a document let it end only after it begins, which is now when not said', () => {
    const document = { kind: 'RESIDENT_ID', number: '11010519491231002x' } as const;
    expect(codesOf(checkDocument({ ...document, validTo: now.add({ hours: 1 }) }, 'document', now))).toEqual([]);
    expect(codesOf(checkDocument({ ...document, validTo: now }, 'document', now))).toEqual(['document.validTo INVALID_PERIOD']);
    expect(codesOf(checkDocument({ ...document, validFrom: now, validTo: now.add({ nanoseconds: 999 }) }, 'document', now))).toEqual([
      'document.validTo INVALID_PERIOD',
    ]);
  });

  it('of a contact look at value and person', () => {
    expect(codesOf(checkContact({ kind: 'MOBILE', value: '13812345678', person: '李'.repeat(201) }, 'contact'))).toEqual([
      'contact.person TOO_LONG',
    ]);
  });
});
