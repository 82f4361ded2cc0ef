import type { Part } from './price-parts';

/** The city that sells the province's catalogue in its own way 分级发布: Ningbo. */
export const REPRICING_CITY = 'ZJ-NB';

/** What it says of a product: at other prices within the authority that it has, to fewer, or not at all. */
export interface CitySaying {
  readonly product: string;
  readonly sold?: false;
  readonly narrowing?: Part;
  readonly prices?: readonly Part[];
}

export const CITY_SAYINGS: readonly CitySaying[] = [
  { product: 'MOBILE-5G-129', prices: [{ code: 'FEE', amounts: ['89.00', '119.00'] }] },
  { product: 'BROADBAND-300M', prices: [{ code: 'INSTALLATION', amounts: ['80.00'] }, { code: 'FEE', amounts: ['49.00', '79.00'] }] },
  { product: 'FUSION-199', prices: [{ code: 'FEE', amounts: ['189.00'] }] },
  { product: 'MOBILE-YOUTH-19', narrowing: { tenureMonths: { most: 12 } } },
  { product: 'IN-800', sold: false },
]; // prettier-ignore
