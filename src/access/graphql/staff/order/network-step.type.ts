import { Field, Int, ObjectType } from 'type-graphql';
import { NETWORK_STEP_STATES, type NetworkStep, type NetworkStepState } from '../../../../business/process/fulfilment';
import type { Instant } from '../../../../kernel/clock';
import type { Json } from '../../../../kernel/stable-json';
import { enumOf } from '../../server/enum';
import { DateTimeScalar, JsonObjectScalar } from '../../server/scalar';

export const NetworkStepStateEnum = enumOf('NetworkStepState', NETWORK_STEP_STATES, {
  description: '开通步骤状态: what is known of a command to the network.',
  meanings: {
    TO_DO: { zh: '待下发', en: 'The element has not been told, or never heard of it.' },
    UNSURE: { zh: '结果未明', en: 'Told, and not known what became of it: asked and told again.' },
    ASKED: { zh: '待人工核实', en: 'A person is asked what became of it.' },
    DONE: { zh: '已完成', en: 'Done.' },
    REFUSED: { zh: '网元拒绝', en: 'Refused by the element for good.' },
    NOT_DONE: { zh: '未完成', en: 'Not done, as a person says.' },
    UNDOING: { zh: '撤回中', en: 'Being taken back, for as long as it takes.' },
    UNDO_REFUSED: { zh: '网元拒绝撤回', en: 'The element does not take it back.' },
    UNDO_ASKED: { zh: '待人工撤回', en: 'A person is to take it back.' },
    UNDONE: { zh: '已撤回', en: 'Taken back.' },
  },
});

@ObjectType('NetworkStep', { simpleResolvers: true, description: 'What the network is told for one item of an order 开通步骤.' })
export class NetworkStepType {
  public constructor(private readonly value: NetworkStep) {}

  @Field(() => Int, { description: 'The item that it is for.' })
  public get itemNo(): number {
    return this.value.itemNo;
  }
  @Field(() => String, { description: 'Code of the adapter 开通接口 that leads to the element.' })
  public get adapter(): string {
    return this.value.adapter;
  }
  @Field(() => String, { description: 'What the element is told to do, as `ACTIVATE`.' })
  public get action(): string {
    return this.value.command.action;
  }
  @Field(() => String, { description: 'What takes it back.' })
  public get undoAction(): string {
    return this.value.undo.action;
  }
  @Field(() => JsonObjectScalar, {
    description: 'The numbers by which the element is to know the service, by kind: `ACCESS_NUMBER`, `LOGIN`, `SIM`.',
  })
  public get identifiers(): Readonly<Record<string, Json>> {
    return this.value.command.identifiers;
  }
  @Field(() => NetworkStepStateEnum)
  public get state(): NetworkStepState {
    return this.value.state;
  }
  @Field(() => String, {
    nullable: true,
    description: 'What was said last, of one that is not done: the element’s code and text, or why nothing is known.',
  })
  public get reason(): string | null {
    return this.value.reason;
  }
  @Field(() => String, { nullable: true, description: 'The element’s own number for it.' })
  public get reference(): string | null {
    return this.value.reference;
  }
  @Field(() => Int, { description: 'Calls that settled nothing, since it stands as it does.' })
  public get tries(): number {
    return this.value.tries;
  }
  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when it is not known what became of it.' })
  public get unsureSince(): Instant | null {
    return this.value.unsureSince;
  }
  @Field(() => DateTimeScalar)
  public get changedAt(): Instant {
    return this.value.changedAt;
  }
}
