import { Field, InputType } from 'type-graphql';

@InputType('CustomerFilter', { description: 'What is known of the customer that is looked for; every part given must hold.' })
export class PartnerCustomerFilterType {
  @Field(() => String, { nullable: true })
  public customerNo?: string | null;
  @Field(() => String, { nullable: true, description: 'The number of an identity document, whole.' })
  public documentNumber?: string | null;
  @Field(() => String, { nullable: true })
  public accountNo?: string | null;
  @Field(() => String, { nullable: true })
  public accessNumber?: string | null;
}
