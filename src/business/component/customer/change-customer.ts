import type { UseCase } from '../../execute';
import { nameIsPersonal, type CustomerGrade, type CustomerKind } from '../../../data/operation/customer/customer';
import type { CustomerChanges, LockedCustomer } from '../../../data/operation/customer/write-customer';
import type { Id } from '../../../kernel/id';
import { ok, refusedBy } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';
import { managingNode } from '../organisation';
import { customerToChange, type CustomerChange } from './customer-to-change';
import { checkName } from './model/checks';
import { refuseCustomer, type CustomerRefusal } from './model/refusals';
import { recordChange } from './record-change';

/** What is not given stays as it is; `nameEn` null takes the English name away. */
export interface ChangeCustomerInput extends CustomerChange {
  readonly name?: string | undefined;
  readonly nameEn?: string | null | undefined;
  /** A person's name is masked and a body's is not: no change leads from the one to the other. */
  readonly kind?: CustomerKind | undefined;
  readonly grade?: CustomerGrade | undefined;
  /** Another node, at which the caller may write customers too. */
  readonly organisationId?: Id<'organisation'> | undefined;
  /** Replaces all of them. */
  readonly attributes?: Readonly<Record<string, Json>> | undefined;
}

/** Changes what a customer is 客户资料变更. */
export const changeCustomer: UseCase<ChangeCustomerInput, { customerId: Id<'customer'> }, CustomerRefusal> = {
  name: 'changeCustomer',
  permission: 'customer:write',
  async run(unit, input) {
    const { organisationId } = input;
    const refused = refusedBy(
      input.name !== undefined && checkName(input.name, 'name'),
      input.nameEn != null && checkName(input.nameEn, 'nameEn'),
      organisationId !== undefined && (await managingNode(unit, organisationId, 'customer:write', refuseCustomer)),
    );
    if (refused !== undefined) return refused;
    const customer = await customerToChange(unit, input);
    if (!customer.ok) return customer;
    if (input.kind !== undefined && nameIsPersonal(input.kind) !== nameIsPersonal(customer.value.kind)) {
      return refuseCustomer('KIND_PERSONAL', 'kind');
    }
    const { columns, before } = changesOf(input, customer.value);
    await recordChange(unit, customer.value, {
      columns,
      before,
      after: columns as Json,
      event: 'CustomerAttributeValueChangeEvent',
      payload: { changed: Object.keys(columns) },
    });
    return ok({ customerId: customer.value.id });
  },
};

/** The columns that are to differ, and what they are now. */
function changesOf(input: ChangeCustomerInput, customer: LockedCustomer): { columns: CustomerChanges; before: Json } {
  const columns: CustomerChanges = {};
  if (input.name !== undefined) columns.name = input.name;
  if (input.nameEn !== undefined) columns.nameEn = input.nameEn;
  if (input.kind !== undefined) columns.kind = input.kind;
  if (input.grade !== undefined) columns.grade = input.grade;
  if (input.organisationId !== undefined) columns.organisationId = input.organisationId;
  if (input.attributes !== undefined) columns.attributes = input.attributes;
  const { name, name_en: nameEn, kind, grade, organisation_id: organisationId, attributes } = customer;
  const now: Record<string, Json> = { name, nameEn, kind, grade, organisationId, attributes };
  return { columns, before: Object.fromEntries(Object.keys(columns).map((column) => [column, now[column] ?? null])) };
}
