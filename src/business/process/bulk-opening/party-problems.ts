import type { Unit } from '../../context';
import { accountProblems, holdActiveAccount, refuseAccount } from '../../component/account';
import { customerProblems, holdActiveCustomers, holdNames, refuseCustomer, type NamedCustomer } from '../../component/customer';
import { managingNode } from '../../component/organisation';
import { lockNumbersToOpen, refuseSubscriber, subscriberProblems, type NewSubscriberInput } from '../../component/subscriber';
import type { Id } from '../../../kernel/id';
import type { Refusal, Refuse } from '../../../kernel/result';
import type { Permission } from '../../../kernel/scope';
import type { BulkOpeningRefusal, Parties, PartyNoun, PartyProblem } from './parties';

type Refusals = readonly Refusal<BulkOpeningRefusal>[];

/**
 * Everything for which the parties cannot be opened. The components' own rules decide; the nodes must lie within the caller's
 * grants of `permission`, and what exists already and is named must too. Nodes, numbers, customers and accounts that are named are
 * held to the end of the unit, in that order.
 */
export async function partyProblems(unit: Unit, parties: Parties, permission: Permission): Promise<PartyProblem[]> {
  const { customers, accounts, subscribers } = parties;
  const nodes = await nodeRefusals(unit, parties, permission);
  await lockNumbersToOpen(unit, subscribers);
  const absent = await absentCustomers(unit, parties, permission);
  const owners = await accountOwners(unit, parties);
  const currencies = await accountCurrencies(unit, parties, permission);
  const ofSubscribers = await subscriberProblems(unit, subscribers, (accountId) => currencies.get(accountId));
  const refusals: Readonly<Record<PartyNoun, readonly Refusals[]>> = {
    customers: customers.map((input) => [...customerProblems(unit, input), ...refusedNode(nodes, input, refuseCustomer)]),
    accounts: accounts.map((input) => [
      ...accountProblems(input, owners.get(input.customerId)),
      ...refusedNode(nodes, input, refuseAccount),
      ...(absent.has(input.customerId) ? refuseAccount('CUSTOMER_NOT_FOUND', 'customerId').refusals : []),
    ]),
    subscribers: subscribers.map((input, place) => [
      ...(ofSubscribers[place] ?? []),
      ...refusedNode(nodes, input, refuseSubscriber),
      ...rolesOf(input).flatMap(({ id, field }) => (absent.has(id) ? refuseSubscriber('CUSTOMER_NOT_FOUND', field).refusals : [])),
    ]),
  };
  return (Object.keys(refusals) as PartyNoun[]).flatMap((noun) =>
    refusals[noun].flatMap((ofOne, place) => ofOne.map((refusal) => ({ noun, place, refusal }))),
  );
}

type NodeRefusal = 'ORGANISATION_NOT_FOUND' | 'ORGANISATION_CLOSED';

/** The nodes at which nothing may be opened, with the reason. A batch is of few nodes: each is asked for once. */
async function nodeRefusals(unit: Unit, parties: Parties, permission: Permission): Promise<ReadonlyMap<string, NodeRefusal>> {
  const wanted = new Set([...parties.customers, ...parties.accounts, ...parties.subscribers].map(({ organisationId }) => organisationId));
  const refused = new Map<string, NodeRefusal>();
  for (const id of [...wanted].sort()) {
    const code = (await managingNode(unit, id, permission, refuseCustomer))?.refusals[0]?.code;
    if (code === 'ORGANISATION_NOT_FOUND' || code === 'ORGANISATION_CLOSED') refused.set(id, code);
  }
  return refused;
}

function refusedNode<Code extends string>(
  nodes: ReadonlyMap<string, NodeRefusal>,
  { organisationId }: { readonly organisationId: string },
  refuse: Refuse<Code | NodeRefusal>,
): readonly Refusal<Code | NodeRefusal>[] {
  const code = nodes.get(organisationId);
  return code === undefined ? [] : refuse(code, 'organisationId').refusals;
}

/** The customers that are named, are not of the batch, and are not there, not in scope or not active. */
async function absentCustomers(
  unit: Unit,
  { customers, accounts, subscribers }: Parties,
  permission: Permission,
): Promise<ReadonlySet<string>> {
  const own = new Set<string>(customers.map(({ customerId }) => customerId));
  const named = [...accounts.map(({ customerId }) => customerId), ...subscribers.flatMap((input) => rolesOf(input).map(({ id }) => id))];
  const outside = [...new Set(named.filter((id) => !own.has(id)))];
  if (outside.length === 0) return new Set();
  const refused = await holdActiveCustomers(unit, outside.map((id) => ({ id, field: id })), permission, refuseSubscriber); // prettier-ignore
  return new Set(refused?.refusals.map((refusal) => refusal.field?.[0] ?? ''));
}

/** What the customers of the accounts are called: of the batch, or held. */
async function accountOwners(unit: Unit, { customers, accounts }: Parties): Promise<ReadonlyMap<string, NamedCustomer>> {
  const own = new Map<string, NamedCustomer>(customers.map((input) => [input.customerId, input]));
  const outside = accounts.map(({ customerId }) => customerId).filter((id) => !own.has(id));
  return outside.length === 0 ? own : new Map([...own, ...(await holdNames(unit, outside))]);
}

function rolesOf({ ownerId, userId, payerId }: NewSubscriberInput): { id: Id<'customer'>; field: string }[] {
  const others = [
    { id: userId, field: 'userId' },
    { id: payerId, field: 'payerId' },
  ];
  return [{ id: ownerId, field: 'ownerId' }, ...others.flatMap(({ id, field }) => (id == null ? [] : [{ id, field }]))];
}

/** The currency of every account that is to pay: of the batch, or in scope and active. */
async function accountCurrencies(
  unit: Unit,
  { accounts, subscribers }: Parties,
  permission: Permission,
): Promise<ReadonlyMap<string, string>> {
  const currencies = new Map<string, string>(accounts.map(({ accountId, currency }) => [accountId, currency]));
  const named = subscribers.flatMap(({ accountId, paymentRelations }) => [
    accountId,
    ...paymentRelations.map((relation) => relation.accountId),
  ]);
  for (const id of [...new Set(named.filter((accountId) => !currencies.has(accountId)))].sort()) {
    const held = await holdActiveAccount(unit, { id, field: 'accountId' }, permission, refuseSubscriber);
    if (held.ok) currencies.set(id, held.value.currency);
  }
  return currencies;
}
