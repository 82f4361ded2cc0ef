import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { OrderPaymentMethod } from '../../../../business/component/order';
import { MoneyInputType } from '../../server/money.input';
import { MutationInput } from '../../server/mutation';
import { PaymentMethodEnum } from '../../server/party-enum';

/** How the letters of a file are written. */
export const FileEncodingEnum = { UTF_8: 'utf-8', GB18030: 'gb18030' } as const;
export type FileEncoding = (typeof FileEncodingEnum)[keyof typeof FileEncodingEnum];
registerEnumType(FileEncodingEnum, {
  name: 'FileEncoding',
  description: '文件编码',
  valuesConfig: {
    UTF_8: { description: 'UTF-8, with a byte-order mark or without.' },
    GB18030: { description: 'GB 18030, as spreadsheets in Chinese save by default.' },
  },
});

@InputType('SubmitOrderBatchInput')
export class SubmitOrderBatchInputType extends MutationInput {
  @Field(() => ID, {
    description: 'The hall that accepts the orders, and manages what they open; the caller needs order:batch and order:write there.',
  })
  public organisationId!: string;
  @Field(() => ID, { description: 'Whose orders they are.' })
  public customerId!: string;
  @Field(() => ID, { description: 'An account of the customer: what is due is charged to it, and it pays for what is opened.' })
  public accountId!: string;
  @Field(() => String, { description: 'The `fileDigest` that POST /import/files answered.' })
  public fileDigest!: string;
  @Field(() => String, { description: 'For people.' })
  public fileName!: string;
  @Field(() => FileEncodingEnum, { nullable: true, description: 'UTF_8 when not given.' })
  public encoding?: FileEncoding | null;
  @Field(() => Boolean, { nullable: true, description: 'Tries rows again whose orders were refused; false when not given.' })
  public retryRefused?: boolean | null;
}

@InputType('StopOrderBatchInput')
export class StopOrderBatchInputType extends MutationInput {
  @Field(() => ID)
  public orderBatchId!: string;
}

@InputType('RecordBatchPaymentInput')
export class RecordBatchPaymentInputType extends MutationInput {
  @Field(() => ID)
  public orderBatchId!: string;
  @Field(() => PaymentMethodEnum)
  public method!: OrderPaymentMethod;
  @Field(() => MoneyInputType, { description: 'Up to what is left to pay for the orders of the batch that wait for it.' })
  public amount!: MoneyInputType;
  @Field(() => String, {
    description: 'The slip or transaction by which it is found outside, 1 to 56 characters; a method has each once.',
  })
  public reference!: string;
}
