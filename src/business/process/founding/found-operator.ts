import type { CallContext, CoreDatabase } from '../../context';
import { programContext } from '../program-context';
import { execute, type UseCase } from '../../execute';
import { foundOperator, selectRootId } from '../../component/organisation';
import { registerStandardChart } from '../../component/ledger';
import { registerServiceTypes } from '../../component/service';
import {
  createApiClient,
  createStaff,
  grantRole,
  listRoles,
  registerStandardRoles,
  searchStaff,
  type Authentication,
} from '../../component/staff';
import type { Clock } from '../../../kernel/clock';
import { invariant } from '../../../kernel/failure';
import { ok, type Refusal, type Result } from '../../../kernel/result';
import type { Json } from '../../../kernel/stable-json';

export interface FoundingRequest {
  readonly database: CoreDatabase;
  readonly clock: Clock;
  readonly authentication: Authentication;
  /** Short, in capitals; the root of the organisation tree. */
  readonly code: string;
  readonly name: string;
  readonly nameEn: string | null;
  /** The first administrator, who may do everything, everywhere. */
  readonly administrator: { readonly loginName: string; readonly name: string; readonly password: string };
}

const ADMINISTRATOR_ROLE = 'SYSTEM_ADMINISTRATOR';
/** The application that staff log in at when they name none. */
const COUNTER = { code: 'counter', name: '营业厅', costCapacity: 20_000, costRestore: 2_000 } as const;

/**
 * Founds the operator of an empty database 建立运营商: its root, the service types, the chart of accounts, the standard roles, the client that staff log
 * in at, and the first administrator. Every step is done once: a founding that broke off goes on with the same command.
 */
export async function foundNewOperator(request: FoundingRequest): Promise<Result<{ founded: boolean }, string>> {
  const { database, clock, code, name, nameEn, administrator, authentication } = request;
  const actor = { kind: 'SYSTEM', id: 'sanhu found', clientId: 'sanhu found', address: null } as const;
  const context = programContext(database, clock, actor, 'founding');
  const rootId = await selectRootId(context);
  const root =
    rootId === undefined ? await step(context, foundOperator, { code, name, nameEn }, 'operator') : ok({ organisationId: rootId });
  if (!root.ok) return root;
  const { organisationId } = root.value;
  const roles = new Map((await listRoles(context, { first: 100, after: null })).rows.map((role) => [role.code, role.id]));
  if (rootId !== undefined && roles.has(ADMINISTRATOR_ROLE) && (await hasStaff(context))) return ok({ founded: false });
  await must(step(context, registerServiceTypes, {}, 'service types'));
  await must(step(context, registerStandardChart, {}, 'chart of accounts'));
  await must(step(context, registerStandardRoles, {}, 'roles'));
  const client = { ...COUNTER, kind: 'STAFF_APPLICATION', organisationId: null, documentMode: 'off' } as const;
  await must(step(context, createApiClient, { ...client, secret: authentication.draftClientSecret() }, 'client'));
  const password = await authentication.preparePassword(administrator.password);
  const who = { loginName: administrator.loginName, name: administrator.name, nameEn: null, organisationId, password };
  const staff = await step(context, createStaff, who, `administrator ${administrator.loginName}`);
  if (!staff.ok) return staff;
  const [roleId] = (await listRoles(context, { first: 100, after: null })).rows.flatMap((role) =>
    role.code === ADMINISTRATOR_ROLE ? [role.id] : [],
  );
  invariant(roleId !== undefined, `there is a role ${ADMINISTRATOR_ROLE}`);
  const grant = { staffId: staff.value.staffId, roleId, organisationId, linesOfBusiness: null };
  await must(step(context, grantRole, grant, `grant ${administrator.loginName}`));
  return ok({ founded: true });
}

async function hasStaff(context: CallContext): Promise<boolean> {
  return (await searchStaff(context, {}, { first: 1, after: null })).rows.length > 0;
}

function step<Input, Output extends Json, Code extends string>(
  context: CallContext,
  useCase: UseCase<Input, Output, Code>,
  input: Input,
  key: string,
): Promise<Result<Output, Code>> {
  return execute(context, useCase, input, `founding:${key.replaceAll(' ', '-')}`);
}

/** For a step whose input is Sanhu's own: a refusal is a bug. */
async function must<Value>(result: Promise<Result<Value, string>>): Promise<Value> {
  const done = await result;
  invariant(done.ok, `founding is refused: ${done.ok ? '' : done.refusals.map(({ code }: Refusal) => code).join()}`);
  return done.value;
}
