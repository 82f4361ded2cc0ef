import { ArgsType, Field, ObjectType } from 'type-graphql';
import type { FactTime } from '../../../business/context';
import { instantToText, type Instant } from '../../../kernel/clock';
import { DateTimeScalar } from './scalar';

/** As of when dated facts are asked for. */
@ArgsType()
export class FactTimeArgs {
  @Field(() => DateTimeScalar, { nullable: true, description: 'What held at this instant; now when not given.' })
  public validAt?: Instant | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'As it was known at this instant; as it is known today when not given.' })
  public knownAt?: Instant | null;
}

export function factTimeOf({ validAt, knownAt }: FactTimeArgs, now: Instant): FactTime {
  return { validAt: validAt ?? now, knownAt: knownAt ?? null };
}

/** Equal times share one loader. Absent parts are today's. */
export function factTimeKey({ validAt, knownAt }: FactTimeArgs): string {
  return `${validAt ? instantToText(validAt) : ''} ${knownAt ? instantToText(knownAt) : ''}`;
}

interface DatedValue {
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly recordedAt: Instant;
}

/** When a fact holds, and since when it is known. */
@ObjectType({ simpleResolvers: true, description: 'When a fact holds (half-open), and since when it has been known to.' })
export class Validity {
  public constructor(private readonly value: DatedValue) {}

  @Field(() => DateTimeScalar)
  public get from(): Instant {
    return this.value.validFrom;
  }

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The first instant at which it no longer holds; null while no end is known.',
  })
  public get to(): Instant | null {
    return this.value.validTo;
  }

  @Field(() => DateTimeScalar)
  public get recordedAt(): Instant {
    return this.value.recordedAt;
  }
}
