import type { Expectation } from '../expectation';
import { accountExpectation } from './expect-account';
import { customerExpectation } from './expect-customer';
import { numberPoolExpectation } from './expect-number-pool';
import { orderExpectation } from './expect-order';
import { organisationExpectation } from './expect-organisation';
import { productExpectation } from './expect-product';
import { quotationExpectation } from './expect-quotation';
import { subscriberExpectation } from './expect-subscriber';

/** Everything of which something can be expected. */
export const EXPECTATIONS: readonly Expectation[] = [
  organisationExpectation,
  customerExpectation,
  accountExpectation,
  subscriberExpectation,
  productExpectation,
  numberPoolExpectation,
  quotationExpectation,
  orderExpectation,
];
