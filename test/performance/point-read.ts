import { requestBench } from './request-bench';
import { POINT_READ_QUERY } from './requests';

export const pointRead = requestBench({
  name: 'point-read',
  query: POINT_READ_QUERY,
  referencePath: '/point-read/',
  reference: 'bare node:http, one prepared statement, JSON.stringify',
});
