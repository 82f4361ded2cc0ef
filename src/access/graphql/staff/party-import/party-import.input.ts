import { Field, ID, InputType, Int } from 'type-graphql';
import type { Json } from '../../../../kernel/stable-json';
import { MutationInput } from '../../server/mutation';
import { JsonObjectScalar } from '../../server/scalar';

@InputType('StopImportInput')
export class StopImportInputType extends MutationInput {
  @Field(() => ID)
  public importJobId!: string;
}

@InputType('ImportPartiesInput')
export class ImportPartiesInputType extends MutationInput {
  @Field(() => ID, { description: 'The node below which the mapping may place parties; the caller needs import:run there.' })
  public organisationId!: string;
  @Field(() => String, { description: 'The `fileDigest` that POST /import/files answered.' })
  public fileDigest!: string;
  @Field(() => String, { description: 'For people.' })
  public fileName!: string;
  @Field(() => JsonObjectScalar, { nullable: true, description: 'Which column is what: the content of a mapping file.' })
  public mapping?: Readonly<Record<string, Json>> | null;
  @Field(() => String, {
    nullable: true,
    description: 'Instead of `mapping`: the name of one that Sanhu ships, as `telco-customer-churn`.',
  })
  public mappingName?: string | null;
  @Field(() => Int, { nullable: true, description: 'With more rejected rows than this the import fails; 10,000 when not given.' })
  public rejectsMax?: number | null;
}
