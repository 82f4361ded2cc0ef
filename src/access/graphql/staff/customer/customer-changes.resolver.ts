import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import {
  addCustomerContact, addCustomerDocument, assignCustomerManager, changeCustomer, createCustomer, endCustomerContact, endCustomerDocument,
  endCustomerRelation, relateCustomers,
} from '../../../../business/component/customer'; // prettier-ignore
import { closeCustomer } from '../../../../business/process/close-customer';
import { mergeCustomers } from '../../../../business/process/merge-customers';
import { revealPersonalData } from '../../../../business/process/reveal-personal-data';
import { encodeId, type Id } from '../../../../kernel/id';
import type { GraphContext } from '../../server/context';
import { given, saidOrNull } from '../../server/given';
import { mutate } from '../../server/mutation';
import { readId, readOptionalId } from '../../server/node-id';
import {
  AddCustomerContactInputType, AddCustomerDocumentInputType, AssignCustomerManagerInputType, ChangeCustomerInputType,
  CloseCustomerInputType,
  EndCustomerContactInputType, EndCustomerDocumentInputType, EndCustomerRelationInputType, MergeCustomersInputType,
  RelateCustomersInputType,
  RevealPersonalDataInputType,
} from './customer-changes.input'; // prettier-ignore
import { CreateCustomerInputType } from './customer.input';
import { loadCustomer } from './customer.resolver';
import {
  AddCustomerContactPayload, AddCustomerDocumentPayload, CustomerPayload, CustomerType, CustomerUserError, MergeCustomersPayload,
  RelateCustomersPayload,
} from './customer.type'; // prettier-ignore
import { PersonalDataType, RevealPersonalDataPayload } from './personal-data.type';

@Resolver()
export class CustomerChangesResolver {
  @Mutation(() => CustomerPayload, {
    description: 'Opens a customer 建立客户 with its documents and contacts. Needs customer:write at the managing node.',
  })
  public async createCustomer(
    @Arg('input', () => CreateCustomerInputType) { idempotencyKey, ...rest }: CreateCustomerInputType,
    @Ctx() context: GraphContext,
  ): Promise<CustomerPayload> {
    const input = {
      ...rest,
      organisationId: readId('organisation', rest.organisationId, 'organisationId'),
      attributes: rest.attributes ?? {},
    };
    return mutate(context, createCustomer, { input, idempotencyKey }, CustomerUserError, payloadOf(context));
  }

  @Mutation(() => CustomerPayload, { description: 'Changes what a customer is 客户资料变更. Needs customer:write.' })
  public async changeCustomer(
    @Arg('input', () => ChangeCustomerInputType)
    { idempotencyKey, customerId, expectedVersion, nameEn, ...changes }: ChangeCustomerInputType,
    @Ctx() context: GraphContext,
  ): Promise<CustomerPayload> {
    const organisationId = readOptionalId('organisation', changes.organisationId, 'organisationId');
    const input = { ...ofCustomer(customerId), ...given({ ...changes, organisationId }), nameEn, expectedVersion };
    return mutate(context, changeCustomer, { input, idempotencyKey }, CustomerUserError, payloadOf(context));
  }

  @Mutation(() => AddCustomerDocumentPayload, {
    description: 'Registers an identity document 登记证件 for the time in which it is valid. Needs customer:write.',
  })
  public async addCustomerDocument(
    @Arg('input', () => AddCustomerDocumentInputType) { idempotencyKey, customerId, ...rest }: AddCustomerDocumentInputType,
    @Ctx() context: GraphContext,
  ): Promise<AddCustomerDocumentPayload> {
    const input = { ...rest, ...ofCustomer(customerId) };
    return mutate(context, addCustomerDocument, { input, idempotencyKey }, CustomerUserError, async ({ customerId: id, documentId }) => ({
      customer: await loadCustomer(context, id),
      documentId: encodeId('fact', documentId),
    }));
  }

  @Mutation(() => CustomerPayload, { description: 'Ends an identity document 证件失效 at an instant. Needs customer:write.' })
  public async endCustomerDocument(
    @Arg('input', () => EndCustomerDocumentInputType) { idempotencyKey, customerId, documentId, ...rest }: EndCustomerDocumentInputType,
    @Ctx() context: GraphContext,
  ): Promise<CustomerPayload> {
    const input = { ...rest, ...ofCustomer(customerId), documentId: readId('fact', documentId, 'documentId') };
    return mutate(context, endCustomerDocument, { input, idempotencyKey }, CustomerUserError, payloadOf(context));
  }

  @Mutation(() => AddCustomerContactPayload, {
    description: 'Registers a way to reach a customer 登记联系方式, from now on. Needs customer:write.',
  })
  public async addCustomerContact(
    @Arg('input', () => AddCustomerContactInputType) { idempotencyKey, customerId, ...rest }: AddCustomerContactInputType,
    @Ctx() context: GraphContext,
  ): Promise<AddCustomerContactPayload> {
    const input = { ...rest, ...ofCustomer(customerId) };
    return mutate(context, addCustomerContact, { input, idempotencyKey }, CustomerUserError, async ({ customerId: id, contactId }) => ({
      customer: await loadCustomer(context, id),
      contactId: encodeId('fact', contactId),
    }));
  }

