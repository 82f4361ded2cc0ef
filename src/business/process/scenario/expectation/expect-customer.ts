import { selectAccountsOfCustomers } from '../../../component/account';
import {
  CUSTOMER_GRADES,
  CUSTOMER_KINDS,
  CUSTOMER_STATUSES,
  RELATION_KINDS,
  selectCustomersById,
  selectManagers,
  selectRelations,
} from '../../../component/customer';
import { selectSubscribersOfCustomers, type CustomerRole } from '../../../component/subscriber';
import type { z } from 'zod';
import { defineExpectation } from '../expectation';
import { fields, list, orNone, word } from '../written/fields';
import { handle, NONE } from '../written/handle';

const PAGE = { first: 500, after: null } as const;

const relation = fields({ kind: word(RELATION_KINDS), customer: handle('customer') });
type WrittenRelation = z.output<typeof relation>;

/** What a customer 客户 is, and what is his. */
export const customerExpectation = defineExpectation({
  subject: 'customer',
  undated: ['status', 'mergedInto', 'kind', 'grade', 'organisation', 'accounts'],
  shape: {
    status: word(CUSTOMER_STATUSES).optional(),
    mergedInto: orNone(handle('customer')).optional(),
    kind: word(CUSTOMER_KINDS).optional(),
    grade: word(CUSTOMER_GRADES).optional(),
    organisation: handle('organisation').optional(),
    accounts: list(handle('account')).optional(),
    manager: orNone(handle('staff')).optional(),
    relations: list(relation as z.ZodType<WrittenRelation>).optional(),
    owns: list(handle('subscriber')).optional(),
    uses: list(handle('subscriber')).optional(),
    paysFor: list(handle('subscriber')).optional(),
  },
  written: {
    accounts: (_stage, accounts) => namesOf(accounts),
    relations: (_stage, relations) => (relations ?? []).map(({ kind, customer }) => `${kind} ${customer.name}`).sort(),
    owns: (_stage, subscribers) => namesOf(subscribers),
    uses: (_stage, subscribers) => namesOf(subscribers),
    paysFor: (_stage, subscribers) => namesOf(subscribers),
  },
  async actual(stage, subject, time) {
    const { context } = stage;
    const id = stage.idOf(subject);
    const [customer] = await selectCustomersById(context, [id]);
    const accounts = (await selectAccountsOfCustomers(context, [id], PAGE)).get(id)?.rows ?? [];
    const [manager] = await selectManagers(context, [id], time);
    const relations = await selectRelations(context, [id], time, 'customer_id');
    const subscribers = async (role: CustomerRole): Promise<readonly string[]> => {
      const page = (await selectSubscribersOfCustomers(context, [id], role, time, PAGE)).get(id);
      return stage.namesOf('subscriber', page?.rows.map((one) => one.id) ?? []);
    };
    return {
      status: customer?.status ?? NONE,
      mergedInto: stage.nameOf('customer', customer?.mergedIntoId),
      kind: customer?.kind ?? NONE,
      grade: customer?.grade ?? NONE,
      organisation: stage.nameOf('organisation', customer?.organisationId),
      accounts: stage.namesOf(
        'account',
        accounts.map((account) => account.id),
      ),
      manager: stage.nameOf('staff', manager?.staffId),
      relations: relations.map(({ kind, relatedCustomerId }) => `${kind} ${stage.nameOf('customer', relatedCustomerId)}`).sort(),
      owns: await subscribers('OWNER'),
      uses: await subscribers('USER'),
      paysFor: await subscribers('PAYER'),
    };
  },
});

function namesOf(handles: readonly { readonly name: string }[] | undefined): string[] {
  return (handles ?? []).map(({ name }) => name).sort();
}
