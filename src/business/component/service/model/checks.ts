import { refusedBy } from '../../../../kernel/result';
import { hasHiddenCharacters, isBlank, lengthOf } from '../../../../kernel/text';
import { refuseService, type ServiceRefusal } from './refusals';

export const NAME_LENGTH_MAX = 200;

/** Of service types, adapters, charge codes, usage kinds, bill groups and work queues. */
const CODE = /^[A-Z][A-Z0-9_]{0,39}$/;

export type ServiceCheck = ReturnType<typeof refusedBy<ServiceRefusal>>;

export function isCode(text: string): boolean {
  return CODE.test(text);
}

export function checkCode(code: string): ServiceCheck {
  return refusedBy(!isCode(code) && refuseService('CODE_INVALID', 'code'));
}

/** Checks those names that are given. */
export function checkNames({ name, nameEn }: { readonly name?: string | undefined; readonly nameEn?: string | undefined }): ServiceCheck {
  return refusedBy(name !== undefined && checkName(name, 'name'), nameEn !== undefined && checkName(nameEn, 'nameEn'));
}

function checkName(name: string, field: string): ServiceCheck {
  return refusedBy(
    isBlank(name) && refuseService('BLANK', field),
    hasHiddenCharacters(name) && refuseService('CHARACTERS_REFUSED', field),
    lengthOf(name) > NAME_LENGTH_MAX && refuseService('TOO_LONG', field, { max: NAME_LENGTH_MAX }),
  );
}

/** Whether a number is a whole one within its bounds. */
export function checkWhole(value: number, least: number, most: number, field: string): ServiceCheck {
  const within = Number.isInteger(value) && value >= least && value <= most;
  return refusedBy(!within && refuseService('SETTING_OUT_OF_RANGE', field, { least, most }));
}
