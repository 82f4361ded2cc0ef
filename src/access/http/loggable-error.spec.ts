import { GraphQLError } from 'graphql';
import { Failure } from '../../kernel/failure';
import { loggableError } from './loggable-error';

const postgres = (message: string, more: object): Error => Object.assign(new Error(message), { name: 'error', severity: 'ERROR', ...more });

describe('an error in the log', () => {
  it('says what and where, without the row and the parameters that it came with', () => {
    const driver = postgres('null value in column "name"', {
      code: '23502',
      detail: 'Failing row contains (张伟, 330106199001011234).',
      constraint: 'c',
    });
    const error = Object.assign(new Error('null value in column "name"'), {
      name: 'QueryFailedError',
      code: '23502',
      parameters: ['张伟'],
      query: 'INSERT',
      driverError: driver,
      detail: driver,
    });
    const logged = loggableError(error);
    expect(logged).toMatchObject({ type: 'QueryFailedError', message: 'null value in column "name"', code: '23502' });
    expect((logged as { stack: string }).stack).toMatch(/\n\s+at .*loggable-error\.spec/);
    expect(JSON.stringify(logged)).not.toMatch(/张伟|33010619|INSERT/);
  });

  it('hides a value that PostgreSQL names in its message', () => {
    const cause = postgres('invalid input syntax for type uuid: "330106199001011234"', { code: '22P02' });
    const failure = new Failure('BAD_USER_INPUT', 'A value cannot be stored.', {}, { cause });
    const logged = loggableError(new GraphQLError('A value cannot be stored.', { originalError: failure }));
    expect(JSON.stringify(logged)).not.toContain('33010619');
    expect(logged).toMatchObject({ causes: [{ type: 'Failure' }, { code: '22P02', message: 'a value does not fit' }] });
  });

  it('is short, whatever was thrown', () => {
    expect(loggableError('a text with 张伟')).toEqual({ type: 'string' });
    const circle = new Error('a');
    Object.assign(circle, { cause: Object.assign(new Error('b'), { cause: circle }) });
    expect(loggableError(circle)).toMatchObject({ causes: Array.from({ length: 4 }, () => ({ type: 'Error' })) });
  });
});
