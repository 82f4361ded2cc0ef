import { Field, ID, InputType } from 'type-graphql';
import type { NumberPattern, NumberPoolStatus, NumberState } from '../../../../business/component/number';
import { given } from '../../server/given';
import { NumberPoolStatusEnum, NumberStateEnum } from './number.type';

@InputType('NumberPatternInput', { description: 'What a number looks like 号码样式; every part given must hold. Digits, 1 to 18 in each.' })
export class NumberPatternInputType {
  @Field(() => String, { nullable: true, description: 'Its head 号头, as "139".' })
  public startsWith?: string | null;
  @Field(() => String, { nullable: true, description: 'Its tail 尾号, as "888".' })
  public endsWith?: string | null;
  @Field(() => String, { nullable: true, description: 'Anywhere, as a birthday.' })
  public contains?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'What its last digits look like 尾号形态, 2 to 8 letters A to J: equal letters for equal digits, different ones for different; ' +
      'as "AABB", "ABAB", "AAAA".',
  })
  public tailShape?: string | null;
  @Field(() => String, { nullable: true, description: 'Digits that it must not hold, as "4".' })
  public without?: string | null;
}

export function readPattern(pattern: NumberPatternInputType | null | undefined): NumberPattern {
  return given(pattern ?? {});
}

@InputType('AccessNumberFilter', { description: 'Either `numberPoolId` or `serviceType` is given; every part given must hold.' })
export class AccessNumberFilterType {
  @Field(() => ID, { nullable: true, description: 'In this pool.' })
  public numberPoolId?: string | null;
  @Field(() => String, { nullable: true, description: 'Code of a service type: in any of its pools.' })
  public serviceType?: string | null;
  @Field(() => NumberPatternInputType, { nullable: true })
  public pattern?: NumberPatternInputType | null;
  @Field(() => String, { nullable: true, description: 'Code of a class.' })
  public classCode?: string | null;
  @Field(() => NumberStateEnum, { nullable: true })
  public state?: NumberState | null;
}

@InputType('NumberPoolFilter', { description: 'Every part given must hold.' })
export class NumberPoolFilterType {
  @Field(() => String, { nullable: true })
  public code?: string | null;
  @Field(() => String, { nullable: true, description: 'Code of a service type.' })
  public serviceType?: string | null;
  @Field(() => NumberPoolStatusEnum, { nullable: true })
  public status?: NumberPoolStatus | null;
  @Field(() => ID, { nullable: true, description: 'Those that this node may use: its own, and those of the nodes above it.' })
  public usedAtId?: string | null;
}
