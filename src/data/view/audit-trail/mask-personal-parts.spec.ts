import { maskPersonalParts } from './mask-personal-parts';

const person = {
  customerNo: '1000000001',
  kind: 'INDIVIDUAL',
  name: '张伟',
  nameEn: 'Zhang Wei',
  documents: [{ kind: 'RESIDENT_ID', number: '330106199001011234', issuingAuthority: '杭州市公安局' }],
  contacts: [
    { kind: 'MOBILE', value: '13812345678', person: '李娜' },
    { kind: 'EMAIL', value: 'zhangwei@example.com', person: null },
  ],
  attributes: { name: 'as it is', documents: [{ number: 'as it is' }] },
};

describe('personal data in the audit trail', () => {
  it('masks names, numbers, contacts and persons of a new customer, and nothing else', () => {
    expect(maskPersonalParts('customer', { before: null, after: person })).toEqual({
      before: null,
      after: {
        ...person,
        name: '张*',
        nameEn: 'Z**** W**',
        documents: [{ kind: 'RESIDENT_ID', number: '**************1234', issuingAuthority: '杭州市公安局' }],
        contacts: [
          { kind: 'MOBILE', value: '138****5678', person: '李*' },
          { kind: 'EMAIL', value: 'z***@example.com', person: null },
        ],
      },
    });
  });

  it('masks one document or contact that was added or ended', () => {
    const change = {
      before: {
        documents: { kind: 'PASSPORT', number: 'E12345678', fact_id: 'x' },
        contacts: { kind: 'ADDRESS', value: '浙江省杭州市西湖区文三路1号', person: '张伟' },
      },
      after: { contact: { kind: 'PHONE', value: '0571-88880001', person: null }, document: { kind: 'OTHER', number: '12345' } },
    };
    expect(maskPersonalParts('customer', change)).toEqual({
      before: {
        documents: { kind: 'PASSPORT', number: '*****5678', fact_id: 'x' },
        contacts: { kind: 'ADDRESS', value: '浙江省杭州市****', person: '张*' },
      },
      after: { contact: { kind: 'PHONE', value: '057******0001', person: null }, document: { kind: 'OTHER', number: '****5' } },
    });
  });

  it.each([
    ['an enterprise, said so', { kind: 'ENTERPRISE', name: '华光公司' }, { name: '华兴公司' }, '华光公司'],
    ['a kind that nobody says', { name: '华光公司' }, { name: '华兴公司' }, '华***'],
    ['a kind that nobody knows', { kind: 'ROBOT', name: '华光公司' }, null, '华***'],
    ['a person who becomes an enterprise', { kind: 'INDIVIDUAL', name: '张伟' }, { kind: 'ENTERPRISE', name: '张伟' }, '张*'],
    ['an enterprise that becomes a person', { kind: 'ENTERPRISE', name: '张伟' }, { kind: 'HOUSEHOLD', name: '张伟' }, '张*'],
  ])('shows the name of %s as it should', (_what, before, after, name) => {
    expect(maskPersonalParts('customer', { before, after }).before?.['name']).toBe(name);
  });

  it('hides a contact of a kind that it does not know, whole', () => {
    expect(maskPersonalParts('customer', { before: null, after: { contact: { kind: 'PAGER', value: '12345' } } }).after).toEqual({
      contact: { kind: 'PAGER', value: '****' },
    });
  });

  it('knows documents and contacts of other subjects by their keys too, and leaves their names', () => {
    const after = {
      name: '主账户',
      rows: [{ documents: [{ number: '330106199001011234' }] }],
      identifiers: [{ kind: 'NUMBER', value: '13812345678' }],
    };
    expect(maskPersonalParts('importJob', { before: null, after }).after).toEqual({
      ...after,
      rows: [{ documents: [{ number: '**************1234' }] }],
    });
    const trusted = { documents: ['sha256:0123'], documentCount: 1 };
    expect(maskPersonalParts('apiClient', { before: null, after: trusted }).after).toEqual(trusted);
  });
});
