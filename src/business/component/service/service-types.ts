import type { ReadContext } from '../../context';
import { selectEveryServiceType } from '../../../data/operation/service/select-service-types';
import type { ServiceType } from '../../../data/operation/service/service-type';
import { invariant } from '../../../kernel/failure';
import { ShortLived } from '../../../kernel/short-lived';

const KEPT_MS = 5_000;
const kept = new ShortLived<ReadonlyMap<string, ServiceType>>(KEPT_MS);

function everyServiceType({ sql }: Pick<ReadContext, 'sql'>): Promise<ReadonlyMap<string, ServiceType>> {
  return kept.get(async () => new Map((await selectEveryServiceType(sql)).map((type) => [type.code, type])));
}

/** Service types by code, at most 5 s old; those that do not exist are left out. Asks no permission: use cases need them. */
export async function selectServiceTypes(context: Pick<ReadContext, 'sql'>, codes: readonly string[]): Promise<ServiceType[]> {
  const every = await everyServiceType(context);
  return codes.flatMap((code) => every.get(code) ?? []);
}

/** Every service type in the order of the codes, at most 5 s old; none for those who may not see them. */
export async function listServiceTypes(context: Pick<ReadContext, 'sql' | 'scope'>): Promise<ServiceType[]> {
  return context.scope.permits('service:read') ? [...(await everyServiceType(context)).values()] : [];
}

/**
 * The service type of something that has one, at most 5 s old. One that another process registered a moment ago is not in
 * what is kept: then every service type is read anew.
 */
export async function serviceTypeOf(context: Pick<ReadContext, 'sql'>, code: string): Promise<ServiceType> {
  let type = (await everyServiceType(context)).get(code);
  if (type === undefined) {
    kept.forget();
    type = (await everyServiceType(context)).get(code);
  }
  invariant(type !== undefined, 'what has a service type names one that is there');
  return type;
}

export function forgetServiceTypes(): void {
  kept.forget();
}
