import { execute } from '../../execute';
import {
  createOrganisation,
  foundOperator,
  searchOrganisations,
  selectOrganisationsById,
  selectRootId,
} from '../../component/organisation';
import { registerStandardChart } from '../../component/ledger';
import { registerServiceTypes } from '../../component/service';
import {
  createApiClient,
  createStaff,
  grantRole,
  listApiClients,
  listRoles,
  registerStandardRoles,
  type Authentication,
} from '../../component/staff';
import type { Instant } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import type { Id } from '../../../kernel/id';
import { nodePlans, OPERATOR_CODE, OPERATOR_NAME, PARTNER } from './operator-tree';
import type { Seeding } from './seeding';
import { COUNTER_CLIENT, DEMONSTRATION_PASSWORD, PARTNER_CLIENT, STAFF } from './staff-plan';

/** The operator of the database: when it was founded, or null when it is not the demonstration's. */
export async function findOrFoundOperator(seeding: Seeding): Promise<{ rootId: Id<'organisation'>; foundedAt: Instant } | null> {
  const context = seeding.contextAt(seeding.clock.now());
  let rootId = await selectRootId(context);
  if (rootId === undefined) {
    const foundedAt = seeding.clock
      .now()
      .subtract({ hours: 400 * 24 })
      .round('millisecond');
    const { name, nameEn } = OPERATOR_NAME;
    ({ organisationId: rootId } = await seeding.run(foundedAt, foundOperator, { code: OPERATOR_CODE, name, nameEn }, 'operator'));
  }
  const [root] = await selectOrganisationsById(context, [rootId]);
  return root?.code === OPERATOR_CODE ? { rootId, foundedAt: root.createdAt } : null;
}

/** Whether a seed ran to its end here: its last step makes the client that staff log in at. */
export async function isSeeded(seeding: Seeding): Promise<boolean> {
  const { rows } = await listApiClients(seeding.contextAt(seeding.clock.now()), { first: 100, after: null });
  return rows.some(({ code }) => code === COUNTER_CLIENT.code);
}

/** The nodes below the root, the service types and the chart of accounts; returns the nodes by their codes. */
export async function seedTree(
  seeding: Seeding,
  rootId: Id<'organisation'>,
  at: Instant,
): Promise<ReadonlyMap<string, Id<'organisation'>>> {
  const nodes = new Map([[OPERATOR_CODE, rootId]]);
  for (const { parentCode, ...plan } of nodePlans()) {
    const { organisationId } = await seeding.run(
      at,
      createOrganisation,
      { ...plan, organisationId: nodeOf(nodes, parentCode) },
      `node:${plan.code}`,
    );
    nodes.set(plan.code, organisationId);
  }
  await seeding.run(at, registerServiceTypes, {}, 'service-types');
  await seeding.run(at, registerStandardChart, {}, 'chart-of-accounts');
  return nodes;
}

export function nodeOf(nodes: ReadonlyMap<string, Id<'organisation'>>, code: string): Id<'organisation'> {
  const id = nodes.get(code);
  invariant(id !== undefined, `the demonstration has no node ${code}`);
  return id;
}

/** Roles, and staff with their grants; returns the staff by their log-in names. */
export async function seedStaff(
  seeding: Seeding,
  authentication: Authentication,
  nodes: ReadonlyMap<string, Id<'organisation'>>,
  at: Instant,
): Promise<ReadonlyMap<string, Id<'staff'>>> {
  await seeding.run(at, registerStandardRoles, {}, 'roles');
  const roles = new Map((await listRoles(seeding.contextAt(at), { first: 100, after: null })).rows.map((role) => [role.code, role.id]));
  const password = await authentication.preparePassword(DEMONSTRATION_PASSWORD);
  const made = new Map<string, Id<'staff'>>();
  for (const { loginName, name, nameEn, node, role, lines = null } of STAFF) {
    const organisationId = nodeOf(nodes, node);
    const { staffId } = await seeding.run(at, createStaff, { loginName, name, nameEn, organisationId, password }, `staff:${loginName}`);
    const roleId = roles.get(role);
    invariant(roleId !== undefined, `there is no role ${role}`);
    await seeding.run(at, grantRole, { staffId, roleId, organisationId, linesOfBusiness: lines }, `grant:${loginName}`);
    made.set(loginName, staffId);
  }
  return made;
}

/** The client that staff log in at: the last step. */
export async function seedCounterClient(seeding: Seeding, authentication: Authentication, at: Instant): Promise<void> {
  const secret = authentication.draftClientSecret();
  const client = {
    ...COUNTER_CLIENT,
    kind: 'STAFF_APPLICATION',
    organisationId: null,
    documentMode: 'off',
    costCapacity: 20_000,
    costRestore: 2_000,
  } as const;
  await seeding.run(at, createApiClient, { ...client, secret }, 'client:counter');
}

/** What is told of the secret when nobody can make it again. */
const SECRET_GONE = '(shown at the first start)';

/**
 * The partner's client, and its secret. It is shown at every start for as long as the first answer is kept (7 days), so this
 * step, unlike the others, is done now and not in the demonstration's past.
 */
export async function seedPartnerClient(
  seeding: Seeding,
  authentication: Authentication,
): Promise<{ clientId: string; clientSecret: string }> {
  const context = seeding.contextAt(seeding.clock.now());
  const [node] = (await searchOrganisations(context, { code: PARTNER.code }, { first: 1, after: null })).rows;
  invariant(node !== undefined, 'the partner of the demonstration has a node');
  const organisationId = node.id;
  const client = {
    ...PARTNER_CLIENT,
    kind: 'PARTNER',
    organisationId,
    documentMode: 'off',
    costCapacity: 10_000,
    costRestore: 500,
  } as const;
  const secret = authentication.draftClientSecret();
  const made = await execute(context, createApiClient, { ...client, secret }, 'demonstration:client:partner');
  const seed = made.ok ? made.value.secretSeed : null;
  return { clientId: PARTNER_CLIENT.code, clientSecret: seed === null ? SECRET_GONE : authentication.revealClientSecret(seed) };
}
