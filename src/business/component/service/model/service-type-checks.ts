import type { NewServiceType } from '../../../../data/operation/service/service-type';
import { refusedBy } from '../../../../kernel/result';
import { checkNames, isCode, type ServiceCheck } from './checks';
import { isSafePattern } from './identifier-pattern';
import { refuseService } from './refusals';

const USAGE_KINDS_MAX = 20;

type Fields = { readonly [Field in keyof NewServiceType]?: NewServiceType[Field] | undefined };

/** Checks what is given of a service type, but for its characteristics and its adapter. */
export function checkServiceType({ name, nameEn, identifierPattern, usageKinds = [] }: Fields): ServiceCheck {
  const unsafe = identifierPattern !== undefined && !isSafePattern(identifierPattern);
  return refusedBy(
    checkNames({ name, nameEn }),
    unsafe && refuseService('IDENTIFIER_PATTERN_UNSAFE', 'identifierPattern'),
    !usageKinds.every(isCode) && refuseService('USAGE_KIND_INVALID', 'usageKinds'),
    new Set(usageKinds).size > USAGE_KINDS_MAX && refuseService('TOO_MANY', 'usageKinds', { max: USAGE_KINDS_MAX }),
  );
}

/** A list whose order says nothing: each once, sorted. */
export function asSet<Name extends string>(names: readonly Name[]): Name[] {
  return [...new Set(names)].sort();
}
