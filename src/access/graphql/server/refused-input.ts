import { Failure } from '../../../kernel/failure';
import type { Refusal } from '../../../kernel/result';
import { STANDARD_REFUSALS } from '../../../kernel/standard-refusals';

/** What reading an input refuses where no use case has been asked yet. Every component has these among its refusals. */
export type InputRefusal = 'AMOUNT_TOO_LARGE';

/**
 * A value from outside that is well formed, and yet nothing that can be kept: `mutate` makes of it what it makes of the refusals of a use
 * case. A query, which has no place for refusals, answers BAD_USER_INPUT.
 */
export class RefusedInput extends Failure {
  public readonly refusal: Refusal<InputRefusal>;

  public constructor(code: InputRefusal, field: string) {
    const message = STANDARD_REFUSALS[code];
    super('BAD_USER_INPUT', `${field}: ${message.en}`, { field });
    this.refusal = { code, field: field.split('.'), message };
  }
}
