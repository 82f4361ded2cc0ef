import { GraphQLError } from 'graphql';
import { documentIdOf, rememberDocuments, resolveDocument, type TrustedDocumentsMode } from './trusted-documents';

const QUERY = 'query ($id: ID!) {\n  user(id: $id) {\n    name\n  }\n}';
const ID = 'sha256:7dba4bd717b41f10434822356a93c32b1fb4907b983e854300ad839f84cdcd6e';
const UNKNOWN = `sha256:${'0'.repeat(64)}`;

const lookup = (clientCode: string, documentId: string): string | undefined =>
  clientCode === 'hall' && documentId === ID ? QUERY : undefined;

async function resolve(mode: TrustedDocumentsMode, given: { documentId?: string; query?: string }, clientCode = 'hall'): Promise<string> {
  try {
    const text = await resolveDocument({ mode, clientCode, documentId: given.documentId, query: given.query, lookup });
    return text === QUERY ? 'the registered text' : text;
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { code, http } = error.extensions as { code: string; http: { status: number } };
    return `${http.status} ${code}`;
  }
}

describe('resolveDocument', () => {
  it('knows the id of the specification', () => {
    expect(documentIdOf(QUERY)).toBe(ID);
  });

  it.each<[mode: TrustedDocumentsMode, given: { documentId?: string; query?: string }, outcome: string]>([
    ['off', { query: '{ a }' }, '{ a }'],
    ['off', { documentId: ID }, '400 PERSISTED_QUERY_NOT_FOUND'],
    ['off', {}, '400 BAD_REQUEST'],
    ['prefer', { query: '{ a }' }, '{ a }'],
    ['prefer', { documentId: ID }, 'the registered text'],
    ['prefer', { documentId: UNKNOWN }, '400 PERSISTED_QUERY_NOT_FOUND'],
    ['prefer', { documentId: ID, query: '{ a }' }, '400 BAD_REQUEST'],
    ['prefer', { documentId: ID.toUpperCase() }, '400 BAD_REQUEST'],
    ['prefer', { documentId: '' }, '400 BAD_REQUEST'],
    ['require', { documentId: ID }, 'the registered text'],
    ['require', { documentId: UNKNOWN }, '400 PERSISTED_QUERY_NOT_FOUND'],
    ['require', { query: QUERY }, 'the registered text'],
    ['require', { query: '{ a }' }, '403 FORBIDDEN'],
    ['require', { query: `${QUERY} ` }, '403 FORBIDDEN'],
    ['require', {}, '400 BAD_REQUEST'],
  ])('%s, %j: %s', async (mode, given, outcome) => {
    expect(await resolve(mode, given)).toBe(outcome);
  });

  it('never lets one client use what another has registered', async () => {
    expect(await resolve('require', { documentId: ID }, 'partner')).toBe('400 PERSISTED_QUERY_NOT_FOUND');
    expect(await resolve('require', { query: QUERY }, 'partner')).toBe('403 FORBIDDEN');
  });

  it('makes no promise where the text is at hand', () => {
    const given = { clientCode: 'hall', lookup };
    expect(resolveDocument({ ...given, mode: 'prefer', documentId: undefined, query: '{ a }' })).toBe('{ a }');
    expect(resolveDocument({ ...given, mode: 'require', documentId: ID, query: undefined })).toBe(QUERY);
  });
});

describe('rememberDocuments', () => {
  it('loads each text once, also when asked twice at once, and a missing one too', async () => {
    const asked: string[] = [];
    const remember = rememberDocuments((clientCode, documentId) => {
      asked.push(`${clientCode} ${documentId}`);
      return Promise.resolve(lookup(clientCode, documentId));
    });
    expect(await Promise.all([remember('hall', ID), remember('hall', ID)])).toEqual([QUERY, QUERY]);
    expect(remember('hall', ID)).toBe(QUERY);
    expect(await remember('hall', UNKNOWN)).toBeUndefined();
    expect(remember('hall', UNKNOWN)).toBeUndefined();
    expect(await remember('partner', ID)).toBeUndefined();
    expect(asked).toEqual([`hall ${ID}`, `hall ${UNKNOWN}`, `partner ${ID}`]);
  });

  it('does not remember a failure to load', async () => {
    let calls = 0;
    const remember = rememberDocuments(() => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('down')) : Promise.resolve(QUERY);
    });
    await expect(Promise.resolve(remember('hall', ID))).rejects.toThrow('down');
    expect(await remember('hall', ID)).toBe(QUERY);
  });
});
