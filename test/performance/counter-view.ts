import { requestBench } from './request-bench';
import { COUNTER_VIEW_QUERY } from './requests';

export const counterView = requestBench({
  name: 'counter-view',
  query: COUNTER_VIEW_QUERY,
  referencePath: '/counter-view/',
  reference: 'bare node:http, one prepared statement that returns the JSON, passed through',
});
