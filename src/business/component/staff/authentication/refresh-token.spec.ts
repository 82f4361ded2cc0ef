import { newId } from '../../../../kernel/id';
import { ClientSecretDraft, clientSecretMatches, revealClientSecret } from './client-secret';
import { deriveKeys } from './keys';
import { mintRefreshToken, readRefreshToken } from './refresh-token';

const keys = deriveKeys('a signing key of at least 32 characters');
const others = deriveKeys('another signing key of 32 characters or so');

describe('a refresh token', () => {
  const sessionId = newId('session');
  const token = mintRefreshToken(keys.refreshToken, sessionId);

  it('is read where it was given out', () => {
    expect(readRefreshToken(keys.refreshToken, token.text)).toEqual({ sessionId, hash: token.hash });
    expect(mintRefreshToken(keys.refreshToken, sessionId).hash.equals(token.hash)).toBe(false);
  });

  it.each([
    ['given out elsewhere', mintRefreshToken(others.refreshToken, sessionId).text],
    ['of another session', token.text.replace(/^[^.]+/, mintRefreshToken(keys.refreshToken, newId('session')).text.split('.')[0] ?? '')],
    ['with another random part', token.text.replace(/\../, (start) => (start === '.A' ? '.B' : '.A'))],
    ['cut short', token.text.slice(0, -1)],
    ['with something after it', `${token.text}\n`],
    ['that is none', 'ses_'],
    ['that is empty', ''],
  ])('%s is not', (_what, text) => {
    expect(readRefreshToken(keys.refreshToken, text)).toBeUndefined();
  });
});

describe("a client's secret", () => {
  it('can be shown again from its seed, with the key, and matches its hash', () => {
    const draft = new ClientSecretDraft(keys.clientSecret);
    const secret = revealClientSecret(keys.clientSecret, draft.seed);
    expect(secret).toMatch(/^sk_[A-Za-z0-9_-]{43}$/);
    expect(clientSecretMatches(secret, draft.hash)).toBe(true);
    expect(clientSecretMatches(revealClientSecret(others.clientSecret, draft.seed), draft.hash)).toBe(false);
    expect(clientSecretMatches(draft.seed, draft.hash)).toBe(false);
    expect(clientSecretMatches(secret, null)).toBe(false);
    expect(JSON.stringify({ secret: draft })).toBe('{"secret":null}');
  });
});
