import { Temporal } from 'temporal-polyfill';
import { instantFromDatabase, instantToText } from './clock';

/** As PostgreSQL prints them, and the same in ISO 8601. */
test.each([
  ['2026-11-21 08:00:00+00', '2026-11-21T08:00:00Z'],
  ['2026-11-21 08:00:00.5+00', '2026-11-21T08:00:00.5Z'],
  ['2026-11-21T08:00:00.123+00:00', '2026-11-21T08:00:00.123Z'],
  ['2026-11-21 08:00:00.123456+00', '2026-11-21T08:00:00.123456Z'],
  ['1969-12-31 23:59:59.999+00', '1969-12-31T23:59:59.999Z'],
  ['0100-01-01 00:00:00+00', '0100-01-01T00:00:00Z'],
  ['0099-12-31 23:59:59+00', '0099-12-31T23:59:59Z'],
  ['0049-05-05 00:00:00+00', '0049-05-05T00:00:00Z'],
  ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00Z'],
  ['9999-12-31 23:59:59.999+00', '9999-12-31T23:59:59.999Z'],
])('%s is read and written as the instant that it is', (text, iso) => {
  const instant = instantFromDatabase(text);
  expect(instant.equals(Temporal.Instant.from(iso))).toBe(true);
  expect(Temporal.Instant.from(instantToText(instant)).equals(instant)).toBe(true);
});