  @Mutation(() => CustomerPayload, { description: 'Ends a way to reach a customer 联系方式失效 at an instant. Needs customer:write.' })
  public async endCustomerContact(
    @Arg('input', () => EndCustomerContactInputType) { idempotencyKey, customerId, contactId, ...rest }: EndCustomerContactInputType,
    @Ctx() context: GraphContext,
  ): Promise<CustomerPayload> {
    const input = { ...rest, ...ofCustomer(customerId), contactId: readId('fact', contactId, 'contactId') };
    return mutate(context, endCustomerContact, { input, idempotencyKey }, CustomerUserError, payloadOf(context));
  }

  @Mutation(() => RelateCustomersPayload, { description: 'Relates two customers 建立客户关系 for a time. Needs customer:write for both.' })
  public async relateCustomers(
    @Arg('input', () => RelateCustomersInputType) { idempotencyKey, customerId, relatedCustomerId, ...rest }: RelateCustomersInputType,
    @Ctx() context: GraphContext,
  ): Promise<RelateCustomersPayload> {
    const input = { ...rest, ...ofCustomer(customerId), relatedCustomerId: readId('customer', relatedCustomerId, 'relatedCustomerId') };
    return mutate(context, relateCustomers, { input, idempotencyKey }, CustomerUserError, async ({ customerId: id, relationId }) => ({
      customer: await loadCustomer(context, id),
      relationId: encodeId('fact', relationId),
    }));
  }

  @Mutation(() => CustomerPayload, { description: 'Ends a relation between customers 解除客户关系 at an instant. Needs customer:write.' })
  public async endCustomerRelation(
    @Arg('input', () => EndCustomerRelationInputType) { idempotencyKey, customerId, relationId, ...rest }: EndCustomerRelationInputType,
    @Ctx() context: GraphContext,
  ): Promise<CustomerPayload> {
    const input = { ...rest, ...ofCustomer(customerId), relationId: readId('fact', relationId, 'relationId') };
    return mutate(context, endCustomerRelation, { input, idempotencyKey }, CustomerUserError, payloadOf(context));
  }

  @Mutation(() => CustomerPayload, {
    description:
      'Gives a customer to a customer manager 指派客户经理, from an instant on. Needs customer:write, and staff:read for the one named.',
  })
  public async assignCustomerManager(
    @Arg('input', () => AssignCustomerManagerInputType) { idempotencyKey, customerId, staffId, ...rest }: AssignCustomerManagerInputType,
    @Ctx() context: GraphContext,
  ): Promise<CustomerPayload> {
    const said = saidOrNull(staffId, 'staffId');
    const input = { ...rest, ...ofCustomer(customerId), staffId: said === null ? null : readId('staff', said, 'staffId') };
    return mutate(context, assignCustomerManager, { input, idempotencyKey }, CustomerUserError, payloadOf(context));
  }

  @Mutation(() => CustomerPayload, {
    description: 'Closes a customer 客户销户 that has neither open accounts nor open subscribers. Needs customer:write.',
  })
  public async closeCustomer(
    @Arg('input', () => CloseCustomerInputType) { idempotencyKey, customerId, expectedVersion }: CloseCustomerInputType,
    @Ctx() context: GraphContext,
  ): Promise<CustomerPayload> {
    const input = { ...ofCustomer(customerId), expectedVersion };
    return mutate(context, closeCustomer, { input, idempotencyKey }, CustomerUserError, payloadOf(context));
  }

  @Mutation(() => MergeCustomersPayload, {
    description:
      'Makes one customer of two 客户合并: everything of the merged one is the survivor’s from now on. Needs customer:merge for both.',
  })
  public async mergeCustomers(
    @Arg('input', () => MergeCustomersInputType) { idempotencyKey, survivorId, mergedId, ...rest }: MergeCustomersInputType,
    @Ctx() context: GraphContext,
  ): Promise<MergeCustomersPayload> {
    const input = { ...rest, survivorId: readId('customer', survivorId, 'survivorId'), mergedId: readId('customer', mergedId, 'mergedId') };
    return mutate(context, mergeCustomers, { input, idempotencyKey }, CustomerUserError, async (output) => {
      const [survivor, merged] = await Promise.all([loadCustomer(context, output.survivorId), loadCustomer(context, output.mergedId)]);
      return { survivor, merged, accountsMoved: output.accounts, subscribersMoved: output.subscribers };
    });
  }

  @Mutation(() => RevealPersonalDataPayload, {
    description:
      'Shows a customer’s personal data in clear 查看完整个人信息, once the look has been put on record. The same key shows it again for one ' +
      'minute. Needs personal-data:unmask.',
  })
  public async revealPersonalData(
    @Arg('input', () => RevealPersonalDataInputType) { idempotencyKey, customerId, fields, reason }: RevealPersonalDataInputType,
    @Ctx() context: GraphContext,
  ): Promise<RevealPersonalDataPayload> {
    const revealed = await revealPersonalData(context, { ...ofCustomer(customerId), fields, reason }, idempotencyKey);
    if (!revealed.ok) return { userErrors: revealed.refusals.map((refusal) => new CustomerUserError(refusal, context)) };
    return { personalData: new PersonalDataType(revealed.value), userErrors: [] };
  }
}

function ofCustomer(customerId: string): { readonly customerId: Id<'customer'> } {
  return { customerId: readId('customer', customerId, 'customerId') };
}

function payloadOf(context: GraphContext): (output: { readonly customerId: Id<'customer'> }) => Promise<{ customer: CustomerType | null }> {
  return async ({ customerId }) => ({ customer: await loadCustomer(context, customerId) });
}
