import { Field, InputType, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { execute, type UseCase } from '../../../business/execute';
import type { Bilingual, Refusal } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import type { GraphContext } from './context';
import { cost } from './guard/cost-hint';
import { RefusedInput, type InputRefusal } from './refused-input';

/** What `userErrors` is expected to hold, for `@Extensions`: mostly nothing, seldom more than two. */
export const FEW_ERRORS = cost({ listSize: 2 });

@InputType()
export abstract class MutationInput {
  @Field(() => String, {
    description:
      'Chosen by the caller, 1 to 255 printable ASCII characters, kept for 7 days: the same key and input give the first result again.',
  })
  public idempotencyKey!: string;
}

@InterfaceType({ description: 'An expected refusal. Its message may be shown to a person as it is.' })
export abstract class DisplayableError {
  @Field(() => [String], { nullable: true, description: 'The path of the input that is to blame; null when it is the whole.' })
  public readonly field!: readonly string[] | null;

  @Field(() => String, { description: 'In the language of `Accept-Language`: Chinese (zh) or English (en).' })
  public readonly message!: string;
}

export interface UserErrorOf<Code extends string> extends DisplayableError {
  readonly code: Code;
}

export interface UserErrorClass<Code extends string> {
  new (refusal: Refusal<Code>, context: GraphContext): UserErrorOf<Code>;
}

/** The error type of one component's mutations, `<Noun>UserError`, with its closed enum `<Noun>ErrorCode`. */
export function userErrorType<Code extends string>(noun: string, messages: Readonly<Record<Code, Bilingual>>): UserErrorClass<Code> {
  const codes = Object.keys(messages) as Code[];
  const codeEnum = Object.fromEntries(codes.map((code) => [code, code])) as Record<Code, Code>;
  registerEnumType(codeEnum, {
    name: `${noun}ErrorCode`,
    description: `Why a mutation refuses: the closed list of ${noun}UserError.`,
    valuesConfig: Object.fromEntries(codes.map((code) => [code, { description: `${messages[code].en} ${messages[code].zh}` }])) as Record<
      Code,
      { description: string }
    >,
  });

  @ObjectType(`${noun}UserError`, {
    implements: DisplayableError,
    simpleResolvers: true,
    description: 'An expected refusal: nothing has been changed. A clerk can act on its message.',
  })
  class UserError extends DisplayableError implements UserErrorOf<Code> {
    @Field(() => [String], { nullable: true })
    public override readonly field: readonly string[] | null;

    @Field(() => String)
    public override readonly message: string;

    @Field(() => codeEnum, { description: 'For programs; the message is for people.' })
    public readonly code: Code;

    public constructor(refusal: Refusal<Code>, context: GraphContext) {
      super();
      this.field = refusal.field;
      this.message = refusal.message[context.language];
      this.code = refusal.code;
    }
  }
  return UserError;
}

export interface MutationCall<Input> {
  /** A function where reading it may refuse: see {@link RefusedInput}. */
  readonly input: Input | (() => Input);
  readonly idempotencyKey: string;
  /** What the contract calls a field that the use case calls otherwise: a refusal must blame what the caller sent. */
  readonly called?: Readonly<Record<string, string>>;
}

/**
 * Runs a use case for a mutation. On success `read` makes the payload from what the use case returned, reading other
 * fields now; a refusal becomes `userErrors`.
 */
export async function mutate<Input, Output extends Json, Code extends string, Payload extends object>(
  context: GraphContext,
  useCase: UseCase<Input, Output, Code>,
  { input, idempotencyKey, called = {} }: MutationCall<Input>,
  UserError: UserErrorClass<Code | InputRefusal>,
  read: (output: Output) => Promise<Payload>,
): Promise<Partial<Payload> & { userErrors: UserErrorOf<Code>[] }> {
  const given = inputOf(input);
  const result = given instanceof RefusedInput ? refused(given) : await execute(context, useCase, given, idempotencyKey);
  if (!result.ok) {
    const blamed = (field: Refusal['field']): Refusal['field'] => field?.map((part) => called[part] ?? part) ?? null;
    const userErrors = result.refusals.map((refusal) => new UserError({ ...refusal, field: blamed(refusal.field) }, context));
    return { userErrors } as Partial<Payload> & { userErrors: UserErrorOf<Code>[] };
  }
  context.loaders.clear();
  // Facts that began with the change hold from its instant on, which lies after that of the request.
  context.now = context.clock.now();
  return { ...(await read(result.value)), userErrors: [] };
}

function inputOf<Input>(input: Input | (() => Input)): Input | RefusedInput {
  if (typeof input !== 'function') return input;
  try {
    return (input as () => Input)();
  } catch (error) {
    if (error instanceof RefusedInput) return error;
    throw error;
  }
}

function refused({ refusal }: RefusedInput): { readonly ok: false; readonly refusals: readonly Refusal<InputRefusal>[] } {
  return { ok: false, refusals: [refusal] };
}
